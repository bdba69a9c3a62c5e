// Chosen files are counted and weighed before they are sent: nobody uploads 40 MB to learn that it was too much.
import { announce, text } from "./page.js";

const MEGABYTE = 1 << 20;

function problemsOf(input) {
  const files = [...input.files];
  const most = Number(input.dataset.maxFiles);
  const megabytes = Number(input.dataset.maxMegabytes);
  const kept = input.form?.querySelectorAll(`input[name="${CSS.escape(`${input.name}-kept`)}"]:checked`).length ?? 0;
  const large = files.filter((file) => file.size > megabytes * MEGABYTE);
  const problems = large.map((file) => text("files.large", { name: file.name, max: megabytes }));
  if (files.length && files.length + kept > most) problems.unshift(text("files.many", { max: most }));
  return problems;
}

/** Show what is wrong above the input, as the server would, or take it away. */
function tell(input, problems) {
  const id = `${input.id}-chosen`;
  let line = document.getElementById(id);
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (!problems.length) {
    line?.remove();
  } else {
    if (!line) {
      line = Object.assign(document.createElement("p"), { id, className: "error" });
      input.before(line);
    }
    line.textContent = problems.join(" ");
    others.push(id);
    announce(line.textContent);
  }
  input.setAttribute("aria-describedby", others.join(" "));
}

function check(input) {
  const problems = problemsOf(input);
  tell(input, problems);
  return !problems.length;
}

function inputsOf(form) {
  return [...form.querySelectorAll("input[type=file][data-max-files]")];
}

function onSubmit(event) {
  const bad = inputsOf(event.target).filter((input) => !input.closest("[hidden]") && !check(input));
  if (!bad.length) return;
  event.preventDefault();
  bad[0].focus();
}

function onChange(event) {
  const { target } = event;
  if (target.matches?.("input[type=file][data-max-files]")) check(target);
  else if (target.name?.endsWith("-kept")) inputsOf(target.form).forEach(check);
}

/** To be started before what sends forms: a form that is stopped here is not held as sent. */
export function startUploads() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
}
