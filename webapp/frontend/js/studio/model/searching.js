// Search by name or by kind: "atasan", "layanan". Technical names are found as well, and not shown.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { kindOf } from "./kinds.js";
import { showElement } from "./room.js";
import { say } from "./say.js";

function Search(elementRegistry, searchPad, canvas, eventBus, selection, search) {
  searchPad.registerProvider({
    find(pattern) {
      const roots = canvas.getRootElements();
      const items = elementRegistry.filter((element) => !element.labelTarget && !roots.includes(element)).map(describe);
      return search(items, pattern, { keys: ["label", "kind", "id"] }).map(({ item, tokens }) => ({
        element: item.element,
        primaryTokens: tokens.label,
        secondaryTokens: tokens.kind,
      }));
    },
  });
  eventBus.on(["searchPad.preselected", "searchPad.selected"], () => showElement(canvas, selection.get()));
  // The list scrolls; a keyboard must be able to, too.
  eventBus.on("searchPad.opened", () => {
    const list = canvas.getContainer().querySelector(".djs-search-results");
    list?.setAttribute("tabindex", "0");
    list?.setAttribute("role", "region");
    list?.setAttribute("aria-label", say("Hasil pencarian", "What was found"));
  });
}
Search.$inject = ["elementRegistry", "searchPad", "canvas", "eventBus", "selection", "search"];

function describe(element) {
  const object = getBusinessObject(element);
  const label = object.name || object.text || say("tanpa nama", "without a name");
  return { element, label, kind: kindOf(element), id: element.id };
}

export const searchingModule = { bpmnSearch: ["type", Search] };
