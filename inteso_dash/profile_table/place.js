// Where a value lies among all: a line for the range, a band, a tick, a triangle and a dot.

const STRIP = { width: 208, height: 22, side: 7, middle: 12 };

function placeStrip([lower, median, upper, own, city, label]) {
  const x = (along) => STRIP.side + along * (STRIP.width - 2 * STRIP.side);
  const y = STRIP.middle;
  const parts = [
    svg("path", { class: "range", d: `M${x(0)} ${y}H${x(1)}` }),
    svg("path", { class: "band", d: `M${x(lower)} ${y}H${x(upper)}` }),
    svg("path", { class: "median", d: `M${x(median)} ${y - 5}v10` }),
  ];
  if (city !== null) parts.push(svg("path", { class: "city", d: `M${x(city)} ${y - 4}l-4-7h8z` }));
  if (own !== null) parts.push(svg("circle", { class: "own", cx: x(own), cy: y, r: 4.5 }));
  const { width, height } = STRIP;
  const attributes = { class: "strip", viewBox: `0 0 ${width} ${height}`, width, height };
  return svg("svg", { ...attributes, role: "img", "aria-label": label }, ...parts);
}
