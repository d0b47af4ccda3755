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

// In which area of every higher level each area lies, nearest level first. A level whose
// boundaries are not there ends the line.
function lineage(layer, higher, columns) {
  let own = layer.areas;
  return higher.flatMap(({ areas }, place) => {
    const known = new Map(areas.map((area) => [area.id, area]));
    own = own.map((area) => known.get(area?.parent) ?? null);
    return own.some(Boolean) ? [{ title: columns[place], areas: own }] : [];
  });
}

// A path starts relative to nothing; as one of several it has to start absolutely.
function joinedPath(areas) {
  return areas.map((area) => "M" + area.path.slice(1)).join("");
}
