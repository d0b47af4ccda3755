// A sign on every area that says of which kind it is, and the meaning of the signs.

const SIGN_HEIGHT = 16;

class Signs {
  constructor() {
    this.group = svg("g", { class: "signs", "aria-hidden": "true" });
    this.title = html("h3", {});
    this.list = html("ul", { class: "classes" });
    this.legend = html("section", { class: "symbol-legend", hidden: true }, this.title, this.list);
  }

  // Returns how many pixels the names of the areas have to give way.
  paint(signs, areas) {
    this.signs = signs;
    this.legend.hidden = !signs?.title;
    this.covered = [];
    if (!signs) {
      this.group.replaceChildren();
      return [];
    }
    const kinds = signs.of.map((kind) => signs.kinds[kind ?? -1]);
    this.covered = areas.flatMap(({ label }, index) =>
      kinds[index] ? [[...label, SIGN_HEIGHT * 0.75]] : [],
    );
    this.group.replaceChildren(
      ...areas.flatMap(({ label: [x, y] }, index) =>
        kinds[index] ? [svg("text", { x, y }, kinds[index][0])] : [],
      ),
    );
    writeText(this.title, signs.title);
    this.list.replaceChildren(
      ...signs.kinds.map(([sign, meaning], place) => {
        const count = signs.of.filter((kind) => kind === place).length;
        const label = html("span", {}, meaning);
        const number = html("span", { class: "count" }, String(count));
        return html("li", {}, html("span", { class: "class" }, html("b", {}, sign), label, number));
      }),
    );
    return kinds.map((kind) => (kind ? SIGN_HEIGHT : 0));
  }

  meaning(index) {
    return this.signs?.kinds[this.signs.of[index] ?? -1]?.[1] ?? "";
  }
}
