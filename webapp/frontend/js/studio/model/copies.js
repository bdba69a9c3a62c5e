// What looks alike is drawn once and then copied: a large diagram has hundreds of steps and flows that differ in name and place.
import TextRenderer from "bpmn-js/lib/draw/TextRenderer";
import { updateLine } from "diagram-js/lib/util/RenderUtil";
import { create } from "tiny-svg";

const BEFORE_THE_RENDERER = 1500;
const BEFORE_THE_DEFAULT_HIT = 600;
const TASKS = ["Task", "UserTask", "ServiceTask", "BusinessRuleTask", "ScriptTask", "ManualTask", "SendTask"];
const GATEWAYS = ["ExclusiveGateway", "InclusiveGateway", "ParallelGateway"];
const SHAPES = new Set([...TASKS, ...GATEWAYS].map((name) => `bpmn:${name}`));
const COLOURS = ["color:background-color", "color:border-color", "bioc:fill", "bioc:stroke"];

/** Remembers how the last text was to be set. */
class Texts extends TextRenderer {
  static $inject = ["config.textRenderer"];

  constructor(config) {
    super(config);
    const { createText } = this;
    this.createText = (text, options) => {
      this.asked = options;
      return createText(text, options);
    };
  }
}

/** Return what the picture of an element depends on, but its name and its way; "" where that cannot be told at a glance. */
function kindOf({ type, width, height, businessObject, di, source }) {
  if (!isPlain(type, businessObject, source) || isColoured(di)) return "";
  return [type, width, height, di.isMarkerVisible].join(" ");
}

function isPlain(type, object, source) {
  if (type === "bpmn:SequenceFlow") return !object.conditionExpression && source?.businessObject.default !== object;
  return SHAPES.has(type) && !object.loopCharacteristics && !object.isForCompensation;
}

function isColoured(di) {
  return COLOURS.some((colour) => di.get(colour)) || Boolean(di.get("label")?.get("color:color"));
}

/** Copies the pictures, and the areas that take the mouse, of which bpmn.io has drawn the first of its kind. */
class Copies {
  static $inject = ["eventBus", "canvas", "bpmnRenderer", "textRenderer", "interactionEvents"];

  constructor(eventBus, canvas, bpmnRenderer, textRenderer, interactionEvents) {
    Object.assign(this, { canvas, bpmnRenderer, textRenderer, interactionEvents, pictures: new Map(), hits: {} });
    eventBus.on(["render.shape", "render.connection"], BEFORE_THE_RENDERER, (_, { gfx, element, attrs = {} }) => {
      const kind = Object.keys(attrs).length ? "" : kindOf(element);
      return kind ? this.draw(kind, element, gfx) : undefined;
    });
    eventBus.on("interactionEvents.createHit", BEFORE_THE_DEFAULT_HIT, ({ element, gfx }) => {
      return element.isFrame ? undefined : this.drawHit(element, gfx);
    });
  }

  draw(kind, element, gfx) {
    const known = this.pictures.get(kind);
    if (!known) return this.drawFirst(kind, element, gfx);
    const copy = known.picture.cloneNode(true);
    if (element.waypoints) updateLine(copy.lastChild, element.waypoints);
    else this.name(copy, element.businessObject.name ?? "", known.text);
    gfx.append(copy);
    return gfx;
  }

  drawFirst(kind, element, gfx) {
    const drawn = this.bpmnRenderer[element.waypoints ? "drawConnection" : "drawShape"](gfx, element);
    this.shareTips(gfx);
    const picture = document.createDocumentFragment();
    picture.append(...gfx.cloneNode(true).childNodes);
    this.pictures.set(kind, { picture, text: this.textRenderer.asked });
    return drawn;
  }

  /** The tips of its lines move to where all of its kind find them, whatever becomes of the first one. */
  shareTips(gfx) {
    const tips = gfx.querySelector("defs");
    if (tips) this.canvas.getContainer().querySelector(":scope > svg").append(tips);
  }

  name(copy, name, text) {
    const label = copy.querySelector("text");
    if (label) label.replaceChildren(...this.textRenderer.createText(name, text).childNodes);
  }

  drawHit(element, gfx) {
    const kind = element.waypoints ? "line" : "box";
    this.hits[kind] ??= this.interactionEvents.createDefaultHit(element, create("g"));
    const hit = this.hits[kind].cloneNode();
    if (element.waypoints) updateLine(hit, element.waypoints);
    else for (const side of ["width", "height"]) hit.setAttribute(side, element[side]);
    gfx.append(hit);
    return hit;
  }
}

export const copiesModule = { __init__: ["copies"], copies: ["type", Copies], textRenderer: ["type", Texts] };
