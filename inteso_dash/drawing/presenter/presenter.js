// Keys, whole screen, room for the figure: one presentation at a time on a page.

const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const OF_FIGURES = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home", "End", " ", "0"];
const LEAST = 240;
const STILL = "data-pointer-still";
// How many times larger names and circles on maps are at a height of so many pixels.
const DRAWN_FOR = 1080;
const LARGER = { "--slide-names": 2.4, "--slide-symbols": 1.5 };
const SETTLED_AFTER = 200;
// Type of tables and legends that are too long for a slide, as shares of what it should be.
const FITTING = [1, 0.92, 0.85, 0.78, 0.71, 0.64];

const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, word) => words[word]);

function button(label, sign, action) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", title: label, textContent: sign, onclick: action });
  made.setAttribute("aria-label", label);
  return made;
}

// A key is the figure's where the figure does something with it: arrows move from area to area
// and along sliders, letters are typed. Page Up and Page Down are never the figure's.
function belongsToFigure(event) {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  if (target.closest("input:not([type=range]), textarea, select, [contenteditable]")) return true;
  if (!OF_FIGURES.includes(event.key)) return false;
  if (event.key === " ") return Boolean(target.closest("button, a, summary, [role=option], input"));
  return Boolean(target.closest("input[type=range], [role=listbox], tr, [role=tablist], .scroll"));
}

class Presentation {
  constructor(root) {
    this.root = root;
    this.style = document.createElement("style");
    this.style.textContent = CSS;
    this.key = (event) => this.press(event);
    this.screen = () => this.screenChanged();
    this.measure = () => this.room();
    this.resized = () => {
      this.room();
      this.tellScreen();
    };
    this.moved = (event) => {
      if (event.movementX || event.movementY) document.documentElement.removeAttribute(STILL);
    };
    this.sizes = new ResizeObserver(this.measure);
    this.changes = new MutationObserver(() => this.watch());
    this.build();
  }

  build() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BAR);
    this.root.adoptedStyleSheets = [sheet];
    this.counter = document.createElement("output");
    this.back = button(TEXTS.back, "‹", () => this.go(this.target - 1));
    this.on = button(TEXTS.on, "›", () => this.go(this.target + 1));
    this.whole = button(TEXTS.whole, "⤢", () => this.fill());
    const bar = document.createElement("nav");
    bar.setAttribute("aria-label", TEXTS.bar);
    bar.append(
      this.back,
      this.counter,
      this.on,
      button(TEXTS.reset, "↺", () => this.act("reset", Date.now())),
      this.whole,
      button(TEXTS.leave, "✕", () => this.leave()),
    );
    this.root.replaceChildren(bar);
  }

  start() {
    if (this.running) return;
    this.running = true;
    document.head.append(this.style);
    window.addEventListener("keydown", this.key, true);
    window.addEventListener("resize", this.resized);
    window.addEventListener("pointermove", this.moved, true);
    document.addEventListener("fullscreenchange", this.screen);
    this.changes.observe(document.body, { childList: true, subtree: true });
    this.watch();
    if (navigator.userActivation?.isActive) this.fill();
  }

  stop() {
    if (!this.running) return;
    this.running = false;
    this.style.remove();
    window.removeEventListener("keydown", this.key, true);
    window.removeEventListener("resize", this.resized);
    window.removeEventListener("pointermove", this.moved, true);
    document.documentElement.removeAttribute(STILL);
    document.removeEventListener("fullscreenchange", this.screen);
    this.changes.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.telling);
    document.documentElement.style.removeProperty("--slide-height");
    for (const name of [...Object.keys(LARGER), "--slide-fit"]) {
      document.documentElement.style.removeProperty(name);
    }
    if (document.fullscreenElement) document.exitFullscreen();
  }

  update({ place, count, head, figure, foot, screen }, send) {
    this.send = send;
    this.known ??= String(screen);
    if (place === this.wanted) this.wanted = null;
    if (place !== this.place) this.enter(place);
    Object.assign(this, { place, count, head, figure, foot });
    this.paint();
    this.start();
    this.watch();
    this.tellScreen();
  }

  // Another figure comes to lie under a pointer that nobody moves: it is not meant to be hovered.
  // While a later slide is asked for, that one stays the place from which a key goes on.
  enter(place) {
    this.target = this.wanted ?? place;
    if (window.matchMedia("(hover: hover)").matches) {
      document.documentElement.setAttribute(STILL, "");
    }
  }

  paint() {
    const words = { place: this.target, count: this.count };
    this.counter.textContent = fill(TEXTS.count, words);
    this.counter.setAttribute("aria-label", fill(TEXTS.spoken, words));
    this.back.disabled = this.target <= 1;
    this.on.disabled = this.target >= this.count;
  }

  // An action counts alone: with it, the page still has its old address.
  act(name, value) {
    clearTimeout(this.telling);
    this.send(name, value);
  }

  go(place) {
    const wanted = Math.min(Math.max(place, 1), this.count);
    if (wanted === this.target) return;
    this.target = wanted;
    this.wanted = wanted === this.place ? null : wanted;
    this.paint();
    this.act("go", wanted);
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || belongsToFigure(event)) return;
    const actions = {
      Home: () => this.go(1),
      End: () => this.go(this.count),
      r: () => this.act("reset", Date.now()),
      0: () => this.act("reset", Date.now()),
      f: () => this.fill(),
      Escape: () => this.leave(),
    };
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = name in STEPS ? () => this.go(this.target + STEPS[name]) : actions[name];
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  }

  // A screen that is granted after the show has ended is given back.
  fill() {
    const { documentElement: page, fullscreenElement: shown } = document;
    if (shown) document.exitFullscreen();
    else page.requestFullscreen?.().then(() => this.running || document.exitFullscreen()).catch(() => {});
  }

  // The browser takes Escape for itself while a page fills the screen.
  screenChanged() {
    const was = this.filled;
    this.filled = Boolean(document.fullscreenElement);
    if (was && !this.filled && this.running) this.leave();
  }

  leave() {
    this.filled = false;
    this.act("leave", Date.now());
  }

  watch() {
    const keys = [this.figure, this.foot, this.head];
    const [figure, ...around] = keys.map((key) => document.querySelector(`.st-key-${key}`));
    const parts = [figure, ...around, ...(figure?.children ?? [])];
    if (parts.length === this.watched?.length && parts.every((part, place) => part === this.watched?.[place])) return;
    this.watched = parts;
    this.sizes.disconnect();
    for (const part of parts.filter(Boolean)) this.sizes.observe(part);
    this.room();
  }

  room() {
    const [figure, foot] = this.watched ?? [];
    if (!figure || !foot) return;
    const top = figure.getBoundingClientRect().top + (figure.closest("[data-testid=stMain]")?.scrollTop ?? 0);
    const height = Math.max(LEAST, Math.floor(window.innerHeight - top - foot.offsetHeight - 48));
    document.documentElement.style.setProperty("--slide-height", `${height}px`);
    for (const [name, times] of Object.entries(LARGER)) {
      const larger = (times * window.innerHeight) / DRAWN_FOR;
      document.documentElement.style.setProperty(name, larger.toFixed(2));
    }
    for (const share of FITTING) {
      document.documentElement.style.setProperty("--slide-fit", share);
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = figure;
      if (scrollHeight <= clientHeight && scrollWidth <= clientWidth) break;
    }
  }

  // Charts are drawn by the server: it has to know the screen that their type is meant for.
  tellScreen() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const screen = [window.innerWidth, window.innerHeight];
      if (String(screen) === this.known) return;
      this.known = String(screen);
      this.send("screen", screen);
    }, SETTLED_AFTER);
  }
}

const BAR = `
:host { display: block; }
nav { position: fixed; right: 0.5rem; bottom: 0.4rem; z-index: 1000; display: flex; gap: 0.25rem; align-items: center;
  font-family: var(--st-font, sans-serif); color: var(--st-text-color); background: var(--st-background-color); padding: 0.1rem 0.3rem; border-radius: 4px; }
output { min-width: 3.2em; text-align: center; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
button { font: inherit; font-size: 1rem; line-height: 1; min-width: 44px; min-height: 44px; color: inherit;
  background: none; border: 1px solid transparent; border-radius: 4px; cursor: pointer; }
button:hover:not(:disabled) { background: var(--st-secondary-background-color); }
button:disabled { opacity: 0.35; cursor: default; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
`;

const presentations = new WeakMap();

export function render({ parentElement, data, setTriggerValue }) {
  if (!presentations.has(parentElement)) {
    presentations.set(parentElement, new Presentation(parentElement));
  }
  presentations.get(parentElement).update(data, setTriggerValue);
}

export function leave(parentElement) {
  presentations.get(parentElement)?.stop();
  presentations.delete(parentElement);
}
