// Single places on the map: each can be reached by key and says what it is.

const PLACE = { least: 4, most: 15 };

class Places {
  constructor(show) {
    this.show = show; // gets the content of the tooltip and where it belongs, or null
    this.active = 0;
    this.spots = [];
    this.circles = [];
    this.covered = [];
    this.group = svg("g", { class: "places", role: "group" });
    this.words = html("span", {});
    this.note = html("li", { class: "note" });
    this.swatch = html("span", { class: "swatch round" });
    const row = html("li", {}, html("span", { class: "class" }, this.swatch, this.words));
    this.legend = html(
      "section",
      { class: "symbol-legend", hidden: true },
      html("ul", { class: "classes" }, row, this.note),
    );
    this.group.addEventListener("pointermove", (event) => {
      if (event.buttons || event.pointerType === "touch") return;
      event.stopPropagation();
      this.tell(this.circles.indexOf(event.target), [event.clientX, event.clientY]);
    });
    this.group.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch") return;
      this.tell(this.circles.indexOf(event.target), [event.clientX, event.clientY]);
    });
    this.group.addEventListener("pointerleave", () => this.show(null));
    this.group.addEventListener("keydown", (event) => this.key(event));
  }

  paint(places, theme) {
    const content = JSON.stringify([places, theme]);
    if (content === this.drawn) return;
    this.drawn = content;
    this.places = places;
    this.legend.hidden = !places;
    this.spots = places ? places.spots : [];
    const most = Math.max(1, ...this.spots.map((spot) => spot[4] ?? 0));
    const radius = (amount) => Math.max(PLACE.least, PLACE.most * Math.sqrt((amount ?? 0) / most));
    const order = this.spots.map((_, index) => index);
    order.sort((a, b) => (this.spots[b][4] ?? 0) - (this.spots[a][4] ?? 0));
    this.spots = order.map((index) => this.spots[index]);
    this.covered = this.spots.map((spot) => [spot[0], spot[1], radius(spot[4])]);
    this.circles = this.spots.map((spot) =>
      svg("circle", {
        r: radius(spot[4]),
        fill: places[theme],
        style: `transform: translate(${spot[0]}px, ${spot[1]}px) scale(calc(var(--units) * var(--map-symbols, 1)))`,
        role: "img",
        tabindex: -1,
        "aria-label": this.lines(spot).join(", "),
        onfocus: (event) => this.focused(event.target),
        onblur: () => this.show(null),
      }),
    );
    this.group.replaceChildren(...this.circles);
    this.setActive(0);
    if (!places) return;
    write(this.group, "aria-label", fill(TEXTS.places, { title: places.title, count: order.length }));
    writeText(this.words, places.title);
    this.swatch.style.background = places[theme];
    const words = withUnit(formatNumber(most, 0), places.unit);
    writeText(this.note, fill(TEXTS.symbol_most, { words }));
  }

  lines([, , name, note, amount]) {
    const value = amount === null ? "" : withUnit(formatNumber(amount, 0), this.places.unit);
    return [name, value, note].filter(Boolean);
  }

  tell(index, at) {
    if (index < 0) return;
    const [name, ...rest] = this.lines(this.spots[index]);
    this.show([html("p", { class: "name" }, name), ...rest.map((line) => html("p", {}, line))], at);
  }

  focused(circle) {
    this.setActive(this.circles.indexOf(circle));
    const box = circle.getBoundingClientRect();
    this.tell(this.active, [box.right, box.top + box.height / 2]);
  }

  setActive(index) {
    this.circles[this.active]?.setAttribute("tabindex", -1);
    this.active = index;
    this.circles[index]?.setAttribute("tabindex", 0);
  }

  key(event) {
    const last = this.circles.length - 1;
    const moves = { Home: 0, End: last };
    if (ARROWS.includes(event.key)) moves[event.key] = neighbour(this.spots, this.active, event.key);
    if (event.key === "Escape") this.show(null);
    else if (!(event.key in moves)) return;
    if (moves[event.key] >= 0) this.circles[moves[event.key]].focus();
    event.preventDefault();
  }
}
