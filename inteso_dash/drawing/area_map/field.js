// The areas as a raster below the drawing, where they are too many for paths; keys and screen
// readers reach them in a tree of regions.

const MANY_AREAS = 1000;
const PER_PIXEL = 2; // samples in each direction at least, drawn together
const REST = 90; // ms after which a part that is seen is traced; until then the picture moves along
const CLEAR = [0, 0, 0, 0];
const PLAIN = { fill: 1, edge: 1 };
const OUTSIDE = { fill: 0.3, edge: 0.3 };
const UNLIT = { fill: 0.18, edge: 0.5 };

class Field {
  constructor(map) {
    this.map = map;
    this.canvas = html("canvas", {});
    this.element = html("div", { class: "field", "aria-hidden": "true" }, this.canvas);
    this.tree = new AreaTree(map);
    this.host = this.tree.element;
    this.mixer = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    this.tracers = new WeakMap();
    this.lines = [];
  }

  tracer(areas) {
    if (!this.tracers.has(areas)) this.tracers.set(areas, new Tracer(areas));
    return this.tracers.get(areas);
  }

  set({ areas }) {
    this.areas = areas;
    if (areas.length) ({ rings: this.rings, boxes: this.boxes } = this.tracer(areas));
    this.looks = this.lit = this.inside = null;
    this.tree.set(areas);
    this.trace();
    if (!areas.length) this.canvas.width = this.canvas.height = 0;
  }

  paint(looks) {
    this.looks = looks;
    this.draw();
  }

  limit(inside) {
    this.inside = inside;
    this.draw();
  }

  highlight(shown) {
    this.lit = shown;
    this.draw();
  }

  setLines(lines) {
    this.lines = lines;
    this.trace();
  }

  describe(what) {
    this.tree.describe(what);
  }

  mark(selected) {
    this.tree.mark(selected);
  }

  setActive(index) {
    this.tree.setActive(index);
  }

  focus(index) {
    this.tree.focus(index);
  }

  focused(index) {
    this.tree.focused(this.tree.itemOf(index));
  }

  focusedIndex() {
    return this.tree.focusedIndex();
  }

  walk() {
    return this.tree.walk();
  }

  indexOf(event) {
    const { svg: drawing, view } = this.map;
    const index = event.target === drawing ? this.at(view.toUnits(event.clientX, event.clientY)) : -1;
    drawing.classList.toggle("pointing", index >= 0);
    return index;
  }

  // The area at a point, -1 where there is none or it is not seen.
  at([x, y]) {
    if (!this.pixels) return -1;
    const { left, top, scale, width, height } = this.pane;
    const [column, row] = [Math.floor((x - left) * scale), Math.floor((y - top) * scale)];
    if (column < 0 || row < 0 || column >= width || row >= height) return -1;
    return Math.floor(this.pixels.at(column, row) / KINDS) - 1;
  }

  holds(index, x, y) {
    return this.at([x, y]) === index;
  }

  // The part that is seen, in samples.
  seen() {
    const { view } = this.map;
    const ratio = window.devicePixelRatio;
    const side = ratio < PER_PIXEL ? PER_PIXEL : 1;
    const samples = ratio * side;
    const [units, [width, height]] = [view.unitsPerPixel(), view.size];
    return {
      left: view.center[0] - (width * units) / 2,
      top: view.center[1] - (height * units) / 2,
      scale: samples / units,
      width: Math.round(width * ratio) * side,
      height: Math.round(height * ratio) * side,
      samples,
      side,
    };
  }

  // Another part is seen.
  moved() {
    const now = this.seen();
    const { pane } = this;
    if (!this.areas?.length) return;
    if (!this.pixels || now.width !== pane.width || now.height !== pane.height) {
      this.trace();
      return;
    }
    const moves = [pane.left - now.left, pane.top - now.top].map((by) => (by * now.scale) / now.samples);
    const shift = moves.map((by) => `${by}px`).join();
    this.canvas.style.transform = `translate(${shift}) scale(${now.scale / pane.scale})`;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.trace(), REST);
  }

  trace() {
    clearTimeout(this.resting);
    this.pixels = null;
    this.draw();
  }

  // Once, however much has changed until the present task ends.
  draw() {
    if (this.drawing || !this.areas?.length) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      if (this.looks?.length !== this.areas.length || !this.map.view.bounds) return;
      if (!this.pixels) {
        this.pane = this.seen();
        this.pixels = this.traced(this.pane);
      }
      this.color(this.canvas, this.pixels, this.pane);
      this.canvas.style.transform = "";
    });
  }

  // A square part by itself, so many pixels wide, as the address of a picture.
  picture([left, top, side], wide) {
    const { samples, side: inPixel } = this.pane;
    const size = Math.round((wide * samples) / inPixel) * inPixel;
    const pane = { left, top, scale: size / side, width: size, height: size, samples, side: inPixel };
    const canvas = html("canvas", {});
    this.color(canvas, this.traced(pane), pane);
    return canvas.toDataURL();
  }

  traced(pane) {
    const codes = withBorders(this.tracer(this.areas).trace(pane), pane.width);
    this.lineStyles().forEach((parts, place) => {
      const owners = this.tracer(this.lines[place]).trace(pane);
      for (const { wide, kind } of parts) {
        const samples = Math.max(1, Math.round(wide * pane.samples));
        drawLines(codes, owners, pane.width, samples, kind);
      }
    });
    return new Pixels(codes, pane);
  }

  // How boundaries of higher levels look, as the style sheet has it: casing and line of each.
  lineStyles() {
    const paths = [...this.map.layers.overlays.querySelectorAll(":scope > path:not(.made, .band)")];
    return this.lines.map((_, place) =>
      paths.slice(2 * place, 2 * place + 2).map((path, part) => {
        const { stroke, strokeOpacity, strokeWidth } = getComputedStyle(path);
        const kind = (place ? HIGHER : LINES) + part;
        return { kind, wide: parseFloat(strokeWidth), color: this.bytes(stroke), opacity: strokeOpacity };
      }),
    );
  }

  // Any colour of the style sheet.
  bytes(color) {
    const { mixer } = this;
    mixer.clearRect(0, 0, 1, 1);
    mixer.fillStyle = color;
    mixer.fillRect(0, 0, 1, 1);
    return [...mixer.getImageData(0, 0, 1, 1).data];
  }

  color(canvas, pixels, { left, top, scale, samples }) {
    const { codes, width, height } = pixels;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const fits = this.image?.width === width && this.image.height === height;
    if (!fits) this.image = new ImageData(width, height);
    const shown = new Int32Array(this.image.data.buffer);
    const { colors, tileOf, tiles } = this.table(samples);
    const mixed = pixels.samples;
    for (let at = 0; at < shown.length; at += 1) {
      const code = codes[at];
      shown[at] = code < 0 ? joined(colors, mixed, ~code) : colors[code];
    }
    if (tiles.length > 1) {
      const corner = [left, top].map((from) => Math.round(from * scale));
      this.lay(shown, pixels, { colors, tileOf, tiles, corner });
    }
    canvas.getContext("2d").putImageData(this.image, 0, 0);
  }

  // Patterns: a whole pixel of them, or only some of its samples.
  lay(shown, { codes, samples, width, side }, { colors, tileOf, tiles, corner: [right, down] }) {
    const sample = (code, column, row) => {
      if (!tileOf[code]) return colors[code];
      const { size, picture } = tiles[tileOf[code]];
      return picture[modulo(row, size) * size + modulo(column, size)];
    };
    for (let at = 0; at < shown.length; at += 1) {
      const code = codes[at];
      if (code >= 0 && !tileOf[code]) continue;
      const [column, row] = [(at % width) * side + right, Math.floor(at / width) * side + down];
      if (code >= 0) {
        const { size, pixels } = tiles[tileOf[code]];
        shown[at] = pixels[modulo(row, size) * size + modulo(column, size)];
        continue;
      }
      const [a, b, c, d] = [0, 1, 2, 3].map((part) => samples[~code + part]);
      if (!tileOf[a] && !tileOf[b] && !tileOf[c] && !tileOf[d]) continue;
      const upper = [sample(a, column, row), sample(b, column + 1, row)];
      shown[at] = together(...upper, sample(c, column, row + 1), sample(d, column + 1, row + 1));
    }
  }

  // The colours of all that samples can show, and which of them are tiles.
  table(samples) {
    const count = (this.areas.length + 1) * KINDS;
    const [colors, tileOf, tiles] = [new Int32Array(count), new Uint8Array(count), [null]];
    const lines = this.lineStyles().flat();
    const style = getComputedStyle(this.map.svg);
    const plain = (color) => color.replace(/^var\((.+)\)$/, (_, name) => style.getPropertyValue(name));
    const withLines = (under) =>
      lines.map(({ kind, color, opacity }) => [kind, packed(laidOver(color, under, opacity))]);
    const kinds = ({ fill, over, ground, edge }, strength) => {
      const under = laidOver(this.bytes(plain(ground)), CLEAR, strength.fill);
      const border = laidOver(this.bytes(plain(edge)), under, strength.edge);
      const pattern = over ?? /^url\(#map-(.+)\)$/.exec(fill)?.[1];
      if (pattern) tiles.push(this.tile(pattern, under, strength.fill, samples));
      const shown = [[FILL, packed(under)], [EDGE, packed(border)], ...withLines(under)];
      return { shown, tile: pattern ? tiles.length - 1 : 0 };
    };
    const known = new Map([PLAIN, OUTSIDE, UNLIT].map((strength) => [strength, new Map()]));
    for (const [kind, color] of withLines(CLEAR)) colors[kind] = color;
    this.looks.forEach((look, index) => {
      const strength = this.strength(index);
      const alike = known.get(strength);
      if (!alike.has(look)) alike.set(look, kinds(look, strength));
      const { shown, tile } = alike.get(look);
      const from = (index + 1) * KINDS;
      for (const [kind, color] of shown) colors[from + kind] = color;
      tileOf[from + FILL] = tile;
    });
    return { colors, tileOf, tiles };
  }

  strength(index) {
    if (this.lit && !this.lit.has(index)) return UNLIT;
    return this.inside?.[index] === false ? OUTSIDE : PLAIN;
  }

  // One piece of a pattern on its ground.
  tile(name, ground, opacity, samples) {
    const pattern = [...this.map.defs.children].find(({ id }) => id === `map-${name}`);
    const size = Number(pattern.getAttribute("width"));
    const side = Math.round(size * samples);
    const context = new OffscreenCanvas(side, side).getContext("2d");
    context.scale(side / size, side / size);
    context.globalAlpha = opacity;
    for (const mark of pattern.querySelectorAll("path, circle")) {
      const { fill, stroke, strokeWidth } = getComputedStyle(mark);
      const [x, y, radius] = ["cx", "cy", "r"].map((part) => Number(mark.getAttribute(part)));
      const shape = new Path2D(mark.getAttribute("d") ?? "");
      if (radius) shape.arc(x, y, radius, 0, FULL);
      Object.assign(context, { fillStyle: fill, strokeStyle: stroke, lineWidth: parseFloat(strokeWidth) });
      if (fill !== "none") context.fill(shape);
      context.stroke(shape);
    }
    context.globalAlpha = 1;
    context.globalCompositeOperation = "destination-over";
    const [red, green, blue, alpha] = ground;
    context.fillStyle = `rgb(${red} ${green} ${blue} / ${alpha / 255})`;
    context.fillRect(0, 0, size, size);
    const picture = new Int32Array(context.getImageData(0, 0, side, side).data.buffer);
    return { size: side, picture, pixels: this.pane.side > 1 ? joinedTile(picture, side) : picture };
  }
}

function modulo(value, size) {
  return ((value % size) + size) % size;
}
