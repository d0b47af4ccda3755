// Draws facts and tables anew when they change; an unfolded part stays unfolded.

const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

function fillIn(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function drawFacts({ terms, map }) {
  const entries = terms.map(([term, words]) =>
    html("div", {}, html("dt", {}, term), html("dd", {}, words)),
  );
  const list = html("dl", { class: "facts" }, ...entries);
  return html("header", {}, list, ...(map ? [miniMap(map)] : []));
}

class Profile {
  constructor(root) {
    this.explanation = new Explanation();
    this.root = html("div", { class: "profile" });
    // Streamlit listens for single letters on the page; typing here is not meant for it.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.root.addEventListener(type, (event) => event.stopPropagation());
    }
    window.addEventListener("beforeprint", () => {
      for (const part of this.root.querySelectorAll("details")) part.open = true;
    });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.root);
  }

  update(data) {
    const told = JSON.stringify(data);
    if (told === this.told) return;
    this.told = told;
    const open = Boolean(this.root.querySelector("details[open]"));
    const parts = data.tables.map((table) => drawTable(table, this.explanation));
    if (data.facts) parts.unshift(drawFacts(data.facts));
    this.root.replaceChildren(...parts);
    for (const part of this.root.querySelectorAll("details")) part.open = open;
    this.root.dataset.drawn = data.name;
  }
}

const profiles = new WeakMap();

export function render({ parentElement, data }) {
  if (!profiles.has(parentElement)) profiles.set(parentElement, new Profile(parentElement));
  profiles.get(parentElement).update(data);
}
