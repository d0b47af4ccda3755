// Corners of outlines, and where the legend lies on the map: in the corner of the pane that the
// city leaves free.

// What is seen without scrolling first.
const CORNERS = ["top-left", "top-right", "bottom-left", "bottom-right"];
const CORNER_GAP = 8;

// Corners of the rings of an outline in map units, as numbers in a row.
function ringsOf(path) {
  const rings = [];
  let [ring, value, sign, digits] = [[], 0, 1, false];
  let [x, y] = [0, 0];
  for (let place = 0; place < path.length; place += 1) {
    const code = path.charCodeAt(place);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      digits = true;
      continue;
    }
    if (digits) {
      ring.push(value * sign);
      [value, sign, digits] = [0, 1, false];
    }
    if (code === 45) sign = -1;
    if (code !== 122) continue;
    for (let at = 0; at < ring.length; at += 2) {
      x = ring[at] += x;
      y = ring[at + 1] += y;
    }
    [x, y] = ring;
    rings.push(ring);
    ring = [];
  }
  return rings;
}

// Left, top, right, bottom.
function boxOf(rings) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      left = Math.min(left, ring[at]);
      top = Math.min(top, ring[at + 1]);
      right = Math.max(right, ring[at]);
      bottom = Math.max(bottom, ring[at + 1]);
    }
  }
  return [left, top, right, bottom];
}

// One corner in each square of a side, as numbers in a row; edges longer than a step are given points
// in between.
function thinned(outlines, step) {
  const side = step / 4;
  const rings = outlines.flat();
  const [left, top, far, low] = boxOf(rings);
  const columns = Math.floor((far - left) / side) + 1;
  const kept = new Uint8Array(columns * (Math.floor((low - top) / side) + 1));
  const points = [];
  for (const ring of rings) {
    let [x, y] = ring;
    for (let at = 0; at < ring.length; at += 2) {
      const [dx, dy] = [ring[at] - x, ring[at + 1] - y];
      const parts = Math.ceil(Math.sqrt(dx * dx + dy * dy) / step) || 1;
      for (let part = 1; part <= parts; part += 1) {
        const [right, down] = [x + (dx * part) / parts, y + (dy * part) / parts];
        const square = Math.floor((down - top) / side) * columns + Math.floor((right - left) / side);
        if (kept[square]) continue;
        kept[square] = 1;
        points.push(right, down);
      }
      [x, y] = [ring[at], ring[at + 1]];
    }
  }
  return Float64Array.from(points);
}

// Left, top, right, bottom of a box in a corner; `insets` hold what else stands there.
function cornerBox(corner, [width, height], [wide, high], insets = {}) {
  const [right, down] = insets[corner] ?? [0, 0];
  const left = corner.endsWith("left") ? right : width - wide - right;
  const top = corner.startsWith("top") ? down : height - high - down;
  return [left, top, left + wide, top + high];
}

// The first corner where a box is far enough from all points, which are numbers in a row; null where
// there is none.
function freeCorner(points, pane, size, insets) {
  for (const corner of CORNERS) {
    const [left, top, right, bottom] = cornerBox(corner, pane, size, insets);
    if (left < 0 || top < 0 || right > pane[0] || bottom > pane[1]) continue;
    let nearest = Infinity;
    for (let at = 0; at < points.length && nearest > CORNER_GAP; at += 2) {
      const across = Math.max(left - points[at], points[at] - right, 0);
      const down = Math.max(top - points[at + 1], points[at + 1] - bottom, 0);
      nearest = Math.min(nearest, Math.sqrt(across ** 2 + down ** 2));
    }
    if (nearest > CORNER_GAP) return corner;
  }
  return null;
}
