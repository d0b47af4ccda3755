// How much of an area lies within a line that is drawn: exact along each of many lines across it.

const ACROSS = 96; // lines over the height of an area

// A circle as a ring.
function circleRing([x, y], radius) {
  return Array.from({ length: 128 }, (_, place) => {
    const angle = (place / 128) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

// Where rings, as of ringsOf, are entered and left along a line across, from left to right.
function crossings(rings, y) {
  const found = [];
  for (const ring of rings) {
    let [x0, y0] = [ring.at(-2), ring.at(-1)];
    for (let at = 0; at < ring.length; at += 2) {
      const [x1, y1] = [ring[at], ring[at + 1]];
      if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
      [x0, y0] = [x1, y1];
    }
  }
  return found.sort((one, other) => one - other);
}

// Length that two sorted lists of entries and exits have in common.
function common(one, other) {
  let length = 0;
  for (let a = 0, b = 0; a + 1 < one.length && b + 1 < other.length; ) {
    length += Math.max(Math.min(one[a + 1], other[b + 1]) - Math.max(one[a], other[b]), 0);
    if (one[a + 1] < other[b + 1]) a += 2;
    else b += 2;
  }
  return length;
}

// Share of an area, given by its rings, that lies within another ring of points.
function shareWithin(rings, ring) {
  const [, top, , bottom] = boxOf(rings);
  const drawn = [ring.flat()];
  let [all, inside] = [0, 0];
  for (let line = 0; line < ACROSS; line += 1) {
    const y = top + ((bottom - top) * (line + 0.5)) / ACROSS;
    const own = crossings(rings, y);
    all += common(own, own);
    inside += common(own, crossings(drawn, y));
  }
  return all ? inside / all : 0;
}
