// Pure helpers: numbers, classes, colours, words, directions. Nothing here touches the page.

const numberFormats = new Map();

function formatNumber(value, decimals) {
  if (!numberFormats.has(decimals)) {
    const digits = {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: "negative",
    };
    numberFormats.set(decimals, new Intl.NumberFormat("de-DE", digits));
  }
  return numberFormats.get(decimals).format(value).replace("-", "−");
}

// A number as the map writes it: changes carry their sign.
function writeNumber(value, { decimals, signed }) {
  const text = formatNumber(value, decimals);
  return signed && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

// A difference with its sign; what rounds to nothing has none.
function writeDifference(difference, decimals) {
  const text = formatNumber(Math.abs(difference), decimals);
  if (!/[1-9]/.test(text)) return text;
  return (difference < 0 ? "−" : "+") + text;
}

// Why an area shows what it shows: a remark of its own, else the name of its status.
function statusWords(status, { missing }, note) {
  return note || (status === "n" && missing) || TEXTS[`status_${status}`];
}

function withUnit(text, unit) {
  if (!unit) return text;
  return text + (unit === "%" ? "\u202f" : "\u00a0") + unit;
}

function fill(template, values) {
  const written = (value) => (typeof value === "number" ? formatNumber(value, 0) : value);
  return template.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
}

// A value shows as such unless its status says that there is none.
function isShown(value, status) {
  return value !== null && !"snu".includes(status);
}

function shownStatus(value, status) {
  return value === null && !"snug".includes(status) ? "n" : status;
}

// Whether two values of JSON say the same.
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one)) {
    return one.length === other.length && one.every((part, at) => same(part, other[at]));
  }
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}

// Classes hold their lower bound; the last one holds its upper bound too.
function classOf(value, breaks) {
  let index = breaks.length - 2;
  while (index > 0 && value < breaks[index]) index -= 1;
  return index;
}

function median(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function hexChannels(color) {
  return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const [DARK_INK, LIGHT_INK] = ["#16181c", "#ffffff"];
const EDGE_CONTRAST = 3.1;

function inkFor(color) {
  const channels = hexChannels(color);
  const [dark, light] = ["#404040", "#ffffff"].map((ink) => contrast(hexChannels(ink), channels));
  return dark >= light ? DARK_INK : LIGHT_INK;
}

// Of black and white, the one that is read on a colour: always above 4.5:1.
function textOn(color) {
  return (luminance(hexChannels(color)) + 0.05) ** 2 > 1.05 * 0.05 ? "#000000" : "#ffffff";
}

// The fill itself, darkened or lightened just so far that it stands out from the fill.
function edgeFor(color) {
  const channels = hexChannels(color);
  const goal = inkFor(color) === DARK_INK ? 0 : 255;
  const mixed = (share) => channels.map((own) => Math.round(own + (goal - own) * share));
  let [little, enough] = [0, 1];
  while (enough - little > 0.004) {
    const middle = (little + enough) / 2;
    if (contrast(mixed(middle), channels) < EDGE_CONTRAST) little = middle;
    else enough = middle;
  }
  return "#" + mixed(enough).map((own) => own.toString(16).padStart(2, "0")).join("");
}

// Nearest point within the quadrant that the arrow key points to.
function neighbour(points, from, key) {
  const [x, y] = points[from];
  let best = -1;
  let shortest = Infinity;
  points.forEach(([px, py], index) => {
    const along = { ArrowLeft: x - px, ArrowRight: px - x, ArrowUp: y - py, ArrowDown: py - y }[key];
    const across = Math.abs(key === "ArrowLeft" || key === "ArrowRight" ? py - y : px - x);
    if (index === from || along <= 0 || across > along) return;
    const distance = Math.hypot(along, across);
    if (distance < shortest) [best, shortest] = [index, distance];
  });
  return best;
}

// Longest of 1, 2, 5 × 10ⁿ that is not longer than the given length.
function roundLength(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return [5, 2, 1].map((step) => step * power).find((step) => step <= length);
}

// Vertical places for dots: as near to the middle as they can be without touching another.
function beeswarm(positions, radius, height) {
  const apart = radius * 2 + 0.4;
  const offsets = positions.map(() => 0);
  const order = positions.flatMap((x, index) => (x === null ? [] : [index]));
  order.sort((a, b) => positions[a] - positions[b]);
  let first = 0;
  order.forEach((index, rank) => {
    while (positions[index] - positions[order[first]] >= apart) first += 1;
    const near = order.slice(first, rank).map((other) => {
      const reach = Math.sqrt(apart ** 2 - (positions[index] - positions[other]) ** 2);
      return [offsets[other] - reach, offsets[other] + reach];
    });
    const free = (y) => near.every(([low, high]) => y <= low + 1e-6 || y >= high - 1e-6);
    let best = free(0) ? 0 : Infinity;
    for (const y of best ? near.flat() : []) if (Math.abs(y) < Math.abs(best) && free(y)) best = y;
    offsets[index] = best;
  });
  const widest = offsets.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  const squeeze = Math.min(1, (height / 2 - radius) / Math.max(widest, 1));
  return offsets.map((y) => y * squeeze);
}

// "in %", "in Personen", but "je 100".
function unitWords(unit) {
  if (!unit) return "";
  return unit.startsWith("je ") ? ` ${unit}` : ` in ${unit.replace(/([Pp]unkte)$/u, "$1n")}`;
}

// 1 for the highest value; equal values share a rank.
function ranksOf(values) {
  const ordered = Float64Array.from(values.filter((value) => value !== null)).sort();
  return values.map((value) => {
    if (value === null) return null;
    let [low, high] = [0, ordered.length]; // so many are certainly not above, and possibly
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ordered[middle] > value) high = middle;
      else low = middle + 1;
    }
    return ordered.length - low + 1;
  });
}
