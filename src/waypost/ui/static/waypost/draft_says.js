/* What a form with a draft says of its words. Saved, kept on this device, and not part of the record yet are different
   sentences, and none stands for another. A change of state is said aloud once, politely; a time is only shown. */

const DONE = "wp-saved";
const HELD = "wp-saved wp-saved--hold";
const NOT = "wp-saved wp-saved--not";
const STATES = {
  typing: { look: HELD, words: "Not part of the record yet. The newest words are not saved yet.", aloud: false },
  saved: { look: DONE, words: "Saved as a draft. Not part of the record yet." },
  lost: { look: NOT, words: "The connection is lost. It is tried again by itself; you can keep typing." },
  "signed out": { look: NOT, words: "You were signed out." },
  closed: { look: NOT, words: "This record is not open to you now. Ask its case manager, or a manager." },
  stranger: { look: NOT, words: "Somebody else has signed in on this browser. Your words come back when you do." },
  refused: { look: NOT, words: "" },
  conflict: { look: NOT, words: "Other words of yours were saved from another page. Both are shown." },
  ended: { look: NOT, words: "Not saved. The words of this form are in the record already, or were thrown away." },
  back: { look: HELD, words: "Words kept on this device are back in this form. They are not saved yet." },
};
const KEPT = "Kept on this device, not saved.";
const NOT_KEPT = "Not saved, and nothing can be kept on this device: leave this page open.";

export class Says {
  constructor(state) {
    this.line = state.querySelector("[data-draft-words]");
    this.near = null; // the same line under the long box in which somebody types, far above the button
    this.aloud = state.querySelector("[data-draft-said]");
    this.last = "";
  }

  /* `kept`: whether the words are on this device; undefined where that is not the question. */
  say(name, { at, kept, reason, leads } = {}) {
    const { look, words, aloud = true } = STATES[name];
    const where = kept === undefined ? "" : kept ? KEPT : NOT_KEPT;
    const sentences = [where, reason ?? words].filter(Boolean).join(" ");
    const span = document.createElement("span");
    span.textContent = at ? `${sentences} ${clock(at)}` : sentences;
    if (leads?.startsWith("/")) span.append(" ", link(leads, "Sign in again"), kept ? " and your words come back." : ".");
    this.line.className = look;
    this.line.replaceChildren(span);
    this.repeat();
    if (!aloud || this.last === sentences) return;
    this.last = sentences;
    this.aloud.textContent = sentences;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.aloud.replaceChildren(), 5000);
  }

  /* What is typed in now. */
  typedIn(box) {
    const group = box?.type === "textarea" ? box.closest(".govuk-form-group") : null;
    if (!group || group.nextElementSibling === this.near) return;
    this.near?.remove();
    this.near = document.createElement("p");
    group.after(this.near);
    this.repeat();
  }

  repeat() {
    if (!this.near) return;
    this.near.className = `${this.line.className} wp-draft-near`;
    this.near.replaceChildren(...[...this.line.childNodes].map((node) => node.cloneNode(true)));
  }
}

const clock = (at) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

function link(address, words) {
  const made = document.createElement("a");
  made.className = "govuk-link";
  made.href = address;
  made.textContent = words;
  return made;
}

/* The other words beside those in the form, box by box where they differ, and what can be done with them. */
export function showOther(place, form, typed, { title, keep, use }) {
  const box = document.createElement("section");
  box.className = "wp-match";
  box.setAttribute("aria-label", title);
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-s";
  heading.textContent = title;
  const list = document.createElement("dl");
  list.className = "wp-facts";
  for (const [label, words] of differing(form, typed)) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = label;
    said.className = "wp-lines";
    said.textContent = words || "Nothing";
    row.append(term, said);
    list.append(row);
  }
  const actions = document.createElement("div");
  actions.className = "wp-actions";
  actions.append(button("Keep what is in the form", keep), button("Use these words instead", use));
  box.append(heading, list, actions);
  place.replaceChildren(box);
}

function button(words, then) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary wp-compact";
  made.textContent = words;
  made.addEventListener("click", then);
  return made;
}

function* differing(form, typed) {
  const now = new FormData(form);
  const named = new Set([...form.elements].map((box) => box.name).filter((name) => name && !/^(draft|once$|csrf)/.test(name)));
  for (const name of named) {
    const theirs = typed[name] ?? "";
    if (theirs === lines(now.get(name) ?? "")) continue;
    const boxes = [...form.elements].filter((box) => box.name === name);
    yield [labelOf(boxes), spoken(boxes, theirs)];
  }
}

/* As a posted form writes the end of a line. */
const lines = (words) => words.replace(/\r\n?|\n/g, "\r\n");

function labelOf(boxes) {
  const legend = boxes[0].closest("fieldset")?.querySelector("legend")?.textContent.trim();
  const own = boxes[0].labels?.[0]?.textContent.trim();
  return boxes.length > 1 ? legend : [legend, own].filter(Boolean).join(": ");
}

function spoken(boxes, value) {
  const [box] = boxes;
  if (box.type === "select-one") return [...box.options].find((option) => option.value === value)?.textContent ?? value;
  const chosen = boxes.find((each) => ["radio", "checkbox"].includes(each.type) && each.value === value);
  return chosen ? chosen.labels[0].textContent.trim() : value;
}
