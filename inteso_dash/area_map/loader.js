// Sent with every change, therefore short: the component itself is fetched once
// from the server, from an address that changes with its content.
const component = import(new URL("__MODULE_URL__", document.baseURI).href);

export default async function render(mount) {
  const root = mount.parentElement;
  try {
    (await component).render(mount);
  } catch (error) {
    console.error(error);
    root.textContent = "__FAILED__";
  }
}
