// The same numbers as a table: sortable, built after the map has been painted.

const UNSORTED = { column: "rank", down: false };
const DOWN_FIRST = ["value", "distance"];
const NUMERIC = ["rank", "value", "distance"];

const words = new Intl.Collator("de", { numeric: true });

class Table {
  constructor(actions) {
    this.actions = actions;
    this.sorting = UNSORTED;
    this.rows = [];
    this.caption = html("caption");
    this.body = html("tbody");
    this.key = html("p", { class: "signs" });
    this.line = html("tr");
    const table = html("table", {}, this.caption, html("thead", {}, this.line), this.body);
    this.frame = html("div", { class: "table-frame" }, table);
    this.element = html("section", { class: "table" }, this.frame, this.key);
    this.body.addEventListener("click", (event) => {
      const index = this.indexOf(event);
      if (index >= 0) this.actions.toggle(index);
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
    return this.rows.findIndex((row) => row.contains(event.target));
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
    this.rows = layer.areas.map((area, index) => {
      const cells = this.columns.map((column) => html("td", { class: column }));
      cells[1].textContent = area.id;
      cells[2].textContent = area.name;
      above.forEach(({ areas }, place) => {
        const cell = cells[this.columns.indexOf(higher[place])];
        const own = areas[index];
        if (own) cell.append(own.name, html("span", { class: "key" }, own.id));
      });
      return html("tr", { tabindex: -1 }, ...cells);
    });
    if (!this.columns.includes(this.sorting.column)) this.sorting = UNSORTED;
    this.order = null;
  }

  paint(picture) {
    this.picture = picture;
    const { data, frame, shown, inside } = picture;
    this.caption.replaceChildren(...heading(data, frame));
    const unit = data.unit ? ` (${data.unit})` : "";
    const title = (column) => this.heads[column].querySelector("span");
    writeText(title("value"), TEXTS.col_value + unit);
    const apart = data.distance ? ` (${data.distance})` : unit;
    writeText(title("distance"), fill(TEXTS.col_distance, data) + apart);
    this.heads.distance.hidden = data.distance === null;
    if (data.distance === null && this.sorting.column === "distance") this.sorting = UNSORTED;
    const signs = new Set();
    this.rows.forEach((row, index) => {
      const cell = (column) => row.children[this.columns.indexOf(column)];
      const text = this.valueText(index);
      writeText(cell("rank"), frame.ranks[index] === null ? "" : String(frame.ranks[index]));
      writeText(cell("value"), text);
      writeText(cell("status"), statusWords(shown[index], data, frame.notes?.[index]));
      cell("distance").hidden = data.distance === null;
      const distance = this.distance(index);
      const none = frame.reference === null ? "distance_no_reference" : "distance_no_value";
      writeText(
        cell("distance"),
        distance === null ? TEXTS.distance_none : writeDifference(distance, data.decimals),
      );
      if (!inside[index]) return;
      if (TEXTS[`key_${text}`] !== undefined) signs.add(`${text} ${TEXTS[`key_${text}`]}`);
      if (data.distance !== null && distance === null) signs.add(fill(TEXTS[none], data));
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
      rank: (index) => frame.ranks[index],
      id: (index) => this.areas[index].id,
      name: (index) => this.areas[index].name,
      value: (index) => (classes[index] === null ? null : frame.values[index]),
      distance: (index) => this.distance(index),
      status: (index) => TEXTS[`status_${shown[index]}`] || null,
    };
    this.above.forEach(({ areas }, place) => {
      keys[`above-${place}`] = (index) => areas[index]?.name ?? null;
    });
    const compare = (a, b) => {
      const [one, other] = [keys[column](a), keys[column](b)];
      if (one === null || other === null) return (one === null) - (other === null);
      const order = NUMERIC.includes(column) ? one - other : words.compare(one, other);
      return down ? -order : order;
    };
    const order = this.rows.flatMap((_, index) => (inside[index] ? [index] : []));
    order.sort((a, b) => compare(a, b) || words.compare(keys.name(a), keys.name(b)));
    for (const [own, head] of Object.entries(this.heads)) {
      write(head, "aria-sort", own === column ? (down ? "descending" : "ascending") : "none");
    }
    if (String(order) === String(this.order)) return;
    this.order = order;
    this.body.replaceChildren(...order.map((index) => this.rows[index]));
    if (!order.some((index) => this.rows[index].tabIndex === 0)) this.setActive(order[0]);
  }

  setActive(index) {
    this.rows.forEach((row, place) => write(row, "tabindex", place === index ? 0 : -1));
  }

  select(index) {
    this.rows.forEach((row, place) => {
      if (place === index) write(row, "aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    if (index !== null && this.rows[index]) this.setActive(index);
  }

  // Scrolls inside the table only; the page stays where it is.
  reveal(index) {
    const row = this.rows[index];
    if (!row?.isConnected) return;
    const head = this.line.offsetHeight;
    const top = row.offsetTop - head;
    const { scrollTop, clientHeight } = this.frame;
    if (top < scrollTop || row.offsetTop + row.offsetHeight > scrollTop + clientHeight) {
      this.frame.scrollTop = top - (clientHeight - head) / 3;
    }
  }

  hover(index) {
    this.body.querySelector(".hovered")?.classList.remove("hovered");
    this.rows[index]?.classList.add("hovered");
  }

  keydown(event) {
    const place = this.order.indexOf(this.indexOf(event));
    const last = this.order.length - 1;
    const moves = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: last };
    if (event.key in moves) {
      const next = Math.min(Math.max(moves[event.key], 0), last);
      this.rows[this.order[next]].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      this.actions.toggle(this.order[place]);
    } else if (event.key === "Escape") this.actions.clear();
    else return;
    event.preventDefault();
  }
}
