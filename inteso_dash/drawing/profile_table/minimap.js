// Where the area lies: its level in grey, itself dark, the area around it outlined.

function miniMap({ url, area, label, outlineUrl, outline }) {
  const drawing = svg("svg", { class: "mini-map", role: "img", "aria-label": label });
  const find = (layer, id) => layer.areas.filter((each) => each.id === id);
  const urls = [url, ...(outlineUrl ? [outlineUrl] : [])];
  Promise.all(urls.map(loadLayer)).then(
    ([layer, around]) => {
      const own = find(layer, area);
      write(drawing, "viewBox", layer.viewBox.join(" "));
      const path = (name, areas) => svg("path", { class: name, d: joinedPath(areas) });
      const parts = [path("areas", layer.areas), path("here", own)];
      if (around) parts.push(path("around", find(around, outline)));
      const [x, y] = own[0]?.label ?? [0, 0];
      const [, , width, height] = layer.viewBox;
      const radius = Math.max(width, height) * 0.055;
      if (own.length && own[0].path.length && layer.areas.length > 1) {
        parts.push(svg("circle", { class: "ring", cx: x, cy: y, r: radius }));
      }
      drawing.replaceChildren(...parts);
      write(drawing, "data-drawn", true);
    },
    (error) => {
      console.error(error);
      drawing.replaceWith(html("p", { class: "note" }, TEXTS.no_map));
    },
  );
  return drawing;
}
