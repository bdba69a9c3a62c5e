// The way back across what replaced the whole drawing: a fix, a merge, what a reload had left.
import { announce } from "../../page.js";
import { say } from "./say.js";

/**
 * Each replacement begins a chapter. Commands name the very shapes that they changed, so a chapter that is left is kept as it
 * stood, with its shapes and its commands, and put back when somebody undoes or redoes beyond its end.
 */
class Chapters {
  static $inject = ["bpmnjs", "eventBus", "canvas", "commandStack", "moddle", "selection", "elementRegistry", "sight"];

  constructor(bpmnjs, eventBus, canvas, commandStack, moddle, selection, registry, sight) {
    Object.assign(this, { bpmnjs, eventBus, canvas, commandStack, moddle, selection, registry, sight, earlier: [], later: [] });
    eventBus.on("commandStack.changed", ({ trigger }) => {
      if (trigger === "execute") this.later = [];
    });
    eventBus.on("editorActions.init", ({ editorActions }) => {
      for (const name of ["undo", "redo"]) editorActions.unregister(name);
      editorActions.register({ undo: () => this.undo(), redo: () => this.redo() });
    });
  }

  /** Put another text on the board. A text that cannot be read leaves everything as it is, and throws. */
  async replace(text) {
    const left = this.leave();
    left.commands.length = left.at + 1;
    const reselect = this.keepSelection();
    await this.bpmnjs.importXML(text);
    this.earlier.push(left);
    this.later = [];
    reselect();
  }

  undo() {
    if (this.commandStack.canUndo()) this.commandStack.undo();
    else if (this.earlier.length) this.turn(this.earlier, this.later);
  }

  redo() {
    if (this.commandStack.canRedo()) this.commandStack.redo();
    else if (this.later.length) this.turn(this.later, this.earlier);
  }

  turn(from, to) {
    const reselect = this.keepSelection();
    to.push(this.leave());
    this.putBack(from.pop());
    reselect();
    announce(say("Seluruh diagram kembali ke keadaan lain: perbaikan atau penggabungan diurungkan atau diulangi.", "The whole diagram is another one again: a fix or a merge was undone or redone."));
  }

  leave() {
    return {
      definitions: this.bpmnjs.getDefinitions(),
      shown: this.canvas.getRootElement(),
      roots: this.canvas.getRootElements(),
      elements: this.canvas.getRootElements().flatMap(inside),
      ids: { ...this.moddle.ids._seed.hats },
      commands: [...this.commandStack._stack],
      at: this.commandStack._stackIdx,
    };
  }

  putBack({ definitions, shown, roots, elements, ids, commands, at }) {
    const { bpmnjs, canvas, commandStack, eventBus, moddle, sight } = this;
    bpmnjs.clear();
    bpmnjs._setDefinitions(definitions);
    moddle.ids.clear();
    for (const [id, object] of Object.entries(ids)) moddle.ids.claim(id, object);
    sight.begin(definitions);
    for (const root of roots) canvas.addRootElement(root);
    for (const [element, parent] of elements) canvas[element.waypoints ? "addConnection" : "addShape"](element, parent);
    canvas.setRootElement(shown);
    Object.assign(commandStack, { _stack: commands, _stackIdx: at });
    eventBus.fire("import.render.complete", { warnings: [] });
    eventBus.fire("import.done", { error: null, warnings: [] });
    eventBus.fire("commandStack.changed", { trigger: "undo" });
  }

  keepSelection() {
    const chosen = this.selection.get().map(({ id }) => id);
    return () => this.selection.select(chosen.map((id) => this.registry.get(id)).filter(Boolean));
  }
}

/** Return everything inside an element with what it lies in, from the back to the front. */
function inside(parent) {
  return (parent.children ?? []).flatMap((child) => [[child, parent], ...inside(child)]);
}

export const chaptersModule = { __init__: ["chapters"], chapters: ["type", Chapters] };
