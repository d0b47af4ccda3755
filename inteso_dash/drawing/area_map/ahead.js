// What the reader chooses in a list of the page is drawn at once, from values fetched
// beforehand; Python's answer, which says the same, comes a moment later.

class Ahead {
  constructor(show) {
    this.show = show;
    this.lists = new Map();
    this.known = new Map();
    const options = { capture: true };
    for (const type of ["focusin", "pointerdown", "keydown"]) {
      document.addEventListener(type, (event) => this.open(event.target), options);
    }
    document.addEventListener("click", (event) => this.pick(event.target), options);
    document.addEventListener(
      "keydown",
      (event) => {
        const active = event.target.getAttribute?.("aria-activedescendant");
        if (event.key === "Enter" && active) this.pick(document.getElementById(active));
      },
      options,
    );
  }

  offer(lists) {
    this.lists = new Map(lists);
    const urls = [...this.lists.values()];
    this.known.forEach((_, url) => urls.includes(url) || this.known.delete(url));
  }

  // The first list is the one that readers change most.
  begin() {
    const [url] = this.lists.values();
    if (url) this.fetch(url);
  }

  fetch(url) {
    if (this.known.has(url)) return;
    this.known.set(url, {});
    fetch(new URL(url, document.baseURI))
      .then((response) => (response.ok ? response.json() : {}))
      .then(async (options) => {
        if (this.known.has(url)) this.known.set(url, options);
        const layers = Object.values(options).filter(({ geometry }) => geometry);
        await Promise.all(layers.map(({ geometry }) => loadLayer(geometry)));
        performance.mark("inteso-ahead", { detail: url });
      })
      .catch((error) => console.warn(error));
  }

  open(target) {
    const list = target.closest?.("[role=combobox]")?.getAttribute("aria-label");
    if (this.lists.has(list)) this.fetch(this.lists.get(list));
  }

  // What else was offered goes with what was chosen before, other indicators alone excepted.
  pick(target) {
    const option = target?.closest?.("[role=option]");
    const list = option?.closest("[role=listbox]")?.getAttribute("aria-label");
    const changes = this.known.get(this.lists.get(list))?.[option.textContent];
    if (!changes || option.getAttribute("aria-selected") === "true") return;
    const [first] = this.lists;
    this.offer(list === first[0] ? [first] : []);
    this.show(changes);
  }
}
