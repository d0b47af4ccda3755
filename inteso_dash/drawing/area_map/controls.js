// What stands around the map: Stichtag, boundaries, the card of the selected area.

const LET_GO_AFTER = 350;

class DateStepper {
  constructor(onStep, onLetGo) {
    this.onStep = onStep;
    this.onLetGo = onLetGo;
    this.range = html("input", { type: "range", min: 0, step: 1, "aria-label": TEXTS.date });
    this.range.addEventListener("input", () => this.onStep(Number(this.range.value)));
    this.range.addEventListener("change", () => this.waitAndLetGo());
    this.earlier = this.button(TEXTS.date_earlier, "‹", -1);
    this.later = this.button(TEXTS.date_later, "›", 1);
    this.label = html("output", {});
    this.element = html(
      "div",
      { class: "dates", role: "group", "aria-label": TEXTS.date },
      this.earlier,
      this.range,
      this.later,
      this.label,
    );
  }

  button(label, sign, by) {
    const step = () => {
      this.onStep(Number(this.range.value) + by);
      this.waitAndLetGo();
    };
    return html("button", { type: "button", title: label, "aria-label": label, onclick: step }, sign);
  }

  waitAndLetGo() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(this.onLetGo, LET_GO_AFTER);
  }

  paint(frames, index) {
    this.element.hidden = frames.length < 2;
    this.range.max = frames.length - 1;
    this.range.value = index;
    write(this.range, "aria-valuetext", frames[index].date);
    writeText(this.label, frames[index].date);
    this.earlier.disabled = index === 0;
    this.later.disabled = index === frames.length - 1;
  }
}

// Toggles for boundaries of higher levels and for study areas.
class Toggles {
  constructor(onChange) {
    this.onChange = onChange;
    this.on = new Map();
    this.element = html("fieldset", { class: "toggles", "aria-label": TEXTS.overlays });
  }

  paint(overlays, marked) {
    const wanted = [
      ...overlays.map(([url, title, , , , , first]) => [`line ${url}`, title, first]),
      ...marked.map(([id, title]) => [`mark ${id}`, title, false]),
    ];
    if (String(wanted) === this.drawn) return;
    this.drawn = String(wanted);
    const labels = wanted.map(([name, title, atFirst]) => {
      if (!this.on.has(name)) this.on.set(name, atFirst);
      const box = html("input", { type: "checkbox" });
      box.checked = this.on.get(name);
      box.addEventListener("change", () => {
        this.on.set(name, box.checked);
        this.onChange();
      });
      return html("label", { class: name.slice(0, 4) }, box, title);
    });
    this.element.replaceChildren(...labels);
    this.element.hidden = !labels.length;
  }

  shows(kind, name) {
    return this.on.get(`${kind} ${name}`) === true;
  }
}

class AreaCard {
  constructor(actions) {
    this.actions = actions;
    this.element = html("section", { class: "card" });
  }

  paint({ data, frame, selected, areas, classes, referenceClass }, describe) {
    const own = selected === null ? null : [areas[selected].id, describe(selected), frame.values[selected]];
    const content = [own, data.card, data.reference, frame.reference, data.decimals, data.breaks];
    if (JSON.stringify(content) === this.drawn) return;
    this.drawn = JSON.stringify(content);
    this.element.classList.toggle("empty", selected === null);
    if (selected === null) {
      this.element.replaceChildren(html("p", {}, TEXTS.card_none));
      return;
    }
    const area = areas[selected];
    const { value, rank, status } = own[1];
    const clear = { type: "button", class: "clear", title: TEXTS.card_clear };
    const parts = [
      html("button", { ...clear, "aria-label": TEXTS.card_clear, onclick: this.actions.clear }, "×"),
      html("h3", {}, area.name, keyBeside(area, data)),
      html("p", { class: "value" }, value),
    ];
    const notes = [rank, status];
    if (classes[selected] !== null && referenceClass !== null) {
      notes.unshift(this.difference(data, frame, selected));
    }
    parts.push(html("p", { class: "note" }, notes.filter(Boolean).join(" · ")));
    if (data.card?.id === area.id) parts.push(...this.more(data));
    this.element.replaceChildren(...parts);
  }

  difference(data, frame, selected) {
    const signed = writeDifference(frame.values[selected] - frame.reference, data.decimals);
    if (!/^[+−]/.test(signed)) return fill(TEXTS.card_same, { reference: data.reference });
    const unit = data.unit === "%" ? TEXTS.points : data.unit;
    const words = { difference: withUnit(signed, unit), reference: data.reference };
    return fill(TEXTS.card_difference, words);
  }

  more(data) {
    const figures = data.card.figures.flatMap(([label, value]) => [
      html("dt", {}, label),
      html("dd", {}, value),
    ]);
    const { note } = data.card;
    const parts = note ? [html("p", { class: "note" }, note)] : [];
    if (figures.length) parts.push(html("dl", {}, ...figures));
    const address = data.card.href ? new URL(data.card.href, document.baseURI) : null;
    if (address && ["http:", "https:"].includes(address.protocol)) {
      const open = (event) => {
        if (!data.opens || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.actions.open(data.card.id);
      };
      const link = { class: "open", href: address.href, target: "_self", onclick: open };
      parts.push(html("a", link, TEXTS.card_open));
    }
    return parts;
  }
}
