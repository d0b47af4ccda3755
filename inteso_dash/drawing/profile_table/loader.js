// The component itself is fetched once, from an address that changes with its content.
const component = import(new URL("__MODULE_URL__", document.baseURI).href);

export default async function render(mount) {
  try {
    (await component).render(mount);
  } catch (error) {
    console.error(error);
    mount.parentElement.textContent = "__FAILED__";
  }
}
