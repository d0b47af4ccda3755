// What the reader chooses in a list of the page is drawn at once, from values fetched
// beforehand; Python's answer, which says the same, comes a moment later.

class Ahead {
  constructor(show) {
    this.show = show;
    const options = { capture: true };
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

  offer(offered) {
    this.list = offered?.list;
    if (this.url === offered?.url) return;
    this.url = offered?.url;
    this.views = {};
    if (!this.url) return;
    const { url } = this;
    fetch(new URL(url, document.baseURI))
      .then((response) => (response.ok ? response.json() : {}))
      .then((views) => this.url === url && (this.views = views))
      .catch((error) => console.warn(error));
  }

  pick(target) {
    const option = target?.closest?.("[role=option]");
    const list = option?.closest("[role=listbox]")?.getAttribute("aria-label");
    if (!option || list !== this.list) return;
    const view = this.views?.[option.textContent];
    if (view) this.show(view);
  }
}
