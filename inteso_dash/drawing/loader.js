// Sent with every change, therefore short: the component itself is fetched once
// from the server, from an address that changes with its content.
const absolute = (url) => new URL(url, document.baseURI).href;
const component = import(absolute("__MODULE_URL__"));

// The first geometry of a map travels at the same time as the component.
function preload(url) {
  if (!url || document.head.querySelector(`link[href="${url}"]`)) return;
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: absolute(url) });
  document.head.append(link);
}
let ahead = preload;

export default function render(mount) {
  const root = mount.parentElement;
  ahead?.(mount.data?.geometry);
  ahead = null;
  component
    .then(({ render: draw }) => draw(mount))
    .catch((error) => {
      console.error(error);
      root.textContent = "__FAILED__";
    });
  return () => component.then(({ leave }) => leave(root), () => {});
}
