/* Sending a file: how far it is, drawn and said; what went wrong, and that nothing was stored. Without this module the
   form is sent as any other. The answer of the server, be it the next page or the form with its errors, takes the place
   of this page. */

const QUARTERS = 4;

export function startUploads(root, restart) {
  for (const form of root.querySelectorAll('[data-module~="wp-upload"]')) {
    form.addEventListener("submit", (event) => {
      const [file] = form.querySelector('input[type="file"]').files;
      if (!file) return; // sent as it is: the server says that a file is missing
      event.preventDefault();
      if (!form.dataset.sending) send(form, file, restart);
    });
  }
}

function send(form, file, restart) {
  const request = new XMLHttpRequest();
  const state = show(form);
  form.dataset.sending = "yes";
  request.upload.addEventListener("progress", (event) => state.sent(event.loaded, event.total));
  request.upload.addEventListener("load", () => state.reading());
  request.addEventListener("load", () => arrive(request, restart));
  for (const failure of ["error", "abort", "timeout"]) {
    request.addEventListener(failure, () => {
      delete form.dataset.sending;
      state.failed();
    });
  }
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function show(form) {
  const box = form.querySelector(".wp-upload__state");
  const bar = box.querySelector("progress");
  const words = box.querySelector(".wp-upload__words");
  let quarter = -1;
  box.hidden = false;
  words.classList.remove("wp-saved", "wp-saved--not");
  return {
    sent(loaded, total) {
      bar.value = (100 * loaded) / total;
      const now = Math.floor((QUARTERS * loaded) / total);
      if (now === quarter) return;
      quarter = now;
      words.textContent = `${size(loaded)} of ${size(total)} sent.`;
    },
    reading() {
      bar.removeAttribute("value");
      words.textContent = "All sent. Waypost is reading it. Nothing is stored yet.";
    },
    failed() {
      bar.value = 0;
      words.classList.add("wp-saved", "wp-saved--not");
      words.textContent = "Not sent. The connection was lost. The file is still on this device; send it again.";
    },
  };
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function arrive(request, restart) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  if (request.responseURL !== location.href) history.pushState({}, "", request.responseURL);
  window.addEventListener("popstate", () => location.reload(), { once: true });
  window.scrollTo(0, 0);
  restart();
  const main = document.querySelector("main");
  if (!main.contains(document.activeElement)) {
    main.tabIndex = -1;
    main.focus();
  }
}
