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
    const owners = new Int32Array(pane.width * pane.height);
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
      let x = (ring[ring.length - 2] - left) * scale;
      let y = (ring[ring.length - 1] - top) * scale;
      for (let at = 0; at < ring.length; at += 2) {
        const fromX = x;
        const fromY = y;
        x = (ring[at] - left) * scale;
        y = (ring[at + 1] - top) * scale;
        const turn = fromY < y ? 1 : -1;
        const highX = turn > 0 ? fromX : x;
        const highY = turn > 0 ? fromY : y;
        const begin = Math.max(upper, Math.ceil(highY - 0.5));
        const end = Math.min(lower, Math.ceil((turn > 0 ? y : fromY) - 0.5) - 1);
        if (begin > end) continue;
        const slope = turn > 0 ? (x - fromX) / (y - fromY) : (fromX - x) / (fromY - y);
        for (let row = begin; row <= end; row += 1) {
          const across = highX + (row + 0.5 - highY) * slope;
          const column = Math.max(first, Math.ceil(across - 0.5));
          if (column <= last) turns[(row - upper) * wide + column - first] += turn;
        }
      }
    }
    let found = false;
    for (let row = upper; row <= lower; row += 1) {
      const own = (row - upper) * wide;
      const all = row * width + first;
      let inside = 0;
      for (let at = 0; at < wide; at += 1) {
        inside += turns[own + at];
        turns[own + at] = 0;
        if (!inside) continue;
        owners[all + at] = index + 1;
        found = true;
      }
    }
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
  const codes = new Int32Array(owners.length);
  for (let at = 0; at < owners.length; at += 1) codes[at] = owners[at] * KINDS;
  for (let start = 0; start < owners.length; start += width) {
    const last = start + width - 1;
    const lowest = start + width === owners.length;
    for (let at = start; at <= last; at += 1) {
      const own = owners[at];
      const right = at < last ? owners[at + 1] : own;
      const below = lowest ? own : owners[at + width];
      if (own === right && own === below) continue;
      if (own) codes[at] = own * KINDS + EDGE;
      else {
        if (right) codes[at + 1] = right * KINDS + EDGE;
        if (below) codes[at + width] = below * KINDS + EDGE;
      }
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
  const steps = Int32Array.from(disc);
  for (let start = wide * width; start < owners.length - wide * width; start += width) {
    for (let at = start + wide; at < start + width - wide; at += 1) {
      const own = owners[at];
      if (own === owners[at + 1] && own === owners[at + width]) continue;
      for (let part = 0; part < steps.length; part += 1) {
        const sample = at + steps[part];
        codes[sample] = (codes[sample] & ~(KINDS - 1)) | kind;
      }
    }
  }
}

// Four samples are drawn together as a pixel where a screen has no finer ones: where all show the same,
// the pixel is their code; else it is the place of the first among the mixed ones, told by ~.

class Pixels {
  constructor(codes, { width, height, side }) {
    [this.width, this.height, this.side] = [width / side, height / side, side];
    this.codes = codes;
    this.samples = new Int32Array(0);
    if (side > 1) this.join(codes, width);
  }

  join(codes, wide) {
    const { width, height } = this;
    const [joined, samples] = [new Int32Array(width * height), new Int32Array(codes.length)];
    let count = 0;
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const from = 2 * (row * wide + column);
        const [a, b, c, d] = [codes[from], codes[from + 1], codes[from + wide], codes[from + wide + 1]];
        if (a === b && a === c && a === d) joined[row * width + column] = a;
        else {
          joined[row * width + column] = ~count;
          samples[count] = a;
          samples[count + 1] = b;
          samples[count + 2] = c;
          samples[count + 3] = d;
          count += 4;
        }
      }
    }
    this.codes = joined;
    this.samples = samples.slice(0, count);
  }

  // The code of a sample, counted in samples from the left and from the top.
  at(column, row) {
    const { side } = this;
    const code = this.codes[Math.floor(row / side) * this.width + Math.floor(column / side)];
    return code < 0 ? this.samples[~code + (row % side) * side + (column % side)] : code;
  }
}

// The colour of four samples together; what is seen through counts as much as it is seen.
function together(a, b, c, d) {
  if (a === b && a === c && a === d) return a;
  if (((a ^ b) | (a ^ c) | (a ^ d)) >>> 24) return mean(a, b, c, d);
  const [odd, half] = [0xff00ff, 0x20002];
  const low = (a & odd) + (b & odd) + (c & odd) + (d & odd) + half;
  const high = ((a >>> 8) & odd) + ((b >>> 8) & odd) + ((c >>> 8) & odd) + ((d >>> 8) & odd) + half;
  return ((low >>> 2) & odd) | (((high >>> 2) & odd) << 8);
}

function mean(a, b, c, d) {
  const [p, q, r, s] = [a >>> 24, b >>> 24, c >>> 24, d >>> 24];
  const all = p + q + r + s;
  const part = (by) =>
    Math.round(
      (((a >>> by) & 255) * p + ((b >>> by) & 255) * q + ((c >>> by) & 255) * r + ((d >>> by) & 255) * s) / all,
    );
  return packed([part(0), part(8), part(16), Math.round(all / 4)]);
}

// The colour of the four samples from a place on.
function joined(colors, samples, from) {
  const [first, second] = [colors[samples[from]], colors[samples[from + 1]]];
  return together(first, second, colors[samples[from + 2]], colors[samples[from + 3]]);
}

// What a pixel shows of a pattern that begins at each of its samples.
function joinedTile(picture, size) {
  return picture.map((own, at) => {
    const [column, row] = [at % size, Math.floor(at / size)];
    const [right, below] = [(column + 1) % size, ((row + 1) % size) * size];
    return together(own, picture[row * size + right], picture[below + column], picture[below + right]);
  });
}

// Colours of bytes red, green, blue, opacity, as one number of a picture.
function packed([red, green, blue, alpha]) {
  return (alpha << 24) | (blue << 16) | (green << 8) | red;
}

// A colour laid over another one.
function laidOver(over, under, opacity = 1) {
  const [top, bottom] = [(over[3] / 255) * opacity, under[3] / 255];
  const alpha = top + bottom * (1 - top);
  if (!alpha) return [0, 0, 0, 0];
  const mixed = [0, 1, 2].map((at) => (over[at] * top + under[at] * bottom * (1 - top)) / alpha);
  return [...mixed, alpha * 255].map(Math.round);
}
