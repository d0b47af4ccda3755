// Draws facts and tables anew when they change; an unfolded part stays unfolded.

const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

function fillIn(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function drawFacts({ terms, map, highlights }, [table], jumps) {
  const entries = terms.map(([term, words]) =>
    html("div", {}, html("dt", {}, term), html("dd", {}, words)),
  );
  const about = html("div", {}, html("dl", { class: "facts" }, ...entries));
  const named = (table?.columns ?? []).filter(([, kind, , , sign]) => kind === "own" || sign);
  if (named.length > 1) {
    const names = named.map(([name, , , , sign]) => html("li", {}, signOf(sign), name));
    about.append(html("ul", { class: "signs" }, ...names));
  }
  const parts = map ? [about, miniMap(map)] : [about];
  if (highlights) parts.push(drawHighlights(highlights, jumps));
  return html("header", {}, ...parts);
}

function drawHighlights({ title, entries, note }, jumps) {
  const rows = entries.map(([name, value, words]) => {
    const told = html("span", { class: "below" }, words);
    return html("li", {}, html("strong", {}, value), html("div", {}, jumps.link("row", name), told));
  });
  const list = html("ol", {}, ...rows);
  const about = html("p", { class: "origin" }, note);
  return html("section", { class: "highlights" }, html("h2", {}, title), list, about);
}

// The text that is all an element says. React goes on writing into the same, so that it must not
// be put in place of another.
function onlyText(element) {
  while (element?.childNodes.length === 1) element = element.firstChild;
  return element instanceof Text ? element : null;
}

class Profile {
  constructor(root) {
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.explanation = new Explanation(signal);
    this.heads = new StuckHeads(signal);
    this.root = html("div", { class: "profile" });
    this.jumps = new Jumps(this.root);
    this.tables = [];
    // Streamlit listens for single letters on the page; typing here is not meant for it.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.root.addEventListener(type, (event) => event.stopPropagation());
    }
    const unfold = () => {
      for (const part of this.root.querySelectorAll("details")) part.open = true;
    };
    window.addEventListener("beforeprint", unfold, { signal });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.root);
    this.ahead = new Ahead((found) => this.update(found), signal);
  }

  // The words beside the tables are drawn by Python, and written here to change with them.
  update({ beside, ...data }) {
    for (const [selector, text] of beside) {
      const said = onlyText(document.querySelector(selector));
      if (said && said.data !== text) said.data = text;
    }
    const told = JSON.stringify(data);
    if (told === this.told) return;
    this.told = told;
    const open = Boolean(this.root.querySelector("details[open]"));
    data.strokes.forEach(([light, dark], index) => {
      this.root.style.setProperty(`--other-${index + 1}`, `light-dark(${light}, ${dark})`);
    });
    this.explanation.close();
    this.tables = data.tables.map((table, index) =>
      redrawTable(this.tables[index], table, this.explanation, this.jumps),
    );
    hold(this.root, this.tables);
    if (data.facts) {
      const facts = drawFacts(data.facts, data.tables, this.jumps);
      hold(this.root, [facts, this.jumps.list(), ...this.tables]);
    }
    this.heads.follow([...this.root.querySelectorAll(".stuck")]);
    for (const part of this.root.querySelectorAll("details")) part.open = open;
    this.root.dataset.drawn = data.name;
  }
}

const profiles = new WeakMap();

export function render({ parentElement, data }) {
  if (!profiles.has(parentElement)) profiles.set(parentElement, new Profile(parentElement));
  const profile = profiles.get(parentElement);
  const { ahead, ...shown } = data;
  profile.update(shown);
  profile.ahead.offer(ahead);
}

export function leave(parentElement) {
  profiles.get(parentElement)?.gone.abort();
  profiles.delete(parentElement);
}
