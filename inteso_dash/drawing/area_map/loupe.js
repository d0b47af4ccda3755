// On a screen that many look at, a small area selected is shown enlarged in a corner that the whole
// city leaves free; a frame on the map tells what is enlarged.

const LOUPE_PARTS = ["areas", "marks-over", "overlays", "top"];
const LOUPE_SHARES = [0.42, 0.37, 0.32, 0.27, 0.22]; // of the pane's shorter side
const AREA_SHARE = 0.45; // of the loupe

class Loupe {
  constructor(map) {
    this.map = map;
    for (const name of LOUPE_PARTS) write(map.layers[name], "id", `map-${name}`);
    const copies = LOUPE_PARTS.map((name) => svg("use", { href: `#map-${name}` }));
    this.frame = svg("rect", { class: "enlarged" });
    this.traced = svg("image", {});
    this.element = svg("svg", { class: "loupe", "aria-hidden": "true" }, this.traced, ...copies);
    map.over.append(this.frame);
  }

  paint(index) {
    const found = index === null ? null : this.place(index);
    for (const part of [this.element, this.frame]) part.style.display = found ? "" : "none";
    if (!found) return;
    const { at: [left, top], size, box: [x, y, side] } = found;
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px`, width: `${size}px`, height: `${size}px` });
    write(this.element, "viewBox", [x, y, side, side].join(" "));
    for (const part of [this.frame, this.traced]) {
      for (const [name, value] of Object.entries({ x, y, width: side, height: side })) write(part, name, value);
    }
    const { drawn, field } = this.map;
    this.traced.style.display = drawn === field ? "" : "none";
    if (drawn === field) write(this.traced, "href", field.picture(found.box, size));
  }

  // Where it lies in the pane, in pixels, and what it shows; null where the area is seen well as it
  // is, the reader has come nearer, or there is no room.
  place(index) {
    const { map } = this;
    const wanted = getComputedStyle(map.svg).getPropertyValue("--map-loupe").trim() === "1";
    if (!wanted || map.view.zoom !== 1 || map.inside) return null;
    const [left, top, right, bottom] = map.boxes[index];
    const longest = Math.max(right - left, bottom - top);
    if (longest > SEEN_WELL * map.view.unitsPerPixel()) return null;
    const pane = map.view.size;
    const points = map.view.wholeToPane(map.corners);
    const side = longest / AREA_SHARE;
    const box = [(left + right - side) / 2, (top + bottom - side) / 2, side];
    for (const share of LOUPE_SHARES) {
      const size = share * Math.min(...pane);
      const corner = freeCorner(points, pane, [size, size], INSETS);
      if (corner) return { at: cornerBox(corner, pane, [size, size], INSETS), size, box };
    }
    return null;
  }
}
