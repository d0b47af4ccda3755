// The map itself: one path per area, boundaries of higher levels, outlines on top.

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

class AreaMap {
  constructor(actions) {
    this.actions = actions;
    this.paths = [];
    this.active = 0;
    this.nameShifts = []; // pixels that names stand away from what covers their place
    this.markers = []; // place, and pixels around it, where no name may stand
    this.layers = Object.fromEntries(
      ["areas", "marks-over", "overlays", "studies", "top", "names"].map((name) => [
        name,
        svg("g", { class: name, "aria-hidden": name === "areas" ? null : "true" }),
      ]),
    );
    this.outlines = Object.fromEntries(
      ["hover", "selected", "focus"].map((name) => {
        const pair = [svg("path", { class: "casing" }), svg("path", { class: "line" })];
        this.layers.top.append(svg("g", { class: `outline ${name}` }, ...pair));
        return [name, pair];
      }),
    );
    this.areas = this.layers.areas;
    assign(this.areas, { role: "listbox", onkeydown: (event) => this.key(event) }, []);
    this.defs = svg("defs", {}, ...patterns("map-"));
    this.svg = svg("svg", { class: "map" }, this.defs, ...Object.values(this.layers));
    this.scale = html("div", { class: "scale", "aria-hidden": "true" });
    this.message = html("div", { class: "message", role: "status" });
    this.element = html(
      "div",
      { class: "map-box" },
      this.svg,
      this.scale,
      this.zoomButtons(),
      this.message,
    );
    this.view = new View(this.svg, (units) => this.resize(units));
    this.listen();
  }

  zoomButtons() {
    const button = (label, sign, action) =>
      html("button", { type: "button", title: label, "aria-label": label, onclick: action }, sign);
    return html(
      "div",
      { class: "zoom" },
      button(TEXTS.zoom_in, "+", () => this.view.zoomBy(1.6)),
      button(TEXTS.zoom_out, "−", () => this.view.zoomBy(1 / 1.6)),
      button(TEXTS.zoom_all, "⤢", () => this.view.showAll()),
    );
  }

  listen() {
    const indexOf = (event) => this.paths.indexOf(event.target);
    this.areas.addEventListener("click", (event) => {
      if (indexOf(event) >= 0) this.actions.toggle(indexOf(event));
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const index = indexOf(event);
      this.actions.hover(index < 0 ? null : index, [event.clientX, event.clientY]);
    });
    this.svg.addEventListener("pointerleave", () => this.actions.hover(null));
    // On a group of the drawing, listening for focus would make the group itself a stop of Tab.
    this.element.addEventListener("focusin", (event) => {
      if (indexOf(event) >= 0) this.focused(indexOf(event));
    });
    this.element.addEventListener("focusout", (event) => {
      if (indexOf(event) < 0) return;
      this.outline("focus", null);
      this.actions.hover(null);
    });
  }

  setLayer(layer) {
    this.layer = layer;
    this.points = layer.areas.map((area) => area.label);
    this.paths = layer.areas.map((area) =>
      svg("path", { class: "area", "data-id": area.id, d: area.path, role: "option", tabindex: -1 }),
    );
    this.areas.replaceChildren(...this.paths);
    this.layers["marks-over"].replaceChildren();
    this.layers.names.replaceChildren();
    for (const name of Object.keys(this.outlines)) this.outline(name, null);
    this.boxes = null;
    this.setActive(0);
    this.view.setBounds(layer.viewBox);
  }

  // `looks` holds a fill, the edge that goes with it, and a pattern to lay over it.
  paint(looks) {
    const over = [];
    this.covered = [];
    this.looks = looks;
    this.paths.forEach((path, index) => {
      const look = looks[index];
      write(path, "fill", look.fill);
      write(path, "stroke", look.edge);
      if (look.over) {
        this.covered.push(index);
        over.push(svg("path", { d: path.getAttribute("d"), fill: `url(#map-${look.over})` }));
      }
    });
    this.layers["marks-over"].replaceChildren(...over);
  }

  // What the map is not about stands back; what it is about fills the pane when it changes.
  limit(inside) {
    const key = String(inside);
    const over = this.layers["marks-over"].children;
    this.paths.forEach((path, index) => path.classList.toggle("outside", inside?.[index] === false));
    this.covered.forEach((index, place) => {
      over[place].classList.toggle("outside", inside?.[index] === false);
    });
    this.inside = inside;
    if (key === this.limited) return;
    const before = this.limited;
    this.limited = key;
    if (inside) this.view.showBox(joinedBox(this.paths.filter((_, index) => inside[index])), 0.94);
    else if (before) this.view.showAll();
  }

  describe(texts, label) {
    write(this.areas, "aria-label", label);
    this.paths.forEach((path, index) => write(path, "aria-label", texts[index]));
  }

  outline(name, index) {
    const [casing, line] = this.outlines[name];
    const d = index === null ? "" : this.layer.areas[index].path;
    write(casing, "d", d);
    write(line, "d", d);
  }

  select(index) {
    this.outline("selected", index);
    this.paths.forEach((path, place) => write(path, "aria-selected", place === index));
    if (index !== null) this.setActive(index);
  }

  highlight(shown) {
    this.svg.classList.toggle("highlighting", shown !== null);
    this.paths.forEach((path, index) => path.classList.toggle("lit", Boolean(shown?.has(index))));
  }

  setActive(index) {
    this.paths[this.active]?.setAttribute("tabindex", -1);
    this.active = index;
    this.paths[index]?.setAttribute("tabindex", 0);
  }

  focused(index) {
    this.setActive(index);
    if (!this.paths[index].matches(":focus-visible")) return;
    this.outline("focus", index);
    this.view.reveal(this.points[index]);
    this.actions.hover(index, this.view.toPixels(this.points[index]));
  }

  key(event) {
    const last = this.paths.length - 1;
    const moves = { Home: 0, End: last };
    for (const key of ARROWS) {
      if (event.key === key) moves[key] = neighbour(this.points, this.active, key);
    }
    const commands = {
      Enter: () => this.actions.toggle(this.active),
      " ": () => this.actions.toggle(this.active),
      Escape: () => this.actions.clear(),
      "+": () => this.view.zoomBy(1.6, this.points[this.active]),
      "-": () => this.view.zoomBy(1 / 1.6, this.points[this.active]),
      0: () => this.view.showAll(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) {
      if (moves[event.key] >= 0) this.paths[moves[event.key]].focus();
    } else if (commands[event.key]) commands[event.key]();
    else return;
    event.preventDefault();
  }

  takeFocus() {
    this.paths[this.active].focus();
  }

  // Higher levels: dark lines in a light casing, so that they show on every fill.
  setOverlays(lines, studies) {
    this.layers.overlays.replaceChildren(
      ...lines.flatMap((areas) => {
        const d = joinedPath(areas);
        return [svg("path", { class: "casing", d }), svg("path", { class: "line", d })];
      }),
    );
    this.layers.studies.replaceChildren(
      ...studies.flatMap(({ area, title }) => {
        const [x, y] = area.label;
        const label = svg("text", { x, y }, title);
        const d = area.path;
        return [svg("path", { class: "casing", d }), svg("path", { class: "line", d }), label];
      }),
    );
  }

  // Sizes that belong to the screen and not to the city.
  resize(units) {
    this.svg.style.setProperty("--units", units);
    for (const pattern of this.defs.children) {
      pattern.setAttribute("patternTransform", `scale(${units})`);
    }
    const metres = roundLength(110 * units * (this.layer?.metresPerUnit ?? 1));
    const width = metres / (units * (this.layer?.metresPerUnit ?? 1));
    this.scale.style.width = `${width}px`;
    const far = metres >= 1000;
    const text = formatNumber(far ? metres / 1000 : metres, 0);
    writeText(this.scale, withUnit(text, far ? TEXTS.kilometres : TEXTS.metres));
    clearTimeout(this.naming);
    this.naming = setTimeout(() => this.nameAreas(), 120);
  }

  // Names where the area is large enough on the screen to hold them and none is in the way.
  nameAreas() {
    if (this.looks?.length !== this.paths.length) return;
    const units = this.view.unitsPerPixel();
    const [width, height] = this.view.size.map((length) => length * units);
    const selected = this.actions.selected();
    const names = [];
    const own = getComputedStyle(this.svg);
    const [size, shift] = ["--map-names", "--map-symbols"].map(
      (name) => Number(own.getPropertyValue(name)) || 1,
    );
    const taken = this.markers.map(([x, y, radius]) => [x, y, Array(2).fill(radius * units * shift)]);
    this.boxes ??= this.paths.map((path) => path.getBBox());
    const free = (x, y, half) =>
      !taken.some(
        ([tx, ty, [hx, hy]]) => Math.abs(tx - x) < hx + half[0] && Math.abs(ty - y) < hy + half[1],
      );
    const fits = (index, x, y, half) => {
      const inside = (right, down) =>
        this.paths[index].isPointInFill(new DOMPoint(x + right * half[0], y + down * half[1]));
      const holds = [-0.9, 0, 0.9].every((right) => inside(right, -0.5) && inside(right, 0.5));
      return holds && free(x, y, half);
    };
    const place = (index) => {
      const { name, label } = this.layer.areas[index];
      const outside = label.map((value, axis) => Math.abs(value - this.view.center[axis]));
      if (outside[0] > width / 2 || outside[1] > height / 2) return;
      const { x: left, y: top, width: wide, height: high } = this.boxes[index];
      const step = units * size;
      const away = (this.nameShifts[index] ?? 0) * units * shift;
      const halfOf = (lines) => {
        const longest = Math.max(...lines.map((line) => line.length));
        return [(longest * 2.6 + 1) * step, 7 * lines.length * step];
      };
      const around = (aside) =>
        away ? [[0, away], [0, -away], [away + aside, 0], [-away - aside, 0]] : [[0, 0]];
      const spots = [[name], inTwo(name)].flatMap((lines) => {
        const half = halfOf(lines);
        if (wide < 2 * half[0] || high < 2 * half[1]) return [];
        return around(half[0]).flatMap(([aside, lower]) =>
          NUDGES.map(([right, down]) => ({
            lines,
            half,
            at: [label[0] + aside + right * step, label[1] + lower + down * step],
          })),
        );
      });
      const seen = (y) => Math.abs(y - this.view.center[1]) + 7 * step < height / 2;
      const anyway = [top + high + 9 * step, top - 9 * step]
        .filter(seen)
        .map((y) => ({ lines: [name], half: halfOf([name]), at: [left + wide / 2, y] }));
      const spot =
        spots.find(({ at, half }) => fits(index, ...at, half)) ??
        (index === selected
          ? anyway.find(({ at, half }) => free(...at, half)) ?? anyway[0]
          : null);
      if (!spot) return;
      const { lines, half, at: [x, y] } = spot;
      taken.push([x, y, half]);
      const { ground, ink } = this.looks[index];
      const colors = index === selected ? { class: "chosen" } : { fill: ink, stroke: ground };
      lines.forEach((line, row) => {
        const down = (row - (lines.length - 1) / 2) * 13 * step;
        names.push(svg("text", { x, y: y + down, ...colors }, line));
      });
    };
    const others = this.looks.map((_, index) => index).filter((index) => index !== selected);
    others.sort((a, b) => ("over" in this.looks[b]) - ("over" in this.looks[a]));
    if (selected !== null) place(selected);
    others.filter((index) => this.inside?.[index] !== false).forEach(place);
    this.layers.names.replaceChildren(...names);
  }

  say(text, retry) {
    this.message.replaceChildren();
    if (!text) return;
    this.message.append(html("p", {}, text));
    if (retry) {
      const button = html("button", { type: "button", onclick: retry }, TEXTS.retry);
      this.message.append(button);
    }
  }
}

// The box around several paths.
function joinedBox(paths) {
  const boxes = paths.map((path) => path.getBBox());
  const [x, y] = ["x", "y"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

// Pixels by which a name may leave the label point of its area, nearest first.
const NUDGES = [-32, -24, -16, -8, 0, 8, 16, 24, 32]
  .flatMap((right, _, steps) => steps.map((down) => [right, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

// A name on two lines, broken where the longer one is shortest.
function inTwo(name) {
  const breaks = [...name.matchAll(/[ \-/](?=.)/gu)].map(({ index }) => index + 1);
  if (!breaks.length) return [name];
  const halves = breaks.map((at) => [name.slice(0, at).trim(), name.slice(at)]);
  const longest = (lines) => Math.max(...lines.map((line) => line.length));
  return halves.reduce((best, next) => (longest(next) < longest(best) ? next : best));
}
