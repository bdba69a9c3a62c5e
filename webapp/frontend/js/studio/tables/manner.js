// Between files as they are kept and dmn-js, which knows DMN 1.3 only: other versions are shown as 1.3 and written as they
// were, and what comes back is laid out like the file that was opened, so that a comparison shows what was changed.

const ONE_LINE = /<rule\b[^>]*>[ \t]*</;
const BLOCKS = /<(rule|input|output|inputData|informationRequirement|knowledgeRequirement)\b[^>]*[^/]>[\s\S]*?<\/\1>/g;
const BETWEEN_TAGS = />[^<]+</g;
const QUOTED = />[^<]*&quot;[^<]*</;
// What is so by default dmn-js leaves out.
const UNIQUE = /(<decisionTable id="[^"]*") hitPolicy="UNIQUE">/g;
const DEFAULTS = new Set(["hitPolicy", "isCollection", "kind", "preferredOrientation"]);
const ROOT = /<(?:\w+:)?definitions\b/;
const DRAWN = "20191111";
const VERSION = /https?:\/\/www\.omg\.org\/spec\/DMN\/(20180521|20191111|20211108|20230324)\/(?=MODEL|DMNDI)/;

/** Return a file as dmn-js can open it. */
export function asDrawn(xml) {
  const [start, version] = xml.match(VERSION) ?? ["", DRAWN];
  return version === DRAWN ? xml : xml.replaceAll(start, `https://www.omg.org/spec/DMN/${DRAWN}/`);
}

/** Return what dmn-js gives in the manner of the file that was opened. */
export function inMannerOf(original, xml) {
  let text = ONE_LINE.test(original) ? xml.replace(BLOCKS, (block) => block.replace(/>\s*\n\s*</g, "><")) : xml;
  if (QUOTED.test(original)) text = text.replace(BETWEEN_TAGS, (words) => words.replaceAll('"', "&quot;"));
  for (const [whole, start] of original.matchAll(UNIQUE)) text = text.replace(`${start}>`, whole);
  const [start, version] = original.match(VERSION) ?? ["", DRAWN];
  if (version !== DRAWN) text = text.replaceAll(`https://www.omg.org/spec/DMN/${DRAWN}/`, start);
  const [prolog, written] = [original, text].map((one) => one.slice(0, one.search(ROOT)));
  return prolog + text.slice(written.length).trimEnd() + (original.endsWith("\n") ? "\n" : "");
}

/** Say whether a file that dmn-js has written holds everything of the one it has read: it drops what it does not know. */
export function holdsAll(original, written) {
  const [before, after] = [original, written].map(countParts);
  return [...before].every(([name, count]) => (after.get(name) ?? 0) >= count);
}

/** Return how many elements and attributes there are of each name, but for those that may say what is so by default. */
function countParts(xml) {
  const counts = new Map();
  const add = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const element of new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("*")) {
    add(element.localName);
    for (const { name } of element.attributes) if (!name.startsWith("xmlns") && !DEFAULTS.has(name)) add(`@${name}`);
  }
  return counts;
}
