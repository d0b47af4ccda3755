// Where the legend lies on the map: in the corner of the pane that the city leaves free.

const CORNERS = ["bottom-left", "top-right", "top-left", "bottom-right"];
const CORNER_GAP = 8;

// Corners of an outline in map units; long edges are given points in between.
function outlinePoints(path, step) {
  const points = [];
  let origin = [0, 0];
  for (const ring of path.split("z")) {
    const numbers = (ring.match(/-?\d+/g) ?? []).map(Number);
    if (numbers.length < 4) continue;
    origin = [origin[0] + numbers[0], origin[1] + numbers[1]];
    let [x, y] = origin;
    for (let place = 0; place < numbers.length; place += 2) {
      const [dx, dy] = place ? [numbers[place], numbers[place + 1]] : [0, 0];
      const parts = Math.ceil(Math.hypot(dx, dy) / step) || 1;
      for (let part = 1; part <= parts; part += 1) {
        points.push([x + (dx * part) / parts, y + (dy * part) / parts]);
      }
      [x, y] = [x + dx, y + dy];
    }
  }
  return points;
}

// One of the points in each square of a side.
function thinned(points, side) {
  const kept = new Map(points.map((point) => [point.map((at) => Math.floor(at / side)).join(), point]));
  return [...kept.values()];
}

// Left, top, right, bottom of a box in a corner; `insets` hold what else stands there.
function cornerBox(corner, [width, height], [wide, high], insets = {}) {
  const [right, down] = insets[corner] ?? [0, 0];
  const left = corner.endsWith("left") ? right : width - wide - right;
  const top = corner.startsWith("top") ? down : height - high - down;
  return [left, top, left + wide, top + high];
}

// The corner where a box is farthest from all points, null where it would cover some.
function freeCorner(points, pane, size, insets) {
  let best = null;
  let farthest = CORNER_GAP;
  for (const corner of CORNERS) {
    const [left, top, right, bottom] = cornerBox(corner, pane, size, insets);
    if (left < 0 || top < 0 || right > pane[0] || bottom > pane[1]) continue;
    let nearest = Infinity;
    for (const [x, y] of points) {
      const across = Math.max(left - x, x - right, 0);
      const down = Math.max(top - y, y - bottom, 0);
      nearest = Math.min(nearest, Math.hypot(across, down));
    }
    if (nearest > farthest) [best, farthest] = [corner, nearest];
  }
  return best;
}
