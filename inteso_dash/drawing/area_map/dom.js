// Building the page: names and figures only ever enter as text.

const SVG_SPACE = "http://www.w3.org/2000/svg";

function assign(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children);
  return element;
}

function html(tag, attributes = {}, ...children) {
  return assign(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return assign(document.createElementNS(SVG_SPACE, tag), attributes, children);
}

// Writes only what has changed, so that the browser repaints only that.
function write(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

function writeText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function whenIdle(task) {
  if (window.requestIdleCallback) window.requestIdleCallback(task, { timeout: 200 });
  else setTimeout(task, 0);
}

// What is shown, of when, for how many areas: above the map and above the table.
function heading({ title, count, areas, inside }, { date }) {
  const note = inside ? inside.words : fill(TEXTS.heading_note, { count, areas });
  return [`${fill(TEXTS.heading, { title, date })}\u2002`, html("span", { class: "note" }, note)];
}

const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

// The key of an area, unless its name ends with it already.
function keyBeside({ name, id }, { keyless }) {
  return keyless || name.endsWith(`(${id})`) ? "" : html("span", { class: "key" }, id);
}
