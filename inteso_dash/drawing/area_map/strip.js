// Every area as a dot on the value axis, the city as a line, class bounds as ticks. More areas than
// dots can tell apart stand as columns, whose height is their number.

const STRIP = { dot: 3.2, swarm: 108, top: 38, axis: 30, side: 8, dots: 600, column: 4 };

class Strip {
  constructor(actions) {
    this.actions = actions;
    this.width = 0;
    this.marks = new Map();
    this.dots = []; // by area, whatever it is of
    this.markOf = (index) => index;
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
    const { data, frame, looks, inside, classes } = picture;
    const drawn = (index) => inside[index] && classes[index] !== null;
    const present = Float64Array.from(frame.values.filter((_, index) => drawn(index))).sort();
    this.element.hidden = !present.length || Boolean(data.kinds);
    if (this.element.hidden || !this.width) return;
    this.dense = present.length > STRIP.dots;
    writeText(this.unit, unitWords(data.unit) + (this.dense ? TEXTS.dense : ""));
    const [low, high] = [data.breaks[0], data.breaks.at(-1)];
    const room = this.width - 2 * STRIP.side;
    this.x = (value) => STRIP.side + (high === low ? 0.5 : (value - low) / (high - low)) * room;
    const places = frame.values.map((value, index) => (drawn(index) ? this.x(value) : null));
    this.marks = this.dense ? this.columns(places, picture) : this.swarm(places, looks);
    const height = STRIP.top + STRIP.swarm + STRIP.axis;
    write(this.drawing, "viewBox", `0 0 ${this.width} ${height}`);
    write(this.drawing, "height", height);
    const number = (value) => writeNumber(value, data);
    const words = { low: present[0], high: present.at(-1), median: median(present) };
    for (const name of Object.keys(words)) words[name] = withUnit(number(words[name]), data.unit);
    write(this.drawing, "aria-label", fill(TEXTS.distribution_label, words));
    this.accent = svg("g", { class: "accent" });
    this.drawing.replaceChildren(
      ...this.axis(data.breaks, number),
      ...this.marks.values(),
      ...this.cityLine(picture, number),
      this.accent,
    );
    this.select(picture.selected);
  }

  // What is drawn, by what `markOf` says of the areas that it stands for.
  swarm(places, looks) {
    const offsets = beeswarm(places, STRIP.dot, STRIP.swarm);
    const middle = STRIP.top + STRIP.swarm / 2;
    this.spotOf = (index) => (places[index] == null ? null : [places[index], middle + offsets[index]]);
    this.markOf = (index) => index;
    const marks = new Map();
    places.forEach((cx, index) => {
      if (cx === null) return;
      const dot = (this.dots[index] ??= svg("circle", { class: "dot", r: STRIP.dot }));
      write(dot, "cx", cx);
      write(dot, "cy", middle + offsets[index]);
      write(dot, "fill", looks[index].fill);
      marks.set(index, dot);
    });
    return marks;
  }

  // Of each column the classes in it, the lowest at the foot.
  columns(places, { classes, colors, looks }) {
    const floor = STRIP.top + STRIP.swarm;
    const kinds = colors.length;
    const binOf = (index) => Math.floor((places[index] - STRIP.side) / STRIP.column);
    this.spotOf = (index) => (places[index] == null ? null : [places[index], floor - STRIP.dot]);
    this.markOf = (index) => (places[index] == null ? null : binOf(index) * kinds + classes[index]);
    const counts = new Map();
    const sums = new Map();
    const fills = [];
    places.forEach((x, index) => {
      if (x === null) return;
      const [mark, bin] = [this.markOf(index), binOf(index)];
      counts.set(mark, (counts.get(mark) ?? 0) + 1);
      sums.set(bin, (sums.get(bin) ?? 0) + 1);
      fills[classes[index]] ??= looks[index].fill;
    });
    const high = STRIP.swarm / Math.max(...sums.values(), 1);
    const tops = new Map();
    const marks = new Map();
    for (const [mark, count] of [...counts].sort(([one], [other]) => one - other)) {
      const [bin, height] = [Math.floor(mark / kinds), count * high];
      const y = (tops.get(bin) ?? floor) - height;
      tops.set(bin, y);
      const box = { x: STRIP.side + bin * STRIP.column, y, width: STRIP.column - 0.5, height };
      marks.set(mark, svg("rect", { class: "column", ...box, fill: fills[mark % kinds] }));
    }
    return marks;
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
    this.picture?.areas.forEach((_, index) => {
      const spot = this.spotOf?.(index);
      const distance = spot ? Math.hypot(spot[0] - x, spot[1] - y) : Infinity;
      if (distance < shortest) [best, shortest] = [index, distance];
    });
    return best;
  }

  ring(index, name) {
    const [cx, cy] = this.spotOf(index);
    const color = this.picture.looks[index].fill;
    return svg("circle", { class: name, cx, cy, r: STRIP.dot + 2, fill: color });
  }

  select(index) {
    if (!this.accent) return;
    const spot = index === null ? null : this.spotOf(index);
    this.chosen = spot ? index : null;
    this.hover(null);
  }

  hover(index) {
    if (!this.accent) return;
    const parts = [];
    if (this.chosen !== null && this.chosen !== undefined) {
      const [x, y] = this.spotOf(this.chosen);
      parts.push(svg("path", { class: "leader", d: `M${x} 32V${y - STRIP.dot - 2}` }));
      parts.push(this.ring(this.chosen, "ring"));
      parts.push(this.label(x, 28, this.actions.areaName(this.chosen), "chosen-name"));
    }
    if (index !== null && this.spotOf(index)) parts.push(this.ring(index, "ring soft"));
    this.accent.replaceChildren(...parts);
  }

  highlight(shown) {
    this.drawing.classList.toggle("highlighting", shown !== null);
    const lit = new Set([...(shown ?? [])].map(this.markOf));
    for (const [own, mark] of this.marks) mark.classList.toggle("lit", lit.has(own));
  }
}
