"""Ways out where a step names what does not exist, or does not say who does it or where its result goes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial

from engine.bpmn.constants import value_of
from engine.bpmn.decisionfiles import read_tables
from engine.bpmn.formfiles import FORM_FOLDER
from engine.bpmn.model import Trigger
from engine.bpmn.references import is_variable
from engine.bpmn.texts import extension_of
from engine.bpmn.vocabulary import ALUR
from engine.designs.editing.diagram import B, Diagram, lane_members, local, slug_of
from engine.designs.editing.happening import DEFINED
from engine.designs.editing.saying import set_attribute, set_extension
from engine.designs.mending.broken import VARIABLES, Broken, Files, Fix, on_diagram

_MOST = 3
_ALIKE = 0.5
_ASSIGNS = ("assignee", "candidate")
# Where a step of each kind says which variable takes its result.
_RESULTS: Mapping[str, str] = {"userTask": "form", "businessRuleTask": "decision", "scriptTask": "script"}


def choose_service(broken: Broken) -> Iterator[Fix]:
    """Offer the services whose names are most like the one that does not exist."""
    yield from _choose(broken, "service", "name", broken.design.catalogue.services)


def choose_decision(broken: Broken) -> Iterator[Fix]:
    """Offer the decisions of the design that are most like the one that does not exist."""
    yield from _choose(broken, "decision", "ref", read_tables(broken.design.files)[0])


def choose_form(broken: Broken) -> Iterator[Fix]:
    """Offer the forms that are most like the one that does not exist, and a new one under its name."""
    own = {name.removeprefix(FORM_FOLDER).removesuffix(".json") for name in broken.design.files if _is_form(name)}
    yield from _choose(broken, "form", "key", own | broken.design.catalogue.forms)
    key = extension_of(broken.node, "form").get("key", "") if broken.node is not None else ""
    wanted = f"{FORM_FOLDER}{key or broken.id}.json"
    if "." not in key and wanted not in broken.design.files:
        label = (f"Buat formulir baru '{key or broken.id}'", f"Make a new form '{key or broken.id}'")
        yield Fix("new_form", {"id": label[0], "en": label[1]}, partial(_with_form, broken, key or broken.id))


def choose_role(broken: Broken) -> Iterator[Fix]:
    """Offer the roles that are most like the one that does not exist."""
    candidate = extension_of(broken.node, "assignment").get("candidate", "") if broken.node is not None else ""
    role, colon, unit = str(value_of(candidate)[1]).partition(":")
    for name in _alike(role, broken.design.catalogue.roles):
        yield _written(broken, "assignment", "candidate", f'"{name}{colon}{unit}"', name)


def choose_process(broken: Broken) -> Iterator[Fix]:
    """Offer the other processes of the file to a step that calls one that does not exist."""
    called = broken.node.get("calledElement", "") if broken.node is not None else ""
    found = [node.get("id", "") for node in broken.diagram.root.iter(f"{B}process")]
    own = broken.diagram.process().get("id")
    for name in _alike(called, [name for name in found if name != own], at_least=0):
        yield on_diagram(
            broken, f"process:{name}", (f"Panggil proses '{name}'", f"Call the process '{name}'"),
            partial(_set_node_attribute, broken.id, "calledElement", name),
        )  # fmt: skip


def choose_event(broken: Broken) -> Iterator[Fix]:
    """Offer the messages or signals that the file defines to an event that names none."""
    node = broken.node
    trigger = Trigger.SIGNAL if broken.problem.code == "signal_reference" else Trigger.MESSAGE
    has_key = trigger is Trigger.SIGNAL or (node is not None and extension_of(node, "message").get("key"))
    for defined in list(broken.diagram.root.iter(f"{B}{DEFINED[trigger][0]}"))[:_MOST] if has_key else ():
        name = defined.get("name") or defined.get("id", "")
        words = {Trigger.SIGNAL: ("sinyal", "signal"), Trigger.MESSAGE: ("pesan", "message")}[trigger]
        yield on_diagram(
            broken, f"{trigger}:{name}", (f"Pakai {words[0]} '{name}'", f"Use the {words[1]} '{name}'"),
            partial(_refer, broken.id, f"{trigger}Ref", defined.get("id", "")),
        )  # fmt: skip


def catch_any(broken: Broken) -> Iterator[Fix]:
    """Offer to let an event catch every error or escalation if the one that it names is not defined."""
    attribute = "errorRef" if broken.problem.code == "error_reference" else "escalationRef"
    label = ("Tangkap semuanya, apa pun kodenya", "Catch any, whatever its code")
    yield on_diagram(broken, "catch_any", label, partial(_refer, broken.id, attribute, ""))


def choose_people(broken: Broken) -> Iterator[Fix]:
    """Offer whoever does another task of the same lane; of two who are named, either."""
    if broken.node is None:
        return
    named = extension_of(broken.node, "assignment")
    if all(named.get(one) for one in _ASSIGNS):
        for kept, dropped in (_ASSIGNS, _ASSIGNS[::-1]):
            label = (f"Pakai {named[kept]} saja", f"Keep {named[kept]} only")
            yield on_diagram(broken, f"keep_{kept}", label, partial(_write, broken.id, "assignment", {dropped: ""}))
        return
    for kind, feel, task in _beside(broken)[:_MOST]:
        label = (f"Sama dengan langkah «{task}»: {feel}", f"As the step «{task}»: {feel}")
        yield on_diagram(broken, f"{kind}:{feel}", label, partial(_write, broken.id, "assignment", {kind: feel}))


def name_result(broken: Broken) -> Iterator[Fix]:
    """Offer a variable, named after the step, to take its result."""
    tag = _RESULTS.get(local(broken.node)) if broken.node is not None else None
    if tag is None:
        return
    taken = broken.design.variables
    base = slug_of(broken.id) or "hasil"
    base = base if is_variable(base) else f"{base}_hasil"
    name = next(one for one in (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))) if one not in taken)
    label = (f"Simpan hasilnya di '{name}'", f"Keep the result in '{name}'")
    yield on_diagram(broken, "result", label, partial(_write, broken.id, tag, {"result": name}))


def name_variable(broken: Broken) -> Iterator[Fix]:
    """Offer a name that an expression can spell for one that it cannot."""
    parts = broken.node.iter(f"{{{ALUR}}}*") if broken.node is not None else ()
    named = [str(part.get(key)) for part in parts for key in VARIABLES if part.get(key)]
    bad = next((name for name in named if not is_variable(name)), "")
    name = slug_of(bad)
    if bad and name and is_variable(name):
        label = (f"Ganti namanya menjadi '{name}'", f"Call it '{name}'")
        yield on_diagram(broken, "variable", label, partial(_rename_variable, bad, name))


def _choose(broken: Broken, tag: str, attribute: str, known: Iterable[str]) -> Iterator[Fix]:
    name = extension_of(broken.node, tag).get(attribute, "") if broken.node is not None else ""
    for other in _alike(name, known):
        yield _written(broken, tag, attribute, other, other)


def _alike(name: str, known: Iterable[str], at_least: float = _ALIKE) -> list[str]:
    """Return the names most like one, the nearest first; none that are nothing like it."""
    ratios = {other: SequenceMatcher(None, name.lower(), other.lower()).ratio() for other in known}
    near = sorted(
        (other for other, ratio in ratios.items() if ratio >= at_least), key=lambda other: (-ratios[other], other)
    )
    return near[:_MOST]


def _written(broken: Broken, tag: str, attribute: str, value: str, shown: str) -> Fix:
    label = (f"Ganti dengan '{shown}'", f"Use '{shown}' instead")
    return on_diagram(broken, f"use:{shown}", label, partial(_write, broken.id, tag, {attribute: value}))


def _beside(broken: Broken) -> list[tuple[str, str, str]]:
    """Return who does the other tasks of a lane: as assignee or candidate, the expression, and the task."""
    lane = broken.diagram.lane_of(broken.id)
    found = []
    for name in lane_members(lane) if lane is not None else ():
        node = broken.design.nodes.get(name)
        said = extension_of(node, "assignment") if node is not None and name != broken.id else {}
        found += [
            (kind, said[kind], node.get("name") or name) for kind in _ASSIGNS if node is not None and said.get(kind)
        ]
    by_feel: dict[str, tuple[str, str, str]] = {}
    for one in found:
        by_feel.setdefault(one[1], one)
    return sorted(by_feel.values(), key=lambda one: -sum(other[1] == one[1] for other in found))


def _is_form(name: str) -> bool:
    return name.startswith(FORM_FOLDER) and name.endswith(".json")


def _with_form(broken: Broken, key: str, files: Files) -> Files:
    node = broken.node
    title = (node.get("name") if node is not None else None) or key
    spec = {
        "version": 1,
        "title": {"id": title, "en": title},
        "fields": [{"name": "note", "type": "textarea", "label": {"id": "Catatan", "en": "Note"}, "required": False}],
    }
    content = (json.dumps(spec, ensure_ascii=False, indent=2) + "\n").encode()
    write: Callable[[Diagram], None] = partial(_write, broken.id, "form", {"key": key})
    mended = on_diagram(broken, "", ("", ""), write).mend(files)
    return {**mended, f"{FORM_FOLDER}{key}.json": content}


def _write(identifier: str, tag: str, values: Mapping[str, str], diagram: Diagram) -> None:
    set_extension(diagram.node(identifier), tag, values)


def _set_node_attribute(identifier: str, attribute: str, value: str, diagram: Diagram) -> None:
    set_attribute(diagram.node(identifier), attribute, value)


def _refer(identifier: str, attribute: str, value: str, diagram: Diagram) -> None:
    node = diagram.node(identifier)
    holders = [child for child in node if local(child).endswith("EventDefinition")] or [node]
    set_attribute(holders[0], attribute, value)


def _rename_variable(bad: str, name: str, diagram: Diagram) -> None:
    """Call a variable otherwise wherever a step sets it; no expression can have named it as it was."""
    for part in diagram.root.iter(f"{{{ALUR}}}*"):
        for key in VARIABLES:
            if part.get(key) == bad:
                part.set(key, name)
