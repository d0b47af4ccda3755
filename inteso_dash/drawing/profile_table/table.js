// A table with heads for columns and rows; numbers stand right-aligned under each other.

const LONG = 14;

function drawTable(data, explanation, jumps) {
  const heads = columnHeads(data);
  const groups = data.groups.flatMap((group) => drawGroup(group, data, explanation, jumps));
  const hint = html("span", { class: "hint", "aria-hidden": "true" }, TEXTS.hint);
  const caption = html("caption", {}, html("h2", {}, data.title), hint);
  const spread = data.columns.some(([, kind]) => kind === "place");
  const table = html("table", { class: spread ? "spread" : null }, caption, heads, ...groups);
  const label = fillIn(TEXTS.scroll, { title: data.title });
  const frame = html("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label });
  frame.append(table);
  const shown = [stuckHead(data, frame), frame];
  const foot = [...drawKey(data), ...drawSources(data)];
  if (!data.folded) return html("section", {}, ...shown, ...foot);
  const summary = html("summary", {}, data.title);
  caption.className = "unseen";
  return html("details", {}, summary, ...shown, ...foot);
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
  if (!folded) jumps.add(jumps.topics, title, head);
  return [html("tbody", {}, html("tr", {}, head), ...drawn)];
}

function drawRow({ title, below, about, span, cells }, columns, explanation, jumps) {
  const parts = [];
  if (title) {
    const place = cells.find(Array.isArray);
    const told = about && place ? [...about, place.at(-1)] : about;
    const words = rowTitle(title, told, explanation);
    const unit = columns.findIndex(([, kind]) => kind === "unit");
    if (unit >= 0) words.push(html("span", { class: "below unit-here" }, cells[unit]));
    if (below) words.push(html("span", { class: "below" }, below));
    const head = { scope: span > 1 ? "rowgroup" : "row", rowspan: span > 1 ? span : null };
    parts.push(html("th", { ...head, class: "name" }, ...words));
    jumps?.add(jumps.rows, title, parts[0]);
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
