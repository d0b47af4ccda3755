// Heads that stay in sight. The heads of a table that scrolls sideways cannot stay themselves, so
// a short copy of them, which only eyes need, lies over the table and follows it sideways.

// Pixels of a table that have to be left under its heads.
const LEAST = 32;

function stuckHead({ columns }, frame) {
  const [name, , below] = columns.find(([, kind]) => kind === "own") ?? ["", "", ""];
  const cells = columns.map(([title, kind, under, group, sign]) =>
    stuckCell(kind, group || title, group ? title : under, sign),
  );
  const first = stuckCell("name", columns.some((column) => column[3]) ? "" : name, below, 0);
  const bar = html("div", { class: "bar", hidden: true }, first, ...cells);
  const stuck = html("div", { class: "stuck", "aria-hidden": "true" }, bar);
  frame.onscroll = () => { bar.scrollLeft = frame.scrollLeft; };
  return stuck;
}

function stuckCell(kind, title, below, sign) {
  const words = html("span", { class: "words" }, ...(sign ? [signOf(sign)] : []), title);
  const parts = below ? [html("span", { class: "below" }, below)] : [];
  return html("div", { class: kind, title: [title, below].join(" ").trim() }, words, ...parts);
}

class StuckHeads {
  constructor(signal) {
    this.stuck = [];
    const place = () => this.place();
    window.addEventListener("scroll", place, { capture: true, passive: true, signal });
    this.sizes = new ResizeObserver(() => {
      for (const { firstElementChild: bar } of this.stuck) bar.hidden = true;
      this.place();
    });
  }

  follow(stuck) {
    this.stuck = stuck;
    this.sizes.disconnect();
    for (const each of stuck) this.sizes.observe(each.nextElementSibling);
  }

  place() {
    for (const each of this.stuck) {
      const [bar, frame] = [each.firstElementChild, each.nextElementSibling];
      const [head, body] = [frame.querySelector("thead"), frame.getBoundingClientRect()];
      const { top } = each.getBoundingClientRect();
      const passed = head.getBoundingClientRect().bottom <= top;
      const hidden = !passed || body.bottom < top + bar.offsetHeight + LEAST;
      if (hidden === bar.hidden) continue;
      bar.hidden = hidden;
      if (!hidden) this.measure(bar, frame, head);
    }
  }

  measure(bar, frame, head) {
    const heads = [head.rows[0].cells[0], ...[...head.rows].at(-1).cells];
    const own = head.rows.length > 1 ? heads : heads.slice(1);
    own.forEach((cell, index) => {
      bar.children[index].style.width = `${cell.getBoundingClientRect().width}px`;
    });
    bar.style.width = `${frame.clientWidth}px`;
    bar.scrollLeft = frame.scrollLeft;
  }
}
