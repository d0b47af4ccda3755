// The same numbers as a table: sortable, built after the map has been painted.

const COLUMNS = ["rank", "id", "name", "value", "status"];
const NUMERIC = ["rank", "value"];

class Table {
  constructor(actions) {
    this.actions = actions;
    this.sorting = { column: "rank", down: false };
    this.rows = [];
    this.caption = html("caption");
    this.heads = COLUMNS.map((column) => this.head(column));
    this.body = html("tbody");
    this.key = html("p", { class: "signs" });
    const head = html("thead", {}, html("tr", {}, ...this.heads));
    const table = html("table", {}, this.caption, head, this.body);
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

  head(column) {
    const button = html(
      "button",
      { type: "button", onclick: () => this.sortBy(column) },
      html("span", {}, TEXTS[`col_${column}`]),
      html("span", { class: "arrow", "aria-hidden": "true" }),
    );
    return html("th", { scope: "col", class: column }, button);
  }

  indexOf(event) {
    return this.rows.findIndex((row) => row.contains(event.target));
  }

  setLayer(layer) {
    this.areas = layer.areas;
    this.rows = layer.areas.map((area) => {
      const cells = COLUMNS.map((column) => html("td", { class: column }));
      cells[1].textContent = area.id;
      cells[2].textContent = area.name;
      return html("tr", { tabindex: -1 }, ...cells);
    });
    this.order = null;
  }

  paint(picture) {
    this.picture = picture;
    const { data, frame, shown } = picture;
    this.caption.replaceChildren(...heading(data, frame));
    const unit = data.unit ? ` (${data.unit})` : "";
    writeText(this.heads[3].querySelector("span"), TEXTS.col_value + unit);
    const signs = new Set();
    this.rows.forEach((row, index) => {
      const [rank, , , value, status] = row.children;
      const text = this.valueText(index);
      const hasSign = TEXTS[`key_${text}`] !== undefined;
      if (hasSign) signs.add(text);
      writeText(rank, frame.ranks[index] === null ? "" : String(frame.ranks[index]));
      writeText(value, text);
      writeText(status, statusWords(shown[index], data, frame.notes?.[index]));
    });
    const keys = [...signs].map((sign) => `${sign} ${TEXTS[`key_${sign}`]}`);
    writeText(this.key, keys.length ? `${TEXTS.signs} ${keys.join(" · ")}` : "");
    this.sort();
    this.select(picture.selected);
  }

  valueText(index) {
    const { data, frame, shown, classes } = this.picture;
    if (classes[index] === null || shown[index] === "z") return TEXTS[`sign_${shown[index]}`];
    return writeNumber(frame.values[index], data);
  }

  sortBy(column) {
    const same = this.sorting.column === column;
    this.sorting = { column, down: same ? !this.sorting.down : column === "value" };
    this.sort();
  }

  // What is missing stays last, whichever way the rest is sorted.
  sort() {
    const { column, down } = this.sorting;
    const { frame, shown, classes } = this.picture;
    const keys = {
      rank: (index) => frame.ranks[index],
      id: (index) => this.areas[index].id,
      name: (index) => this.areas[index].name,
      value: (index) => (classes[index] === null ? null : frame.values[index]),
      status: (index) => TEXTS[`status_${shown[index]}`] || null,
    };
    const compare = (a, b) => {
      const [one, other] = [keys[column](a), keys[column](b)];
      if (one === null || other === null) return (one === null) - (other === null);
      const order = NUMERIC.includes(column) ? one - other : one.localeCompare(other, "de");
      return down ? -order : order;
    };
    const order = this.rows.map((_, index) => index);
    order.sort((a, b) => compare(a, b) || keys.name(a).localeCompare(keys.name(b), "de"));
    this.heads.forEach((head, place) => {
      const sorted = COLUMNS[place] === column ? (down ? "descending" : "ascending") : "none";
      write(head, "aria-sort", sorted);
    });
    if (String(order) === String(this.order)) return;
    this.order = order;
    this.body.replaceChildren(...order.map((index) => this.rows[index]));
    if (!this.rows.some((row) => row.tabIndex === 0)) this.setActive(order[0]);
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
    const head = this.heads[0].offsetHeight;
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
