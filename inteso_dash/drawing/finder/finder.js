// The search: a field and the list of its hits, after the pattern of a combobox.

const WAIT = 80; // milliseconds between the last key and the question

const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

function fill(text, words) {
  return text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

class Finder {
  constructor(root) {
    this.hits = [];
    this.active = -1;
    this.input = html("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: 100,
      placeholder: TEXTS.hint,
      "aria-label": TEXTS.label,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": "hits",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onfocus: () => this.open(),
      onblur: () => this.close(),
    });
    this.list = html("ul", { id: "hits", role: "listbox", "aria-label": TEXTS.label });
    this.note = html("p", { class: "note", "aria-hidden": "true" });
    this.status = html("span", { class: "unseen", role: "status" });
    this.box = html("div", { class: "box", onpointerdown: (event) => event.preventDefault() },
      this.list, this.note);
    this.element = html("div", { class: "finder", role: "search" },
      this.input, this.box, this.status);
    // Streamlit listens for single letters on the page; typing here is not meant for it.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.element.addEventListener(type, (event) => event.stopPropagation());
    }
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.element);
    this.close();
    this.watchConnection();
  }

  // Who comes back may have lost the session, and what is pressed first would be lost with it: a
  // run of the script begins the next one with the view that the address holds.
  watchConnection() {
    const app = document.querySelector("[data-test-connection-state]");
    if (!app) return;
    let away = false;
    new MutationObserver(() => {
      const here = app.dataset.testConnectionState === "CONNECTED";
      if (here && away) this.send("back", true);
      away = !here;
    }).observe(app, { attributeFilter: ["data-test-connection-state"] });
  }

  update(data, send) {
    Object.assign(this, { url: data.url, send });
  }

  typed() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.hits = [];
    this.answered = null;
    if (this.input.value.trim() === "") this.close();
    else this.waiting = setTimeout(() => this.ask(this.input.value.trim()), WAIT);
  }

  async ask(query) {
    const url = new URL(this.url, document.baseURI);
    url.searchParams.set("q", query);
    this.asking = new AbortController();
    const { signal } = this.asking;
    let answer = null;
    try {
      const response = await fetch(url, { signal });
      if (response.ok) answer = await response.json();
    } catch {
      if (signal.aborted) return;
    }
    if (signal.aborted) return;
    this.show(query, answer);
    if (this.wanted && this.hits.length) this.choose(0);
    this.wanted = false;
  }

  show(query, answer) {
    this.hits = answer?.hits ?? [];
    this.active = this.hits.length ? 0 : -1;
    this.answered = query;
    this.list.replaceChildren(...this.hits.map(({ title, told }, place) =>
      html("li", { role: "option", id: `hit-${place}`, onclick: () => this.choose(place) },
        html("span", {}, title), " ", html("span", { class: "told" }, told))));
    const words = { query, count: answer?.count, shown: this.hits.length };
    const text = answer === null ? "failed" : !this.hits.length ? "none"
      : this.hits.length < answer.count ? "some" : "found";
    writeText(this.note, fill(TEXTS[text], words));
    writeText(this.status, fill(TEXTS[text], words));
    this.note.hidden = text === "found";
    this.open();
  }

  open() {
    if (this.answered === null || this.answered === undefined) return;
    if (this.element.getRootNode().activeElement !== this.input) return;
    this.box.hidden = false;
    this.list.hidden = !this.hits.length;
    write(this.input, "aria-expanded", this.hits.length > 0);
    this.point();
  }

  close() {
    this.box.hidden = true;
    write(this.input, "aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  point() {
    [...this.list.children].forEach((item, place) => {
      write(item, "aria-selected", place === this.active);
    });
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      write(this.input, "aria-activedescendant", `hit-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && this.hits.length) {
      if (this.box.hidden) this.open();
      else this.active = (this.active + moves[event.key] + this.hits.length) % this.hits.length;
      this.point();
    } else if (event.key === "Enter" && this.input.value.trim() !== "") {
      if (this.active >= 0 && this.hits.length) this.choose(this.active);
      else this.wanted = this.answered === null;
    } else if (event.key === "Escape") {
      if (this.box.hidden) this.empty();
      else this.close();
    } else return;
    event.preventDefault();
  }

  choose(place) {
    const { key } = this.hits[place];
    this.empty();
    // On a phone the keyboard would cover what was found.
    if (window.matchMedia("(pointer: coarse)").matches) this.input.blur();
    this.send("chosen", key);
  }

  empty() {
    this.input.value = "";
    this.typed();
  }
}

const finders = new WeakMap();

export function render({ parentElement, data, setTriggerValue }) {
  if (!finders.has(parentElement)) finders.set(parentElement, new Finder(parentElement));
  finders.get(parentElement).update(data, setTriggerValue);
}

export function leave(parentElement) {
  finders.delete(parentElement);
}
