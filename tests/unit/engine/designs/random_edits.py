"""Edits of the leave process at random, each with what it touches: by that alone it is known which ones collide."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, Final

from lxml import etree

from engine.bpmn.vocabulary import ALUR, BPMN
from engine.designs.tidying import tidy_file
from tests.unit.engine.designs.leave_process import DIAGRAM, FORM, LANES, SCENARIO, STEPS, TABLE, leave_files

B: Final = f"{{{BPMN}}}"
A: Final = f"{{{ALUR}}}"
DMN: Final = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
BASE: Final = leave_files()


@dataclass
class Work:
    """The files of a process while they are edited, and what has been touched.

    :param writes: new values by thing, whose second part is the part it belongs to.
    :param needs: parts that are used now and were not before.
    :param kinds: parts of which another kind was made: nobody else may touch what belongs to the old kind.
    """

    diagram: etree._Element
    table: etree._Element
    form: dict[str, Any]
    scenario: dict[str, Any]
    writes: dict[tuple[str, ...], object] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    removes: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def element(self, name: str) -> etree._Element | None:
        """Return an element of the diagram or the table."""
        return next(
            (node for root in (self.diagram, self.table) for node in root.iter() if node.get("id") == name), None
        )

    def files(self) -> Mapping[str, bytes]:
        """Return the edited files."""
        contents = {
            DIAGRAM: etree.tostring(self.diagram),
            TABLE: etree.tostring(self.table),
            FORM: json.dumps(self.form).encode(),
            SCENARIO: json.dumps(self.scenario).encode(),
        }
        return {name: tidy_file(name, content, BASE[name]) for name, content in contents.items()}


Edit = Callable[[Work], None]


def begin(files: Mapping[str, bytes] = BASE) -> Work:
    """Return the process as it is before anybody edits it."""
    parser = etree.XMLParser(remove_blank_text=True)
    roots = [etree.fromstring(files[name], parser) for name in (DIAGRAM, TABLE)]
    return Work(roots[0], roots[1], json.loads(files[FORM]), json.loads(files[SCENARIO]))


def random_edits(random: Random, who: str, most: int = 3) -> list[Edit]:
    """Return a few edits; what they bring is named after who makes them."""
    makers = [maker for maker, weight in _MAKERS.items() for _ in range(weight)]
    return [random.choice(makers)(random, f"{who}_{number}") for number in range(random.randint(1, most))]


def do_collide(mine: Work, theirs: Work) -> bool:
    """Say whether two people have touched the same thing, and not alike."""
    both = mine.writes.keys() & theirs.writes.keys()
    if any(mine.writes[thing] != theirs.writes[thing] for thing in both):
        return True
    return _spoils(mine, theirs) or _spoils(theirs, mine)


def _spoils(one: Work, other: Work) -> bool:
    """Say whether one has removed what the other uses, or changed the ground under it."""
    touched = other.needs | {thing[1] for thing in other.writes if thing[0] != "gap"}
    written = {thing[1] for thing in other.writes if thing[0] in _OF_KIND}
    has_new_rows = any(thing[0] == "gap" for thing in other.writes)
    columns = ("columns", "leave_table") in one.writes and ("columns", "leave_table") not in other.writes
    return bool(
        (one.removes - other.removes) & touched
        or (one.kinds - other.kinds) & written
        or one.kinds & other.removes
        or (columns and has_new_rows)
    )


_OF_KIND: Final = frozenset({"who", "form", "type", "max", "required", "option", "show", "removed form"})


def _write(work: Work, thing: tuple[str, ...], value: object) -> None:
    work.writes[thing] = value


def _remove(work: Work, *names: str) -> None:
    gone = set(names)
    work.removes |= gone
    work.needs -= gone
    work.kinds -= gone
    work.writes = {thing: value for thing, value in work.writes.items() if not gone & set(thing)}


def _rename(random: Random, who: str) -> Edit:
    return partial(_set_name, name=random.choice([*STEPS, *LANES, "late", "is_long"]), value=random.choice("xyz"))


def _set_name(work: Work, name: str, value: str) -> None:
    node = work.element(name)
    if node is not None:
        node.set("name", value)
        _write(work, ("name", name), value)


def _assign(random: Random, who: str) -> Edit:
    return partial(_set_assignee, name=random.choice(["ask", "approve"]), value=random.choice("xyz"))


def _set_assignee(work: Work, name: str, value: str) -> None:
    node = work.element(name)
    found = node.find(f".//{A}assignment") if node is not None else None
    if found is not None:
        found.set("assignee", value)
        _write(work, ("who", name), value)


def _form_key(random: Random, who: str) -> Edit:
    return partial(_set_form, name=random.choice(["ask", "approve"]), value=random.choice(["x", "y", None]))


def _set_form(work: Work, name: str, value: str | None) -> None:
    """Choose another form, or none."""
    node = work.element(name)
    found = node.find(f".//{A}form") if node is not None else None
    if found is None:
        return
    if value is None:
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)
        work.writes.pop(("form", name), None)
        _write(work, ("removed form", name), True)
        _write(work, ("form", name), None)
    else:
        found.set("key", value)
        _write(work, ("form", name), value)


def _conditions(random: Random, who: str) -> Edit:
    return partial(_set_condition, value=random.choice(["days > 5", "days > 9"]))


def _set_condition(work: Work, value: str) -> None:
    node = work.element("flow_is_long__approve")
    found = node.find(f"{B}conditionExpression") if node is not None else None
    if found is not None:
        found.text = value
        _write(work, ("condition", "flow_is_long__approve"), value)


def _timer(random: Random, who: str) -> Edit:
    return partial(_set_timer, value=random.choice(["P6D", "P7D"]))


def _set_timer(work: Work, value: str) -> None:
    node = work.element("late")
    if node is not None:
        found = node.find(f".//{B}timeDuration")
        assert found is not None
        found.text = value
        _write(work, ("timer", "late"), value)


def _inputs(random: Random, who: str) -> Edit:
    return partial(_set_input, name=random.choice(["days", "unit", "kind"]), value=random.choice("12"))


def _set_input(work: Work, name: str, value: str) -> None:
    node = work.element("note")
    found = node.find(f".//{A}service") if node is not None else None
    if found is None:
        return
    given = next((item for item in found if item.get("name") == name), None)
    if given is None:
        given = etree.SubElement(found, f"{A}input", name=name)
    given.set("value", value)
    _write(work, ("input", "note", name), value)


def _manual(random: Random, who: str) -> Edit:
    return partial(_make_manual, name=random.choice(["ask", "approve"]))


def _make_manual(work: Work, name: str) -> None:
    node = work.element(name)
    if node is not None and node.tag == f"{B}userTask":
        node.tag = f"{B}manualTask"
        _write(work, ("kind", name), "manualTask")
        work.kinds.add(name)


def _lanes(random: Random, who: str) -> Edit:
    name = random.choice(STEPS)
    lanes = [lane for lane in LANES if lane != _lane_of(begin(), name)]
    return partial(_set_lane, name=name, lane=random.choice(lanes))


def _set_lane(work: Work, name: str, lane: str) -> None:
    reference = _lane_reference(work, name)
    target = work.element(lane)
    if reference is not None and target is not None and reference.getparent() is not target:
        target.append(reference)
        _write(work, ("lane", name), lane)


def _lane_of(work: Work, name: str) -> str | None:
    reference = _lane_reference(work, name)
    parent = reference.getparent() if reference is not None else None
    return parent.get("id") if parent is not None else None


def _lane_reference(work: Work, name: str) -> etree._Element | None:
    return next((node for node in work.diagram.iter(f"{B}flowNodeRef") if node.text == name), None)


def _shapes(random: Random, who: str) -> Edit:
    return partial(_move_shape, name=random.choice(STEPS), by=random.choice([10, 20]))


def _move_shape(work: Work, name: str, by: int) -> None:
    shape = work.element(f"{name}_di")
    if shape is not None:
        shape[0].set("x", str(int(shape[0].get("x", "0")) + by))


def _flows(work: Work) -> Iterator[etree._Element]:
    return work.diagram.iter(f"{B}sequenceFlow")


def _point(work: Work, flow: etree._Element, end: str, to: str) -> None:
    """Let a flow end elsewhere, with what repeats it."""
    name, kind = str(flow.get("id")), "outgoing" if end == "sourceRef" else "incoming"
    for node in list(work.diagram.iter(f"{B}{kind}")):
        parent = node.getparent()
        if node.text == name and parent is not None:
            parent.remove(node)
    flow.set(end, to)
    target = work.element(to)
    assert target is not None
    etree.SubElement(target, f"{B}{kind}").text = name


def _deletion(random: Random, who: str) -> Edit:
    return partial(_delete_step, name=random.choice(STEPS))


def _delete_step(work: Work, name: str) -> None:
    """Take a step out; what led to it leads to what came after it."""
    node = work.element(name)
    out = [flow for flow in _flows(work) if flow.get("sourceRef") == name]
    if node is None or len(out) != 1:
        return
    after = str(out[0].get("targetRef"))
    for flow in [flow for flow in _flows(work) if flow.get("targetRef") == name]:
        _point(work, flow, "targetRef", after)
        _write(work, ("target", str(flow.get("id"))), after)
        work.needs.add(after)
    edges = {str(out[0].get("id"))} | {str(edge.get("id")) for edge in _boundaries(work, name)}
    for gone in (name, *edges):
        _take_out(work, gone)
    _remove(work, name, *edges)


def _boundaries(work: Work, name: str) -> list[etree._Element]:
    return [node for node in work.diagram.iter(f"{B}boundaryEvent") if node.get("attachedToRef") == name]


def _take_out(work: Work, name: str) -> None:
    """Remove a part with its shape and all that repeats it."""
    repeated = (f"{B}incoming", f"{B}outgoing", f"{B}flowNodeRef")
    for node in list(work.diagram.iter()):
        is_it = node.get("id") == name or node.get("bpmnElement") == name
        parent = node.getparent()
        if parent is not None and (is_it or (node.tag in repeated and node.text == name)):
            parent.remove(node)


def _insertion(random: Random, who: str) -> Edit:
    place = random.randrange(8)
    return partial(_insert_step, place=place, who=who)


def _insert_step(work: Work, place: int, who: str) -> None:
    """Put a step into one of the flows that were there from the start."""
    name = [flow.get("id") for flow in _flows(begin())][place]
    flow = work.element(str(name))
    if flow is None:
        return
    after = str(flow.get("targetRef"))
    process = flow.getparent()
    assert process is not None
    etree.SubElement(process, f"{B}userTask", id=f"step_{who}", name=who)
    new = etree.SubElement(process, f"{B}sequenceFlow", id=f"flow_{who}", sourceRef=f"step_{who}", targetRef=after)
    _point(work, flow, "targetRef", f"step_{who}")
    _point(work, new, "sourceRef", f"step_{who}")
    _point(work, new, "targetRef", after)
    lane = work.element("lane_system")
    assert lane is not None
    etree.SubElement(lane, f"{B}flowNodeRef").text = f"step_{who}"
    _write(work, ("target", str(name)), f"step_{who}")
    work.needs |= {after, str(name)}


_ROWS: Final = ("short", "middle", "long")


def _rules(work: Work) -> list[etree._Element]:
    return list(work.table.iter(f"{DMN}rule"))


def _columns(work: Work) -> list[str]:
    return [str(node.get("id")) for node in work.table.iter(f"{DMN}input")]


def _cell(random: Random, who: str) -> Edit:
    rule = random.choice(_ROWS)
    return partial(_set_cell, rule=rule, place=random.randrange(2), value=random.choice(["1", "2"]))


def _set_cell(work: Work, rule: str, place: int, value: str) -> None:
    cell = work.element(f"{rule}_{place}")
    if cell is not None:
        cell[0].text = value
        column = ["in_days", "in_unit"][place]
        _write(work, ("cell", rule, column), value)
        work.needs |= {column}


def _row(random: Random, who: str) -> Edit:
    return partial(_add_row, before=random.randrange(4), who=who)


def _add_row(work: Work, before: int, who: str) -> None:
    """Add a row before one of the first three, or before what is left of those after it."""
    left = [rule for name in _ROWS[before:] for rule in _rules(work) if rule.get("id") == name]
    columns = _columns(work)
    table = work.element("leave_table")
    assert table is not None
    row = etree.Element(f"{DMN}rule", id=f"row_{who}")
    for column in columns:
        cell = etree.SubElement(row, f"{DMN}inputEntry", id=f"row_{who}_{column}")
        etree.SubElement(cell, f"{DMN}text").text = "7"
    out = etree.SubElement(row, f"{DMN}outputEntry", id=f"row_{who}_out")
    etree.SubElement(out, f"{DMN}text").text = "8"
    table.insert(table.index(left[0]) if left else len(table), row)
    work.needs |= set(columns)


def _row_deletion(random: Random, who: str) -> Edit:
    return partial(_delete_row, rule=random.choice(_ROWS))


def _delete_row(work: Work, rule: str) -> None:
    node = work.element(rule)
    if node is not None:
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
        _remove(work, rule)


def _column_deletion(random: Random, who: str) -> Edit:
    return partial(_delete_column, column=random.choice(["in_days", "in_unit"]))


def _delete_column(work: Work, column: str) -> None:
    node = work.element(column)
    if node is None:
        return
    place = _columns(work).index(column)
    for rule in _rules(work):
        rule.remove(rule.findall(f"{DMN}inputEntry")[place])
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)
    _remove(work, column)
    _write(work, ("columns", "leave_table"), tuple(_columns(work)))


def _hit_policy(random: Random, who: str) -> Edit:
    return partial(_set_hit_policy, value=random.choice(["UNIQUE", "ANY"]))


def _set_hit_policy(work: Work, value: str) -> None:
    table = work.element("leave_table")
    assert table is not None
    table.set("hitPolicy", value)
    _write(work, ("policy", "leave_table"), value)


_FIELDS: Final = ("first_day", "days", "kind", "reason")


def _field(work: Work, name: str) -> dict[str, Any] | None:
    return next((item for item in work.form["fields"] if item["name"] == name), None)


def _label(random: Random, who: str) -> Edit:
    return partial(
        _set_member, name=random.choice(_FIELDS), member="label", value={"id": random.choice("xy"), "en": "e"}
    )


def _maximum(random: Random, who: str) -> Edit:
    return partial(_set_member, name="days", member="max", value=random.choice([14, 20]))


def _kind_of_field(random: Random, who: str) -> Edit:
    return partial(_set_member, name="days", member="type", value=random.choice(["decimal", "text"]))


def _needed(random: Random, who: str) -> Edit:
    name, value = random.choice([("days", True), ("kind", None)])
    return partial(_set_member, name=name, member="required", value=value)


def _set_member(work: Work, name: str, member: str, value: object) -> None:
    found = _field(work, name)
    if found is None:
        return
    if value is None:
        found.pop(member, None)
    else:
        found[member] = value
    _write(work, (member, name), json.dumps(value))
    if member == "type":
        work.kinds.add(name)


def _option(random: Random, who: str) -> Edit:
    value = random.choice(["sick", "yearly", "other"])
    return partial(_set_option, value=value, label=random.choice(["x", "y"] if value == "other" else ["x", "y", ""]))


def _set_option(work: Work, value: str, label: str) -> None:
    """Name an option, add it, or take it away."""
    found = _field(work, "kind")
    if found is None:
        return
    option = next((item for item in found["choices"] if item["value"] == value), None)
    if not label:
        if option is not None:
            found["choices"].remove(option)
            _write(work, ("option", "kind", value), None)
    else:
        if option is None:
            option = {"value": value, "label": {}}
            found["choices"].append(option)
        option["label"] = {"id": label, "en": label}
        _write(work, ("option", "kind", value), label)


def _show(random: Random, who: str) -> Edit:
    return partial(_set_show, name=random.choice(["days", "first_day"]))


def _set_show(work: Work, name: str) -> None:
    found = _field(work, "reason")
    if found is not None and _field(work, name) is not None:
        found["show_when"] = {"field": name, "equals": "1"}
        _write(work, ("show", "reason"), name)
        work.needs.add(name)


def _field_deletion(random: Random, who: str) -> Edit:
    return partial(_delete_field, name=random.choice(["first_day", "days", "reason"]))


def _delete_field(work: Work, name: str) -> None:
    found = _field(work, name)
    if found is not None:
        work.form["fields"].remove(found)
        for section in work.form["sections"]:
            section["fields"] = [item for item in section["fields"] if item != name]
        _remove(work, name)


def _new_field(random: Random, who: str) -> Edit:
    return partial(_add_field, place=random.randrange(5), section=random.randrange(2), who=who)


def _add_field(work: Work, place: int, section: int, who: str) -> None:
    work.form["fields"].insert(place, {"name": f"field_{who}", "type": "text", "label": {"id": who, "en": who}})
    work.form["sections"][section]["fields"].append(f"field_{who}")


def _section(random: Random, who: str) -> Edit:
    name = random.choice(_FIELDS)
    return partial(_set_section, name=name, section=int(name in ("first_day", "days")))


def _set_section(work: Work, name: str, section: int) -> None:
    sections = work.form["sections"]
    if _field(work, name) is None or name in sections[section]["fields"]:
        return
    sections[1 - section]["fields"].remove(name)
    sections[section]["fields"].append(name)
    _write(work, ("section", name), section)


def _scenario(random: Random, who: str) -> Edit:
    return partial(_set_scenario, days=random.randrange(3, 5))


def _set_scenario(work: Work, days: int) -> None:
    work.scenario["steps"][0]["answers"]["days"] = days
    _write(work, ("scenario", SCENARIO), days)


_MAKERS: Final[Mapping[Callable[[Random, str], Edit], int]] = {
    _rename: 3, _assign: 2, _form_key: 2, _conditions: 1, _timer: 1, _inputs: 2, _manual: 1, _lanes: 3, _shapes: 2,
    _deletion: 3, _insertion: 4, _cell: 4, _row: 3, _row_deletion: 2, _column_deletion: 1, _hit_policy: 1, _label: 3,
    _maximum: 1, _kind_of_field: 1, _needed: 2, _option: 3, _show: 1, _field_deletion: 2, _new_field: 2, _section: 3,
    _scenario: 1,
}  # fmt: skip


def note_gaps(mine: Work, theirs: Work) -> None:
    """Note between which rows that all have each one's new rows stand: in this table it counts which comes first."""
    both = {str(rule.get("id")) for rule in _rules(begin())} - mine.removes - theirs.removes
    for work in (mine, theirs):
        last, gaps = "", dict[str, list[str]]()
        for rule in _rules(work):
            name = str(rule.get("id"))
            if name in both:
                last = name
            elif name.startswith("row_"):
                gaps.setdefault(last, []).append(name)
        for gap, rows in gaps.items():
            _write(work, ("gap", gap), tuple(rows))
