// Where names stand: inside their areas, clear of one another, on one line or two.

// Pixels by which a name may leave the label point of its area, nearest first.
const NUDGES = [-32, -24, -16, -8, 0, 8, 16, 24, 32]
  .flatMap((right, _, steps) => steps.map((down) => [right, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
// With fewer of its areas named than this share, a level is too fine for names of its own.
const ENOUGH_NAMED = 1 / 3;
const OVERHANGING = 0.45;
const NARROWEST = 2; // pixels of a letter, at least

// A name on two lines, broken where the longer one is shortest; null where it has no such place.
function inTwo(name) {
  const breaks = [...name.matchAll(/[ \-/](?=.)/gu)].map(({ index }) => index + 1);
  if (!breaks.length) return null;
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

const formsIn = new Map(); // by font, then by name

// A name on one line and on two, each with half of its width and height and of what it keeps clear
// around it, in pixels of type.
function formsOf(name, font) {
  if (!formsIn.has(font)) formsIn.set(font, new Map());
  const forms = formsIn.get(font);
  if (!forms.has(name)) {
    canvas.font = font;
    const found = [[name], inTwo(name)].filter(Boolean).map((lines) => {
      const longest = Math.max(...lines.map((line) => canvas.measureText(line).width));
      return { lines, half: [longest / 2 + 2, 7 * lines.length] };
    });
    forms.set(name, found);
  }
  return forms.get(name);
}

// The forms of its name for which the box of an item has room. The browser remembers all that it has
// ever measured: a name that is too long for its area whatever its letters is not measured at all.
function fittingForms({ name, box, within, anyway }, { step, family }) {
  const [wide, high] = [box[2] - box[0], box[3] - box[1]].map((length) => length / step);
  if (wide < within * NARROWEST * Math.floor(name.length / 2)) return [];
  return formsOf(name, `${anyway ? "600 13px" : "11px"} ${family}`).filter(
    ({ half }) => wide >= 2 * within * half[0] && high >= half[1],
  );
}

// What is taken, by squares of the map, so that a name looks only at what is near.
class Taken {
  constructor(boxes, side) {
    this.side = side;
    this.squares = new Map();
    for (const box of boxes) this.add(box);
  }

  // Whether one of the squares that a box touches says so.
  some([x, y], [wide, high], says) {
    const [left, right] = [x - wide, x + wide].map((at) => Math.floor(at / this.side));
    const [top, bottom] = [y - high, y + high].map((at) => Math.floor(at / this.side));
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) if (says(column * 65536 + row)) return true;
    }
    return false;
  }

  add(box) {
    const [x, y, half] = box;
    this.some([x, y], half, (square) => {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
    });
  }

  free(at, half) {
    const near = ([x, y, [wide, high]]) =>
      Math.abs(x - at[0]) < wide + half[0] && Math.abs(y - at[1]) < high + half[1];
    return !this.some(at, half, (square) => this.squares.get(square)?.some(near));
  }
}

// Spots that a name may take, the best first.
function* spotsOf(item, { step, family }) {
  const { at, away = 0, off = 0 } = item;
  const nudges = off ? NUDGES.filter(([, down]) => Math.abs(down) >= off) : NUDGES;
  for (const { lines, half: pixels } of fittingForms(item, { step, family })) {
    const half = pixels.map((length) => length * step);
    const aside = away + half[0];
    const around = away ? [[0, away], [0, -away], [aside, 0], [-aside, 0]] : [[0, 0]];
    for (const [across, lower] of around) {
      for (const [right, down] of nudges) {
        yield { lines, half, at: [at[0] + across + right * step, at[1] + lower + down * step] };
      }
    }
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
    const { name, box, holds, within, anyway } = item;
    const inside = ([x, y], [wide, high]) =>
      [-within, 0, within].every((right) =>
        [-0.5, 0.5].every((down) => holds(x + right * wide, y + down * high)),
      );
    let spot = null;
    for (const each of spotsOf(item, { step, family })) {
      if (!full.free(each.at, each.half) || !inside(each.at, each.half)) continue;
      spot = each;
      break;
    }
    if (!spot && anyway) {
      const half = formsOf(name, `600 13px ${family}`)[0].half.map((length) => length * step);
      const beside = [box[3] + 9 * step, box[1] - 9 * step]
        .filter((y) => y + 7 * step < seen[3] && y - 7 * step > seen[1])
        .map((y) => ({ lines: [name], half, at: [(box[0] + box[2]) / 2, y] }));
      spot = beside.find((each) => full.free(each.at, half)) ?? beside[0];
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
  return {
    name,
    at: label,
    box: boxOf(ringsOf(path)),
    holds: (x, y) => canvas.isPointInPath(shape, x, y),
    within: OVERHANGING,
    class: "above",
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
    class: `thing ${kind}`,
  };
}
