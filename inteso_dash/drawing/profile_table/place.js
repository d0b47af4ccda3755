// Where a value lies among all: a line for the range, a band, a tick, a triangle, a dot with a
// whisker for what chance may do, and the signs of areas compared with, under the line.
// Positions are shares of the width, so that the drawing fits any column.

const STRIP = { height: 22, middle: 13, others: 10 };

function placeStrip([lower, median, upper, own, city, others, reach, asCity, label]) {
  const at = (along) => `${along * 100}%`;
  const y = STRIP.middle;
  const band = { x: at(lower), width: at(upper - lower), y: y - 4, height: 8 };
  const parts = [
    svg("line", { class: "range", x1: 0, x2: "100%", y1: y, y2: y }),
    svg("rect", { class: "band", ...band }),
    svg("line", { class: "median", x1: at(median), x2: at(median), y1: y - 5, y2: y + 5 }),
  ];
  if (city !== null) {
    const triangle = svg("path", { class: "city", d: `M0 ${y - 3}l-4-7h8z` });
    parts.push(svg("svg", { x: at(city), overflow: "visible" }, triangle));
  }
  others.forEach((place, index) => {
    if (place === null) return;
    const under = { x: at(place), y: y + STRIP.others, overflow: "visible" };
    parts.push(svg("svg", under, signPath(index + 1)));
  });
  if (reach !== null && own !== null) {
    const [from, to] = reach.map(at);
    const ends = { y1: y - 3.5, y2: y + 3.5 };
    for (const look of ["whisker halo", "whisker"]) {
      parts.push(
        svg("line", { class: look, x1: from, x2: to, y1: y, y2: y }),
        svg("line", { class: look, x1: from, x2: from, ...ends }),
        svg("line", { class: look, x1: to, x2: to, ...ends }),
      );
    }
  }
  if (own !== null) parts.push(svg("circle", { class: "own", cx: at(own), cy: y, r: 4.5 }));
  const height = STRIP.height + (others.length ? STRIP.others - 2 : 0);
  if (asCity) parts.push(svg("text", { class: "as-city", x: "100%", dx: 10, y: y + 5 }, "≈"));
  const attributes = { class: "strip", height, role: "img", "aria-label": label };
  return svg("svg", attributes, ...parts);
}
