// Where names stand: inside their areas, clear of one another, on one line or two.

// Pixels by which a name may leave the label point of its area, nearest first.
const NUDGES = [-32, -24, -16, -8, 0, 8, 16, 24, 32]
  .flatMap((right, _, steps) => steps.map((down) => [right, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
// With fewer of its areas named than this share, a level is too fine for names of its own.
const ENOUGH_NAMED = 1 / 3;
const OVERHANGING = 0.45;

// A name on two lines, broken where the longer one is shortest.
function inTwo(name) {
  const breaks = [...name.matchAll(/[ \-/](?=.)/gu)].map(({ index }) => index + 1);
  if (!breaks.length) return [name];
  const halves = breaks.map((at) => [name.slice(0, at).trim(), name.slice(at)]);
  const longest = (lines) => Math.max(...lines.map((line) => line.length));
  return halves.reduce((best, next) => (longest(next) < longest(best) ? next : best));
}

function contains([left, top, right, bottom], [x, y]) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function boxSize([left, top, right, bottom]) {
  return (right - left) * (bottom - top);
}

const canvas = document.createElement("canvas").getContext("2d");

// Half the width and height of a name and what it keeps clear around it, in map units.
function halfOf(lines, step, font) {
  canvas.font = font;
  const longest = Math.max(...lines.map((line) => canvas.measureText(line).width));
  return [(longest / 2 + 2) * step, 7 * lines.length * step];
}

// What is taken, by squares of the map, so that a name looks only at what is near.
class Taken {
  constructor(boxes, side) {
    this.side = side;
    this.squares = new Map();
    for (const box of boxes) this.add(box);
  }

  *around([x, y, [wide, high]]) {
    const [left, right] = [x - wide, x + wide].map((at) => Math.floor(at / this.side));
    const [top, bottom] = [y - high, y + high].map((at) => Math.floor(at / this.side));
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) yield `${column} ${row}`;
    }
  }

  add(box) {
    for (const square of this.around(box)) {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
    }
  }

  free([x, y], [wide, high]) {
    const near = ([tx, ty, [hx, hy]]) => Math.abs(tx - x) < hx + wide && Math.abs(ty - y) < hy + high;
    for (const square of this.around([x, y, [wide, high]])) {
      if (this.squares.get(square)?.some(near)) return false;
    }
    return true;
  }
}

// Places for names, the first ones first. An item has `name`, `at`, `box`, `holds(x, y)`; `within`
// is the share of the name that has to lie inside, `away` how far it stands from what covers its
// point, on any side, `off` how many pixels it stands above or below it; one that is named `anyway`
// may stand below or above its area. `step` is the size of a pixel of
// type, `taken` what nothing may cover, `seen` the window, `family` the type.
function namePlaces(items, { step, seen, taken, family }) {
  const full = new Taken(taken, 100 * step);
  const placed = [];
  for (const item of items) {
    const { name, at, box, holds, within, anyway, away = 0, off = 0 } = item;
    const free = (...place) => full.free(...place);
    const font = `${anyway ? "600 13px" : "11px"} ${family}`;
    const inside = ([x, y], [wide, high]) =>
      [-within, 0, within].every((right) =>
        [-0.5, 0.5].every((down) => holds(x + right * wide, y + down * high)),
      );
    const spots = [[name], inTwo(name)].flatMap((lines) => {
      const half = halfOf(lines, step, font);
      if (box[2] - box[0] < 2 * within * half[0] || box[3] - box[1] < half[1]) return [];
      const nudges = NUDGES.filter(([, down]) => Math.abs(down) >= off);
      const aside = away + half[0];
      const around = away ? [[0, away], [0, -away], [aside, 0], [-aside, 0]] : [[0, 0]];
      return around.flatMap(([across, lower]) =>
        nudges.map(([right, down]) => ({
          lines,
          half,
          at: [at[0] + across + right * step, at[1] + lower + down * step],
        })),
      );
    });
    let spot = spots.find((each) => free(each.at, each.half) && inside(each.at, each.half));
    if (!spot && anyway) {
      const half = halfOf([name], step, font);
      const beside = [box[3] + 9 * step, box[1] - 9 * step]
        .filter((y) => y + 7 * step < seen[3] && y - 7 * step > seen[1])
        .map((y) => ({ lines: [name], half, at: [(box[0] + box[2]) / 2, y] }));
      spot = beside.find((each) => free(each.at, half)) ?? beside[0];
    }
    if (!spot) continue;
    full.add([...spot.at, spot.half]);
    placed.push({ item, ...spot });
  }
  return placed;
}

// An area of a higher level as an item to be named: it may hang over, its own areas lie beside it.
function nameOver({ name, label, path }) {
  const shape = new Path2D(path);
  const [xs, ys] = [0, 1].map((axis) => outlinePoints(path, Infinity).map((point) => point[axis]));
  const ends = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [[left, right], [top, bottom]] = [ends(xs), ends(ys)];
  return {
    name,
    at: label,
    box: [left, top, right, bottom],
    holds: (x, y) => canvas.isPointInPath(shape, x, y),
    within: OVERHANGING,
    look: { class: "above" },
  };
}

// A thing for orientation as an item to be named: beside its point, wherever there is room.
function nameBeside({ name, label: [x, y], kind }) {
  return {
    name,
    at: [x, y],
    box: [-Infinity, -Infinity, Infinity, Infinity],
    holds: () => true,
    within: 0.9,
    off: kind === "landmark" ? 16 : 0,
    look: { class: `thing ${kind}` },
  };
}
