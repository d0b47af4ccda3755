// Many areas for keys and screen readers: a tree of regions, of which one at a time is open.

const MANY_IN_REGION = 200;
const IN_PART = 100;

// Regions with the places of their areas: those of the next level, else areas in order by hundreds.
function regionsOf(areas, above) {
  const members = new Map();
  areas.forEach((_, index) => {
    const region = above[0]?.areas[index] ?? null;
    if (!members.has(region)) members.set(region, []);
    members.get(region).push(index);
  });
  return [...members].flatMap(([region, places]) => {
    if (region && places.length <= MANY_IN_REGION) return [{ ...region, places }];
    const starts = places.flatMap((_, at) => (at % IN_PART ? [] : [at]));
    return starts.map((from) => {
      const part = places.slice(from, from + IN_PART);
      const [first, last] = [part[0], part.at(-1)].map((index) => areas[index]);
      const name = fill(TEXTS.part, { first: first.name, last: last.name });
      return { name, label: first.label, path: "", places: part };
    });
  });
}

class AreaTree {
  constructor(map) {
    this.map = map;
    this.element = html("div", { class: "tree unseen", role: "tree", hidden: true });
    this.group = html("div", { role: "group" });
    this.element.addEventListener("keydown", (event) => map.key(event));
    this.element.addEventListener("focusin", ({ target }) => this.focused(target));
    this.element.addEventListener("focusout", () => map.left());
    this.element.addEventListener("click", ({ target }) => {
      if (this.items.includes(target)) map.actions.toggle(this.indexOf(target));
      else if (this.branches.includes(target)) this.enter();
    });
    this.set([]);
  }

  set(areas) {
    this.areas = areas;
    this.above = null;
    this.regions = this.branches = this.items = [];
    this.selected = () => false;
    this.active = this.region = 0;
    this.inside = false;
    this.element.hidden = true;
  }

  describe({ sentence, words, above, picking }) {
    this.sentence = sentence;
    this.words = words;
    if (this.above !== above) this.build(above);
    const { length: regions } = this.regions;
    write(this.element, "aria-label", fill(TEXTS[picking ? "picking_tree" : "map_tree"], { ...words, regions }));
    this.items.forEach((item) => write(item, "aria-label", sentence(this.indexOf(item))));
  }

  build(above) {
    this.above = above;
    this.regions = regionsOf(this.areas, above);
    this.regionOf = new Map(
      this.regions.flatMap(({ places }, at) => places.map((index) => [index, at])),
    );
    this.branches = this.regions.map((region) => {
      const named = fill(TEXTS.region, { ...this.words, name: region.name, count: region.places.length });
      const said = { role: "treeitem", "aria-level": 1, "aria-expanded": "false", "aria-label": named };
      return html("div", { ...said, tabindex: -1 });
    });
    this.element.replaceChildren(...this.branches);
    this.element.hidden = false;
    this.opened = null;
    this.region = this.regionOf.get(this.active);
    if (this.inside) this.open(this.region);
    this.setStop();
  }

  open(region) {
    if (this.opened !== region) {
      this.branches[this.opened]?.setAttribute("aria-expanded", "false");
      this.opened = region;
      this.items = this.regions[region].places.map((index) => {
        const said = { role: "treeitem", "aria-level": 2, "data-id": this.areas[index].id };
        return html("div", { ...said, "aria-label": this.sentence(index), tabindex: -1 });
      });
      this.group.replaceChildren(...this.items);
      this.branches[region].append(this.group);
      this.branches[region].setAttribute("aria-expanded", "true");
    }
    this.mark();
  }

  indexOf(item) {
    return this.regions[this.opened].places[this.items.indexOf(item)];
  }

  itemOf(index) {
    return this.items[this.regions[this.opened]?.places.indexOf(index)];
  }

  // Says which areas are selected.
  mark(selected = this.selected) {
    this.selected = selected;
    for (const item of this.items) write(item, "aria-selected", selected(this.indexOf(item)));
  }

  // The one stop of Tab: the area that is active, or its region.
  setStop() {
    this.stop?.setAttribute("tabindex", -1);
    this.stop = this.inside ? this.itemOf(this.active) : this.branches[this.region];
    this.stop?.setAttribute("tabindex", 0);
  }

  setActive(index) {
    this.active = index;
    this.inside ||= this.selected(index);
    if (!this.regions.length) return;
    this.region = this.regionOf.get(index);
    if (this.inside) this.open(this.region);
    this.setStop();
  }

  focus(index) {
    if (!this.regions.length) return;
    this.open(this.regionOf.get(index));
    this.itemOf(index).focus({ preventScroll: true });
  }

  // The area that has the focus, -1 where none has.
  focusedIndex() {
    const item = this.element.getRootNode().activeElement;
    return this.items.includes(item) ? this.indexOf(item) : -1;
  }

  focused(target) {
    const seen = target.matches(":focus-visible");
    this.inside = this.items.includes(target);
    if (this.inside) {
      this.map.focused(this.indexOf(target), seen);
      return;
    }
    this.region = this.branches.indexOf(target);
    this.setStop();
    const named = target.getAttribute("aria-label");
    if (seen) this.map.focusedRegion(this.regions[this.region], named);
  }

  // From a region to the area in its middle.
  enter() {
    const { label, places } = this.regions[this.region];
    const away = (index) => {
      const { label: own } = this.areas[index];
      return Math.hypot(own[0] - label[0], own[1] - label[1]);
    };
    this.focus(places.reduce((best, next) => (away(next) < away(best) ? next : best)));
  }

  walk() {
    const { regions, region } = this;
    if (this.inside) {
      const { places } = regions[region];
      const back = () => this.branches[region].focus();
      return { ...this.map.areaWalk(), first: places[0], last: places.at(-1), back };
    }
    return {
      points: regions.map(({ label }) => label),
      active: region,
      first: 0,
      last: regions.length - 1,
      go: (at) => this.branches[at].focus(),
      enter: () => this.enter(),
    };
  }
}
