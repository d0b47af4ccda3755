// Areas as samples that know which area they show: other figures only colour the samples anew,
// however many areas there are and however long their borders.

// What a sample shows of its area: itself, its border, the casing and the line of boundaries of the
// next level or of higher ones. A table holds the colour of each for every area.
const [FILL, EDGE, LINES, HIGHER, KINDS] = [0, 1, 2, 4, 8];

// For each sample of a pane, the place of its area counted from 1, 0 where there is none. Sides that
// two areas share are crossed at the same place, whichever way round they run.
class Tracer {
  constructor(areas) {
    this.labels = areas.map(({ label }) => label);
    this.rings = areas.map(({ path }) => ringsOf(path));
    this.boxes = this.rings.map(boxOf);
    this.turns = new Int16Array(0);
  }

  trace(pane) {
    const owners = new Uint32Array(pane.width * pane.height);
    this.rings.forEach((_, index) => this.traceArea(index, pane, owners));
    return owners;
  }

  traceArea(index, pane, owners) {
    const { left, top, scale, width, height } = pane;
    const [west, north, east, south] = this.boxes[index];
    const first = Math.max(0, Math.floor((west - left) * scale));
    const last = Math.min(width - 1, Math.floor((east - left) * scale));
    const upper = Math.max(0, Math.floor((north - top) * scale));
    const lower = Math.min(height - 1, Math.floor((south - top) * scale));
    if (first > last || upper > lower) return;
    const wide = last - first + 1;
    const size = wide * (lower - upper + 1);
    if (this.turns.length < size) this.turns = new Int16Array(size);
    const { turns } = this;
    for (const ring of this.rings[index]) {
      let x = (ring.at(-2) - left) * scale;
      let y = (ring.at(-1) - top) * scale;
      for (let at = 0; at < ring.length; at += 2) {
        const [fromX, fromY] = [x, y];
        x = (ring[at] - left) * scale;
        y = (ring[at + 1] - top) * scale;
        const down = fromY < y;
        const [highX, highY, lowX, lowY] = down ? [fromX, fromY, x, y] : [x, y, fromX, fromY];
        const begin = Math.max(upper, Math.ceil(highY - 0.5));
        const end = Math.min(lower, Math.ceil(lowY - 0.5) - 1);
        const slope = (lowX - highX) / (lowY - highY);
        for (let row = begin; row <= end; row += 1) {
          const across = highX + (row + 0.5 - highY) * slope;
          const column = Math.max(first, Math.ceil(across - 0.5));
          if (column <= last) turns[(row - upper) * wide + column - first] += down ? 1 : -1;
        }
      }
    }
    let found = false;
    for (let row = upper; row <= lower; row += 1) {
      const [own, all] = [(row - upper) * wide, row * width + first];
      let inside = 0;
      for (let at = 0; at < wide; at += 1) {
        inside += turns[own + at];
        if (!inside) continue;
        owners[all + at] = index + 1;
        found = true;
      }
    }
    turns.fill(0, 0, size);
    if (!found) this.mark(index, pane, owners);
  }

  // An area that falls between the samples shows as one of them.
  mark(index, { left, top, scale, width, height }, owners) {
    const [x, y] = this.labels[index];
    const [column, row] = [Math.floor((x - left) * scale), Math.floor((y - top) * scale)];
    if (column < 0 || row < 0 || column >= width || row >= height) return;
    owners[row * width + column] = index + 1;
  }
}

// What each sample shows: KINDS times its owner, and more on a border, which lies within the area.
function withBorders(owners, width) {
  const codes = owners.map((owner) => owner * KINDS);
  for (let at = 0; at < owners.length; at += 1) {
    const own = owners[at];
    const right = at % width < width - 1 ? owners[at + 1] : own;
    const below = owners[at + width] ?? own;
    if (own === right && own === below) continue;
    if (own) codes[at] = own * KINDS + EDGE;
    else {
      if (right) codes[at + 1] = right * KINDS + EDGE;
      if (below) codes[at + width] = below * KINDS + EDGE;
    }
  }
  return codes;
}

// Draws lines along the borders of other owners, as wide as so many samples.
function drawLines(codes, owners, width, wide, kind) {
  const before = (wide - 1) >> 1;
  const disc = [];
  for (let down = 0; down < wide; down += 1) {
    for (let right = 0; right < wide; right += 1) {
      const middle = (wide - 1) / 2;
      if (Math.hypot(down - middle, right - middle) > wide / 2) continue;
      disc.push((down - before) * width + right - before);
    }
  }
  for (let at = wide * width; at < owners.length - wide * width; at += 1) {
    if (owners[at] === owners[at + 1] && owners[at] === owners[at + width]) continue;
    const column = at % width;
    if (column < wide || column >= width - wide) continue;
    for (const step of disc) codes[at + step] = codes[at + step] - (codes[at + step] % KINDS) + kind;
  }
}

// Colours of bytes red, green, blue, opacity, as one number of a picture.
function packed([red, green, blue, alpha]) {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

// A colour laid over another one.
function laidOver(over, under, opacity = 1) {
  const [top, bottom] = [(over[3] / 255) * opacity, under[3] / 255];
  const alpha = top + bottom * (1 - top);
  if (!alpha) return [0, 0, 0, 0];
  const mixed = [0, 1, 2].map((at) => (over[at] * top + under[at] * bottom * (1 - top)) / alpha);
  return [...mixed, alpha * 255].map(Math.round);
}
