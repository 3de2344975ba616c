/* Words on a laptop. A form with `data-draft` in it is saved to the server as one types. What the server has not
   acknowledged is kept in this browser (kept.js) and goes when the server has it, or after 72 hours. Every state has its
   own sentence (draft_says.js), and only the server's answer makes it "saved". */
import { anythingKept, dropOld, dropWords, keepWords, openWords } from "./kept.js";
import { Says, showOther } from "./draft_says.js";

const QUIET = 2000; // milliseconds after the last key
const LONGEST = 10000; // where somebody types without a pause
const KEEP = 800; // until what was typed is kept here
const PATIENCE = 10000; // for an answer
const AGAIN = [3000, 5000, 10000, 20000];
const KEEPALIVE = 60000; // bytes a browser sends on behalf of a page that has gone

export async function startDrafts(root) {
  const state = root.querySelector("[data-draft]:not([data-draft-started])");
  await dropOld();
  if (state) await new Draft(state).start();
  else if (await anythingKept()) await sendKept(await askKey(await anythingKept()));
}

// The server ------------------------------------------------------------------------------------------------------

/* As a fragment asks: whoever is not signed in is told so in a header, not led to another page. */
const asked = () => ({ headers: { "HX-Request": "true", "HX-Current-URL": location.href }, signal: AbortSignal.timeout(PATIENCE) });

/* The keys, whose they are and a token; `{leads}` to whoever is signed out; null where nobody answers. */
export async function askKey(address) {
  try {
    const answer = await fetch(address, asked());
    if (answer.headers.has("HX-Redirect")) return { leads: answer.headers.get("HX-Redirect") };
    if (!answer.ok) return null;
    const { keys, newest, person, token } = await answer.json();
    const opened = {};
    for (const [version, letters] of Object.entries(keys)) {
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      // Without TLS a browser closes nothing, and then nothing is kept.
      opened[version] = await crypto.subtle?.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    return { keys: opened, newest, person, token, address };
  } catch {
    return null;
  }
}

export async function post(address, fields, token, more = {}) {
  const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token]]);
  const answer = await fetch(address, { method: "POST", body, ...asked(), ...more });
  const leads = answer.headers.get("HX-Redirect");
  const json = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  return { status: leads ? 401 : answer.status, leads, said: json ? await answer.json() : {} };
}

/* What pages that are gone have kept, sent from whichever page the same person opens next. */
async function sendKept(session) {
  if (!session?.keys) return;
  try {
    for (const { id, words } of await leftBehind(session)) {
      const { status, said } = await post(words.save, words.fields, session.token);
      if (status === 200 || said.ended) await dropWords(id);
    }
  } catch {
    // kept until the next page
  }
}

/* A page that is open holds a lock by its name; its words are its own to send. */
const lockOf = (page) => `waypost draft ${page}`;
export const holdLock = (page) => navigator.locks?.request(lockOf(page), { ifAvailable: true }, (lock) => lock && new Promise(() => {}));

export async function leftBehind(session) {
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name));
  return (await openWords(session)).filter(({ id }) => !held.has(lockOf(id)));
}

// A form ----------------------------------------------------------------------------------------------------------

class Draft {
  constructor(state) {
    this.state = state;
    this.form = state.closest("form");
    this.says = new Says(state);
    this.typed = 0; // edits are counted: what is kept, and what is acknowledged, is all up to one of them
    this.kept = 0;
    this.acknowledged = 0;
    this.failures = 0;
    this.keeping = Promise.resolve();
  }

  async start() {
    this.state.dataset.draftStarted = "";
    this.form.addEventListener("input", (happened) => this.edit(happened.target));
    this.form.addEventListener("change", () => this.edit());
    this.form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.failures && this.send());
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
      else if (this.failures) this.send();
    });
    await this.know();
    await this.restore();
    holdLock(this.page);
    await sendKept(this.session);
  }

  box(name) {
    return this.form.elements[name ? `draft_${name}` : "draft"];
  }

  get page() {
    return this.box("page").value;
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  get isSaved() {
    return this.typed === this.acknowledged;
  }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  }

  /* Who is signed in; a new token for every form of the page, where they are still the same person. */
  async know() {
    const session = await askKey(this.state.dataset.draftKey);
    if (!session?.keys) return session;
    if (this.session && session.person !== this.session.person) return { stranger: true };
    this.session = session;
    for (const box of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) box.value = session.token;
    return session;
  }

  /* A box tells of a change as it is left, with the button half pressed: a line that grew then would move the button
     away from under the finger, so that line waits. */
  edit(box) {
    if (box) this.says.typedIn(box);
    if (this.ended) return;
    this.typed += 1;
    this.began ??= Date.now();
    const say = () => !this.failures && !this.other && !this.isSaved && this.says.say("typing");
    if (box) say();
    else setTimeout(say, 500);
    this.keepSoon ??= setTimeout(() => this.keep(), KEEP);
    clearTimeout(this.sendSoon);
    this.sendSoon = setTimeout(() => this.send(), Math.max(0, Math.min(QUIET, this.began + LONGEST - Date.now())));
  }

  // On this device ------------------------------------------------------------------------------------------------

  /* Whether all that was typed is now on this device, or at the server. One after the other, so that what the server
     acknowledges meanwhile does not stay. */
  keep() {
    clearTimeout(this.keepSoon);
    this.keepSoon = null;
    this.keeping = this.keeping.then(async () => {
      const upTo = this.typed;
      if (upTo === this.acknowledged || upTo === this.kept) return true;
      const words = { save: this.state.dataset.draftSave, form: this.box("form").value, fields: this.fields() };
      const done = await keepWords(this.page, words, this.session);
      if (done) this.kept = upTo;
      return done;
    });
    return this.keeping;
  }

  forget() {
    this.keeping = this.keeping.then(async () => {
      if (this.isSaved || this.ended) await dropWords(this.page);
    });
    return this.keeping;
  }

  // To the server -------------------------------------------------------------------------------------------------

  async send() {
    clearTimeout(this.sendSoon);
    if (this.sending || this.other?.draft || this.ended || this.isSaved) return;
    this.sending = true;
    this.began = null;
    const upTo = this.typed;
    let answer = null;
    try {
      answer = await this.attempt();
    } catch {
      // nobody answered
    }
    this.sending = false;
    await this.answered(answer ?? { status: 0, said: {} }, upTo);
  }

  /* Again with a new token where the old one may no longer fit: somebody signed in again on another page. */
  async attempt() {
    if (!this.session) await this.know();
    this.takeTurn();
    const answer = await post(this.state.dataset.draftSave, this.fields(), this.token);
    if (answer.status !== 403 || answer.said.reason) return answer;
    const session = await this.know();
    if (session?.leads) return { status: 401, leads: session.leads, said: {} };
    if (session?.stranger) return { status: 403, stranger: true, said: {} };
    return session ? post(this.state.dataset.draftSave, this.fields(), this.token) : answer;
  }

  /* Later than any turn this page took before, even before it was opened again. */
  takeTurn() {
    this.box("turn").value = Math.max(Number(this.box("turn").value) + 1, Date.now());
  }

  async answered({ status, leads, stranger, said }, upTo) {
    if (said.ended) {
      this.ended = true;
      await this.forget();
      return this.says.say("ended");
    }
    if (status === 200) return this.saved(said, upTo);
    const kept = await this.keep();
    this.failures += 1;
    if (status === 409 && said.typed) return this.conflicts(said, kept);
    if (status === 401) return this.says.say("signed out", { kept, leads });
    if (stranger) return this.says.say("stranger", { kept });
    if (status === 403 || status === 404) return this.says.say("closed", { kept, reason: said.reason });
    if (status === 422) return this.says.say("refused", { kept, reason: said.reason });
    this.sendSoon = setTimeout(() => this.send(), AGAIN[Math.min(this.failures, AGAIN.length) - 1]);
    return this.says.say("lost", { kept, at: new Date() });
  }

  async saved(said, upTo) {
    this.box().value = said.draft;
    this.box("revision").value = said.revision;
    this.acknowledged = upTo;
    this.failures = 0;
    await this.forget();
    if (this.isSaved) this.says.say("saved", { at: new Date(said.saved_at) });
    else this.sendSoon = setTimeout(() => this.send(), QUIET);
  }

  /* The page goes, or is hidden: what is not acknowledged is kept, and sent without waiting for the answer. */
  flush() {
    if (this.isSaved || this.ended) return;
    this.keep();
    if (this.sending || this.other?.draft || this.flushed === this.typed) return;
    this.flushed = this.typed;
    this.takeTurn();
    if (new URLSearchParams(this.fields()).toString().length > KEEPALIVE) return;
    post(this.state.dataset.draftSave, this.fields(), this.token, { keepalive: true }).catch(() => {});
  }

  /* Saving to the record is a form as any other. What is not acknowledged is kept first, in case it does not arrive. */
  leave(event) {
    clearTimeout(this.sendSoon);
    if (this.isSaved || this.leaving) return;
    event.preventDefault();
    this.leaving = true;
    this.flushed = this.typed; // the form itself is on its way
    const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    Promise.race([this.keep(), pause(1000)])
      .then(() => pause(0)) // a form that is still telling of its own sending does not send
      .then(() => {
        this.form.requestSubmit(event.submitter ?? undefined);
        this.leaving = false;
      });
  }

  // Words that are elsewhere --------------------------------------------------------------------------------------

  /* What pages that are gone kept of this form: the newest goes into it, others are shown beside it. */
  async restore() {
    if (!this.session) return;
    const about = ({ words }) => words.save === this.state.dataset.draftSave && words.form === this.box("form").value;
    const [newest, ...others] = (await leftBehind(this.session)).filter(about).sort((one, other) => other.at - one.at);
    if (!newest) return;
    this.fill(newest.words.fields, (name) => name !== "once");
    this.typed = this.kept = 1;
    this.says.say("back", { at: new Date(newest.at) });
    await this.send();
    for (const { id, words } of others) {
      if (this.other) return;
      this.show({ typed: Object.fromEntries(words.fields), id }, "Words kept on this device, from another page");
    }
  }

  conflicts(said, kept) {
    this.says.say("conflict", { kept });
    this.show(said, "Your other words");
  }

  /* `draft`: saved at the server, so that nothing more is saved until one is chosen. `id`: kept on this device. */
  show(other, title) {
    this.other = other;
    const choose = (then) => async () => {
      this.other = null;
      this.state.querySelector("[data-draft-other]").replaceChildren();
      if (other.id) await dropWords(other.id);
      if (other.draft) this.box().value = other.draft;
      if (other.draft) this.box("revision").value = other.revision;
      then();
      this.failures = 0;
      this.edit();
      this.form.elements[this.form.elements.length - 1].focus();
      await this.send();
    };
    const use = () => this.fill(Object.entries(other.typed), (name) => !/^(draft|once$)/.test(name));
    const place = this.state.querySelector("[data-draft-other]");
    showOther(place, this.form, other.typed, { title, keep: choose(() => {}), use: choose(use) });
  }

  fill(fields, wanted) {
    const values = new Map(fields);
    for (const box of this.form.elements) {
      if (!box.name || box.name === "csrfmiddlewaretoken" || !wanted(box.name)) continue;
      if (["checkbox", "radio"].includes(box.type)) box.checked = values.get(box.name) === box.value;
      else if (values.has(box.name)) box.value = values.get(box.name);
    }
  }
}
