// Circles over the areas, their surface in proportion to an amount, split into up to three parts.

const LARGEST = 30;
const NAME_BELOW = 9;
const FULL = 2 * Math.PI;

// A slice of a circle from one share of the turn to another, clockwise from the top.
function slicePath(radius, from, to) {
  if (to - from > 0.9999) {
    return `M0 ${-radius}A${radius} ${radius} 0 1 1 0 ${radius}A${radius} ${radius} 0 1 1 0 ${-radius}Z`;
  }
  const at = (share) => {
    const angle = share * FULL;
    return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
  };
  const large = to - from > 0.5 ? 1 : 0;
  return `M0 0L${at(from)}A${radius} ${radius} 0 ${large} 1 ${at(to)}Z`;
}

class Symbols {
  constructor() {
    this.group = svg("g", { class: "symbols", "aria-hidden": "true" });
    this.title = html("h3", {});
    this.list = html("ul", { class: "classes" });
    this.legend = html("section", { class: "symbol-legend", hidden: true }, this.title, this.list);
  }

  // Returns how many pixels the names of the areas have to give way.
  paint(data, theme, areas) {
    const { symbols } = data;
    this.legend.hidden = symbols === null;
    this.covered = [];
    if (symbols === null) {
      this.group.replaceChildren();
      return [];
    }
    const totals = symbols.values.map((parts) => (parts ?? []).reduce((sum, own) => sum + own, 0));
    const most = Math.max(...totals);
    const drawn = totals.map((_, index) => index).filter((index) => totals[index] > 0);
    drawn.sort((a, b) => totals[b] - totals[a]);
    const radii = totals.map((total) => (total > 0 ? LARGEST * Math.sqrt(total / most) : 0));
    this.covered = drawn.map((index) => [...areas[index].label, radii[index]]);
    this.group.replaceChildren(
      ...drawn.map((index) =>
        this.circle(areas[index].label, radii[index], symbols.values[index], symbols[theme]),
      ),
    );
    writeText(this.title, symbols.title);
    const rows = symbols.parts.map((part, place) =>
      this.row(html("span", { class: "swatch", style: `background:${symbols[theme][place]}` }), part),
    );
    const words = withUnit(formatNumber(most, 0), symbols.unit);
    if (drawn.length) rows.push(html("li", { class: "note" }, fill(TEXTS.symbol_most, { words })));
    this.list.replaceChildren(...rows);
    return radii.map((radius) => (radius ? radius + NAME_BELOW : 0));
  }

  row(swatch, text) {
    return html("li", {}, html("span", { class: "class" }, swatch, html("span", {}, text)));
  }

  circle([x, y], radius, parts, colors) {
    const total = parts.reduce((sum, own) => sum + own, 0);
    let from = 0;
    const slices = parts.flatMap((own, place) => {
      const to = from + own / total;
      const slice = svg("path", { d: slicePath(radius, from, to), fill: colors[place] });
      from = to;
      return own > 0 ? [slice] : [];
    });
    const style = `transform: translate(${x}px, ${y}px) scale(calc(var(--units) * var(--map-symbols, 1)))`;
    return svg("g", { class: "symbol", style }, ...slices);
  }
}
