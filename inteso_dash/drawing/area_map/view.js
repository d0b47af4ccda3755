// What part of the city is seen: zoom and pan by buttons, wheel, drag, pinch and keys.

const MAX_ZOOM = 12;
const DRAG_FROM = 4;

class View {
  constructor(svgElement, onChange) {
    this.svg = svgElement;
    this.onChange = onChange;
    this.bounds = null;
    this.zoom = 1;
    this.pointers = new Map();
    this.dragged = false;
    svgElement.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svgElement.addEventListener("pointerdown", (event) => this.press(event));
    svgElement.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel"]) {
      svgElement.addEventListener(type, (event) => this.release(event));
    }
    svgElement.addEventListener("click", (event) => this.dragged && event.stopPropagation(), true);
    new ResizeObserver(() => {
      this.pane = null;
      this.apply();
    }).observe(svgElement);
  }

  // Another level of the same city keeps the part that is seen.
  setBounds(bounds) {
    if (String(bounds) === String(this.bounds)) return;
    this.bounds = bounds;
    this.center = [bounds[0] + bounds[2] / 2, bounds[1] + bounds[3] / 2];
    this.zoom = 1;
    this.apply();
  }

  // Asking for it makes the browser lay out the page: once for each size.
  get size() {
    this.pane ??= [this.svg.clientWidth, this.svg.clientHeight];
    return this.pane.map((length) => length || 1);
  }

  unitsPerPixel(zoom = this.zoom) {
    const [width, height] = this.size;
    return (Math.max(this.bounds[2] / width, this.bounds[3] / height) * 1.02) / zoom;
  }

  apply() {
    if (!this.bounds) return;
    const [x, y, w, h] = this.bounds;
    const [width, height] = this.size;
    const units = this.unitsPerPixel();
    const limit = (value, start, length, seen) => {
      if (seen >= length) return start + length / 2;
      return Math.min(Math.max(value, start + seen / 2), start + length - seen / 2);
    };
    this.center = [
      limit(this.center[0], x, w, width * units),
      limit(this.center[1], y, h, height * units),
    ];
    const left = this.center[0] - (width * units) / 2;
    const top = this.center[1] - (height * units) / 2;
    this.svg.setAttribute("viewBox", `${left} ${top} ${width * units} ${height * units}`);
    this.svg.classList.toggle("zoomed", this.zoom > 1);
    this.onChange(units);
  }

  toUnits(clientX, clientY) {
    const box = this.svg.getBoundingClientRect();
    const units = this.unitsPerPixel();
    return [
      this.center[0] + (clientX - box.left - box.width / 2) * units,
      this.center[1] + (clientY - box.top - box.height / 2) * units,
    ];
  }

  toPixels([x, y]) {
    const box = this.svg.getBoundingClientRect();
    const units = this.unitsPerPixel();
    return [
      box.left + box.width / 2 + (x - this.center[0]) / units,
      box.top + box.height / 2 + (y - this.center[1]) / units,
    ];
  }

  // Where points, numbers in a row, lie in the pane while the whole city is seen.
  wholeToPane(points) {
    const [left, top, w, h] = this.bounds;
    const [width, height] = this.size;
    const units = this.unitsPerPixel(1);
    const [right, down] = [width / 2 - (left + w / 2) / units, height / 2 - (top + h / 2) / units];
    return points.map((value, at) => (at % 2 ? down : right) + value / units);
  }

  // The point under the hand stays where it is.
  zoomBy(factor, at = this.center) {
    const zoom = Math.min(Math.max(this.zoom * factor, 1), MAX_ZOOM);
    const ratio = this.zoom / zoom;
    const center = at.map((value, axis) => value + (this.center[axis] - value) * ratio);
    this.stop();
    this.zoom = zoom;
    this.center = center;
    this.apply();
  }

  showAll() {
    this.glide([this.bounds[0] + this.bounds[2] / 2, this.bounds[1] + this.bounds[3] / 2], 1);
  }

  // An area is shown among its neighbours, a part of the city by itself.
  showBox([left, top, right, bottom], share) {
    const [width, height] = this.size;
    const fit = Math.min(
      (width * this.unitsPerPixel(1)) / (right - left),
      (height * this.unitsPerPixel(1)) / (bottom - top),
    );
    const wanted = share ? fit * share : Math.max(fit / 4, this.zoom);
    const zoom = Math.min(Math.max(wanted, 1), share ? MAX_ZOOM : MAX_ZOOM / 2);
    this.glide([(left + right) / 2, (top + bottom) / 2], zoom);
  }

  // Moves just far enough for a point to be well inside, and out from under what covers the pane.
  reveal([x, y], covered) {
    const units = this.unitsPerPixel();
    const margin = 40 * units;
    const inside = (value, center, length) => {
      const half = Math.max((length * units) / 2 - margin, 0);
      return Math.min(Math.max(center, value - half), value + half);
    };
    const [width, height] = this.size;
    this.center = [inside(x, this.center[0], width), inside(y, this.center[1], height)];
    const at = [width / 2 + (x - this.center[0]) / units, height / 2 + (y - this.center[1]) / units];
    if (covered && at.every((own, axis) => own > covered[axis] && own < covered[axis + 2])) {
      const left = covered[0] + covered[2] < width;
      const goal = left ? covered[2] + 40 : covered[0] - 40;
      this.center[0] -= (goal - at[0]) * units;
    }
    this.apply();
  }

  glide(center, zoom) {
    this.stop();
    if (reducedMotion.matches) {
      [this.center, this.zoom] = [center, zoom];
      this.apply();
      return;
    }
    const from = { center: this.center, zoom: this.zoom, time: performance.now() };
    const frame = (now) => {
      const share = Math.min((now - from.time) / 240, 1);
      const eased = 1 - (1 - share) ** 3;
      this.zoom = from.zoom * (zoom / from.zoom) ** eased;
      this.center = from.center.map((value, axis) => value + (center[axis] - value) * eased);
      this.apply();
      this.gliding = share < 1 ? requestAnimationFrame(frame) : null;
    };
    this.gliding = requestAnimationFrame(frame);
  }

  stop() {
    if (this.gliding) cancelAnimationFrame(this.gliding);
    this.gliding = null;
  }

  // A wheel scrolls the page, unless Ctrl is held or the reader is working in the map.
  wheel(event) {
    const atEnd = this.zoom === 1 && event.deltaY > 0;
    const working = this.svg.parentElement.contains(this.svg.getRootNode().activeElement);
    if (!event.ctrlKey && (atEnd || !working)) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.006 : 0.002));
    this.zoomBy(factor, this.toUnits(event.clientX, event.clientY));
  }

  press(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (event.isPrimary) this.pointers.clear();
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.pointers.size === 1) {
      this.dragged = false;
      this.start = [event.clientX, event.clientY];
    }
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    if (this.pointers.size === 1) {
      const moved = Math.hypot(now[0] - this.start[0], now[1] - this.start[1]);
      if (!this.dragged && (this.zoom === 1 || moved < DRAG_FROM)) return;
      this.drag(event, [now[0] - before[0], now[1] - before[1]]);
    } else {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
      const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2];
      this.drag(event, [(now[0] - before[0]) / 2, (now[1] - before[1]) / 2]);
      this.zoomBy(apart(now) / Math.max(apart(before), 1), this.toUnits(...middle));
    }
    this.pointers.set(event.pointerId, now);
  }

  drag(event, [dx, dy]) {
    this.stop();
    if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    const units = this.unitsPerPixel();
    this.center = [this.center[0] - dx * units, this.center[1] - dy * units];
    this.apply();
  }

  release(event) {
    this.pointers.delete(event.pointerId);
  }
}
