/* The questions of an assessment, each saved by itself as one types. Only the server's answer makes an answer "saved";
   what it has not acknowledged is kept in this browser (kept.js) and sent by whichever page is opened next. */
import { askKey, holdLock, leftBehind, post } from "./drafts.js";
import { dropWords, keepWords } from "./kept.js";

const QUIET = 1500; // milliseconds after the last key
const SOON = 200; // after a choice
const AGAIN = [3000, 5000, 10000, 20000];
const DONE = "wp-saved";
const HELD = "wp-saved wp-saved--hold";
const NOT = "wp-saved wp-saved--not";
const WORDS = {
  en: {
    typing: "Not saved yet.",
    saved: "Saved at",
    kept: "Kept on this device, not saved.",
    notKept: "Not saved, and nothing can be kept on this device: leave this page open.",
    lost: "The connection is lost. It is tried again by itself; you can keep typing.",
    out: "You were signed out.",
    back: "Kept on this device, and back in this form. Not saved yet.",
    theirs: "Saved on another page meanwhile",
    mine: "Save what is in the form",
    use: "Leave what is saved, and open the page again",
    others: "Also answered by",
  },
  cy: {
    typing: "Heb ei gadw eto.",
    saved: "Wedi’i gadw am",
    kept: "Wedi’i gadw ar y ddyfais hon yn unig.",
    notKept: "Heb ei gadw. Gad y dudalen hon ar agor.",
    lost: "Mae’r cysylltiad wedi’i golli. Bydd yn ceisio eto ar ei ben ei hun.",
    out: "Nid wyt wedi mewngofnodi mwyach.",
    back: "Mae dy eiriau yn ôl yn y ffurflen. Heb eu cadw eto.",
    theirs: "Wedi’i gadw ar dudalen arall",
    mine: "Cadw beth sydd yn y ffurflen",
    use: "Gadael beth sydd wedi’i gadw",
    others: "Atebwyd hefyd gan",
  },
};
const clock = (at) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

export async function startAnswers(root) {
  const section = root.querySelector("[data-answers]:not([data-started])");
  if (section) await new Section(section).start();
}

class Section {
  constructor(element) {
    this.element = element;
    this.form = element.closest("form");
    this.words = WORDS[element.closest("[lang='cy']") ? "cy" : "en"];
    this.aloud = element.querySelector("[data-aloud]");
    this.questions = [...element.querySelectorAll("[data-question]")].filter((each) => each.querySelector("[data-says]")).map((each) => new Question(this, each));
  }

  async start() {
    this.element.dataset.started = "";
    const all = (what) => () => this.questions.forEach((question) => what(question));
    window.addEventListener("online", all((question) => question.failures && question.send()));
    window.addEventListener("pagehide", all((question) => question.flush()));
    document.addEventListener("visibilitychange", all((question) => document.visibilityState === "hidden" && question.flush()));
    this.form.addEventListener("submit", (event) => this.leave(event));
    await this.know();
    await this.restore();
  }

  get save() {
    return this.element.dataset.save;
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  async know() {
    const session = await askKey(this.element.dataset.keyAddress);
    if (!session?.keys) return session;
    if (this.session && session.person !== this.session.person) return { stranger: true };
    this.session = session;
    for (const box of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) box.value = session.token;
    return session;
  }

  /* What pages that are gone kept of these questions goes back into them. */
  async restore() {
    if (!this.session) return;
    const left = (await leftBehind(this.session)).filter(({ words }) => words.save === this.save).sort((one, other) => one.at - other.at);
    for (const { id, words } of left) {
      const key = Object.fromEntries(words.fields).question;
      const question = this.questions.find((each) => each.key === key);
      if (question) await question.restore(id, words.fields);
    }
  }

  /* Which questions are asked now hangs on what was answered. */
  show(asked) {
    for (const { element, key } of this.questions) element.hidden = !asked.includes(key);
    const none = this.element.querySelector("[data-none]");
    if (none) none.hidden = this.questions.some(({ element }) => !element.hidden);
  }

  /* The button saves all that is open as any form does; what is not acknowledged is kept first. */
  leave(event) {
    const open = this.questions.filter((question) => !question.isSaved);
    if (!open.length || this.leaving) return;
    event.preventDefault();
    this.leaving = true;
    const pause = new Promise((done) => setTimeout(done, 3000));
    Promise.race([Promise.all(open.map((question) => question.settle())), pause]).then(() => {
      this.form.requestSubmit(event.submitter ?? undefined);
      this.leaving = false;
    });
  }

  say(words) {
    if (this.aloud.textContent === words) return;
    this.aloud.textContent = words;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.aloud.replaceChildren(), 5000);
  }
}

class Question {
  constructor(section, element) {
    this.section = section;
    this.element = element;
    this.key = element.dataset.question;
    this.id = `${section.element.dataset.page} ${this.key}`;
    this.line = element.querySelector("[data-says]");
    this.typed = this.acknowledged = this.kept = this.failures = 0;
    this.turn = 0;
    this.keeping = Promise.resolve();
    element.addEventListener("input", (event) => this.edit(/^(radio|checkbox|select-one)$/.test(event.target.type) ? SOON : QUIET));
    element.addEventListener("change", () => this.isSaved || this.edit(SOON));
  }

  get isSaved() {
    return this.typed === this.acknowledged;
  }

  get boxes() {
    return [...this.element.querySelectorAll("input, textarea, select")].filter((box) => box.name);
  }

  fields() {
    const said = this.boxes.filter((box) => !["radio", "checkbox"].includes(box.type) || box.checked).map((box) => [box.name, box.value]);
    const { page, with: family } = this.section.element.dataset;
    return [["question", this.key], ["page", page], ["turn", this.turn], ["with", family ?? ""], ...said];
  }

  edit(soon) {
    this.typed += 1;
    if (!this.held) this.held = holdLock(this.id);
    if (!this.failures && !this.theirs) this.say("typing", HELD);
    this.keepSoon ??= setTimeout(() => this.keep(), 500);
    clearTimeout(this.sendSoon);
    this.sendSoon = setTimeout(() => this.send(), soon);
  }

  keep() {
    clearTimeout(this.keepSoon);
    this.keepSoon = null;
    this.keeping = this.keeping.then(async () => {
      const upTo = this.typed;
      if (upTo === this.acknowledged || upTo === this.kept) return true;
      const done = await keepWords(this.id, { save: this.section.save, form: "answer", fields: this.fields() }, this.section.session);
      if (done) this.kept = upTo;
      return done;
    });
    return this.keeping;
  }

  forget() {
    this.keeping = this.keeping.then(async () => {
      if (this.isSaved) await dropWords(this.id);
    });
    return this.keeping;
  }

  takeTurn() {
    this.turn = Math.max(this.turn + 1, Date.now());
  }

  async send() {
    clearTimeout(this.sendSoon);
    if (this.sending || this.theirs || this.isSaved) return this.sending;
    const upTo = this.typed;
    this.takeTurn();
    this.sending = this.attempt().catch(() => null);
    const answer = await this.sending;
    this.sending = null;
    return this.answered(answer ?? { status: 0, said: {} }, upTo);
  }

  async attempt() {
    if (!this.section.session) await this.section.know();
    const answer = await post(this.section.save, this.fields(), this.section.token);
    if (answer.status !== 403 || answer.said.reason) return answer;
    const session = await this.section.know();
    if (session?.leads) return { status: 401, leads: session.leads, said: {} };
    return session && !session.stranger ? post(this.section.save, this.fields(), this.section.token) : answer;
  }

  async answered({ status, leads, said }, upTo) {
    if (status === 200) return this.saved(said, upTo);
    const kept = await this.keep();
    const where = kept ? this.section.words.kept : this.section.words.notKept;
    this.failures += 1;
    if (status === 409 && said.theirs) return this.conflict(said, where);
    if (status === 401) return this.tell(`${where} ${this.section.words.out}`, NOT, leads);
    if (status === 422 || status === 403 || status === 404 || status === 409) return this.tell(`${where} ${said.reason ?? ""}`, NOT);
    this.sendSoon = setTimeout(() => this.send(), AGAIN[Math.min(this.failures, AGAIN.length) - 1]);
    return this.tell(`${where} ${this.section.words.lost}`, NOT);
  }

  async saved(said, upTo) {
    this.element.querySelector(`[name="${this.key}-was"]`).value = said.was ?? "";
    this.name(said.roots);
    this.acknowledged = upTo;
    this.failures = 0;
    this.section.show(said.asked);
    await this.forget();
    if (!this.isSaved) {
      this.sendSoon = setTimeout(() => this.send(), QUIET);
      return;
    }
    const others = said.beside.length ? ` ${this.section.words.others}: ${said.beside.join("; ")}.` : "";
    this.tell(`${this.section.words.saved} ${clock(new Date(said.saved_at))}.${others}`, DONE);
    this.element.querySelector("button[name='still']")?.closest("div").remove();
  }

  /* A new factor has its name for good once it is saved. */
  name(roots) {
    if (!roots?.length) return;
    const rows = [...this.element.querySelectorAll("[data-row]")];
    const filled = rows.filter((row) => [...row.querySelectorAll("input, select, textarea")].some((box) => box.value));
    filled.forEach((row, number) => {
      const box = row.querySelector("input[type='hidden']");
      if (box) box.value = roots[number] ?? box.value;
    });
  }

  conflict(said, where) {
    const { words } = this.section;
    this.theirs = said;
    this.tell(`${where} ${said.reason}`, NOT);
    const box = document.createElement("div");
    box.className = "wp-match";
    const heading = document.createElement("p");
    heading.textContent = `${words.theirs}: ${said.by}, ${clock(new Date(said.at))}`;
    const text = document.createElement("p");
    text.className = "wp-lines";
    text.textContent = said.theirs.join("\n");
    const over = button(words.mine, () => {
      this.element.querySelector(`[name="${this.key}-was"]`).value = said.was;
      this.choose(box);
    });
    const leave = button(words.use, async () => {
      await dropWords(this.id);
      this.acknowledged = this.typed;
      location.reload();
    });
    box.append(heading, text, over, " ", leave);
    this.element.querySelector("[data-other]").replaceChildren(box);
  }

  choose(box) {
    box.remove();
    this.theirs = null;
    this.failures = 0;
    this.edit(0);
  }

  async restore(id, fields) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const box of this.boxes) {
      if (box.name === `${this.key}-was`) continue;
      if (["radio", "checkbox"].includes(box.type)) box.checked = (values.get(box.name) ?? []).includes(box.value);
      else if (values.has(box.name)) box.value = values.get(box.name)[0];
    }
    this.element.querySelector(`[name="${this.key}-was"]`).value = values.get(`${this.key}-was`)?.[0] ?? "";
    this.typed += 1;
    if (await this.keep()) await dropWords(id);
    this.held = holdLock(this.id);
    this.say("back", HELD);
    await this.send();
  }

  /* The page goes, or is hidden. */
  flush() {
    if (this.isSaved) return;
    this.keep();
    if (this.sending || this.theirs || this.flushed === this.typed) return;
    this.flushed = this.typed;
    this.takeTurn();
    post(this.section.save, this.fields(), this.section.token, { keepalive: true }).catch(() => {});
  }

  /* Before the whole section is sent: this question is on its way by itself, or kept. */
  async settle() {
    await this.keep();
    this.flushed = this.typed;
    await this.send();
  }

  say(name, look) {
    this.tell(this.section.words[name], look);
  }

  tell(words, look, leads) {
    const span = document.createElement("span");
    span.textContent = words;
    if (leads?.startsWith("/")) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = leads;
      link.textContent = "Sign in again";
      span.append(" ", link);
    }
    this.line.hidden = false;
    this.line.className = look;
    this.line.replaceChildren(span);
    if (look !== HELD) this.section.say(words);
  }
}

function button(words, then) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary wp-compact";
  made.textContent = words;
  made.addEventListener("click", then);
  return made;
}
