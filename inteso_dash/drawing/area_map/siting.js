// A point is set on the map: where a site is to lie. By a click, or by key in the middle of an area.

const NUDGE = 50; // metres

class Siting {
  constructor(app) {
    this.app = app;
    this.group = svg("g", { class: "site" });
    app.map.layers.top.append(this.group);
    this.element = html("p", { class: "note", role: "status" });
    const { element } = app.map;
    element.addEventListener("click", (event) => this.on && this.click(event), true);
    element.addEventListener("keydown", (event) => this.on && this.key(event), true);
  }

  take(siting) {
    this.on = siting;
    this.at = siting?.at;
    this.element.hidden = !siting;
    writeText(this.element, fill(TEXTS.site, { ...siting, metres: NUDGE }));
  }

  paint() {
    const shown = this.at ? ["casing", "line"] : [];
    const d = "M0-15V15M-15 0H15";
    const style = `transform: translate(${this.at?.join("px,")}px) scale(var(--units))`;
    this.group.replaceChildren(...shown.map((name) => svg("path", { class: name, d, style })));
  }

  set(point) {
    this.at = point.map(Math.round);
    this.paint();
    this.app.send("sited", JSON.stringify([this.on.key, ...this.at]));
  }

  click(event) {
    const { map } = this.app;
    if (map.view.dragged || !map.svg.contains(event.target)) return;
    event.stopPropagation();
    this.set(map.view.toUnits(event.clientX, event.clientY));
  }

  key(event) {
    const { map, layer } = this.app;
    if (!map.drawn.host.contains(event.target)) return;
    const step = NUDGE / layer.metresPerUnit;
    const [x, y] = this.at ?? [];
    const moved = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
    }[event.key];
    if (event.shiftKey && this.at && moved) this.set(moved);
    else if (event.key === " " || event.key === "Enter") this.set(map.points[map.active]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
