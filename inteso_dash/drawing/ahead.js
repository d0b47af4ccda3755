// What the reader chooses in a list of the page is drawn at once, from values fetched
// beforehand; Python's answer, which says the same, comes a moment later.

// Milliseconds that an option is looked at before what it alone changes is fetched.
const LOOKED_AT = 60;

class Ahead {
  constructor(show, signal) {
    this.show = show;
    this.lists = new Map();
    this.known = new Map();
    signal.addEventListener("abort", () => this.offer([]));
    const hear = (types, heard) => {
      for (const type of types) document.addEventListener(type, heard, { capture: true, signal });
    };
    hear(["focusin", "pointerdown", "keydown"], ({ target }) => this.open(target));
    hear(["pointerover", "keyup"], ({ target }) => this.lookAt(activeOption(target)));
    hear(["click"], ({ target }) => this.pick(target.closest?.("[role=option]")));
    hear(["keydown"], ({ key, target }) => key === "Enter" && this.pick(activeOption(target)));
  }

  // Pairs of a list and the address of what its options change; one that ends with "=" is asked
  // for each option alone.
  offer(lists) {
    this.lists = new Map(lists);
    this.awaited = null;
    const urls = [...this.lists.values()];
    for (const url of this.known.keys()) {
      if (!urls.some((each) => url.startsWith(each))) this.known.delete(url);
    }
  }

  // The first list is the one that readers change most.
  begin() {
    const [url] = this.lists.values();
    if (url) this.fetch(url);
  }

  fetch(url) {
    if (this.known.has(url)) return;
    this.known.set(url, null);
    fetch(new URL(url, document.baseURI))
      .then((response) => (response.ok ? response.json() : null))
      .then(async (found) => {
        if (this.known.has(url)) this.known.set(url, found);
        if (found && this.awaited === url) this.show(found);
        const layers = Object.values(found ?? {}).filter((each) => each?.geometry);
        await Promise.all(layers.map(({ geometry }) => loadLayer(geometry)));
        performance.mark("inteso-ahead", { detail: url });
      })
      .catch((error) => console.warn(error));
  }

  open(target) {
    const url = this.offered(target.closest?.("[role=combobox]"));
    if (url && !url.endsWith("=")) this.fetch(url);
  }

  offered(list) {
    return this.lists.get(list?.getAttribute("aria-label"));
  }

  lookAt(option) {
    clearTimeout(this.looking);
    const url = this.offered(option?.closest("[role=listbox]"));
    if (!url?.endsWith("=") || isChosen(option)) return;
    this.looking = setTimeout(() => this.fetch(url + encoded(option)), LOOKED_AT);
  }

  // What else was offered goes with what was chosen before, the first list alone excepted.
  pick(option) {
    const url = this.offered(option?.closest("[role=listbox]"));
    if (!url || isChosen(option)) return;
    const alone = url.endsWith("=") ? url + encoded(option) : null;
    if (alone) this.fetch(alone);
    const changes = alone ? this.known.get(alone) : this.known.get(url)?.[option.textContent];
    if (!changes && !alone) return;
    const [first] = this.lists;
    this.offer(url === first[1] ? [first] : []);
    this.awaited = alone;
    if (changes) this.show(changes);
  }
}

const isChosen = (option) => option.getAttribute("aria-selected") === "true";
const encoded = (option) => encodeURIComponent(option.textContent);

// The option under the pointer, or the one that the keys of a list have reached.
function activeOption(target) {
  const active = target.getAttribute?.("aria-activedescendant");
  return active ? document.getElementById(active) : target.closest?.("[role=option]");
}
