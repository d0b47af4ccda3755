// A point is set on the map: where a site is to lie. By a click, or by key in the middle of an area.

const NUDGE = 50; // metres

class Siting {
  constructor(app) {
    this.app = app;
    this.on = false;
    this.at = null;
    this.group = svg("g", { class: "site", "aria-hidden": "true" });
    app.map.layers.top.append(this.group);
    this.how = html("p", { class: "note" });
    this.said = html("p", { class: "unseen", role: "status" });
    this.element = html("div", { class: "pick-tools", hidden: true }, this.how, this.said);
    const { element } = app.map;
    element.addEventListener("click", (event) => this.click(event), { capture: true });
    element.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  take(siting) {
    this.on = Boolean(siting);
    this.element.hidden = !this.on;
    this.app.map.svg.classList.toggle("siting", this.on);
    const content = JSON.stringify(siting);
    if (content === this.taken) return;
    this.taken = content;
    this.about = siting?.key;
    this.at = siting?.at ?? null;
    writeText(this.how, this.on ? fill(TEXTS.site_how, { name: siting.name, metres: NUDGE }) : "");
  }

  paint() {
    if (!this.on || !this.at) {
      this.group.replaceChildren();
      return;
    }
    const [x, y] = this.at;
    const style = `transform: translate(${x}px, ${y}px) scale(var(--units))`;
    const d = "M0-15V-5M0 5V15M-15 0H-5M5 0H15";
    const parts = ["casing", "line"].flatMap((name) => [
      svg("path", { class: name, d }),
      svg("circle", { class: name, r: 7 }),
    ]);
    this.group.replaceChildren(svg("g", { style }, ...parts));
  }

  set(point) {
    this.at = point.map(Math.round);
    this.paint();
    this.app.send("sited", JSON.stringify([this.about, ...this.at]));
    writeText(this.said, TEXTS.site_set);
  }

  click(event) {
    const { map } = this.app;
    if (!this.on || map.view.dragged || !map.svg.contains(event.target)) return;
    event.stopPropagation();
    this.set(map.view.toUnits(event.clientX, event.clientY));
  }

  key(event) {
    const { map, layer } = this.app;
    if (!this.on || !map.drawn.host.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = NUDGE / layer.metresPerUnit;
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    const chosen = event.key === " " || event.key === "Enter";
    if (event.shiftKey && this.at && (right || down)) {
      this.set([this.at[0] + right * step, this.at[1] + down * step]);
    } else if (chosen) this.set(map.points[map.active]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
