/* What is only asked after a certain answer: `data-shown-when="came=missed"`, or `data-shown-when="own_words"` for any
   answer at all. Without a script everything is shown. */
export function startShown(root) {
  for (const part of root.querySelectorAll("[data-shown-when]")) {
    const form = part.closest("form");
    const [name, wanted] = part.dataset.shownWhen.split("=");
    const look = () => {
      const value = new FormData(form).get(name) ?? "";
      part.hidden = wanted === undefined ? value.trim() === "" : value !== wanted;
    };
    if (part.querySelector(".govuk-error-message")) continue; // what is to be mended stays in sight
    form.addEventListener("change", look);
    form.addEventListener("input", look);
    look();
  }
}
