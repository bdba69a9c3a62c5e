// Fields that belong to the form only while a condition on another field holds (data-when, written by forms.html).

function answer(form, name, fallback) {
  const control = form.elements.namedItem(name);
  if (!control) return fallback ?? "";
  if (control.type === "checkbox") return String(control.checked);
  return control.value ?? "";
}

function isShown(form, name) {
  const control = form.elements.namedItem(name);
  const element = control instanceof RadioNodeList ? control[0] : control;
  return !element?.closest("[data-when][hidden], [data-live][hidden]");
}

function holds(field) {
  const form = field.closest("form");
  const { when, equals, notEquals, differsFrom, other } = field.dataset;
  const given = answer(form, when);
  // As on the server: an open or hidden question fulfils no condition.
  if (given === "" || !isShown(form, when)) return false;
  if (equals !== undefined) return given === equals;
  const against = notEquals ?? answer(form, differsFrom, other);
  return against !== "" && given !== against;
}

function update(root) {
  for (const field of root.querySelectorAll("form [data-when]")) field.hidden = !holds(field);
}

export function startConditions() {
  document.addEventListener("change", (event) => event.target.form && update(event.target.form.parentElement));
  document.addEventListener("htmx:after:swap", () => update(document));
  document.addEventListener("alur:live", () => update(document));
  update(document);
}
