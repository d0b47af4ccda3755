// Texts in this browser. What this tab has seen or written last is known: a text is written only
// where the page has changed it since, never over what another tab has put there meanwhile.

const known = new Map();
const unsaved = new Map(); // what the browser did not take: this page has it, and no other

class Keeper {
  constructor() {
    this.told = (event) => {
      if (event.key === null || event.key.startsWith(this.data.place)) this.tell();
    };
    window.addEventListener("storage", this.told);
  }

  update(data, send) {
    Object.assign(this, { data, send });
    if (!data.asking) for (const [key, text] of Object.entries(data.texts)) this.put(key, text);
    // A page asks again when its session is lost and another has taken its place.
    if (data.asking ? !this.asked : !this.looked && this.differs()) this.tell();
    Object.assign(this, { asked: data.asking, looked: true });
  }

  // Whether another tab has changed something while none of these stood on the page.
  differs() {
    const { place } = this.data;
    const ours = (names) => names.filter((name) => name.startsWith(place));
    try {
      const names = new Set([...ours(Object.keys(localStorage)), ...ours([...known.keys()])]);
      const other = (name) => localStorage.getItem(name) !== (known.get(name) ?? null);
      return [...names].some((name) => !unsaved.has(name) && other(name));
    } catch {
      return false;
    }
  }

  tell() {
    const { place, most } = this.data;
    const texts = {};
    for (const name of [...known.keys()]) if (name.startsWith(place)) known.delete(name);
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at);
        if (!name.startsWith(place)) continue;
        const text = localStorage.getItem(name);
        known.set(name, text);
        texts[name.slice(place.length)] = text.slice(0, most);
      }
    } catch {
      this.send("found", { texts: {}, shut: true });
      return;
    }
    for (const [name, text] of unsaved) {
      known.set(name, text);
      texts[name.slice(place.length)] = text;
    }
    this.send("found", { texts, shut: false });
  }

  put(key, text) {
    const name = this.data.place + key;
    if ((known.get(name) ?? null) === text) return;
    known.set(name, text);
    unsaved.delete(name);
    try {
      if (text === null) localStorage.removeItem(name);
      else localStorage.setItem(name, text);
    } catch (error) {
      console.warn(error);
      if (text !== null) unsaved.set(name, text);
      this.send("failed", key);
    }
  }
}

const keepers = new WeakMap();

export function render({ parentElement, data, setTriggerValue }) {
  if (!keepers.has(parentElement)) keepers.set(parentElement, new Keeper());
  keepers.get(parentElement).update(data, setTriggerValue);
}

export function leave(parentElement) {
  const own = keepers.get(parentElement);
  if (own) window.removeEventListener("storage", own.told);
  keepers.delete(parentElement);
}
