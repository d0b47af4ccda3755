// Holds the parts together: one state per place on the page, kept while data changes.

const ECHO_WITHIN = 5000;
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

// What the reader has done is right until Python has answered; what Python then says
// out of itself is right again, and what it says after the Back button, which may take back what
// it never told. Its answers to older actions are let pass.
class Agreed {
  constructor(signal) {
    this.waiting = [];
    addEventListener("popstate", () => (this.told = undefined), { signal });
  }

  act(value) {
    this.waiting.push({ value, time: performance.now() });
  }

  // The value to take over, or undefined where there is nothing new.
  hear(value) {
    if (value === this.told) return undefined;
    const first = this.told === undefined;
    this.told = value;
    this.waiting = this.waiting.filter(({ time }) => performance.now() - time < ECHO_WITHIN);
    const answered = this.waiting.findIndex((each) => each.value === value);
    if (answered < 0 || first) {
      this.waiting = [];
      return value;
    }
    this.waiting.splice(0, answered + 1);
    return undefined;
  }
}

class App {
  constructor(root) {
    const actions = {
      toggle: (index) => this.toggle(index),
      clear: () => (this.picking.on ? this.picking : this).escape(),
      hover: (index, at) => this.hover(index, at),
      highlight: (shown) => this.highlight(shown),
      selected: () => this.selected,
      areaName: (index) => this.layer.areas[index].name,
      open: (id) => this.send("opened", id),
      light: (kind) => this.light(kind),
      tip: (content, at) => this.tip(content, at),
    };
    this.selected = null;
    this.painted = 0;
    this.gone = new AbortController();
    this.agreedArea = new Agreed(this.gone.signal);
    this.agreedDate = new Agreed(this.gone.signal);
    this.agreedLight = new Agreed(this.gone.signal);
    this.map = new AreaMap(actions);
    this.legend = new Legend(actions);
    this.symbols = new Symbols();
    this.signs = new Signs();
    this.places = new Places((content, at) => this.tip(content, at));
    this.picking = new Picking(this);
    this.siting = new Siting(this);
    const over = [this.picking, this.symbols, this.signs, this.places];
    this.map.layers.studies.after(...over.map((part) => part.group));
    this.legend.element.append(...over.map((part) => part.legend));
    this.strip = new Strip(actions);
    this.card = new AreaCard(actions);
    this.table = new Table(actions);
    this.dates = new DateStepper(
      (index) => this.step(index),
      () => this.letGo(),
    );
    this.toggles = new Toggles(() => this.paintOverlays());
    this.title = html("h2", {});
    this.tooltip = html("div", { class: "tooltip", "aria-hidden": "true", hidden: true });
    this.body = html(
      "div",
      { class: "body" },
      html("header", {}, this.title, this.dates.element),
      this.picking.tools,
      this.siting.element,
      this.map.element,
      html("div", { class: "tools" }, this.toggles.element),
      this.card.element,
      this.picking.list,
      this.legend.element,
      this.strip.element,
    );
    const sizes = new ResizeObserver(() => this.placeLegend());
    for (const part of [this.map, this.legend]) sizes.observe(part.element);
    this.root = html(
      "div",
      { class: "area-map", "data-theme": "light" },
      this.body,
      this.table.element,
      this.tooltip,
    );
    // Streamlit listens for single letters on the page; typing here is not meant for it.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.root.addEventListener(type, (event) => event.stopPropagation());
    }
    this.ahead = new Ahead((view) => this.showAhead(view), this.gone.signal);
    this.linked = new Linked(this);
    this.stand(root);
  }

  stand(root) {
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.root);
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    this.setTheme();
    this.ahead.offer(data.ahead);
    const { date } = data.frames[data.frame];
    const wanted = this.agreedDate.hear(date) ?? this.shownDate;
    this.takeFrame(wanted);
    this.heardArea = this.agreedArea.hear(data.selected);
    const lit = this.agreedLight.hear(data.lit);
    if (lit !== undefined) this.legend.pinned = lit;
    this.picking.take(data.picking);
    this.siting.take(data.siting);
    this.takeLayer();
  }

  showAhead(changes) {
    if (this.shownGeometry !== this.data.geometry) return;
    this.data = { ...this.data, ...changes };
    this.takeFrame(this.shownDate);
    this.takeLayer();
  }

  takeFrame(wanted) {
    const { frames, frame } = this.data;
    const known = frames.findIndex(({ date }) => date === wanted);
    this.frameIndex = known < 0 ? frame : known;
    this.shownDate = frames[this.frameIndex].date;
  }

  setTheme() {
    // Before it stands on the page it has no colour.
    const channels = getComputedStyle(this.root).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (channels) write(this.root, "data-theme", luminance(channels) < 0.2 ? "dark" : "light");
  }

  takeLayer() {
    const { geometry } = this.data;
    if (this.shownGeometry === geometry) {
      this.arrange();
      return;
    }
    if (!this.layer) this.map.say(TEXTS.loading);
    loadLayer(geometry).then(
      (layer) => {
        if (this.data.geometry !== geometry) return;
        this.setLayer(layer, geometry);
        this.arrange();
      },
      (error) => {
        console.error(error);
        if (this.data.geometry === geometry) this.fail(TEXTS.no_geometry, true);
      },
    );
  }

  setLayer(layer, geometry) {
    const chosen = this.selected === null ? null : this.layer.areas[this.selected].id;
    this.shownGeometry = geometry;
    this.layer = layer;
    this.map.setLayer(layer);
    this.tableLayer = this.drawnOverlays = this.drawn = null;
    this.selected = this.indexOf(chosen) ?? this.indexOf(this.data.selected);
  }

  indexOf(id) {
    const index = this.layer.areas.findIndex((area) => area.id === id);
    return index < 0 ? null : index;
  }

  fail(text, again) {
    this.map.say(text, again ? () => this.takeLayer() : null);
    writeText(this.title, this.data.title);
    this.root.classList.add("without-map");
  }

  arrange() {
    const { data, layer } = this;
    this.setTheme();
    if (layer.areas.length !== data.count) {
      const words = { found: layer.areas.length, expected: data.count };
      this.fail(fill(TEXTS.bad_geometry, words), false);
      return;
    }
    const brought = this.linked.begun && Boolean(this.heardArea);
    if (this.heardArea !== undefined) this.selected = this.indexOf(this.heardArea);
    this.heardArea = undefined;
    this.map.say("");
    this.root.classList.remove("without-map");
    this.linked.beginLines();
    this.toggles.paint(data.overlays, data.marked);
    this.paint();
    this.linked.beginPart();
    this.paintOverlays();
    if (brought && this.selected !== null) this.map.bring(this.selected);
  }

  // Everything that the parts show is worked out once, here.
  picture() {
    const { data } = this;
    const sent = data.frames[this.frameIndex];
    let ranks = sent.ranks ?? null; // wanted a moment later only
    const frame = {
      ...sent,
      get ranks() {
        return (ranks ??= ranksOf(sent.values));
      },
    };
    const colors = data[this.root.getAttribute("data-theme")];
    const shown = frame.values.map((value, index) => shownStatus(value, frame.status[index]));
    const classes = frame.values.map((value, index) =>
      isShown(value, shown[index]) ? classOf(value, data.breaks) : null,
    );
    const filled = colors.map((color) => {
      return { fill: color, edge: edgeFor(color), ink: inkFor(color), ground: color };
    });
    const look = (own, status) => {
      if (own !== null) {
        return { ...filled[own], over: "egp".includes(status) ? `over-${status}` : null };
      }
      const ground = status === "u" ? "var(--flat)" : "var(--ground)";
      const flat = status === "u" ? ground : `url(#map-fill-${status})`;
      return { fill: flat, edge: "var(--edge)", ink: "var(--ink)", ground };
    };
    const known = {};
    const looks = classes.map((own, index) => {
      const alike = (known[shown[index]] ??= []);
      return (alike[own ?? colors.length] ??= look(own, shown[index]));
    });
    const inside = classes.map((_, index) => data.inside?.areas[index] !== "0");
    const counts = colors.map(() => 0);
    const tally = {};
    let present = 0;
    classes.forEach((own, index) => {
      if (own !== null) present += 1;
      if (!inside[index]) return;
      if (own !== null) counts[own] += 1;
      tally[shown[index]] = (tally[shown[index]] ?? 0) + 1;
    });
    const statuses = [..."rcepsnug"].flatMap((status) => (tally[status] ? [[status, tally[status]]] : []));
    const [low, high] = [data.breaks[0], data.breaks.at(-1)];
    const comparable = frame.reference !== null && frame.reference >= low && frame.reference <= high;
    return {
      data,
      frame,
      colors,
      shown,
      classes,
      looks,
      inside,
      counts,
      present,
      statuses,
      selected: this.selected,
      areas: this.layer.areas,
      credits: this.layer.credits,
      referenceClass: comparable ? classOf(frame.reference, data.breaks) : null,
    };
  }

  paint() {
    const theme = this.root.getAttribute("data-theme");
    const { drawn } = this;
    const apart = { ahead: null, card: null };
    this.drawn = { ...this.data, frame: this.frameIndex, selected: this.selected, theme, ...apart };
    if (same(this.drawn, drawn)) {
      this.current.data = this.data;
      this.paintCard();
      whenIdle(() => this.ahead.begin());
      return;
    }
    const picture = this.picture();
    this.current = picture;
    this.title.replaceChildren(...heading(this.data, picture.frame));
    this.dates.paint(this.data.frames, this.frameIndex);
    this.map.paint(picture.looks);
    this.map.limit(this.data.inside ? picture.inside : null);
    this.map.select(this.selected);
    this.legend.paint(picture);
    const circles = this.symbols.paint(this.data, theme, this.layer.areas);
    const signs = this.signs.paint(this.data.signs, this.layer.areas);
    this.shifts = this.layer.areas.map((_, at) => Math.max(circles[at] ?? 0, signs[at] ?? 0));
    this.places.paint(this.data.places, theme);
    this.paintMarks();
    this.table.element.hidden = !this.data.table;
    this.strip.paint(picture);
    this.paintCard();
    if (!this.map.cornerAsked) this.placeLegend();
    this.map.hoverAnew();
    this.legend.light(this.legend.lit);
    write(this.root, "data-drawn", "");
    if (this === begun) return;
    this.afterwards();
    this.painted += 1;
    write(this.root, "data-painted", this.painted);
    performance.clearMarks("inteso-map-painted");
    performance.mark("inteso-map-painted");
  }

  paintCard() {
    this.card.paint(this.current, (index) => this.describe(index));
  }

  // What bears signs of its own, and where names give way to them.
  paintMarks() {
    this.siting.paint();
    const picks = this.picking.paint();
    this.map.nameShifts = this.shifts.map((own, at) => Math.max(own, picks[at] ?? 0));
    const parts = [this.symbols, this.signs, this.places, this.picking];
    this.map.markers = parts.flatMap((part) => part.covered);
  }

  // Onto the map where the city leaves a corner of its pane free, else beside it, as where no
  // distribution stands there; around a part of the city its neighbours leave none.
  placeLegend() {
    if (!this.layer || this.shownGeometry !== this.data.geometry) return;
    const room = getComputedStyle(this.body).getPropertyValue("--legend-on-map").trim() === "1";
    if (!room || this.data.inside || this.data.kinds) {
      this.map.cornerAsked = null;
      write(this.body, "data-legend", "side");
      return;
    }
    const lies = this.body.getAttribute("data-legend");
    if (!lies || lies === "side") write(this.body, "data-legend", "corner");
    const { offsetWidth, offsetHeight } = this.legend.element;
    write(this.body, "data-legend", this.map.freeCorner([offsetWidth, offsetHeight]) ?? "side");
  }

  // The table and the words for screen readers may come a moment later.
  afterwards() {
    if (this.later) return;
    this.later = true;
    whenIdle(async () => {
      this.later = false;
      this.map.nameAreas();
      await this.prepareTable();
      if (this.later) return;
      this.table.paint(this.current);
      const sentence = (index) => this.sentence(index);
      this.map.describe({ sentence, words: this.data, above: this.table.above, picking: this.picking.on });
      write(this.root, "data-complete", this.painted);
      this.ahead.begin();
    });
  }

  // Which area of a higher level an area lies in is known from the boundaries of that level.
  async prepareTable() {
    const { layer } = this;
    const above = this.data.overlays.filter(([, , column]) => column);
    const key = JSON.stringify([this.shownGeometry, above]);
    if (this.tableLayer === key) return;
    const found = await Promise.all(above.map(([url]) => loadLayer(url))).catch((error) => {
      console.error(error);
      return [];
    });
    if (this.layer !== layer) return;
    this.tableLayer = key;
    this.table.setLayer(layer, lineage(layer, found, above.map(([, , column]) => column)));
  }

  describe(index) {
    const { data, frame, classes, shown, present } = this.current;
    const rank = frame.ranks[index];
    const status = statusWords(shown[index], data, frame.notes?.[index]);
    const sign = this.signs.meaning(index);
    if (classes[index] === null) return { value: status, rank: "", status: "", sign };
    if (data.kinds) return { value: data.kinds[classes[index]], rank: "", status, sign: "" };
    return {
      value: withUnit(writeNumber(frame.values[index], data), data.unit),
      rank: rank === null ? "" : fill(TEXTS.rank, { rank, count: present }),
      status,
      sign,
    };
  }

  sentence(index) {
    const area = this.layer.areas[index];
    const { value, rank, status, sign } = this.describe(index);
    const outside = this.current.inside[index] ? "" : TEXTS.outside;
    const named = [area.name, keyBeside(area, this.data).textContent];
    const picked = this.picking.says(index);
    return [...named, picked, value, rank, status, sign, outside].filter(Boolean).join(", ");
  }

  toggle(index) {
    if (this.picking.on) this.picking.toggle(index);
    else this.choose(index === this.selected ? null : index);
  }

  choose(index) {
    this.selected = index;
    const id = index === null ? null : this.layer.areas[index].id;
    this.agreedArea.act(id);
    this.current.selected = index;
    this.map.select(index);
    this.strip.select(index);
    this.table.select(index);
    whenIdle(() => {
      this.map.nameAreas();
      if (index !== null && index === this.selected) this.table.reveal(index);
    });
    const inCard = this.card.element.contains(this.root.getRootNode().activeElement);
    this.paintCard();
    if (inCard) this.map.takeFocus();
    this.send("selected", id ?? "");
  }

  escape() {
    if (!this.tooltip.hidden) this.tooltip.hidden = true;
    else if (this.selected !== null) this.choose(null);
  }

  step(index) {
    const ready = this.shownGeometry === this.data.geometry;
    if (!ready || index < 0 || index >= this.data.frames.length) return;
    this.frameIndex = index;
    this.shownDate = this.data.frames[index].date;
    this.paint();
  }

  light(kind) {
    this.agreedLight.act(kind);
    this.send("lit", kind === null ? "" : String(kind));
  }

  letGo() {
    if (this.shownDate === this.agreedDate.told && !this.agreedDate.waiting.length) return;
    this.agreedDate.act(this.shownDate);
    this.send("date", this.shownDate);
  }

  highlight(shown) {
    this.map.highlight(shown);
    this.strip.highlight(shown);
  }

  hover(index, at) {
    const place = index === null || index < 0 ? null : index;
    if (place !== this.hovered) {
      this.hovered = place;
      this.map.outline("hover", place);
      this.strip.hover(place);
      this.table.hover(place);
    }
    this.point(at ? place : null, at);
  }

  point(index, at) {
    if (index === null) {
      this.tip(null);
      return;
    }
    const area = this.layer.areas[index];
    const { value, rank, status, sign } = this.describe(index);
    const notes = [rank, status, sign].filter(Boolean).join(" · ");
    const head = html("p", { class: "name" }, area.name, keyBeside(area, this.data));
    const body = html("p", { class: "value" }, value);
    this.tip([head, body, ...(notes ? [html("p", {}, notes)] : [])], at);
  }

  tip(content, at) {
    this.tooltip.hidden = content === null;
    if (content === null) return;
    this.tooltip.replaceChildren(...content);
    const box = this.root.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.tooltip;
    const left = Math.min(Math.max(at[0] - box.left + 14, 0), box.width - width);
    const below = at[1] + 18 + height < window.innerHeight;
    const top = at[1] - box.top + (below ? 18 : -height - 12);
    this.tooltip.style.transform = `translate(${left}px, ${top}px)`;
  }

  // Higher levels are fetched when they are first asked for.
  paintOverlays() {
    const { overlays, marked } = this.data;
    const marks = marked.filter(([id]) => this.toggles.shows("mark", id));
    const wanted = overlays.filter(([url]) => this.toggles.shows("line", url) || marks.length);
    const key = JSON.stringify([marks, overlays.map(([url]) => this.toggles.shows("line", url))]);
    if (key === this.drawnOverlays) return;
    Promise.all(wanted.map(([url]) => loadLayer(url))).then(
      (found) => {
        this.drawnOverlays = key;
        const lines = found
          .map(({ areas }, place) => ({ areas, made: wanted[place][4], colours: wanted[place][5] }))
          .filter((_, place) => this.toggles.shows("line", wanted[place][0]));
        const areas = found.flatMap((layer) => layer.areas);
        const studies = marks
          .map(([id, title]) => ({ area: areas.find((area) => area.id === id), title }))
          .filter(({ area }) => area);
        this.map.setOverlays(lines, studies);
      },
      (error) => console.error(error),
    );
  }
}

// The map that stands before the application does: to look at, until the first component on the
// page takes it over.
let begun = null;

export function begin(parentElement, data) {
  begun = new App(parentElement);
  begun.update(data, () => {});
}

function takeOver(parentElement) {
  const app = begun;
  if (!app) return new App(parentElement);
  const { host } = app.root.getRootNode();
  begun = app.drawn = null;
  app.stand(parentElement);
  host?.remove();
  return app;
}

const apps = new WeakMap();

export function render({ parentElement, data, setTriggerValue }) {
  if (!apps.has(parentElement)) apps.set(parentElement, takeOver(parentElement));
  apps.get(parentElement).update(data, setTriggerValue);
}

export function leave(parentElement) {
  apps.get(parentElement)?.gone.abort();
  apps.delete(parentElement);
}
