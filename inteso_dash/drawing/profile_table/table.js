// A table with heads for columns and rows; numbers stand right-aligned under each other.

const LONG = 14;

function drawTable(data, explanation, jumps) {
  const groups = data.groups.flatMap((group) => drawGroup(group, data, explanation, jumps));
  const table = html("table", {}, ...groups);
  const frame = html("div", { class: "scroll", tabindex: 0, role: "group" }, table);
  const section = html(data.folded ? "details" : "section", {}, frame);
  drawAround(section, frame, data);
  return section;
}

function drawAround(section, frame, data) {
  const hint = html("span", { class: "hint", "aria-hidden": "true" }, TEXTS.hint);
  const caption = html("caption", {}, html("h2", {}, data.title), hint);
  const [table] = frame.children;
  table.className = data.columns.some(([, kind]) => kind === "place") ? "spread" : "";
  table.caption = caption;
  table.tHead = columnHeads(data);
  write(frame, "aria-label", fillIn(TEXTS.scroll, { title: data.title }));
  const parts = [stuckHead(data, frame), frame, ...drawKey(data), ...drawSources(data)];
  if (data.folded) {
    caption.className = "unseen";
    parts.unshift(html("summary", {}, data.title));
  }
  hold(section, parts);
  section.data = data;
}

// Lets an element hold just these children; those that it holds already are not touched, which
// spares their layout.
function hold(element, children) {
  for (const child of [...element.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, index) => {
    if (element.children[index] !== child) element.insertBefore(child, element.children[index]);
  });
}

// A table whose rows are those of one that is drawn takes its place: only what differs is drawn.
function redrawTable(section, data, explanation, jumps) {
  if (!section || shapeOf(section.data) !== shapeOf(data)) {
    return drawTable(data, explanation, jumps);
  }
  const rows = section.querySelectorAll("tbody > tr:not(.heads)");
  const before = rowsOf(section.data);
  rowsOf(data).forEach((row, place) => {
    const { cells } = rows[place];
    const ask = row.title && cells[0].querySelector(".ask");
    if (ask) ask.about = aboutOf(row);
    row.cells.forEach((cell, index) => {
      if (JSON.stringify(cell) === JSON.stringify(before[place].cells[index])) return;
      const at = cells.length - row.cells.length + index;
      cells[at].replaceWith(drawCell(cell, data.columns[index][1], explanation));
    });
  });
  drawAround(section, section.querySelector(".scroll"), data);
  return section;
}

const rowsOf = ({ groups }) => groups.flatMap(([, , rows]) => rows);

// What says the same of two tables of which one can be drawn into the other.
function shapeOf({ folded, columns, groups }) {
  const kinds = columns.map(([, kind]) => kind);
  const unit = kinds.indexOf("unit");
  const shapes = groups.map(([title, below, rows]) => [
    title,
    below,
    rows.map((row) => [row.title, row.below, row.span, Boolean(row.about), row.cells[unit]]),
  ]);
  return JSON.stringify([folded, kinds, shapes]);
}

function columnHeads({ head, columns }) {
  const grouped = columns.some(([, , , group]) => group);
  const first = html("th", { scope: "col", class: "name", rowspan: grouped ? 2 : null }, head);
  const own = columns.map(([title, kind, below, , sign]) => {
    const parts = below ? [html("span", { class: "below" }, below)] : [];
    const words = [...(sign ? [signOf(sign)] : []), title];
    const together = title.length > LONG ? words : [html("span", { class: "together" }, ...words)];
    return html("th", { scope: "col", class: kind }, ...together, ...parts);
  });
  if (!grouped) return html("thead", {}, html("tr", {}, first, ...own));
  const shared = [];
  for (const [, kind, , group] of columns) {
    const last = shared.at(-1);
    if (last?.group === group) last.span += 1;
    else shared.push({ group, span: 1, kind });
  }
  const above = shared.map(({ group, span, kind }) =>
    html("th", { scope: "colgroup", colspan: span, class: `group ${kind}` }, group),
  );
  return html("thead", {}, html("tr", {}, first, ...above), html("tr", {}, ...own));
}

function drawGroup([title, below, rows], { columns, folded }, explanation, jumps) {
  const drawn = rows.map((row) => drawRow(row, columns, explanation, folded ? null : jumps));
  if (!title) return [html("tbody", {}, ...drawn)];
  const words = [html("span", { class: "stay" }, title)];
  if (below) words.push(html("span", { class: "below" }, below));
  const span = columns.length + 1;
  const head = html("th", { scope: "rowgroup", colspan: span, class: "topic" }, ...words);
  if (!folded) jumps.add("topic", title, head);
  return [html("tbody", {}, html("tr", { class: "heads" }, head), ...drawn)];
}

// The explanation of a row ends with where its value lies.
function aboutOf({ about, cells }) {
  const place = cells.find(Array.isArray);
  return about && place ? [...about, place.at(-1)] : about;
}

function drawRow(row, columns, explanation, jumps) {
  const { title, below, span, cells } = row;
  const parts = [];
  if (title) {
    const words = rowTitle(title, aboutOf(row), explanation);
    const unit = columns.findIndex(([, kind]) => kind === "unit");
    if (unit >= 0) words.push(html("span", { class: "below unit-here" }, cells[unit]));
    if (below) words.push(html("span", { class: "below" }, below));
    const head = { scope: span > 1 ? "rowgroup" : "row", rowspan: span > 1 ? span : null };
    parts.push(html("th", { ...head, class: "name" }, ...words));
    jumps?.add("row", title, parts[0]);
  }
  cells.forEach((cell, index) => parts.push(drawCell(cell, columns[index][1], explanation)));
  return html("tr", { class: title && span > 1 ? "first" : null }, ...parts);
}

// The question mark never stands alone on a line.
function rowTitle(title, about, explanation) {
  if (!about) return [title];
  const cut = title.lastIndexOf(" ") + 1;
  const label = fillIn(TEXTS.explain, { title });
  const ask = explanation.buttonFor(about, label, "ask", "?");
  return [title.slice(0, cut), html("span", { class: "together" }, title.slice(cut), ask)];
}

function drawCell(cell, kind, explanation) {
  const holder = html("td", { class: kind });
  if (cell === null) return holder;
  if (typeof cell === "string") holder.append(cell);
  else if (Array.isArray(cell)) holder.append(placeStrip(cell));
  else if (cell.trend) drawTrend(holder, cell, explanation);
  else drawFigure(holder, cell, explanation);
  return holder;
}

function drawFigure(holder, { text, mark, spoken, below, about }, explanation) {
  const plain = html("span", { class: "number" }, text);
  if (about) {
    const label = fillIn(TEXTS.why, { text, spoken: spoken ?? "" });
    holder.append(explanation.buttonFor(about, label, "number why", text));
  } else if (spoken && !mark) {
    plain.setAttribute("aria-hidden", "true");
    holder.append(plain, html("span", { class: "unseen" }, spoken));
  } else {
    holder.append(plain);
  }
  const sign = html("span", { class: "mark", "aria-hidden": "true" }, mark ?? "");
  holder.append(sign);
  if (mark) holder.append(html("span", { class: "unseen" }, ` ${spoken}`));
  if (below) holder.append(html("span", { class: "below" }, below));
}

function drawSources({ source, citations }) {
  const parts = source ? [html("p", { class: "origin" }, source)] : [];
  if (citations.length) {
    const entries = citations.map((citation) => html("li", {}, citation));
    parts.push(html("ol", { class: "origin", "aria-label": TEXTS.citations }, ...entries));
  }
  return parts;
}

function drawKey({ key, placeKey, columns, groups }) {
  const parts = [];
  if (key.length) {
    const entries = key.map(([sign, meaning]) => {
      const words = sign ? [html("dt", {}, sign), html("dd", {}, meaning)] : [html("dd", {}, meaning)];
      return html("div", {}, ...words);
    });
    parts.push(html("dl", { class: "key", "aria-label": TEXTS.key }, ...entries));
  }
  if (placeKey) {
    const others = columns.filter((column) => column[4]).map((_, index) => [0.12, 0.38, 0.93][index]);
    const cells = groups.flatMap(([, , rows]) => rows.flatMap((row) => row.cells));
    const reach = cells.some((cell) => Array.isArray(cell) && cell[6]) ? [0.72, 0.88] : null;
    const sample = placeStrip([0.3, 0.45, 0.62, 0.8, 0.52, others, reach, false, ""]);
    sample.setAttribute("aria-hidden", "true");
    parts.push(html("p", { class: "place-key" }, sample, html("span", {}, placeKey)));
  }
  return parts;
}
