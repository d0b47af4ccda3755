// Several small maps of the same areas: outlines are defined once and used in every map.

const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

class SmallMaps {
  constructor(root) {
    this.legend = html("ul", { class: "legend", "aria-label": TEXTS.legend });
    this.grid = html("div", { class: "grid" });
    this.readout = html("p", { class: "readout" }, TEXTS.small_hint);
    this.shapes = svg("defs", {});
    this.root = html(
      "div",
      { class: "small-maps", "data-theme": "light" },
      svg("svg", { class: "unseen", "aria-hidden": "true" }, this.shapes),
      this.grid,
      this.readout,
      this.legend,
    );
    this.grid.addEventListener("pointermove", (event) => this.point(event.target));
    this.grid.addEventListener("pointerleave", () => this.point(null));
    new ResizeObserver(() => this.resize()).observe(this.grid);
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.root);
  }

  update(data) {
    this.data = data;
    const { backgroundColor } = getComputedStyle(this.root);
    const channels = backgroundColor.match(/[\d.]+/g).map(Number);
    write(this.root, "data-theme", luminance(channels) < 0.2 ? "dark" : "light");
    loadLayer(data.geometry).then(
      (layer) => this.data === data && this.draw(layer),
      (error) => {
        console.error(error);
        this.grid.replaceChildren(html("p", {}, TEXTS.no_geometry));
      },
    );
  }

  draw(layer) {
    const { data } = this;
    if (layer.areas.length !== data.count) {
      const words = { found: layer.areas.length, expected: data.count };
      this.grid.replaceChildren(html("p", {}, fill(TEXTS.bad_geometry, words)));
      return;
    }
    this.layer = layer;
    this.colors = data[this.root.getAttribute("data-theme")];
    const paths = layer.areas.map((area, index) => svg("path", { id: `a${index}`, d: area.path }));
    this.hatches = patterns("map-");
    this.shapes.replaceChildren(...this.hatches, ...patterns("key-"), ...paths);
    const shown = data.frames.map((frame) =>
      frame.values.map((value, index) => shownStatus(value, frame.status[index])),
    );
    this.grid.replaceChildren(...data.frames.map((frame, place) => this.map(frame, shown[place])));
    this.paintLegend(shown);
    this.outlines = [...this.grid.querySelectorAll(".outline")];
    writeText(this.readout, TEXTS.small_hint);
    this.resize();
    write(this.root, "data-complete", data.frames.length);
  }

  // Hatches and signs belong to the screen and not to the city.
  resize() {
    if (!this.hatches) return;
    const columns = getComputedStyle(this.grid).gridTemplateColumns.split(" ").length;
    this.grid.style.setProperty("--rows", Math.ceil(this.data.frames.length / columns));
    const { clientWidth: width, clientHeight: height } = this.grid.querySelector("svg");
    if (!width || !height) return;
    const units = Math.max(this.layer.viewBox[2] / width, this.layer.viewBox[3] / height);
    for (const hatch of this.hatches) write(hatch, "patternTransform", `scale(${units})`);
    this.grid.style.setProperty("--units", units);
  }

  map(frame, shown) {
    const { title, count, areas, breaks } = this.data;
    const known = frame.values.filter((value, index) => isShown(value, shown[index]));
    const number = (value) => this.number(value);
    const words = { title, date: frame.date, areas, count, known: known.length };
    const label = known.length
      ? fill(TEXTS.small_map, {
          ...words,
          low: number(Math.min(...known)),
          high: number(Math.max(...known)),
        })
      : fill(TEXTS.small_map_none, words);
    const uses = frame.values.map((value, index) => {
      const status = shown[index];
      const own = isShown(value, status) ? classOf(value, breaks) : null;
      const flat = status === "u" ? "var(--flat)" : `url(#map-fill-${status})`;
      const look =
        own === null
          ? { fill: flat, stroke: "var(--edge)" }
          : { fill: this.colors[own], stroke: edgeFor(this.colors[own]) };
      return svg("use", { href: `#a${index}`, "data-at": index, ...look });
    });
    const over = frame.values.flatMap((value, index) =>
      isShown(value, shown[index]) && shown[index] === "e"
        ? [svg("use", { href: `#a${index}`, fill: "url(#map-over-e)", class: "over" })]
        : [],
    );
    const signs = this.layer.areas.flatMap(({ label: [x, y] }, index) => {
      const kind = this.data.signs?.kinds[this.data.signs.of[index] ?? -1];
      return kind ? [svg("text", { class: "sign", x, y }, kind[0])] : [];
    });
    const outline = svg("use", { class: "outline" });
    const attributes = { viewBox: this.layer.viewBox.join(" "), role: "img", "aria-label": label };
    const note = fill(TEXTS.small_note, { known: known.length, count });
    const caption = html("figcaption", {}, html("b", {}, frame.date), html("span", {}, note));
    return html("figure", {}, caption, svg("svg", attributes, ...uses, ...over, ...signs, outline));
  }

  number(value) {
    return withUnit(writeNumber(value, this.data), this.data.unit);
  }

  paintLegend(shown) {
    const { breaks, unit } = this.data;
    const text = (value) => writeNumber(value, this.data);
    const rows = this.colors.map((color, index) => {
      const [low, high] = [breaks[index], breaks[index + 1]].map(text);
      const last = index === this.colors.length - 1;
      const template = low === high ? TEXTS.class_single : last ? TEXTS.class_last : TEXTS.class;
      const swatch = html("span", { class: "swatch", style: `background:${color}` });
      return html("li", {}, swatch, fill(template, { low, high }));
    });
    const present = new Set(shown.flat());
    for (const status of "esnug") {
      if (!present.has(status)) continue;
      const pattern = { u: "var(--flat)", e: "url(#key-over-e)" }[status];
      const rect = { width: 28, height: 16, fill: pattern ?? `url(#key-fill-${status})` };
      const swatch = svg("svg", { class: "swatch", viewBox: "0 0 28 16" }, svg("rect", rect));
      rows.push(html("li", {}, swatch, statusWords(status, this.data)));
    }
    for (const [sign, meaning] of this.data.signs?.kinds ?? []) {
      rows.push(html("li", {}, html("b", { class: "key" }, sign), meaning));
    }
    const head = unit ? [html("li", { class: "unit" }, unit)] : [];
    this.legend.replaceChildren(...head, ...rows);
  }

  // The area under the pointer is outlined in every map, and its values are read out.
  point(target) {
    const at = target?.getAttribute?.("data-at") ?? null;
    if (at === this.pointed || !this.outlines) return;
    this.pointed = at;
    for (const outline of this.outlines) {
      if (at === null) outline.removeAttribute("href");
      else write(outline, "href", `#a${at}`);
    }
    if (at === null) {
      writeText(this.readout, TEXTS.small_hint);
      return;
    }
    const { frames } = this.data;
    const said = frames.map((frame) => {
      const value = frame.values[at];
      const status = shownStatus(value, frame.status[at]);
      const words = isShown(value, status) ? this.number(value) : statusWords(status, this.data);
      return `${frame.date}: ${words}`;
    });
    const name = html("b", {}, this.layer.areas[at].name);
    const sign = this.data.signs?.kinds[this.data.signs.of[at] ?? -1];
    if (sign) said.push(sign[1]);
    this.readout.replaceChildren(name, ` ${said.join(" · ")}`);
  }
}

const drawn = new WeakMap();

export function render({ parentElement, data }) {
  if (!drawn.has(parentElement)) drawn.set(parentElement, new SmallMaps(parentElement));
  drawn.get(parentElement).update(data);
}

export function leave(parentElement) {
  drawn.delete(parentElement);
}
