// Classes with bounds, colours and counts; the city's value at its class; other statuses.

class Legend {
  constructor(actions) {
    this.actions = actions;
    this.lit = null;
    this.pinned = null; // the class of a square that stays lit
    this.unit = html("span", { class: "unit" });
    this.list = html("ul", { class: "classes" });
    this.element = html(
      "section",
      { class: "legend", "aria-label": TEXTS.legend },
      html("h3", {}, TEXTS.legend, this.unit),
      svg("svg", { class: "unseen", "aria-hidden": "true" }, svg("defs", {}, ...patterns("key-"))),
      this.list,
    );
  }

  paint(picture) {
    this.picture = picture;
    const { data, frame, counts, statuses, colors, credits } = picture;
    const { breaks, unit, decimals, signed, missing, reference } = data;
    const written = [unit, decimals, signed, missing, reference, frame.reference];
    const { kinds, square } = data;
    const content = [breaks, counts, statuses, colors, credits, kinds, square, ...written];
    if (same(content, this.drawn)) return;
    this.drawn = content;
    writeText(this.unit, unitWords(unit));
    const number = (value) => writeNumber(value, data);
    const most = Math.max(...counts, 1);
    const classes = square ? [] : counts;
    const rows = classes.map((count, index) => {
      const [low, high] = [breaks[index], breaks[index + 1]].map(number);
      const last = index === counts.length - 1;
      const template = low === high ? TEXTS.class_single : last ? TEXTS.class_last : TEXTS.class;
      return this.row({
        swatch: html("span", { class: "swatch", style: `background:${colors[index]}` }),
        text: kinds?.[index] ?? fill(template, { low, high }),
        count,
        share: count / most,
        reference: picture.referenceClass === index && this.reference(picture, number),
        members: () => this.places("classes", index),
      });
    });
    if (square) rows.push(html("li", {}, this.square(picture)));
    if (!counts.length) rows.push(html("li", { class: "note" }, TEXTS.no_values));
    for (const [status, count] of statuses) {
      const plain = status === "c" || status === "r";
      rows.push(
        this.row({
          swatch: plain ? html("span", { class: "swatch none" }) : statusSwatch(status),
          text: statusWords(status, data),
          count,
          share: 0,
          silent: plain,
          members: () => this.places("shown", status),
        }),
      );
    }
    if (frame.reference !== null && picture.referenceClass === null) {
      rows.push(html("li", { class: "note" }, this.reference(picture, number)));
    }
    if (credits) rows.push(html("li", { class: "note credits" }, credits));
    this.list.replaceChildren(...rows);
    this.lit = null;
  }

  // Classes of two figures as a square, of which each cell lights up its areas.
  square({ data, counts, colors }) {
    const { titles, bounds } = data.square;
    this.cells = counts.map((count, kind) => {
      const members = () => this.places("classes", kind);
      const light = () => this.light(members);
      const dark = () => this.light(null);
      const look = `background:${colors[kind]};color:${textOn(colors[kind])}`;
      const label = fill(TEXTS.class_row, { text: data.kinds[kind], count });
      const events = { onpointerenter: light, onpointerleave: dark, onfocus: light, onblur: dark };
      const place = `grid-area:${3 - Math.floor(kind / 3)} / ${2 + (kind % 3)};${look}`;
      const onclick = () => this.pin(kind);
      const said = { type: "button", class: "cell", "aria-label": label, style: place };
      return html("button", { ...said, ...events, onclick }, formatNumber(count, 0));
    });
    const [across, upwards] = ["left", "bottom"].map((side, axis) =>
      bounds[axis].map((text, at, { length }) => {
        const share = (length === 1 ? 1.5 : at + 1) / 3;
        return html("span", { class: "tick", style: `${side}:${100 * share}%` }, text);
      }),
    );
    return html(
      "div",
      { class: "square" },
      html("p", { class: "axis-title" }, `↑ ${titles[1]}`),
      html(
        "div",
        { class: "cells" },
        html("div", { class: "upwards" }, ...upwards),
        ...this.cells,
        html("div", { class: "across" }, ...across),
      ),
      html("p", { class: "axis-title end" }, `${titles[0]} →`),
    );
  }

  pin(kind) {
    this.pinned = this.pinned === kind ? null : kind;
    this.light(null);
    this.actions.light(this.pinned);
  }

  // The areas of the class that is pointed at, which may be others now; else of the one that stays.
  light(members) {
    this.lit = members;
    const pinned = this.picture.data.square ? this.pinned : null;
    const own = pinned === null ? null : () => this.places("classes", pinned);
    const shown = members ?? own;
    this.actions.highlight(shown && new Set(shown()));
    if (this.picture.data.square) {
      this.cells.forEach((cell, kind) => write(cell, "aria-pressed", kind === pinned));
    }
  }

  places(kind, wanted) {
    const { inside } = this.picture;
    return this.picture[kind].flatMap((own, at) => (own === wanted && inside[at] ? [at] : []));
  }

  reference({ data, frame }, number) {
    return html("span", { class: "reference" }, `${data.reference} ${number(frame.reference)}`);
  }

  row({ swatch, text, count, share, reference, silent, members }) {
    const label = fill(TEXTS.class_row, { text, count });
    const light = () => this.light(members);
    const dark = () => this.light(null);
    const bar = html("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", share);
    return html(
      "li",
      {
        class: silent ? "silent" : null,
        onpointerenter: light,
        onpointerleave: dark,
        onfocusin: light,
        onfocusout: dark,
      },
      html(
        "span",
        { class: "class", tabindex: 0, role: "group", "aria-label": label },
        swatch,
        html("span", { class: "bounds" }, text, ...(reference ? [reference] : [])),
        bar,
        html("span", { class: "count" }, formatNumber(count, 0)),
      ),
    );
  }
}

function statusSwatch(status) {
  const kind = "ep".includes(status) ? "over" : "fill";
  const fillOf = status === "u" ? "var(--flat)" : `url(#key-${kind}-${status})`;
  return svg(
    "svg",
    { class: "swatch", "aria-hidden": "true", viewBox: "0 0 28 16" },
    svg("rect", { width: 28, height: 16, fill: fillOf }),
  );
}
