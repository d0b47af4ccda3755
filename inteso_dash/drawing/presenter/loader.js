// Sent with every change, therefore short: the component itself is fetched once
// from the server, from an address that changes with its content.
const absolute = (url) => new URL(url, document.baseURI).href;
const component = import(absolute("__MODULE_URL__"));

export default function render(mount) {
  component
    .then(({ render: draw }) => draw(mount))
    .catch((error) => {
      console.error(error);
      mount.parentElement.textContent = "__FAILED__";
    });
  return () => component.then(({ leave }) => leave(mount.parentElement), () => {});
}
