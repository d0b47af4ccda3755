// The signs of areas compared with: a square, a diamond, a cross; each in its own colour.

const SIGNS = [
  "M-4.2-4.2h8.4v8.4h-8.4z",
  "M0-6L6 0 0 6-6 0z",
  "M-5.2-2.6l2.6-2.6L0-2.6l2.6-2.6 2.6 2.6L2.6 0l2.6 2.6-2.6 2.6L0 2.6l-2.6 2.6-2.6-2.6L-2.6 0z",
];

function signPath(number) {
  return svg("path", { class: `sign other-${number}`, d: SIGNS[number - 1] });
}

// The area itself is number 0.
function signOf(number) {
  const drawn = number ? signPath(number) : svg("circle", { class: "own", r: 4.5 });
  const box = { class: "key-sign", viewBox: "-7 -7 14 14", width: 14, height: 14 };
  return svg("svg", { ...box, "aria-hidden": "true" }, drawn);
}
