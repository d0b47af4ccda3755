// The map itself: areas, boundaries of higher levels, outlines on top.

// Room that the buttons and the scale take in their corners, in pixels.
const INSETS = { "top-right": [46, 0], "bottom-left": [0, 30] };
const SEEN_WELL = 60; // pixels
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

// A band of colour along the inside of an area; none without a colour.
function bands({ path: d }, stroke, name) {
  if (!stroke) return [];
  const inside = { d, "clip-path": `url(#${name})` };
  return [
    svg("clipPath", { id: name }, svg("path", { d })),
    svg("path", { class: "band casing", ...inside }),
    svg("path", { class: "band", stroke, ...inside }),
  ];
}

class AreaMap {
  constructor(actions) {
    this.actions = actions;
    this.active = 0;
    this.above = []; // names of the lowest boundaries that are shown
    this.nameShifts = []; // pixels that names stand away from what covers their place
    this.markers = []; // place, and pixels around it, where no name may stand
    this.layers = Object.fromEntries(
      ["areas", "marks-over", "orientation", "overlays", "studies", "top", "names"].map((name) => [
        name,
        svg("g", { class: name, "aria-hidden": name === "areas" ? null : "true" }),
      ]),
    );
    this.outlines = Object.fromEntries(
      ["hover", "selected", "focus"].map((name) => {
        const own = { "vector-effect": "non-scaling-stroke" }; // in the loupe as well
        const pair = ["casing", "line"].map((part) => svg("path", { class: part, ...own }));
        this.layers.top.append(svg("g", { class: `outline ${name}` }, ...pair));
        return [name, pair];
      }),
    );
    this.defs = svg("defs", {}, ...patterns("map-"));
    // What follows the pointer lies in a drawing of its own, below the names: neither the areas nor
    // names are painted anew for it.
    const { top, names, ...below } = this.layers;
    this.svg = svg("svg", { class: "map" }, this.defs, ...Object.values(below));
    const [over, labels] = [top, names].map((layer) =>
      svg("svg", { class: "over", "aria-hidden": "true" }, layer),
    );
    Object.assign(this, { over, labels });
    this.loupe = new Loupe(this);
    this.scale = html("div", { class: "scale", "aria-hidden": "true" });
    this.message = html("div", { class: "message", role: "status" });
    this.element = html(
      "div",
      { class: "map-box" },
      this.svg,
      this.over,
      this.labels,
      this.loupe.element,
      this.scale,
      this.zoomButtons(),
      this.message,
    );
    this.view = new View(this.svg, (units) => this.resize(units));
    this.shapes = new Shapes(this);
    this.field = new Field(this);
    this.svg.before(this.field.element);
    this.labels.after(this.field.tree.element);
    this.drawn = this.shapes;
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
    this.svg.addEventListener("click", (event) => {
      const index = this.drawn.indexOf(event);
      if (index < 0) return;
      if (this.drawn.focusedIndex() !== index) this.drawn.focus(index);
      this.actions.toggle(index);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const index = this.drawn.indexOf(event);
      this.actions.hover(index < 0 ? null : index, [event.clientX, event.clientY]);
    });
    this.svg.addEventListener("pointerleave", () => this.actions.hover(null));
  }

  setLayer(layer) {
    const many = layer.areas.length > MANY_AREAS;
    this.layer = layer;
    this.points = layer.areas.map((area) => area.label);
    this.drawn = many ? this.field : this.shapes;
    (many ? this.shapes : this.field).set({ areas: [] });
    this.drawn.set(layer);
    this.boxes = this.drawn.boxes;
    this.layers.names.replaceChildren();
    this.paintOrientation(layer.orientation ?? []);
    for (const name of Object.keys(this.outlines)) this.outline(name, null);
    const step = Math.max(layer.viewBox[2], layer.viewBox[3]) / 60;
    this.corners = thinned(this.drawn.rings, step);
    this.cornerAsked = this.namesAsked = null;
    this.setActive(0);
    this.view.setBounds(layer.viewBox);
  }

  // Water and landmarks, quiet, under all that the map is about.
  paintOrientation(things) {
    this.things = things.map(nameBeside);
    this.layers.orientation.replaceChildren(
      ...things.flatMap(({ name, kind, path: d, filled, label: [x, y] }) => {
        if (kind === "landmark") {
          return [svg("circle", { class: "landmark", "data-name": name, cx: x, cy: y })];
        }
        if (filled) return [svg("path", { class: "water filled", d })];
        return ["shore", "water"].map((part) => svg("path", { class: part, d }));
      }),
    );
  }

  // `looks` holds a fill, the edge that goes with it, and a pattern to lay over it.
  paint(looks) {
    this.looks = looks;
    this.drawn.paint(looks);
  }

  // What the map is not about stands back; what it is about fills the pane when it changes.
  limit(inside) {
    const key = String(inside);
    this.drawn.limit(inside);
    this.inside = inside;
    if (key === this.limited) return;
    const before = this.limited;
    this.limited = key;
    if (inside) this.view.showBox(boxOf(this.boxes.filter((_, index) => inside[index])), 0.94);
    else if (before) this.view.showAll();
  }

  describe(what) {
    this.drawn.describe(what);
  }

  outline(name, index) {
    this.outlinePath(name, index === null ? "" : this.layer.areas[index].path);
  }

  outlinePath(name, d) {
    for (const part of this.outlines[name]) write(part, "d", d);
  }

  select(index) {
    this.outline("selected", index);
    this.drawn.mark((place) => place === index);
    if (index !== null) this.setActive(index);
  }

  // An area that was found: near enough to be seen well, and inside the pane.
  bring(index) {
    const [left, top, right, bottom] = this.boxes[index];
    const small = SEEN_WELL * this.view.unitsPerPixel();
    if (Math.max(right - left, bottom - top) < small) this.view.showBox(this.boxes[index]);
    else this.view.reveal(this.points[index], this.covered);
  }

  highlight(shown) {
    this.svg.classList.toggle("highlighting", shown !== null);
    this.drawn.highlight(shown);
  }

  setActive(index) {
    this.active = index;
    this.drawn.setActive(index);
  }

  // What is said of an area that has the focus stays while figures change.
  hoverAnew() {
    const index = this.drawn.focusedIndex();
    this.actions.hover(null);
    if (index >= 0) this.drawn.focused(index);
  }

  focused(index, seen) {
    this.setActive(index);
    if (!seen) return;
    this.outline("focus", index);
    this.view.reveal(this.points[index], this.covered);
    this.actions.hover(index, this.view.toPixels(this.points[index]));
  }

  focusedRegion({ label, path }, named) {
    this.outlinePath("focus", path);
    this.view.reveal(label, this.covered);
    this.actions.tip([html("p", { class: "name" }, named)], this.view.toPixels(label));
  }

  left() {
    this.outline("focus", null);
    this.actions.hover(null);
  }

  // How keys go from area to area.
  areaWalk() {
    return {
      points: this.points,
      active: this.active,
      first: 0,
      last: this.points.length - 1,
      go: (index) => this.drawn.focus(index),
      enter: () => this.actions.toggle(this.active),
    };
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { points, active, first, last, go, enter, back } = this.drawn.walk();
    const moves = { Home: first, End: last };
    for (const key of ARROWS) {
      if (event.key === key) moves[key] = neighbour(points, active, key);
    }
    const commands = {
      Enter: enter,
      " ": enter,
      PageUp: back,
      Escape: () => this.actions.clear(),
      "+": () => this.view.zoomBy(1.6, points[active]),
      "-": () => this.view.zoomBy(1 / 1.6, points[active]),
      0: () => this.view.showAll(),
    };
    if (event.key in moves) {
      if (moves[event.key] >= 0) go(moves[event.key]);
    } else if (commands[event.key]) commands[event.key]();
    else return;
    event.preventDefault();
  }

  // The corner of the pane that the whole city leaves free for a box, which names and focus
  // then keep clear of; null where there is none.
  freeCorner(size) {
    const pane = this.view.size;
    const asked = String([pane, size]);
    if (asked !== this.cornerAsked) {
      this.cornerAsked = asked;
      this.corner = freeCorner(this.view.wholeToPane(this.corners), pane, size, INSETS);
    }
    this.covered = this.corner && cornerBox(this.corner, pane, size, INSETS);
    return this.corner;
  }

  takeFocus() {
    this.drawn.focus(this.active);
  }

  // Higher levels: dark lines in a light casing, so that they show on every fill; where several are
  // shown, all but the lowest are stronger. Areas that somebody has made have dashes, and inside of
  // them a band of their colour; over a raster they are drawn as well.
  setOverlays(lines, studies) {
    const named = lines.find(({ areas }) => areas !== this.layer?.areas);
    this.above = (named?.areas ?? []).map(nameOver);
    this.above.sort((one, other) => boxSize(one.box) - boxSize(other.box));
    this.nameAreas();
    const traced = this.drawn === this.field;
    this.layers.overlays.replaceChildren(
      ...lines.flatMap(({ areas, made, colours }, place) => {
        const d = traced && !made ? "" : joinedPath(areas);
        const rank = made ? "made " : place ? "higher " : "";
        const [casing, line] = ["casing", "line"].map((part) => svg("path", { class: rank + part, d }));
        return [casing, ...areas.flatMap((area, at) => bands(area, colours?.[area.id], `band-${place}-${at}`)), line];
      }),
    );
    const official = lines.filter(({ made }) => !made);
    this.field.setLines(traced ? official.map(({ areas }) => areas) : []);
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
    for (const drawing of [this.over, this.labels]) write(drawing, "viewBox", this.svg.getAttribute("viewBox"));
    for (const drawing of [this.svg, this.over, this.labels]) drawing.style.setProperty("--units", units);
    for (const pattern of this.defs.children) {
      pattern.setAttribute("patternTransform", `scale(${units})`);
    }
    const metres = roundLength(110 * units * (this.layer?.metresPerUnit ?? 1));
    const width = metres / (units * (this.layer?.metresPerUnit ?? 1));
    this.scale.style.width = `${width}px`;
    const far = metres >= 1000;
    const text = formatNumber(far ? metres / 1000 : metres, 0);
    writeText(this.scale, withUnit(text, far ? TEXTS.kilometres : TEXTS.metres));
    this.drawn.moved();
    clearTimeout(this.naming);
    this.naming = setTimeout(() => this.nameAreas(), 120);
  }

  // Names where an area is large enough on the screen to hold its own; where that is few of them,
  // those of the boundaries that are shown, so that the reader knows where he is.
  nameAreas() {
    if (!this.layer || this.looks?.length !== this.points.length) return;
    const units = this.view.unitsPerPixel();
    const own = getComputedStyle(this.svg);
    const [size, shift] = ["--map-names", "--map-symbols"].map(
      (name) => Number(own.getPropertyValue(name)) || 1,
    );
    const step = units * size;
    const [width, height] = this.view.size.map((length) => length * units);
    const [x, y] = this.view.center;
    const seen = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    const covered = this.markers.map(([x, y, radius]) => [x, y, Array(2).fill(radius * units * shift)]);
    const taken = [...this.coveredPart(units), ...covered];
    const room = { step, seen, taken, family: own.fontFamily };
    const selected = this.actions.selected();
    // Areas with a value come before those without.
    const about = [true, false].flatMap((valued) =>
      this.points.flatMap((_, index) =>
        "over" in this.looks[index] === valued && index !== selected && this.inside?.[index] !== false
          ? [index]
          : [],
      ),
    );
    const asked = [room, selected, about, this.nameShifts];
    if (!same(asked, this.namesAsked) || this.above !== this.namesAbove) {
      this.namesAsked = asked;
      this.namesAbove = this.above;
      this.writeNames(this.placeNames(room, selected, about, units * shift), step);
    }
    for (const { text, at } of this.named) {
      for (const [name, value] of Object.entries(this.lookAt(at))) write(text, name, value);
    }
    this.loupe.paint(selected);
  }

  writeNames({ chosen, things, named }, step) {
    this.showLandmarks(new Set(things.map(({ item }) => item.name)));
    this.named = [...chosen, ...things, ...named].flatMap(({ item, lines, at }) =>
      lines.map((line, row) => {
        const down = (row - (lines.length - 1) / 2) * 13 * step;
        return { text: svg("text", { x: at[0], y: at[1] + down, class: item.class }, line), at };
      }),
    );
    this.layers.names.replaceChildren(...this.named.map(({ text }) => text));
  }

  placeNames(room, selected, about, shift) {
    const { seen } = room;
    const chosen = selected === null ? [] : namePlaces([this.ownName(selected, shift, true)], room);
    const shown = about.filter((index) => contains(seen, this.points[index]));
    const items = shown.map((index) => this.ownName(index, shift));
    const fitting = items.filter((item) => fittingForms(item, room).length);
    const besides = (placed) => ({
      ...room,
      taken: [...room.taken, ...placed.map(({ at, half }) => [...at, half])],
    });
    const few = (some) => this.above.length && some.length < shown.length * ENOUGH_NAMED;
    let named = few(fitting) ? [] : namePlaces(fitting, besides(chosen));
    if (few(named)) {
      named = namePlaces(
        this.above.filter(({ at }) => contains(seen, at) && this.isInside(at)),
        besides(chosen),
      );
    }
    const clear = ([x, y]) =>
      ![...chosen, ...named].some(
        ({ at, half }) => Math.abs(at[0] - x) < half[0] && Math.abs(at[1] - y) < half[1],
      );
    const here = this.things.filter(({ at }) => contains(seen, at) && clear(at));
    return { chosen, named, things: namePlaces(here, besides([...chosen, ...named])) };
  }

  // Ink that can be read on what lies at a point; the page's own where no area lies.
  lookAt(at) {
    const index = this.drawn.at(at);
    if (index < 0) return { fill: "var(--ink)", stroke: "var(--paper)" };
    const { ink, ground } = this.looks[index];
    return { fill: ink, stroke: ground };
  }

  // A landmark without room for its name would tell nothing.
  showLandmarks(named) {
    for (const dot of this.layers.orientation.querySelectorAll(".landmark")) {
      dot.style.display = named.has(dot.dataset.name) ? "" : "none";
    }
  }

  // Whether a point lies in what the map is about.
  isInside(at) {
    return !this.inside || Boolean(this.inside[this.drawn.at(at)]);
  }

  ownName(index, shift, chosen = false) {
    const { name, label } = this.layer.areas[index];
    return {
      name,
      at: label,
      away: (this.nameShifts[index] ?? 0) * shift,
      box: this.boxes[index],
      holds: (x, y) => this.drawn.holds(index, x, y),
      within: 0.9,
      anyway: chosen,
      class: chosen ? "chosen" : null,
    };
  }

  // What the legend covers, as names are held to be taken: middle and half of its size.
  coveredPart(units) {
    if (!this.covered) return [];
    const [left, top, right, bottom] = this.covered;
    const [width, height] = this.view.size;
    const [x, y] = this.view.center;
    const middle = [x + ((left + right - width) / 2) * units, y + ((top + bottom - height) / 2) * units];
    return [[...middle, [((right - left) / 2) * units, ((bottom - top) / 2) * units]]];
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
