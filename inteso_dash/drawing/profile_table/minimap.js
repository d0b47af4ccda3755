// Where the area lies: its level in grey, itself dark, the area around it outlined, those compared
// with in their lines and with their signs.

// Pixels that the drawing has at most.
const MINI = { width: 136, height: 168 };

function miniMap({ url, area, label, outlineUrl, outline, others }) {
  const drawing = svg("svg", { class: "mini-map", role: "img", "aria-label": label });
  const find = (layer, id) => layer.areas.filter((each) => each.id === id);
  const urls = [url, outlineUrl, ...others.map(([address]) => address)];
  Promise.all(urls.map((address) => (address ? loadLayer(address) : null))).then(
    ([layer, around, ...compared]) => {
      const own = find(layer, area);
      write(drawing, "viewBox", layer.viewBox.join(" "));
      const path = (name, areas) => svg("path", { class: name, d: joinedPath(areas) });
      const parts = [path("areas", layer.areas), path("here", own)];
      if (around) parts.push(path("around", find(around, outline)));
      const [x, y] = own[0]?.label ?? [0, 0];
      const [, , width, height] = layer.viewBox;
      const found = compared.map((drawn, index) => (drawn ? find(drawn, others[index][1]) : []));
      found.forEach((areas, index) => parts.push(path(`line other-${index + 1}`, areas)));
      const radius = Math.max(width, height) * 0.055;
      if (own.length && own[0].path.length && layer.areas.length > 1) {
        parts.push(svg("circle", { class: "ring", cx: x, cy: y, r: radius }));
      }
      const scale = Math.max(width / MINI.width, height / MINI.height);
      found.forEach((areas, index) => {
        if (!areas.length) return;
        const [left, top] = areas[0].label;
        const placed = `translate(${left} ${top}) scale(${scale})`;
        parts.push(svg("g", { transform: placed }, signPath(index + 1)));
      });
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
