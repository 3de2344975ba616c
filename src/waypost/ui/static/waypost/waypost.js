/* The one module of ours: starts the released components, then our own. Every page works without it. */
import { initAll } from "../vendor/govuk-frontend-6.6.0/govuk-frontend.min.js";
import { startKeys } from "./keys.js";
import { startShown } from "./shown.js";
import { startUploads } from "./upload.js";

async function start() {
  initAll();
  startUploads(document, start);
  startShown(document);
  if (document.querySelector('[data-module^="moj-"]')) {
    const moj = await import("../vendor/moj-frontend-11.1.0/moj-frontend.min.js");
    moj.initAll();
  }
  if (document.querySelector("[data-answers]")) {
    const answers = await import("./answers.js");
    await answers.startAnswers(document);
  }
  if (document.querySelector("[data-draft]") || isAnythingKept()) {
    const drafts = await import("./drafts.js");
    await drafts.startDrafts(document);
  }
}

/* Words that a page could not save and left on this device. */
function isAnythingKept() {
  try {
    return Boolean(localStorage.getItem("wp-kept"));
  } catch {
    return false; // a browser that keeps nothing
  }
}

startKeys(document);
start();
