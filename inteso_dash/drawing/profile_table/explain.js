// One explanation at a time, beside the button that opened it and next in reading order.

const GAP = 6;

class Explanation {
  constructor(signal) {
    this.title = html("p", { class: "explained" });
    this.body = html("div");
    const close = html(
      "button",
      { type: "button", class: "close", "aria-label": TEXTS.close, onclick: () => this.close() },
      "×",
    );
    this.element = html(
      "div",
      { class: "explanation", role: "note", popover: "auto" },
      this.title,
      this.body,
      close,
    );
    this.element.addEventListener("toggle", (event) => {
      write(this.button, "aria-expanded", event.newState === "open");
    });
    const place = () => this.place();
    window.addEventListener("scroll", place, { capture: true, passive: true, signal });
    window.addEventListener("resize", place, { signal });
  }

  // A button with `content` inside, whose explanation is [title, ...paragraphs].
  buttonFor(about, label, name, ...content) {
    const button = html("button", { type: "button", class: name, "aria-label": label }, ...content);
    write(button, "aria-expanded", false);
    button.addEventListener("click", () => this.toggle(button));
    return Object.assign(button, { about });
  }

  get isOpen() {
    return this.element.isConnected && this.element.matches(":popover-open");
  }

  toggle(button) {
    const [title, ...paragraphs] = button.about;
    const again = this.isOpen && this.button === button;
    this.close();
    if (again) return;
    this.button = button;
    writeText(this.title, title);
    this.body.replaceChildren(...paragraphs.map((text) => html("p", {}, text)));
    button.after(this.element);
    this.element.showPopover();
    this.place();
  }

  close() {
    if (!this.isOpen) return;
    const inside = this.element.contains(this.element.getRootNode().activeElement);
    this.element.hidePopover();
    if (inside) this.button.focus();
  }

  place() {
    if (!this.isOpen) return;
    const anchor = this.button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.min(Math.max(anchor.left - 12, GAP), window.innerWidth - width - GAP);
    const below = anchor.bottom + GAP + height < window.innerHeight;
    const top = below ? anchor.bottom + GAP : Math.max(anchor.top - GAP - height, GAP);
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px` });
  }
}
