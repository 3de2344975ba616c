/* What a browser keeps of words the server has not acknowledged: closed under a key that is never here, with a time
   after which they go. `id` is the open page they were typed on. Each function answers what was done; none throws. */

const HOURS = 72;
const MARK = "wp-kept"; // in local storage while anything is kept: where to ask for the key
const text = new TextEncoder();

export const anythingKept = () => attempt(() => localStorage.getItem(MARK), null);

/* True once the browser has written it down. */
export async function keepWords(id, words, session) {
  const key = session?.keys[session.newest];
  if (!key) return false;
  return attempt(async () => {
    const at = Date.now();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: text.encode(`${id} ${at}`) };
    const closed = await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(words)));
    await inStore("readwrite", (store) => store.put({ id, at, version: session.newest, iv, closed }));
    localStorage.setItem(MARK, session.address);
    return true;
  }, false);
}

export const dropWords = (id) =>
  attempt(async () => {
    await inStore("readwrite", (store) => store.delete(id));
    await unmark();
  });

/* Whoever is signed in, or nobody: what is older than three days goes. */
export const dropOld = () =>
  attempt(async () => {
    const last = Date.now() - HOURS * 60 * 60 * 1000;
    for (const { id } of (await all()).filter(({ at }) => at < last)) {
      await inStore("readwrite", (store) => store.delete(id));
    }
    await unmark();
  });

/* Those of the person whose session it is; another's stay closed. */
export async function openWords(session) {
  const found = [];
  for (const { id, at, version, iv, closed } of await attempt(all, [])) {
    const key = session.keys[version];
    const how = { name: "AES-GCM", iv, additionalData: text.encode(`${id} ${at}`) };
    const opened = key && (await attempt(() => crypto.subtle.decrypt(how, key, closed), null));
    if (opened) found.push({ id, at, words: JSON.parse(new TextDecoder().decode(opened)) });
  }
  return found;
}

const all = () => inStore("readonly", (store) => store.getAll());

async function unmark() {
  if ((await inStore("readonly", (store) => store.count())) === 0) localStorage.removeItem(MARK);
}

let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("waypost", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}

async function inStore(mode, ask) {
  const transaction = (await database()).transaction("kept", mode, { durability: "strict" });
  const answer = ask(transaction.objectStore("kept"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(answer.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/* A browser that may not keep anything, or whose disk is full, is no reason to stop a person typing. */
async function attempt(what, otherwise) {
  try {
    return await what();
  } catch {
    return otherwise;
  }
}
