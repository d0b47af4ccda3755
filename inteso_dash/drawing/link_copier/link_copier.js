// Copies the address of the view; shows it to be copied by hand where the browser refuses.

const SAID_FOR = 4000;
const GAP = 6;
// Of a page that stands in another one, for which a link is not meant.
const FRAMED = ["embed", "embed_options"];
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

class LinkCopier {
  constructor(mount) {
    this.label = element("span", { textContent: TEXTS.copy });
    this.icon = element("span", { className: "icon", textContent: "link" });
    this.icon.setAttribute("aria-hidden", "true");
    this.button = element("button", { type: "button" }, this.icon, this.label);
    this.button.addEventListener("click", () => this.copy());
    this.status = element("p", { className: "said", role: "status" });
    this.field = element("input", { id: "address", readOnly: true, spellcheck: false });
    this.field.addEventListener("focus", () => this.field.select());
    this.panel = element(
      "div",
      { popover: "auto" },
      element("label", { htmlFor: "address", textContent: TEXTS.by_hand }),
      this.field,
      element("p", { id: "keys", textContent: TEXTS.keys }),
    );
    // Whoever leaves the address by a key goes on where it was asked for.
    this.panel.addEventListener("beforetoggle", ({ newState }) => {
      if (newState === "closed" && mount.activeElement === this.field) this.button.focus();
    });
    this.field.setAttribute("aria-describedby", "keys");
    const root = element("div", { className: "link-copier" }, this.button, this.status, this.panel);
    // Streamlit listens for single letters on the page; a key pressed here is not meant for it.
    for (const type of ["keydown", "keypress", "keyup"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    mount.adoptedStyleSheets = [sheet];
    mount.replaceChildren(root);
  }

  // What the page shows, and what its parts add of what only they know.
  address() {
    const { origin, pathname, search } = window.location;
    const parameters = new URLSearchParams(this.query ?? search);
    for (const name of FRAMED) parameters.delete(name);
    document.dispatchEvent(new CustomEvent("inteso-address", { detail: parameters }));
    const query = parameters.toString().replaceAll("+", "%20");
    return `${origin}${pathname}${query ? `?${query}` : ""}`;
  }

  async copy() {
    const address = this.address();
    try {
      await navigator.clipboard.writeText(address);
      this.say();
    } catch {
      this.show(address);
    }
  }

  say() {
    clearTimeout(this.saying);
    this.label.textContent = TEXTS.copied;
    this.icon.textContent = "check";
    this.status.textContent = TEXTS.said;
    this.saying = setTimeout(() => {
      this.label.textContent = TEXTS.copy;
      this.icon.textContent = "link";
      this.status.textContent = "";
    }, SAID_FOR);
  }

  show(address) {
    this.field.value = address;
    this.panel.showPopover();
    const { right, bottom } = this.button.getBoundingClientRect();
    const left = Math.max(Math.min(right, window.innerWidth - GAP) - this.panel.offsetWidth, GAP);
    this.panel.style.translate = `${left}px ${bottom + GAP}px`;
    this.field.focus();
  }
}

const copiers = new WeakMap();

export function render({ parentElement, data }) {
  if (!copiers.has(parentElement)) copiers.set(parentElement, new LinkCopier(parentElement));
  copiers.get(parentElement).query = data.query;
}

export function leave(parentElement) {
  copiers.delete(parentElement);
}
