// Saving in words: what the status line says, what is asked when somebody else changed the file, what a reload left.
import { announce, clockText } from "../../page.js";
import { startSaving } from "../saving.js";
import { button, make } from "./fields.js";
import { ask } from "./problems.js";
import { say } from "./say.js";

/** Signed out; or signed in again elsewhere, where the browser got another token than this page has. */
const SIGNED_OUT = new Set([400, 401]);
const NEWS = new Set(["offline", "refused", "conflict", "closed"]);

/** Return what the status line says. */
function words(state, details) {
  switch (state) {
    case "waiting": return say("Ada perubahan, segera disimpan.", "Changed, about to be saved.");
    case "saving": return say("Menyimpan…", "Saving…");
    case "saved": return say("Tersimpan pukul %(time)s.", "Saved at %(time)s.", { time: clockText(details.at) });
    case "offline": return say("Belum tersimpan: jaringan terputus. Perubahan Anda ada di halaman ini dan dikirim begitu tersambung.", "Not saved: the connection is down. Your changes are in this page and are sent as soon as it is back.");
    case "refused": return say("Belum tersimpan: %(why)s", "Not saved: %(why)s", { why: details.problems?.[0]?.text || details.message || "" });
    case "conflict": return say("Belum tersimpan: orang lain mengubah diagram ini.", "Not saved: somebody else changed this diagram.");
    default: return SIGNED_OUT.has(details.status)
      ? say("Belum tersimpan: Anda sudah keluar. Masuk lagi di tab lain, lalu tekan Simpan lagi.", "Not saved: you are signed out. Sign in again in another tab, then press Save again.")
      : details.message || say("Belum tersimpan: rancangan ini tidak dapat diubah lagi.", "Not saved: this design can no longer be changed.");
  }
}

/** Keep the diagram saved. `read()` gives its text, `load(text)` puts another in its place. */
export function startKeeping({ config, mark, base, status, dialog, read, load }) {
  let last = "saved";
  let known = base;

  const saving = startSaving({
    url: config.fileUrl,
    mark,
    read: async () => (known = { ...known, sent: await read() }).sent,
    onState: tell,
    onConflict: (found) => askWhose(found),
  });

  function tell(state, details) {
    if (state === "saved") known = { saved: known.sent ?? known.saved };
    const text = words(state, details);
    status.textContent = text;
    status.dataset.state = state;
    if (state === "closed" && SIGNED_OUT.has(details.status)) status.append(" ", button(say("Simpan lagi", "Save again"), saveAgain));
    if (state === "conflict") status.append(" ", button(say("Pilih yang dipakai", "Choose what holds"), () => dialog.showModal()));
    if (NEWS.has(state) || (state === "saved" && NEWS.has(last))) announce(text);
    if (state !== "waiting" && state !== "saving") last = state;
  }

  async function saveAgain() {
    await renewToken();
    await saving.overwrite(saving.mark());
  }

  /** What a reload left was made from another text than this page has: saving it is a conflict, and cannot be joined. */
  saving.beginFromKept = () => {
    if (saving.keptMark === saving.mark()) return;
    known = { ...known, isForeign: true };
    saving.pretend(saving.keptMark);
  };

  async function askWhose({ by, at, mark: theirMark, text: mine }) {
    const found = await ask(config.collisionUrl, { file: config.file, base: known.saved, mine });
    const theirs = found?.theirs ?? (await fetchText(config.fileUrl));
    const newest = found?.mark ?? theirMark;
    const who = by || say("Seseorang", "Somebody");
    show("who", say("%(who)s mengubah diagram ini pukul %(time)s, setelah Anda membukanya.", "%(who)s changed this diagram at %(time)s, after you had opened it.", { who, time: at ? clockText(new Date(at)) : "" }));
    list("changes", found?.changes);
    list("disputed", found?.disputed);
    const choose = (label, act, className) => button(label, async () => {
      dialog.close();
      await act();
    }, { className });
    dialog.querySelector("[data-choices]").replaceChildren(
      ...(found?.both && !known.isForeign ? [choose(say("Gabungkan keduanya", "Join both"), () => take(found.both, newest, theirs), "btn btn-primary")] : []),
      choose(say("Pakai punya saya", "Use mine"), () => saving.overwrite(newest), "btn"),
      choose(say("Pakai punya mereka", "Use theirs"), () => take(theirs, newest, theirs), "btn"),
    );
    dialog.showModal();
  }

  async function take(text, theirMark, theirs) {
    known = { saved: theirs };
    await load(text);
    await saving.overwrite(theirMark);
  }

  function show(name, text) {
    dialog.querySelector(`[data-${name}]`).textContent = text;
  }

  function list(name, sentences = []) {
    const whole = dialog.querySelector(`[data-${name}]`);
    whole.hidden = !sentences.length;
    whole.querySelector("ul").replaceChildren(...sentences.map((text) => make("li", { textContent: text })));
  }

  return saving;
}

async function fetchText(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  return response.text();
}

/** Signing in again gave the browser another token; the page takes it over without being loaded anew. */
async function renewToken() {
  try {
    const page = new DOMParser().parseFromString(await fetchText(location.href), "text/html");
    const fresh = page.querySelector('meta[name="csrf-token"]');
    if (fresh) document.querySelector('meta[name="csrf-token"]').content = fresh.content;
  } catch {
    // Still no connection: saving says so itself.
  }
}
