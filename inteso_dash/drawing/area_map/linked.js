// What the map knows of an address: its Stichtag, the part of the city that is seen, and which
// boundaries lie over it. It enters an address that is copied, and is read from one opened.

const PAUSE = 600;
const NONE = "keine";

class Linked {
  constructor(app) {
    this.app = app;
    this.asked = new URLSearchParams(location.search);
    const tell = ({ detail }) => this.tell(detail);
    document.addEventListener("inteso-address", tell, { signal: app.gone.signal });
    for (const act of ["pointerup", "wheel", "keyup", "change"]) {
      app.root.addEventListener(act, () => this.later(), { capture: true, passive: true });
    }
  }

  get names() {
    return this.app.data.names ?? [];
  }

  // Boundaries and study areas by their names in addresses, and whether each is drawn.
  lines() {
    const { data, toggles } = this.app;
    return [
      ...data.overlays.map(([url, , , level, , , first]) => [level, `line ${url}`, first]),
      ...data.marked.map(([id]) => [id, `mark ${id}`, false]),
    ].map(([name, key, first]) => ({ name, key, on: toggles.on.get(key) ?? false, first }));
  }

  part() {
    const { zoom, center, bounds } = this.app.map.view;
    if (zoom === 1 && !this.app.data.inside) return null;
    const shares = center.map((value, axis) => (value - bounds[axis]) / bounds[axis + 2]);
    return [zoom.toFixed(2), ...shares.map((share) => share.toFixed(3))].join("_");
  }

  tell(parameters) {
    const { data, layer, shownDate } = this.app;
    if (!layer) return;
    if (data.dated) parameters.set(data.dated, shownDate.split(".").reverse().join("-"));
    const [view, drawn] = this.names;
    if (!view) return;
    for (const name of this.names) parameters.delete(name);
    const part = this.part();
    if (part) parameters.set(view, part);
    const lines = this.lines();
    if (lines.every(({ on, first }) => on === first)) return;
    const shown = lines.filter(({ on }) => on).map(({ name }) => name);
    for (const name of shown.length ? shown : [NONE]) parameters.append(drawn, name);
  }

  // Before the boundaries are offered: those that the address names.
  beginLines() {
    const asked = this.begun ? [] : this.asked.getAll(this.names[1]);
    if (!asked.length) return;
    for (const { name, key } of this.lines()) this.app.toggles.on.set(key, asked.includes(name));
  }

  // After the map is drawn: the part that the address names.
  beginPart() {
    if (this.begun) return;
    this.begun = true;
    const [zoom, ...shares] = (this.asked.get(this.names[0]) ?? "").split("_").map(Number);
    const within = (value, low, high) => value >= low && value <= high;
    if (!within(zoom, 1, MAX_ZOOM) || shares.length !== 2) return;
    if (!shares.every((share) => within(share, 0, 1))) return;
    const { view } = this.app.map;
    view.stop();
    view.zoom = zoom;
    view.center = shares.map((share, axis) => view.bounds[axis] + share * view.bounds[axis + 2]);
    view.apply();
  }

  // An address that was opened names a part and boundaries until the reader has changed them.
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const named = new URLSearchParams(location.search);
      if (!this.app.layer || !this.names.some((name) => named.has(name))) return;
      const now = new URLSearchParams();
      this.tell(now);
      const same = (name) => String(named.getAll(name)) === String(now.getAll(name));
      if (!this.names.every(same)) this.app.send("moved", Date.now());
    }, PAUSE);
  }
}
