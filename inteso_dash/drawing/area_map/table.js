// The same numbers as a table: sortable, built after the map has been painted. Of many rows only
// those that are in view stand in the page; keys and screen readers reach all of them.

const ALL_ROWS = 600; // so many stand in the page at once
const ROWS_AROUND = 30;
const UNSORTED = { column: "rank", down: false };
const DOWN_FIRST = ["value", "distance"];

const words = new Intl.Collator("de", { numeric: true });

// The place of each text among all of them in order; equal texts share it, null stays null.
function ranksOfWords(texts) {
  const different = [...new Set(texts)].filter((text) => text !== null).sort(words.compare);
  const places = new Map(different.map((text, place) => [text, place]));
  return texts.map((text) => places.get(text) ?? null);
}

class Table {
  constructor(actions) {
    this.actions = actions;
    this.sorting = UNSORTED;
    this.rows = new Map(); // by the place of their area
    this.spare = []; // rows that have left the view, to be written anew
    this.top = this.room = 0; // what is seen of the rows, in pixels
    this.places = new WeakMap();
    this.caption = html("caption");
    this.body = html("tbody");
    this.key = html("p", { class: "signs" });
    this.line = html("tr");
    this.spacers = [0, 1].map(() => html("tr", { class: "spacer", "aria-hidden": "true" }, html("td")));
    this.grid = html("table", {}, this.caption, html("thead", {}, this.line), this.body);
    this.frame = html("div", { class: "table-frame" }, this.grid);
    this.frame.addEventListener("scroll", () => {
      this.top = this.frame.scrollTop;
      if (!this.many || this.scrolling) return;
      this.scrolling = requestAnimationFrame(() => {
        this.scrolling = null;
        this.show();
      });
    });
    new ResizeObserver(([entry]) => {
      const before = this.room;
      this.room = entry.contentRect.height;
      if (this.many && this.order && this.room > before) this.show();
    }).observe(this.frame);
    this.element = html("section", { class: "table" }, this.frame, this.key);
    this.body.addEventListener("click", (event) => {
      const index = this.indexOf(event);
      if (index !== null) this.actions.toggle(index);
    });
    this.body.addEventListener("pointerover", (event) => this.actions.hover(this.indexOf(event)));
    this.body.addEventListener("pointerleave", () => this.actions.hover(null));
    this.body.addEventListener("keydown", (event) => this.keydown(event));
    this.body.addEventListener("focusin", (event) => this.setActive(this.indexOf(event)));
  }

  head(column, title) {
    const button = html(
      "button",
      { type: "button", onclick: () => this.sortBy(column) },
      html("span", {}, title),
      html("span", { class: "arrow", "aria-hidden": "true" }),
    );
    return html("th", { scope: "col", class: column }, button);
  }

  indexOf(event) {
    return this.places.get(event.target.closest("tr")) ?? null;
  }

  // `above` holds a title and, for each area, the area that it lies in, of every higher level.
  setLayer(layer, above) {
    this.areas = layer.areas;
    this.above = above;
    const higher = above.map((_, place) => `above-${place}`);
    this.columns = ["rank", "id", "name", "value", "distance", ...higher, "status"];
    const titles = Object.fromEntries(higher.map((column, place) => [column, above[place].title]));
    this.heads = Object.fromEntries(
      this.columns.map((column) => [
        column,
        this.head(column, titles[column] ?? TEXTS[`col_${column}`]),
      ]),
    );
    this.line.replaceChildren(...Object.values(this.heads));
    this.rows.clear();
    this.spare = [];
    this.many = layer.areas.length > ALL_ROWS;
    this.grid.classList.toggle("many", this.many);
    this.higher = higher;
    const inOrder = (part) => ranksOfWords(layer.areas.map((area) => area[part]));
    this.placesOf = { id: inOrder("id"), name: inOrder("name") };
    this.byName = layer.areas.map((_, index) => index);
    this.byName.sort((one, other) => this.placesOf.name[one] - this.placesOf.name[other]);
    if (!this.columns.includes(this.sorting.column)) this.sorting = UNSORTED;
    this.order = this.active = this.first = this.height = null;
  }

  emptyRow() {
    const cells = this.columns.map((column) => html("td", { class: column }));
    return html("tr", { tabindex: -1 }, ...cells);
  }

  // A row is made when it comes into view, and written when figures have changed since.
  row(index) {
    let row = this.rows.get(index);
    if (!row) {
      row = this.spare.shift() ?? this.emptyRow();
      const area = this.areas[index];
      writeText(row.children[1], area.id);
      writeText(row.children[2], area.name);
      this.above.forEach(({ areas }, place) => {
        const cell = row.children[this.columns.indexOf(this.higher[place])];
        const own = areas[index];
        cell.replaceChildren(...(own ? [own.name, html("span", { class: "key" }, own.id)] : []));
      });
      this.rows.set(index, row);
      this.places.set(row, index);
      row.picture = null;
    }
    if (row.picture !== this.picture) this.fill(row, index);
    return row;
  }

  // Gives up rows that are not kept, in the order in which they stand; one that has the focus is not
  // written anew.
  leave(kept) {
    const focused = this.body.getRootNode().activeElement;
    for (const row of this.body.children) {
      const index = this.places.get(row);
      if (this.rows.get(index) !== row || kept(row, index)) continue;
      row.classList.remove("hovered");
      this.rows.delete(index);
      if (row !== focused) this.spare.push(row);
    }
  }

  fill(row, index) {
    const { data, frame, shown } = this.picture;
    const cell = (column) => row.children[this.columns.indexOf(column)];
    row.picture = this.picture;
    writeText(cell("rank"), frame.ranks[index] === null ? "" : formatNumber(frame.ranks[index], 0));
    writeText(cell("value"), this.valueText(index));
    writeText(cell("status"), statusWords(shown[index], data, frame.notes?.[index]));
    cell("distance").hidden = data.distance === null;
    const distance = this.distance(index);
    writeText(
      cell("distance"),
      distance === null ? TEXTS.distance_none : writeDifference(distance, data.decimals),
    );
  }

  paint(picture) {
    this.picture = picture;
    const { data, frame, shown, inside, classes } = picture;
    this.caption.replaceChildren(...heading(data, frame));
    const unit = data.unit ? ` (${data.unit})` : "";
    const title = (column) => this.heads[column].querySelector("span");
    writeText(title("value"), TEXTS.col_value + unit);
    const apart = data.distance ? ` (${data.distance})` : unit;
    writeText(title("distance"), fill(TEXTS.col_distance, data) + apart);
    this.heads.distance.hidden = data.distance === null;
    if (data.distance === null && this.sorting.column === "distance") this.sorting = UNSORTED;
    const none = fill(TEXTS[frame.reference === null ? "distance_no_reference" : "distance_no_value"], data);
    const signs = new Set();
    this.areas.forEach((_, index) => {
      if (!inside[index]) return;
      const sign = classes[index] === null || shown[index] === "z" ? this.valueText(index) : "";
      if (TEXTS[`key_${sign}`] !== undefined) signs.add(`${sign} ${TEXTS[`key_${sign}`]}`);
      if (data.distance !== null && this.distance(index) === null) signs.add(none);
    });
    writeText(this.key, signs.size ? `${TEXTS.signs} ${[...signs].join(" · ")}` : "");
    this.sort();
    this.select(picture.selected);
  }

  // How far an area is from the whole city; null where one of the two has no value.
  distance(index) {
    const { frame, classes } = this.picture;
    if (classes[index] === null || frame.reference === null) return null;
    return frame.values[index] - frame.reference;
  }

  valueText(index) {
    const { data, frame, shown, classes } = this.picture;
    if (classes[index] === null || shown[index] === "z") return TEXTS[`sign_${shown[index]}`];
    return writeNumber(frame.values[index], data);
  }

  sortBy(column) {
    const same = this.sorting.column === column;
    this.sorting = { column, down: same ? !this.sorting.down : DOWN_FIRST.includes(column) };
    this.sort();
  }

  // What is missing stays last, whichever way the rest is sorted.
  sort() {
    const { column, down } = this.sorting;
    const { frame, shown, classes, inside } = this.picture;
    const keys = {
      rank: () => frame.ranks,
      id: () => this.placesOf.id,
      name: () => this.placesOf.name,
      value: () => frame.values.map((value, index) => (classes[index] === null ? null : value)),
      distance: () => frame.values.map((_, index) => this.distance(index)),
      status: () => ranksOfWords(shown.map((status) => TEXTS[`status_${status}`] || null)),
    };
    this.above.forEach(({ areas }, place) => {
      keys[this.higher[place]] = () => ranksOfWords(areas.map((area) => area?.name ?? null));
    });
    const own = Float64Array.from(keys[column](), (key) => (key === null ? Infinity : down ? -key : key));
    const order = this.byName.filter((index) => inside[index]);
    order.sort((a, b) => (own[a] === own[b] ? 0 : own[a] - own[b]));
    for (const [name, head] of Object.entries(this.heads)) {
      write(head, "aria-sort", name === column ? (down ? "descending" : "ascending") : "none");
    }
    this.order = order;
    if (this.many) {
      const focused = this.body.getRootNode().activeElement;
      this.leave((row) => row === focused);
    }
    this.show();
  }

  // The rows that are in view, and those close to them; all where they are few.
  show() {
    if (!this.many) {
      const rows = this.order.map((index) => this.row(index));
      const same = rows.length === this.body.children.length;
      if (!same || rows.some((row, place) => row !== this.body.children[place])) {
        this.body.replaceChildren(...rows);
      }
    } else this.showWindow();
    const seen = this.active !== null && this.rows.get(this.active)?.isConnected;
    if (!seen) this.setActive(this.first ?? this.order[0]);
  }

  showWindow() {
    this.height ||= this.measured();
    const room = Math.ceil((this.room || 400) / this.height);
    const from = Math.max(0, Math.floor(this.top / this.height) - ROWS_AROUND);
    const to = Math.min(this.order.length, from + room + 2 * ROWS_AROUND);
    const wanted = this.order.slice(from, to);
    const inView = new Set(wanted);
    this.leave((_, index) => inView.has(index));
    const rows = wanted.map((index, place) => {
      const row = this.row(index);
      write(row, "aria-rowindex", from + place + 2);
      this.mark(row, index);
      return row;
    });
    write(this.grid, "aria-rowcount", this.order.length + 1);
    const [before, after] = this.spacers;
    before.firstChild.style.height = `${from * this.height}px`;
    after.firstChild.style.height = `${(this.order.length - to) * this.height}px`;
    const focused = this.body.getRootNode().activeElement;
    const stand = [before, ...rows, after];
    const { children } = this.body;
    if (rows.includes(focused)) this.around(focused, before, rows, after);
    else if (children.length !== stand.length || stand.some((row, place) => row !== children[place])) {
      this.body.replaceChildren(...stand);
    }
    this.first = this.order[from];
  }

  // A row that has the focus stays in the page, or it would lose it.
  around(focused, before, rows, after) {
    for (const row of [...this.body.children]) if (row !== focused) row.remove();
    const place = rows.indexOf(focused);
    focused.before(before, ...rows.slice(0, place));
    focused.after(...rows.slice(place + 1), after);
  }

  measured() {
    const row = this.row(this.order[0]);
    this.body.replaceChildren(row);
    return row.offsetHeight || 29;
  }

  mark(row, index) {
    write(row, "tabindex", index === this.active ? 0 : -1);
    if (index === this.selected) write(row, "aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  setActive(index) {
    const before = this.active;
    this.active = index;
    for (const place of [before, index]) {
      const row = this.rows.get(place);
      if (row) this.mark(row, place);
    }
  }

  select(index) {
    const before = this.selected;
    this.selected = index;
    if (index !== null) this.setActive(index);
    for (const place of [before, index]) {
      const row = this.rows.get(place);
      if (row) this.mark(row, place);
    }
  }

  // Scrolls inside the table only; the page stays where it is.
  reveal(index) {
    const place = this.order?.indexOf(index) ?? -1;
    if (place < 0) return;
    const head = this.line.offsetHeight;
    const row = this.rows.get(index);
    const [start, height] = this.many
      ? [this.spacers[0].offsetTop + place * this.height, this.height]
      : [row.offsetTop, row.offsetHeight];
    const { scrollTop, clientHeight } = this.frame;
    if (start - head < scrollTop || start + height > scrollTop + clientHeight) {
      this.frame.scrollTop = start - head - (clientHeight - head) / 3;
    }
    this.top = this.frame.scrollTop;
    if (this.many) this.show();
  }

  hover(index) {
    this.body.querySelector(".hovered")?.classList.remove("hovered");
    this.rows.get(index)?.classList.add("hovered");
  }

  keydown(event) {
    const place = this.order.indexOf(this.indexOf(event));
    const last = this.order.length - 1;
    const moves = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: last };
    if (event.key in moves) {
      const next = Math.min(Math.max(moves[event.key], 0), last);
      const goal = this.order[next];
      if (this.many) this.reveal(goal);
      this.rows.get(goal).focus();
    } else if (event.key === "Enter" || event.key === " ") {
      this.actions.toggle(this.order[place]);
    } else if (event.key === "Escape") this.actions.clear();
    else return;
    event.preventDefault();
  }
}
