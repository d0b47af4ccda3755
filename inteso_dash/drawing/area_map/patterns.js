// Hatches and dots say "not a value"; over a class colour they qualify it.
function patterns(prefix) {
  const line = (d) => svg("path", { class: "hatch", d });
  const pattern = (id, size, ...content) =>
    svg(
      "pattern",
      { id: prefix + id, width: size, height: size, patternUnits: "userSpaceOnUse" },
      ...content,
    );
  const ground = (size) => svg("rect", { class: "ground", width: size, height: size });
  return [
    pattern("fill-n", 8, ground(8), line("M-2 2l4-4M0 8l8-8M6 10l4-4")),
    pattern("fill-s", 4, ground(4), line("M-1 1l2-2M0 4l4-4M3 5l2-2")),
    pattern("fill-g", 6, ground(6), line("M-1 5l2 2M0 0l6 6M5-1l2 2")),
    pattern("over-g", 6, line("M-1 5l2 2M0 0l6 6M5-1l2 2")),
    pattern("over-e", 6, svg("circle", { class: "dot-mark", cx: 3, cy: 3, r: 1.1 })),
    pattern("over-p", 10, svg("path", { class: "dot-mark", d: "M3-1h1v12h-1z" })),
  ];
}
