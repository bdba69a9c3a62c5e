// Words of the editor in the reader's language: both stand where they are used, as in the forms of the server.

export const isEnglish = document.documentElement.lang === "en";

/** Return a sentence in the reader's language, with %(name)s replaced. */
export function say(indonesian, english, values = {}) {
  const text = isEnglish ? english : indonesian;
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}
