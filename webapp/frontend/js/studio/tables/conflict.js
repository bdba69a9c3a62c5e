// The question when somebody else changed the table meanwhile: open his, or save mine over it. Nothing is lost before
// the person has chosen; what stands in the editor can be downloaded first.
import { clockText } from "../../page.js";
import { say } from "./say.js";

/** Show the question. `keepMine` saves over the other's change. */
export function askWhose({ by, at, text }, { takeTheirs, keepMine }) {
  const dialog = document.getElementById("conflict-dialog");
  dialog.querySelector("[data-who]").textContent = by ? say("who", { name: by, time: at ? clockText(new Date(at)) : "" }) : "";
  const download = dialog.querySelector("[data-download]");
  download.href = URL.createObjectURL(new Blob([text], { type: "application/xml" }));
  dialog.querySelector("[data-take-theirs]").onclick = takeTheirs;
  dialog.querySelector("[data-keep-mine]").onclick = () => {
    dialog.close();
    keepMine();
  };
  dialog.oncancel = (event) => event.preventDefault();
  dialog.showModal();
}
