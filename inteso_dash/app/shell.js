// What Streamlit's page has no setting for: German where it speaks English only, wide tables that
// keys reach, and a Back button that returns to the view one left.
(() => {
  const WORDS = new Map(Object.entries({
    "Skip to main content": "Zum Inhalt",
    "App pages": "Seiten",
    "Choose an option": "Bitte wählen",
    "Choose options": "Bitte wählen",
    "Open": "Öffnen",
    "Close": "Schließen",
    "No results": "Kein Treffer",
    "Clear all": "Alle entfernen",
    "Clear value": "Leeren",
    "Select all": "Alle wählen",
    "Selected values": "Gewählt",
    "Selectbox options": "Auswahl",
    "Multiselect options": "Auswahl",
    "All selected options have been cleared.": "Alle Einträge sind entfernt.",
    "Decrement": "Verringern",
    "Increment": "Erhöhen",
    "Press Enter to apply": "Eingabetaste übernimmt",
    "Show/hide columns": "Spalten wählen",
    "Download as CSV": "CSV",
    "Search": "Suchen",
    "Close Search": "Suche schließen",
    "Previous Result": "Voriger Treffer",
    "Next Result": "Nächster Treffer",
    "Fullscreen": "Ganzes Fenster",
    "Close fullscreen": "Ganzes Fenster verlassen",
    "Dataframe column menu": "Menü der Spalte",
    "Copy column name": "Spaltenname kopieren",
    "Sort ascending": "Aufsteigend sortieren",
    "Sort descending": "Absteigend sortieren",
    "Autosize": "Breite anpassen",
    "Pin column": "Spalte festhalten",
    "Unpin column": "Spalte lösen",
    "Hide column": "Spalte ausblenden",
    "Copy to clipboard": "Kopieren",
    "Copied": "Kopiert",
    "Upload": "Datei wählen",
    "file upload": "Datei wählen",
    "Add files": "Weitere Datei",
    "Drag and drop a file here": "Datei hierher ziehen",
    "Drag and drop files here": "Dateien hierher ziehen",
    "Connecting": "Verbindung wird hergestellt",
    "Connection error": "Keine Verbindung",
    "Error:": "Fehler:",
    "Failed to generate file for download":
      "Die Datei ließ sich nicht herstellen. Der Fehler steht im Protokoll der Anwendung.",
    "Page not found": "Diese Seite gibt es nicht",
  }));
  const PATTERNS = [
    [/^(\d+) options? available\.$/, "Einträge: $1"],
    [/^(\d+) more$/, "$1 weitere"],
    [/^Help for (.+)$/, "Erläuterung: $1"],
    [/^Remove (.+)$/, "$1 entfernen"],
    [/^Add: (.+)$/, "Hinzufügen: $1"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Höchstens $1. Entfernen Sie zuerst einen Eintrag."],
    [/^(?:Error: )?Number is outside the allowed range\. Please enter a value between (\S+) and (\S+?)\.$/,
      "Erlaubt sind Werte von $1 bis $2."],
    [/^(?:Error: )?Number is above the allowed range\..*?(\d\S*?)\.$/, "Erlaubt sind Werte bis $1."],
    [/^(?:Error: )?Number is below the allowed range\..*?(\d\S*?)\.$/, "Erlaubt sind Werte ab $1."],
    [/^(.*) files are not allowed\.$/, "Dateien der Art $1 nimmt diese Seite nicht an."],
    [/^File must be (.+) or smaller\.$/, "Die Datei darf höchstens $1 groß sein."],
    [/^(\S+) per file(.*)$/, "bis $1$2"],
    [/^(?:You have requested page \/|The page that you have requested ).*Running the app's main page\.$/,
      "Gezeigt wird die Startseite. Die Seiten stehen oben in der Leiste."],
    [/^(?:Is Streamlit still running|Streamlit server is not responding).*$/s,
      "Der Server antwortet nicht. Läuft die Anwendung noch? Starten Sie sie neu."],
  ];
  const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];

  function german(text) {
    const plain = text.trim();
    const word = WORDS.get(plain);
    if (word !== undefined) return word;
    const found = PATTERNS.find(([pattern]) => pattern.test(plain));
    return found === undefined ? undefined : plain.replace(found[0], found[1]);
  }

  function setText(node) {
    const word = german(node.data);
    if (word !== undefined && word !== node.data) node.data = word;
  }

  function setAttribute(element, name) {
    const found = element.getAttribute(name);
    const word = found ? german(found) : undefined;
    if (word !== undefined && word !== found) element.setAttribute(name, word);
  }

  const TABLE = "stTable";
  const tables = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const place = target.closest(`[data-testid="${TABLE}"] > div`);
      const wide = place?.scrollWidth > place?.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Tabelle"]]) {
        if (wide) place.setAttribute(name, value);
        else place?.removeAttribute(name);
      }
    }
  });

  function watchTable(element) {
    const table = element.querySelector("table");
    for (const each of [table, table?.parentElement]) if (each) tables.observe(each);
  }

  function prepare(root) {
    if (root.nodeType === Node.TEXT_NODE) return setText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node !== null; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        setText(node);
        continue;
      }
      for (const name of ATTRIBUTES) setAttribute(node, name);
      if (node.dataset?.testid === TABLE) watchTable(node);
    }
    return undefined;
  }

  // What stands on the page until the application has drawn something; a map in it until the
  // application has taken it over, or has run and shows none.
  const TAKEN_OVER_WITHIN = 3000;
  const STATE = "data-test-script-state";
  let ending = null;
  function endBegin() {
    const begin = document.getElementById("begin");
    if (!begin || !document.querySelector('[data-testid="stElementContainer"]')) return;
    if (!document.getElementById("begin-map")) begin.remove();
    else if (document.querySelector(`[${STATE}="notRunning"]`))
      ending ??= setTimeout(() => begin.remove(), TAKEN_OVER_WITHIN);
  }

  new MutationObserver((changes) => {
    endBegin();
    for (const change of changes) {
      if (change.type === "attributes") setAttribute(change.target, change.attributeName);
      else if (change.type === "characterData") setText(change.target);
      else change.addedNodes.forEach(prepare);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: [...ATTRIBUTES, STATE],
  });

  // A choice of the reader is a step that Back undoes. What the application names in the address
  // without one, such as what a link left open, replaces it.
  let chosen = false;
  for (const act of ["pointerdown", "keydown"])
    addEventListener(act, () => { chosen = true; }, { capture: true, passive: true });

  // On its way to another page Streamlit first gives the page it leaves the query of the other, as
  // an entry of its own: the other page takes its place. Parameters of two pages have no name in
  // common. On a page that bears none, a choice looks the same, but no other page follows.
  const ON_ITS_WAY = 5000;
  const { pushState, replaceState } = history;
  let brought = null;
  history.pushState = function push(state, title, url) {
    const target = new URL(url ?? location.href, location.href);
    if (target.href === location.href) return replaceState.call(history, state, title, url);
    const away = target.pathname !== location.pathname;
    const arrives = away && target.search === brought?.query && Date.now() < brought.until;
    const here = new URLSearchParams(location.search);
    const names = [...target.searchParams.keys()];
    const other = !away && !names.some((key) => here.has(key));
    brought = other ? { query: target.search, until: Date.now() + ON_ITS_WAY } : null;
    const step = away ? !arrives : chosen || (other && names.length && here.size);
    chosen = false;
    return (step ? pushState : replaceState).call(history, state, title, url);
  };
  history.replaceState = function replace(...entry) {
    brought = null;
    return replaceState.apply(history, entry);
  };
  addEventListener("popstate", () => { brought = null; chosen = false; });
})();
