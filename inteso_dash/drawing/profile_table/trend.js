// Earlier values as a small line at true distances in time; it never crosses a break.

const TREND = { width: 76, height: 24, edge: 4 };

function trendLine(points, label) {
  const x = (along) => TREND.edge + along * (TREND.width - 2 * TREND.edge);
  const y = (along) => TREND.height - TREND.edge - along * (TREND.height - 2 * TREND.edge);
  const segments = new Map();
  for (const [time, value, segment] of points) {
    const place = `${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
    segments.set(segment, [...(segments.get(segment) ?? []), place]);
  }
  const lines = [...segments.values()].map((places) =>
    svg("path", { d: `M${places.join("L")}`, class: "course" }),
  );
  const dots = points.map(([time, value], index) => {
    const last = index === points.length - 1;
    return svg("circle", { cx: x(time), cy: y(value), r: last ? 3.2 : 1.9, class: "point" });
  });
  const size = { width: TREND.width, height: TREND.height };
  return svg("svg", { ...size, class: "trend-line", role: "img", "aria-label": label }, ...lines, ...dots);
}

function drawTrend(holder, { trend, label, text, below, about }, explanation) {
  const words = about
    ? explanation.buttonFor(about, fillIn(TEXTS.trend_why, { text }), "why", text)
    : html("span", {}, text);
  const said = html("span", { class: "said" }, words);
  if (below) said.append(html("span", { class: "below" }, below));
  holder.append(html("div", { class: "course-cell" }, trendLine(trend, label), said));
}
