// Runs before the page: when was it drawn, and how long does a change take until it is drawn?
(() => {
  let root = null;
  const stands = () => {
    if (!root?.isConnected) {
      root = null;
      for (const element of document.querySelectorAll("*")) {
        root = element.shadowRoot?.querySelector("[data-drawn]") ?? null;
        if (root) break;
      }
    }
    return root;
  };
  // `seen`: before the application takes it over, too.
  const seen = () => (stands() ? "" : null);
  const map = () => stands()?.dataset.painted ?? null;
  const text = () => document.querySelector('[data-testid="stText"]')?.textContent || null;
  const plotly = () => {
    const layout = document.querySelector(".js-plotly-plot")?._fullLayout;
    const drawn = layout?.map?._subplot?.map;
    return drawn?.loaded() && drawn.isStyleLoaded() ? layout.title.text : null;
  };
  const heading = () => document.querySelector("h1")?.textContent || null;
  const kinds = { seen, map, text, plotly, heading };
  // To the end of the frame in which it stands, before what the page has left for later.
  const frameDone = (resolve) =>
    scheduler.postTask(
      () => {
        performance.mark("inteso-drawn");
        resolve(performance.now());
      },
      { priority: "user-blocking" },
    );
  const until = (kind, before) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        const now = kinds[kind]();
        if (now !== null && now !== before) frameDone(resolve);
        else if (performance.now() - began > 60_000) reject(new Error(`${kind}: not drawn`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });

  // From the start of the page until one of its own kind stands.
  const first = {};
  const begin = () => {
    const fresh = Object.keys(kinds).filter((kind) => !first[kind] && kinds[kind]() !== null);
    for (const kind of fresh) first[kind] = new Promise(frameDone);
    if (!["map", "text", "plotly"].some((kind) => first[kind])) requestAnimationFrame(begin);
  };
  requestAnimationFrame(begin);
  window.firstDrawn = (kind) => first[kind] ?? until(kind, null).then(() => first[kind]);
  // `any`: the next frame counts, whatever it shows.
  window.armStopwatch = (kind, hand = "pointerdown", any = false) => {
    const before = any ? undefined : kinds[kind]();
    window.change = new Promise((resolve, reject) => {
      addEventListener(
        hand,
        (event) => {
          performance.mark("inteso-press");
          until(kind, before).then((drawn) => resolve(drawn - event.timeStamp), reject);
        },
        { capture: true, once: true },
      );
    });
  };
})();
