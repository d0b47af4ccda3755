// Areas are picked: one by one, within a line or a box that is drawn, or around a point.

const TOOLS = ["single", "lasso", "box", "circle"];
const MOST_OF_IT = 0.5;
const STEP_OF_LINE = 3; // pixels
const SIGN_ROOM = 14;
const RADIUS = { first: 800, least: 50, most: 20000 };

// The same for the same picks, in whatever order they came.
function told(key, ids) {
  return [key, ...[...ids].sort()].join("\n");
}

class Picking {
  constructor(app) {
    this.app = app;
    this.on = false;
    this.tool = "single";
    this.picked = new Set();
    this.partly = new Set();
    this.before = [];
    this.agreed = new Agreed();
    this.group = svg("g", { class: "picks", "aria-hidden": "true" });
    this.drawn = svg("g", { class: "drawn", "aria-hidden": "true" });
    app.map.layers.top.append(this.drawn);
    this.legend = html("section", { hidden: true });
    this.said = html("p", { class: "unseen", role: "status" });
    this.tools = this.toolbar();
    this.list = this.listing();
    // Taken before the map itself would move by it.
    const { element } = app.map;
    const hear = { pointerdown: "press", pointermove: "move", pointerup: "release", pointercancel: "cancel" };
    for (const [type, does] of Object.entries(hear)) {
      element.addEventListener(type, (event) => this[does](event), { capture: true });
    }
    element.addEventListener("click", (event) => this.click(event), { capture: true });
    element.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  get covered() {
    return this.on ? this.shown.map((index) => [...this.areas[index].label, SIGN_ROOM * 0.75]) : [];
  }

  get areas() {
    return this.app.layer.areas;
  }

  // Places of the areas that bear a sign.
  get shown() {
    return this.areas.flatMap(({ id }, index) => (this.signOf(id) ? [index] : []));
  }

  signOf(id) {
    return this.picked.has(id) ? "✓" : this.partly.has(id) ? "◐" : "";
  }

  toolbar() {
    this.radius = html("input", { type: "number", value: RADIUS.first, min: RADIUS.least, max: RADIUS.most, step: 50 });
    this.around = html("label", { class: "radius", hidden: true }, TEXTS.pick_radius, this.radius);
    this.taking = html("input", { type: "checkbox" });
    this.buttons = TOOLS.map((tool) => {
      const choose = () => this.choose(tool);
      const button = html("button", { type: "button", onclick: choose }, TEXTS[`pick_${tool}`]);
      return button;
    });
    this.back = html("button", { type: "button", onclick: () => this.undo() }, TEXTS.pick_undo);
    this.none = html("button", { type: "button", onclick: () => this.change([]) }, TEXTS.pick_none);
    this.how = html("p", { class: "note" });
    return html(
      "fieldset",
      { class: "pick-tools", hidden: true, "aria-label": TEXTS.pick_tools },
      html("div", { class: "row" }, ...this.buttons),
      html("div", { class: "row" }, this.around, html("label", {}, this.taking, TEXTS.pick_take), this.back, this.none),
      this.how,
      this.said,
    );
  }

  listing() {
    this.count = html("h3", {});
    this.told = html("p", { class: "note" });
    this.names = html("ul", {});
    return html("section", { class: "pick-list", hidden: true }, this.count, this.told, this.names);
  }

  // What Python knows to be picked holds unless the reader has picked since.
  take(picking) {
    this.on = Boolean(picking);
    if (!this.on) return;
    const heard = this.agreed.hear(told(picking.key, picking.picked));
    if (heard !== undefined) {
      this.picked = new Set(picking.picked);
      this.partly = new Set(picking.partly);
      if (picking.key !== this.about) this.before = [];
      this.about = picking.key;
    } else if (this.knows(picking)) this.partly = new Set(picking.partly);
    this.sent = picking;
  }

  knows(picking) {
    return picking.picked.length === this.picked.size && picking.picked.every((id) => this.picked.has(id));
  }

  paint() {
    const { app } = this;
    app.body.classList.toggle("picking", this.on);
    for (const part of [this.tools, this.list]) part.hidden = !this.on;
    if (!this.on) {
      this.group.replaceChildren();
      this.drawn.replaceChildren();
      app.map.drawn.host.removeAttribute("aria-multiselectable");
      return [];
    }
    write(app.map.drawn.host, "aria-multiselectable", true);
    this.choose(this.tool);
    const { shown, areas } = this;
    const looks = app.current.looks;
    const whole = shown.filter((index) => this.picked.has(areas[index].id));
    const outline = joinedPath(whole.map((index) => areas[index]));
    app.map.drawn.mark((index) => this.picked.has(areas[index].id));
    this.group.replaceChildren(
      svg("path", { class: "casing", d: outline }),
      ...(this.sent.colour ? [svg("path", { class: "band", d: outline, stroke: this.sent.colour })] : []),
      svg("path", { class: "line", d: outline }),
      ...whole.flatMap((index) => {
        const { fill, edge, over } = looks[index];
        const d = areas[index].path;
        const hatch = over ? [svg("path", { d, fill: `url(#map-${over})` })] : [];
        return [svg("path", { class: "inner", d, fill, stroke: edge }), ...hatch];
      }),
      ...shown.map((index) => {
        const [x, y] = areas[index].label;
        return svg("text", { x, y }, this.signOf(areas[index].id));
      }),
    );
    this.paintList(whole);
    return areas.map(({ id }) => (this.signOf(id) ? SIGN_ROOM : 0));
  }

  paintList(whole) {
    const { data } = this.app;
    const { areas } = this;
    const count = whole.length;
    const counted = count === 1 ? TEXTS.pick_one : fill(TEXTS.pick_count, { count, areas: data.areas });
    writeText(this.count, count ? counted : TEXTS.pick_empty);
    const known = this.knows(this.sent);
    writeText(this.told, known ? this.sent.told.join(" ") : TEXTS.pick_waiting);
    this.told.hidden = !this.told.textContent;
    const named = whole.map((index) => areas[index]);
    named.sort((one, other) => one.id.localeCompare(other.id, "de", { numeric: true }));
    this.names.replaceChildren(
      ...named.map((area) => {
        const label = fill(TEXTS.pick_leave, { name: area.name });
        const leave = () => this.change([...this.picked].filter((id) => id !== area.id));
        const button = html("button", { type: "button", "aria-label": label, title: label, onclick: leave }, "×");
        return html("li", {}, html("span", {}, area.name, keyBeside(area, data)), button);
      }),
    );
    this.back.disabled = !this.before.length;
    this.none.disabled = !this.picked.size;
  }

  choose(tool) {
    this.tool = tool;
    this.buttons.forEach((button, place) => write(button, "aria-pressed", TOOLS[place] === tool));
    this.around.hidden = tool !== "circle";
    const sites = tool === "circle" && this.app.places.spots.length ? TEXTS.pick_how_site : "";
    writeText(this.how, `${TEXTS[`pick_how_${tool}`]} ${sites}`.trim());
    this.app.map.svg.classList.toggle("drawing", this.on && tool !== "single");
    if (tool !== "circle") this.drawn.replaceChildren();
  }

  says(index) {
    if (!this.on) return "";
    const { id } = this.areas[index];
    return this.picked.has(id) ? TEXTS.picked : this.partly.has(id) ? TEXTS.picked_partly : "";
  }

  toggle(index) {
    const { id } = this.areas[index];
    const picked = this.picked.has(id);
    this.change(picked ? [...this.picked].filter((own) => own !== id) : [...this.picked, id]);
  }

  undo() {
    const last = this.before.pop();
    if (last) this.change(last, true);
  }

  change(ids, back = false) {
    const now = new Set(ids);
    const added = ids.filter((id) => !this.picked.has(id));
    const left = [...this.picked].filter((id) => !now.has(id));
    if (!added.length && !left.length) {
      this.tell(TEXTS.pick_same, {});
      return;
    }
    if (!back) this.before.push([...this.picked]);
    this.picked = now;
    for (const id of added) this.partly.delete(id);
    const order = this.areas.flatMap(({ id }) => (now.has(id) ? [id] : []));
    this.agreed.act(told(this.about, order));
    this.app.send("picked", JSON.stringify([this.about, order]));
    this.app.paintMarks();
    this.app.map.nameAreas();
    this.app.afterwards();
    const names = (changed) => {
      const known = new Set(changed);
      const all = this.areas.filter(({ id }) => known.has(id)).map(({ name }) => name);
      return all.length > 3 ? fill(TEXTS.pick_many, { count: all.length }) : all.join(", ");
    };
    const text = added.length && left.length ? "pick_changed" : added.length ? "pick_added" : "pick_left";
    this.tell(TEXTS[text], { names: names(added.length ? added : left), count: now.size });
  }

  tell(text, values) {
    writeText(this.said, fill(text, values));
  }

  // Takes the areas with most of their surface within a ring in, or out.
  within(ring) {
    const xs = ring.map(([x]) => x);
    const ys = ring.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { boxes, rings } = this.app.map.drawn;
    const met = this.areas.filter((_, index) => {
      const [west, north, east, south] = boxes[index];
      if (west > right || east < left || north > bottom || south < top) return false;
      return shareWithin(rings[index], ring) > MOST_OF_IT;
    });
    const ids = new Set(met.map(({ id }) => id));
    const kept = [...this.picked].filter((id) => !ids.has(id));
    this.change(this.taking.checked ? kept : [...kept, ...ids]);
  }

  circle(center) {
    const metres = Math.min(Math.max(Number(this.radius.value) || 0, RADIUS.least), RADIUS.most);
    this.radius.value = metres;
    const ring = circleRing(center, metres / this.app.layer.metresPerUnit);
    this.show(ring);
    this.within(ring);
  }

  show(ring) {
    const d = `M${ring.map((point) => point.map((at) => at.toFixed(1)).join(" ")).join("L")}Z`;
    this.drawn.replaceChildren(svg("path", { class: "casing", d }), svg("path", { class: "line", d }));
  }

  spotOf(event) {
    const { spots, circles } = this.app.places;
    return spots[circles.indexOf(event.target)]?.slice(0, 2);
  }

  // Where a press belongs to: the site under it, else the point itself.
  at(event) {
    return this.spotOf(event) ?? this.app.map.view.toUnits(event.clientX, event.clientY);
  }

  press(event) {
    this.dragged = false;
    if (!this.on || this.tool === "single" || !this.app.map.svg.contains(event.target)) return;
    if (event.pointerType === "mouse" && event.button !== 0) return;
    event.stopPropagation();
    if (!event.isPrimary) {
      this.cancel(event);
      return;
    }
    this.line = [[event.clientX, event.clientY]];
    this.start = this.at(event);
    this.app.map.view.dragged = false;
  }

  move(event) {
    if (!this.line) return;
    event.stopPropagation();
    const [x, y] = this.line.at(-1);
    if (Math.hypot(event.clientX - x, event.clientY - y) < STEP_OF_LINE) return;
    this.line.push([event.clientX, event.clientY]);
    if (this.tool === "circle") return;
    if (!this.dragged) this.app.map.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    this.show(this.ring());
  }

  ring() {
    const { view } = this.app.map;
    if (this.tool === "lasso") return this.line.map(([x, y]) => view.toUnits(x, y));
    const [[left, top], [right, bottom]] = [this.start, view.toUnits(...this.line.at(-1))];
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  }

  release(event) {
    if (!this.line) return;
    event.stopPropagation();
    const ring = this.dragged && this.ring();
    this.line = null;
    if (this.tool === "circle") this.circle(this.start);
    else if (ring) {
      this.drawn.replaceChildren();
      this.within(ring);
    }
  }

  cancel() {
    if (!this.line) return;
    this.line = null;
    this.dragged = true;
    this.drawn.replaceChildren();
  }

  // After a line or a circle, the click that ends it picks nothing more.
  click(event) {
    if (!this.on || this.tool === "single" || !this.app.map.svg.contains(event.target)) return;
    if (this.dragged || this.tool === "circle") event.stopPropagation();
  }

  key(event) {
    const { map, places } = this.app;
    const inside = map.drawn.host.contains(event.target) || places.group.contains(event.target);
    const chosen = event.key === " " || event.key === "Enter";
    if (!this.on || this.tool !== "circle" || !inside || !chosen) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.circle(this.spotOf(event) ?? map.points[map.active]);
    event.preventDefault();
    event.stopPropagation();
  }

  escape() {
    this.app.tip(null);
    if (this.line) this.cancel();
    else {
      this.choose("single");
      this.tell(TEXTS.pick_ended, {});
    }
  }
}
