// Where a value lies among all: a line for the range, a band, a tick, a triangle and a dot.
// Positions are shares of the width, so that the drawing fits any column.

const STRIP = { height: 22, middle: 13 };

function placeStrip([lower, median, upper, own, city, label]) {
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
  if (own !== null) parts.push(svg("circle", { class: "own", cx: at(own), cy: y, r: 4.5 }));
  const attributes = { class: "strip", height: STRIP.height, role: "img", "aria-label": label };
  return svg("svg", attributes, ...parts);
}
