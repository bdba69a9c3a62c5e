// The page that answers a form: whoever goes on from it and comes Back gets the page that the form stood on with what was
// typed, instead of a warning that nobody understands about sending the form again. Reloading it still asks.

/** Let the browser take what the server wrote into a field for typed, so that it puts it back as it does elsewhere. */
function holdAsTyped(field) {
  const { value } = field;
  if (!value || value !== field.defaultValue) return;
  field.value = value; // from now on a new default leaves it as it is
  field.defaultValue = "";
}

export function startAnswers() {
  const page = document.querySelector('meta[name="form-page"]')?.content;
  if (!page) return;
  const fields = "main form[method=post] :is(input:not([type]), input[type=text], textarea)";
  document.querySelectorAll(fields).forEach(holdAsTyped);
  // When it is left, not before: a reload would empty the form. Not in beforeunload: Chromium then gets stuck going Back.
  const lead = () => history.replaceState(history.state, "", page);
  document.addEventListener("click", ({ target }) => target.closest('a[href]:not([href^="#"])') && lead());
  document.addEventListener("submit", ({ defaultPrevented }) => defaultPrevented || lead());
}
