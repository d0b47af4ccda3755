// Runs before the page: when was it drawn, and how long does a change take until it is drawn?
(() => {
  let root = null;
  const map = () => {
    if (!root?.isConnected) {
      root = null;
      for (const element of document.querySelectorAll("*")) {
        root = element.shadowRoot?.querySelector("[data-painted]") ?? null;
        if (root) break;
      }
    }
    return Number(root?.dataset.painted) ? root.dataset.painted : null;
  };
  const text = () => document.querySelector('[data-testid="stText"]')?.textContent || null;
  const plotly = () => {
    const layout = document.querySelector(".js-plotly-plot")?._fullLayout;
    const drawn = layout?.map?._subplot?.map;
    return drawn?.loaded() && drawn.isStyleLoaded() ? layout.title.text : null;
  };
  const kinds = { map, text, plotly };
  // To the end of the frame in which it stands.
  const frameDone = (resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      performance.mark("inteso-drawn");
      resolve(performance.now());
    };
    port2.postMessage(null);
  };
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

  window.firstDrawn = (kind) => until(kind, null);
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
