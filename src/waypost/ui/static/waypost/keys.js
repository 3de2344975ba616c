/* Alt and a letter presses what carries `data-key`: a link or a button. Each such thing says so in `aria-keyshortcuts`. */
export function startKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith("Key")) return;
    const pressed = root.querySelector(`[data-key="${event.code.slice(3).toLowerCase()}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
}
