// Keeps one file of a design on the server while it is edited: a pause after the last change, one request at a time,
// again after a dropped connection, never over somebody else's change.
import { csrfToken } from "../page.js";

const PAUSE = 1500;
const RETRIES = [3000, 10000, 30000];
const TRIED_AGAIN = new Set([0, 408, 429, 500, 502, 503, 504]);

/**
 * Start to keep a file.
 *
 * @param url where the file is PUT.
 * @param mark the server's mark of the file as the page got it; "" for a file that does not exist yet.
 * @param read gives the text as it is now, or a promise of it.
 * @param onState is told `(state, details)`; states: "waiting" (changed), "saving", "saved" {at}, "offline" {retryIn},
 *   "refused" {problems, message}, "conflict", "closed" {message} (signed out, or the design is read-only).
 * @param onConflict is told `({by, at, mark, text})` when the file was changed elsewhere; `text` is what is unsaved here.
 * @return changed(): call after every edit; saveNow(): a promise that is kept when the answer is there;
 *   overwrite(mark): save over the other's change, which the person has looked at; isSaved(); mark();
 *   pretend(mark): save from now on as if that were what was seen; a change since then is a conflict;
 *   kept: what this tab could not save before it was loaded again, or null; keptMark: of the file it was made from;
 *   forget(): drop it; abandon(): save nothing more, the person gives the changes up.
 */
export function startSaving({ url, mark, read, onState = () => {}, onConflict = () => {} }) {
  const key = `alur.unsaved ${url}`;
  const file = { mark, version: 0, saved: 0, failures: 0, timer: 0, sending: null, isStopped: false };
  const left = leftBehind(key);
  const saving = {
    kept: left?.text ?? null,
    keptMark: left?.mark ?? null,
    changed() {
      file.version += 1;
      if (file.isStopped) return;
      onState("waiting", {});
      later(PAUSE);
    },
    async saveNow() {
      clearTimeout(file.timer);
      while (file.sending) await file.sending;
      if (file.version === file.saved || file.isStopped) return;
      file.sending = send();
      await file.sending;
    },
    overwrite(newMark) {
      Object.assign(file, { mark: newMark, isStopped: false });
      file.version += 1;
      return saving.saveNow();
    },
    abandon() {
      clearTimeout(file.timer);
      Object.assign(file, { saved: file.version, isStopped: true });
    },
    isSaved: () => file.version === file.saved,
    mark: () => file.mark,
    pretend(mark) {
      file.mark = mark;
    },
    forget: () => dropKept(key),
  };

  function later(pause) {
    clearTimeout(file.timer);
    file.timer = setTimeout(saving.saveNow, pause);
  }

  async function send() {
    const version = file.version;
    try {
      const body = await text();
      if (body === null) return;
      onState("saving", {});
      await settle(version, body, await put(url, file.mark, body));
    } finally {
      file.sending = null;
    }
  }

  /** An editor that cannot write its file sends nothing; the next change tries again. */
  async function text() {
    try {
      return await read();
    } catch (error) {
      onState("refused", { problems: [], message: String(error?.message ?? error) });
      return null;
    }
  }

  async function settle(version, body, { status, answer }) {
    if (status >= 200 && status < 300) {
      Object.assign(file, { mark: answer?.mark ?? file.mark, saved: version, failures: 0 });
      dropKept(key);
      if (file.version === version) onState("saved", { at: new Date() });
      else later(PAUSE);
      return;
    }
    leaveBehind(key, { text: body, mark: file.mark });
    if (status === 412) {
      file.isStopped = true;
      onState("conflict", answer ?? {});
      onConflict({ ...answer, text: body });
    } else if (TRIED_AGAIN.has(status)) {
      const retryIn = RETRIES[Math.min(file.failures, RETRIES.length - 1)];
      file.failures += 1;
      onState("offline", { retryIn });
      later(retryIn);
    } else if (status === 422) {
      onState("refused", { problems: answer?.problems ?? [], message: answer?.message ?? "" });
    } else {
      file.isStopped = true;
      onState("closed", { status, message: answer?.message ?? "" });
    }
  }

  addEventListener("online", saving.saveNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saving.saveNow());
  addEventListener("beforeunload", (event) => {
    if (!saving.isSaved()) event.preventDefault();
  });
  return saving;
}

/** PUT a text; a network that fails answers with status 0. */
async function put(url, mark, body) {
  try {
    const response = await fetch(url, {
      method: "PUT",
      body,
      headers: {
        "Content-Type": "application/octet-stream",
        "X-CSRFToken": csrfToken(),
        "X-Requested-With": "fetch",
        Accept: "application/json",
        "If-Match": `"${mark || "none"}"`,
      },
      credentials: "same-origin",
    });
    if (response.ok) document.dispatchEvent(new CustomEvent("alur:reached"));
    return { status: response.status, answer: await response.json().catch(() => null) };
  } catch {
    return { status: 0, answer: null };
  }
}

// The tab's own memory, gone with the tab: a diagram or table names nobody, so it may outlive a reload.
function leftBehind(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function leaveBehind(key, what) {
  try {
    sessionStorage.setItem(key, JSON.stringify(what));
  } catch {
    // Full or forbidden: the page itself still holds the text.
  }
}

function dropKept(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}
