// The areas as paths: each can be named, focused, hatched.

class Shapes {
  constructor(map) {
    this.map = map;
    this.host = map.layers.areas;
    this.over = map.layers["marks-over"];
    this.paths = [];
    this.hatched = [];
    assign(this.host, { role: "listbox", onkeydown: (event) => map.key(event) }, []);
    // On a group of the drawing, listening for focus would make the group itself a stop of Tab.
    map.element.addEventListener("focusin", (event) => {
      if (this.indexOf(event) >= 0) this.focused(this.indexOf(event));
    });
    map.element.addEventListener("focusout", (event) => this.indexOf(event) >= 0 && map.left());
  }

  set({ areas }) {
    this.paths = areas.map((area) =>
      svg("path", { class: "area", "data-id": area.id, d: area.path, role: "option", tabindex: -1 }),
    );
    this.host.replaceChildren(...this.paths);
    this.over.replaceChildren();
    this.rings = areas.map(({ path }) => ringsOf(path));
    this.boxes = this.rings.map(boxOf);
    this.found = new Map();
    this.active = 0;
  }

  paint(looks) {
    const over = [];
    this.hatched = [];
    this.paths.forEach((path, index) => {
      const look = looks[index];
      write(path, "fill", look.fill);
      write(path, "stroke", look.edge);
      if (look.over) {
        this.hatched.push(index);
        over.push(svg("path", { d: path.getAttribute("d"), fill: `url(#map-${look.over})` }));
      }
    });
    this.over.replaceChildren(...over);
  }

  limit(inside) {
    this.paths.forEach((path, index) => path.classList.toggle("outside", inside?.[index] === false));
    this.hatched.forEach((index, place) => {
      this.over.children[place].classList.toggle("outside", inside?.[index] === false);
    });
  }

  highlight(shown) {
    this.paths.forEach((path, index) => path.classList.toggle("lit", Boolean(shown?.has(index))));
  }

  describe({ sentence, words, picking }) {
    write(this.host, "aria-label", fill(picking ? TEXTS.picking : TEXTS.map, words));
    this.paths.forEach((path, index) => write(path, "aria-label", sentence(index)));
  }

  // Says which areas are selected.
  mark(selected) {
    this.paths.forEach((path, index) => write(path, "aria-selected", selected(index)));
  }

  setActive(index) {
    this.paths[this.active]?.setAttribute("tabindex", -1);
    this.active = index;
    this.paths[index]?.setAttribute("tabindex", 0);
  }

  focus(index) {
    this.paths[index].focus();
  }

  focused(index) {
    this.map.focused(index, this.paths[index].matches(":focus-visible"));
  }

  // The area that has the focus, -1 where none has.
  focusedIndex() {
    return this.paths.indexOf(this.host.getRootNode().activeElement);
  }

  walk() {
    return this.map.areaWalk();
  }

  indexOf(event) {
    return this.paths.indexOf(event.target);
  }

  // The area at a point, -1 where there is none.
  // Asked for places of names, which are the same with every change.
  at([x, y]) {
    const key = `${x} ${y}`;
    const lies = (box, index) => contains(box, [x, y]) && this.holds(index, x, y);
    if (!this.found.has(key)) this.found.set(key, this.boxes.findIndex(lies));
    return this.found.get(key);
  }

  holds(index, x, y) {
    return this.paths[index].isPointInFill(new DOMPoint(x, y));
  }

  moved() {}
}
