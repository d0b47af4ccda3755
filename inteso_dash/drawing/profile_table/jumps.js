// Links to topics and rows. A fragment does not reach into a component, so a link finds its target
// itself: it is scrolled below the heads that stay, and has the focus.

class Jumps {
  constructor(root) {
    this.root = root;
  }

  // `kind` is "topic" or "row".
  add(kind, name, element) {
    element.dataset[kind] = name;
    element.classList.add("target");
    element.tabIndex = -1;
  }

  targets(kind) {
    return [...this.root.querySelectorAll(`[data-${kind}]`)];
  }

  link(kind, name) {
    const target = () => this.targets(kind).find(({ dataset }) => dataset[kind] === name);
    if (!target()) return html("span", {}, name);
    const go = (event) => {
      event.preventDefault();
      this.go(target());
    };
    return html("a", { href: `#${encodeURIComponent(name)}`, onclick: go }, name);
  }

  go(element) {
    element.scrollIntoView({ behavior: reducedMotion.matches ? "auto" : "smooth" });
    element.focus({ preventScroll: true });
  }

  list() {
    const names = this.targets("topic").map(({ dataset }) => dataset.topic);
    const entries = names.map((name) => html("li", {}, this.link("topic", name)));
    const list = html("ul", {}, ...entries);
    return html("nav", { class: "jumps", "aria-label": TEXTS.jumps, hidden: !entries.length }, list);
  }
}
