"""What a diagram may name, for whoever draws it: roles, forms, services, decisions, events, variables and functions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.check import Catalogue
from engine.bpmn.decisionfiles import read_tables
from engine.bpmn.formfiles import read_forms
from engine.bpmn.model import Element, Outline, Trigger
from engine.bpmn.outline import read_outline
from engine.bpmn.read import NAMES, read_xml
from engine.calendar import WEEKS
from engine.dmn import Decision
from engine.dmn.boxes import DecisionTable
from engine.dmn.errors import DecisionInvalid
from engine.errors import DiagramRefused
from engine.feel import FeelSyntaxError, compile_expression
from engine.feel.functions import BUILTINS
from engine.services import Service
from processes.people.records import Role
from webapp.studio.model.function_words import FUNCTION_WORDS

Entry = Mapping[str, Any]
_EVENTS = {
    Trigger.MESSAGE: "messages",
    Trigger.SIGNAL: "signals",
    Trigger.ERROR: "errors",
    Trigger.ESCALATION: "escalations",
}
#: What the calendars are called by which a step may count its working days.
CALENDAR_WORDS: Mapping[str, tuple[str, str]] = {
    "five_days": ("lima hari kerja, Senin sampai Jumat", "five days, Monday to Friday"),
    "six_days": ("enam hari kerja, Senin sampai Sabtu", "six days, Monday to Saturday"),
}
_ROLES_OF_UNITS = frozenset({Role.UNIT_HR_OFFICER})


@dataclass(frozen=True, slots=True)
class Known:
    """What is installed, and how other diagrams use it.

    :param roles: the words for each role.
    :param outlines: the processes in force in the city and those that Alur ships, by which a service gets its words.
    """

    catalogue: Catalogue
    services: Mapping[str, Service]
    roles: Mapping[Role, str]
    outlines: tuple[Outline, ...]


def catalogue_of(files: Mapping[str, bytes], known: Known, language: str, address: str) -> dict[str, list[Entry]]:
    """Return the choices of every field of the editor, each list in the order in which it is shown.

    :param address: of the design, below which its forms and tables are edited.
    """
    outline, root = _read_diagram(files)
    decisions, _problems = read_tables(files)
    forms, _problems = read_forms(files)
    elements = tuple(outline.elements.values()) if outline is not None else ()
    return {
        "roles": [_role(role, words) for role, words in known.roles.items()],
        "forms": [*_own_forms(forms, language, address), *_other_forms(known, language)],
        "services": list(_services(known, language)),
        "decisions": [_decision(decision, files, address, language) for _, decision in sorted(decisions.items())],
        **_events(elements, known.outlines),
        "processes": _processes(root),
        "calendars": [{"name": name, "label": CALENDAR_WORDS[name][_place(language)]} for name in WEEKS],
        "variables": list(_variables(outline, forms, decisions, language)),
        "functions": list(functions(language)),
    }


def functions(language: str) -> Iterator[Entry]:
    """Yield every function of FEEL: its name, how it is written, and what it gives."""
    place = _place(language)
    for name, ways in BUILTINS.items():
        form = next((way.form for way in ways if not way.sums_up), ways[0].form)
        yield {"name": name, "form": form, "text": FUNCTION_WORDS[name][place]}
    yield {"name": "is defined", "form": "is defined(value)", "text": FUNCTION_WORDS["is defined"][place]}


def _place(language: str) -> int:
    return 0 if language == "id" else 1


def _read_diagram(files: Mapping[str, bytes]) -> tuple[Outline | None, Any]:
    """Return the process of a diagram that may be half finished, and its tree; None where it cannot be read."""
    name = next((name for name in files if name.endswith(".bpmn")), "")
    try:
        root = read_xml(files[name], name)
    except (KeyError, DiagramRefused):
        return None, None
    return read_outline(root, name)[0], root


def _role(role: Role, words: str) -> Entry:
    return {"name": str(role), "label": words, "ofUnit": role in _ROLES_OF_UNITS}


def _own_forms(forms: Mapping[str, Mapping[str, Any]], language: str, address: str) -> Iterator[Entry]:
    for key, form in sorted(forms.items()):
        yield {"key": key, "label": _said(form.get("title"), language) or key, "url": f"{address}/formulir/{key}"}


def _other_forms(known: Known, language: str) -> Iterator[Entry]:
    """Yield the forms that Python gives, each called as the first step that asks by it."""
    named = _first_names(known.outlines, lambda element: element.form, language)
    for key in sorted(known.catalogue.forms):
        yield {"key": key, "label": f"{named[key]} ({key})" if key in named else key}


def _services(known: Known, language: str) -> Iterator[Entry]:
    """Yield the services, each called as the first step that calls it, with the inputs that any step gives it."""
    named = _first_names(known.outlines, lambda element: element.service, language)
    given = _inputs_given(known.outlines)
    for name in sorted(known.catalogue.services):
        label = f"{named[name]} ({name})" if name in named else name
        parameters = [_parameter(key, example) for key, example in given.get(name, {}).items()]
        yield {
            "name": name,
            "label": label,
            "text": _first_sentence(known.services.get(name)),
            "parameters": parameters,
        }


def _first_names(outlines: Iterable[Outline], used: Any, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in (element for outline in outlines for element in outline.elements.values()):
        key, name = used(element), element.names.get(language) or element.names.get("id")
        if key and name:
            found.setdefault(key, name)
    return found


def _inputs_given(outlines: Iterable[Outline]) -> dict[str, dict[str, str]]:
    """Return by service the names of its inputs, each with an expression that some step gives."""
    found: dict[str, dict[str, str]] = {}
    for element in (element for outline in outlines for element in outline.elements.values() if element.service):
        for name, value in element.inputs.items():
            found.setdefault(element.service or "", {}).setdefault(name, value)
    return found


def _parameter(name: str, example: str) -> Entry:
    return {"name": name, "label": name, "text": example}


def _first_sentence(service: Service | None) -> str:
    words = " ".join((service.__doc__ or "").split()) if service is not None else ""
    return words.partition(". ")[0].rstrip(".")


def _decision(decision: Decision, files: Mapping[str, bytes], address: str, language: str) -> Entry:
    try:
        inputs = sorted(decision.needs)
    except DecisionInvalid:
        inputs = []
    file = next((name for name in files if name.endswith(".dmn") and decision.id.encode() in files[name]), "")
    url = f"{address}/tabel/{file.removesuffix('.dmn')}" if file else ""
    return {"ref": decision.id, "label": decision.name_in(language), "inputs": inputs, "url": url}


def _events(elements: Iterable[Element], outlines: Iterable[Outline]) -> dict[str, list[Entry]]:
    """Return the messages, signals, errors and escalations of this diagram, and what others can be told or tell."""
    found: dict[str, dict[str, Entry]] = {kind: {} for kind in _EVENTS.values()}
    others = [(element, outline) for outline in outlines for element in outline.elements.values()]
    for element, outline in [*((element, None) for element in elements), *others]:
        kind = _EVENTS.get(element.trigger) if element.trigger else None
        name = element.event.name if element.event else None
        # An error or escalation is known in its own process only.
        if kind and name and (outline is None or kind in ("messages", "signals")):
            label = name if outline is None else f"{name} ({outline.names.get('id', outline.process)})"
            found[kind].setdefault(name, {"name": name, "label": label})
    return {kind: [named[name] for name in sorted(named)] for kind, named in found.items()}


def _processes(root: Any) -> list[Entry]:
    nodes = root.iterfind("bpmn:process", NAMES) if root is not None else ()
    return [{"id": node.get("id", ""), "label": node.get("name") or node.get("id", "")} for node in nodes]


def _variables(
    outline: Outline | None, forms: Mapping[str, Mapping[str, Any]], decisions: Mapping[str, Decision], language: str
) -> Iterator[Entry]:
    """Yield what expressions may name: what steps keep, with its parts, and what expressions name already."""
    found: dict[str, str] = {}
    for element in outline.elements.values() if outline is not None else ():
        step = element.names.get(language) or element.id
        for name in _kept(element):
            found.setdefault(name, step)
        form, decision = forms.get(element.form or ""), decisions.get(element.decision or "")
        if element.result and form is not None:
            found |= _fields(element.result, form, language)
        if element.result and decision is not None:
            found |= dict.fromkeys(_outputs(element.result, decision), step)
    for name in _named_elsewhere(outline):
        found.setdefault(name, "")
    yield from ({"name": name, "text": found[name]} for name in sorted(found))


def _kept(element: Element) -> Iterator[str]:
    names = [element.result, element.event.result if element.event else None, *element.outputs]
    names += [element.loop.item, element.loop.output] if element.loop else []
    yield from (name for name in names if name)


def _fields(result: str, form: Mapping[str, Any], language: str) -> dict[str, str]:
    listed = form.get("fields")
    fields = [field for field in listed if isinstance(field, dict)] if isinstance(listed, list) else []
    return {f"{result}.{field['name']}": _said(field.get("label"), language) for field in fields if "name" in field}


def _outputs(result: str, decision: Decision) -> Iterator[str]:
    outputs = decision.logic.outputs if isinstance(decision.logic, DecisionTable) else ()
    yield from (f"{result}.{output.name}" for output in outputs if output.name and len(outputs) > 1)


def _named_elsewhere(outline: Outline | None) -> Iterator[str]:
    """Yield the names that expressions of the diagram read: what a case begins with is said nowhere else."""
    for expression in _expressions(outline) if outline is not None else ():
        try:
            yield from compile_expression(expression).names
        except FeelSyntaxError:
            continue


def _expressions(outline: Outline) -> Iterator[str]:
    for element in outline.elements.values():
        said = (element.assignee, element.candidate, element.due, element.script, element.subject, element.title)
        yield from (expression for expression in (*said, *element.inputs.values()) if expression)
    yield from (flow.condition for flow in outline.flows.values() if flow.condition)


def _said(words: object, language: str) -> str:
    """Return a text that a form says in both languages, or in one."""
    if isinstance(words, Mapping):
        return str(words.get(language) or words.get("id") or "")
    return words if isinstance(words, str) else ""
