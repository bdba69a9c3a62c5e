"""Offers ways out of what the check of a design finds, where there is an obvious one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from engine.bpmn.check import Catalogue
from engine.bpmn.read import problem
from engine.bpmn.release import check_release
from engine.designs.editing.diagram import Diagram
from engine.designs.editing.retyping import retype
from engine.designs.mending import drawing, flowing, hidden, naming, tables, wording
from engine.designs.mending.broken import Broken, Design, Files, Fix, on_diagram
from engine.errors import DiagramRefused, NotFound, Problem

__all__ = ["FIXED", "Fix", "apply_fix", "find_fix", "fixes_for", "fixes_of"]

_Mender = Callable[[Broken], Iterator[Fix]]


def fixes_for(found: Problem, files: Files, catalogue: Catalogue) -> tuple[Fix, ...]:
    """Return the ways out of a problem, the most likely one first; none where nothing is obvious."""
    return fixes_of((found,), files, catalogue)[0]


def fixes_of(problems: Iterable[Problem], files: Files, catalogue: Catalogue) -> list[tuple[Fix, ...]]:
    """Return the ways out of each of the problems of a design."""
    design = Design(files, catalogue)
    return [_offered(Broken(found, design)) for found in problems]


def find_fix(found: Problem, name: str, files: Files, catalogue: Catalogue) -> Fix:
    """Return the way out that somebody has chosen.

    :raise NotFound: there is none of that name any more.
    """
    for fix in fixes_for(found, files, catalogue):
        if fix.name == name:
            return fix
    raise NotFound()


def apply_fix(files: Files, found: Problem, fix: Fix, catalogue: Catalogue) -> Files:
    """Return the files with a problem mended.

    :raise DiagramRefused: it would still be there, or another error in its place; nothing is changed.
    """
    before = _errors(check_release(files, catalogue))
    mended = fix.mend(files)
    after = check_release(mended, catalogue)
    is_left = any(_place(one) == _place(found) and one.texts == found.texts for one in after)
    new = _errors(after) - before
    if is_left or new:
        raise DiagramRefused((_no_help(found),))
    return mended


def _offered(broken: Broken) -> tuple[Fix, ...]:
    try:
        return tuple(fix for mender in FIXED.get(broken.problem.code, ()) for fix in mender(broken))
    except DiagramRefused:  # the diagram cannot be read, so it cannot be mended either
        return ()


def _errors(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    return {_place(found) for found in problems if found.severity == "error"}


def _place(found: Problem) -> tuple[str, str]:
    return found.element, found.code


def _no_help(found: Problem) -> Problem:
    return problem(
        found.element,
        "fix",
        "perbaikan ini akan menimbulkan masalah lain di diagram ini; perbaiki langkahnya sendiri.",
        "this way out would make another problem in this diagram; mend the step itself.",
    )


def _change_gateway(broken: Broken) -> Iterator[Fix]:
    """Offer a gateway of another kind where branches never come together."""
    kinds = (("exclusiveGateway", "eksklusif", "exclusive"), ("inclusiveGateway", "inklusif", "inclusive"))
    for tag, id_text, en_text in kinds:
        label = (f"Jadikan gerbang {id_text}", f"Make it an {en_text} gateway")
        yield on_diagram(broken, tag, label, partial(_retype, broken.id, tag))


def _retype(identifier: str, tag: str, diagram: Diagram) -> None:
    retype(diagram, diagram.node(identifier), tag)


def _take_out(broken: Broken) -> Iterator[Fix]:
    """Offer to take a file out that is not read."""
    name = next((one for one in broken.design.files if one[:120] == broken.id), None)
    if name is not None:
        label = {"id": f"Keluarkan berkas '{broken.id}'", "en": f"Take the file '{broken.id}' out"}
        yield Fix("take_out", label, lambda files: {key: value for key, value in files.items() if key != name})


#: By the code of a problem, who knows a way out of it.
FIXED: Final[Mapping[str, tuple[_Mender, ...]]] = {
    "no_default": (flowing.choose_default,),
    "no_condition": (flowing.make_default,),
    "default_condition": (flowing.drop_condition,),
    "ignored_condition": (flowing.drop_condition,),
    "default_never": (flowing.drop_default,),
    "default_flow": (flowing.drop_default,),
    "dead_end": (flowing.add_end,),
    "unreachable": (flowing.remove_unreached,),
    "dangling_flow": (flowing.remove_flow,),
    "end_goes_on": (flowing.remove_flows_out,),
    "start_incoming": (flowing.lead_past_start,),
    "boundary_incoming": (flowing.lead_to_host,),
    "flow_reference": (flowing.list_flows,),
    "unknown_service": (naming.choose_service,),
    "unknown_decision": (naming.choose_decision,),
    "unknown_form": (naming.choose_form,),
    "unknown_role": (naming.choose_role,),
    "unknown_process": (naming.choose_process,),
    "message_reference": (naming.choose_event,),
    "signal_reference": (naming.choose_event,),
    "error_reference": (naming.catch_any,),
    "escalation_reference": (naming.catch_any,),
    "assignment": (naming.choose_people,),
    "no_result": (naming.name_result,),
    "variable_name": (naming.name_variable,),
    **dict.fromkeys(
        ("unknown_attribute", "foreign_attribute", "attribute_value", "not_boolean", "empty_attribute", "said_twice",
         "vendor_extension", "unread_extension", "alur_element", "alur_namespace", "enclosed", "empty_expression",
         "not_executed"),
        (wording.drop_words,),
    ),
    **dict.fromkeys(("data_reference", "data_input", "data_output"), (wording.drop_data_line,)),
    "script_format": (wording.write_as_feel,),
    "one_process": (wording.make_executable,),
    "start_key": (wording.drop_start_key,),
    "case_words": (wording.drop_case_words,),
    "always_interrupts": (wording.let_interrupt,),
    "start_interrupts_nothing": (wording.let_interrupt,),
    "loop": (wording.drop_loop,),
    "timer_value": (wording.write_duration,),
    "expression": (wording.mend_expression,),
    **dict.fromkeys(("hidden_character", "hidden_in_comment"), (hidden.drop_hidden,)),
    "too_many_comments": (hidden.drop_surplus,),
    "bad_id": (wording.rename_id,),
    "not_drawn": (drawing.draw,),
    "lane_reference": (drawing.leave_lanes,),
    "two_lanes": (drawing.choose_lane,),
    "pool_reference": (drawing.choose_pool,),
    "line_reference": (drawing.drop_association,),
    "join_never_completes": (_change_gateway,),
    "deadlock": (_change_gateway,),
    "hit_policy": (tables.choose_unique,),
    "column_count": (tables.fill_cells,),
    "empty_output": (tables.write_null,),
    "unknown_file": (_take_out,),
}  # fmt: skip
