// Links to topics and rows. A fragment does not reach into a component, so a link finds its target
// itself: it is scrolled below the heads that stay, and has the focus.

class Jumps {
  clear() {
    this.topics = new Map();
    this.rows = new Map();
  }

  add(targets, name, element) {
    targets.set(name, element);
    element.classList.add("target");
    element.tabIndex = -1;
  }

  link(targets, name) {
    if (!targets.has(name)) return html("span", {}, name);
    const go = (event) => {
      event.preventDefault();
      this.go(targets.get(name));
    };
    return html("a", { href: `#${encodeURIComponent(name)}`, onclick: go }, name);
  }

  go(element) {
    element.scrollIntoView({ behavior: reducedMotion.matches ? "auto" : "smooth" });
    element.focus({ preventScroll: true });
  }

  list() {
    const names = [...this.topics.keys()];
    const entries = names.map((name) => html("li", {}, this.link(this.topics, name)));
    const list = html("ul", {}, ...entries);
    return html("nav", { class: "jumps", "aria-label": TEXTS.jumps, hidden: !entries.length }, list);
  }
}
