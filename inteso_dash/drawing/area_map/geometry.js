// Every geometry file is fetched once per session, however often the map changes.

const layers = new Map();

function loadLayer(url) {
  if (!layers.has(url)) {
    const layer = fetch(new URL(url, document.baseURI)).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    });
    layer.catch(() => layers.delete(url));
    layers.set(url, layer);
  }
  return layers.get(url);
}

// A path starts relative to nothing; as one of several it has to start absolutely.
function joinedPath(areas) {
  return areas.map((area) => "M" + area.path.slice(1)).join("");
}
