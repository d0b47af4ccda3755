// Every area as a dot on the value axis, the city as a line, class bounds as ticks. More areas than
// dots can tell apart stand as columns, whose height is their number.

const STRIP = { dot: 3.2, swarm: 108, top: 38, axis: 30, side: 8, dots: 600, column: 4 };

class Strip {
  constructor(actions) {
    this.actions = actions;
    this.width = 0;
    this.marks = [];
    this.drawing = svg("svg", { class: "strip", role: "img" });
    this.unit = html("span", { class: "unit" });
    this.element = html(
      "section",
      { class: "distribution" },
      html("h3", {}, TEXTS.distribution, this.unit),
      this.drawing,
    );
    new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - this.width) < 1) return;
      this.width = entry.contentRect.width;
      if (this.picture) this.paint(this.picture);
    }).observe(this.element);
    const near = (event) => {
      const box = this.drawing.getBoundingClientRect();
      return this.nearest(event.clientX - box.left, event.clientY - box.top);
    };
    this.drawing.addEventListener("pointermove", (event) => {
      this.actions.hover(near(event), [event.clientX, event.clientY]);
    });
    this.drawing.addEventListener("pointerleave", () => this.actions.hover(null));
    this.drawing.addEventListener("click", (event) => {
      if (near(event) !== null) this.actions.toggle(near(event));
    });
  }

  paint(picture) {
    this.picture = picture;
    const { data, frame, looks, inside } = picture;
    const classes = picture.classes.map((own, index) => (inside[index] ? own : null));
    const present = frame.values.filter((_, index) => classes[index] !== null);
    this.element.hidden = !present.length || Boolean(data.kinds);
    if (this.element.hidden || !this.width) return;
    this.dense = present.length > STRIP.dots;
    writeText(this.unit, unitWords(data.unit) + (this.dense ? TEXTS.dense : ""));
    const [low, high] = [data.breaks[0], data.breaks.at(-1)];
    const room = this.width - 2 * STRIP.side;
    this.x = (value) => STRIP.side + (high === low ? 0.5 : (value - low) / (high - low)) * room;
    const places = frame.values.map((value, index) =>
      classes[index] === null ? null : this.x(value),
    );
    this.marks = this.dense ? this.columns(places, classes, looks) : this.swarm(places, looks);
    const height = STRIP.top + STRIP.swarm + STRIP.axis;
    write(this.drawing, "viewBox", `0 0 ${this.width} ${height}`);
    write(this.drawing, "height", height);
    const number = (value) => writeNumber(value, data);
    const [least, most] = [Math.min, Math.max].map((end) => present.reduce((a, b) => end(a, b)));
    const words = { low: least, high: most, median: median(present) };
    for (const name of Object.keys(words)) words[name] = withUnit(number(words[name]), data.unit);
    write(this.drawing, "aria-label", fill(TEXTS.distribution_label, words));
    this.accent = svg("g", { class: "accent" });
    this.drawing.replaceChildren(
      ...this.axis(data.breaks, number),
      ...this.marks.map(({ mark }) => mark),
      ...this.cityLine(picture, number),
      this.accent,
    );
    this.select(picture.selected);
  }

  // What is drawn, each mark with the areas that it stands for.
  swarm(places, looks) {
    const offsets = beeswarm(places, STRIP.dot, STRIP.swarm);
    const middle = STRIP.top + STRIP.swarm / 2;
    this.spots = places.map((x, index) => (x === null ? null : [x, middle + offsets[index]]));
    return this.spots.flatMap((spot, index) => {
      if (!spot) return [];
      const [cx, cy] = spot;
      const mark = svg("circle", { class: "dot", cx, cy, r: STRIP.dot, fill: looks[index].fill });
      return [{ mark, areas: [index] }];
    });
  }

  columns(places, classes, looks) {
    const floor = STRIP.top + STRIP.swarm;
    this.spots = places.map((x) => (x === null ? null : [x, floor - STRIP.dot]));
    const bins = new Map();
    places.forEach((x, index) => {
      if (x === null) return;
      const bin = Math.floor((x - STRIP.side) / STRIP.column);
      if (!bins.has(bin)) bins.set(bin, new Map());
      const parts = bins.get(bin);
      if (!parts.has(classes[index])) parts.set(classes[index], []);
      parts.get(classes[index]).push(index);
    });
    const counts = [...bins.values()].map((parts) => [...parts.values()].flat().length);
    const high = STRIP.swarm / counts.reduce((most, count) => Math.max(most, count), 1);
    return [...bins].flatMap(([bin, parts]) => {
      let y = floor;
      return [...parts].sort(([one], [other]) => one - other).map(([, areas]) => {
        const height = areas.length * high;
        y -= height;
        const box = { x: STRIP.side + bin * STRIP.column, y, width: STRIP.column - 0.5, height };
        return { mark: svg("rect", { class: "column", ...box, fill: looks[areas[0]].fill }), areas };
      });
    });
  }

  axis(breaks, number) {
    const y = STRIP.top + STRIP.swarm + 6;
    const [start, end] = [STRIP.side, this.width - STRIP.side];
    const parts = [svg("path", { class: "axis", d: `M${start} ${y}H${end}` })];
    const last = breaks.length - 1;
    const wide = (index) => number(breaks[index]).length * 7 + 10;
    let free = start + wide(0);
    const limit = end - wide(last);
    breaks.forEach((bound, index) => {
      const x = this.x(bound);
      parts.push(svg("path", { class: "axis", d: `M${x} ${y}v5` }));
      const edge = index === 0 || index === last;
      if (!edge && (x - wide(index) / 2 < free || x + wide(index) / 2 > limit)) return;
      const anchor = index === 0 ? "start" : index === last ? "end" : "middle";
      const at = index === 0 ? 0 : index === last ? this.width : x;
      parts.push(svg("text", { x: at, y: y + 19, "text-anchor": anchor }, number(bound)));
      if (!edge) free = x + wide(index) / 2;
    });
    return parts;
  }

  cityLine({ data, frame, referenceClass }, number) {
    if (referenceClass === null) return [];
    const x = this.x(frame.reference);
    const text = `${data.reference} ${number(frame.reference)}`;
    const d = `M${x} 18V${STRIP.top + STRIP.swarm + 6}`;
    return [svg("path", { class: "city", d }), this.label(x, 12, text, "city-name")];
  }

  label(x, y, text, name) {
    const half = text.length * 3.6;
    const anchor = x < half ? "start" : x > this.width - half ? "end" : "middle";
    const at = anchor === "start" ? 0 : anchor === "end" ? this.width : x;
    return svg("text", { x: at, y, class: name, "text-anchor": anchor }, text);
  }

  nearest(x, y) {
    if (this.dense) return null;
    let best = null;
    let shortest = 14;
    this.spots?.forEach((spot, index) => {
      const distance = spot ? Math.hypot(spot[0] - x, spot[1] - y) : Infinity;
      if (distance < shortest) [best, shortest] = [index, distance];
    });
    return best;
  }

  ring(index, name) {
    const [cx, cy] = this.spots[index];
    const color = this.picture.looks[index].fill;
    return svg("circle", { class: name, cx, cy, r: STRIP.dot + 2, fill: color });
  }

  select(index) {
    if (!this.accent) return;
    const spot = index === null ? null : this.spots[index];
    this.chosen = spot ? index : null;
    this.hover(null);
  }

  hover(index) {
    if (!this.accent) return;
    const parts = [];
    if (this.chosen !== null && this.chosen !== undefined) {
      const [x, y] = this.spots[this.chosen];
      parts.push(svg("path", { class: "leader", d: `M${x} 32V${y - STRIP.dot - 2}` }));
      parts.push(this.ring(this.chosen, "ring"));
      parts.push(this.label(x, 28, this.actions.areaName(this.chosen), "chosen-name"));
    }
    if (index !== null && this.spots?.[index]) parts.push(this.ring(index, "ring soft"));
    this.accent.replaceChildren(...parts);
  }

  highlight(shown) {
    this.drawing.classList.toggle("highlighting", shown !== null);
    for (const { mark, areas } of this.marks) {
      mark.classList.toggle("lit", areas.some((index) => shown?.has(index)));
    }
  }
}
