"""What stands beside the tasks of a selection: which post, who is a candidate, what was found so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.queries.task import TaskView
from processes.people.guests import is_guest
from processes.people.queries.names import names_of
from processes.promotion.selection.queries.selections import Selection, find_selection
from processes.promotion.selection.queries.standing import HandedIn, files_of
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import FileKind
from processes.promotion.selection.variables import SELECTION_PROCESS
from webapp.promotion.selection_words import file_words, named_stages, points, problem_words
from webapp.task_forms.context import FormContext
from webapp.texts import gettext as _

#: Which files whoever does a task reads: the panel reads papers, the agency all.
_PAPERS: Final = (FileKind.PAPER,)
_BY_FORM: Final[Mapping[str, tuple[FileKind, ...]]] = {
    "promotion.check_documents": tuple(FileKind),
    "promotion.score_candidates": _PAPERS,
    "promotion.choose_name": (FileKind.LIFE,),
}
#: Forms beside which candidates stand by their names.
_WITH_NAMES: Final = ("selection_interest", "selection_panel", "promotion.enter_assessment")
_WITH_RANKING: Final = ("selection_minutes", "selection_recommendation", "promotion.choose_name")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file to read: of which candidate, and what it is."""

    number: int
    kind: FileKind
    title: str


@dataclass(frozen=True, slots=True)
class RankLine:
    """A candidate of the ranking, with value and place."""

    place: int
    name: str
    value: str
    scores: tuple[str, ...]
    is_named: bool


@dataclass(frozen=True, slots=True)
class SelectionFacts:
    """A selection for whoever has to act on it.

    :param problem: why the panel may not score; empty if it may.
    """

    found: Selection
    is_guest: bool
    names: tuple[str, ...]
    files: tuple[FileLine, ...]
    ranking: tuple[RankLine, ...]
    stages: tuple[str, ...]
    problem: str
    returned: str


def read_facts(context: FormContext, view: TaskView) -> SelectionFacts:
    """Return what somebody needs to see of a selection to act on it."""
    given, form = context.variables, view.element.form or ""
    found = find_selection(context.read, context.tenant, view.task.case.id)
    approval = given.get("approval") or {}
    return SelectionFacts(
        found,
        is_guest(context.actor),
        _names(context) if form in _WITH_NAMES else (),
        _files(context, found, form),
        _ranking(context) if form in _WITH_RANKING else (),
        tuple(name for _stage, name in named_stages()),
        problem_words((given.get("jury") or {}).get("problem")),
        str(approval.get("reason") or "") if approval.get("outcome") == "returned" else "",
    )


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """Whom the shared ending of an appointment is about."""

    title: str
    lines: tuple[tuple[str, str], ...]
    returned: str = ""


def read_ending(context: FormContext, view: TaskView) -> EndingFacts:
    """Return who was chosen for which post, and the decree there may be."""
    given = context.variables
    found = find_selection(context.read, context.tenant, view.task.case.id)
    person = int(given["appointee"])
    lines = [
        (_("Unit"), found.unit_name),
        (_("Yang dipilih PPK"), names_of(context.read, context.actor, (person,)).get(person, "–")),
        (_("Rekomendasi BKN"), str(given["approval"]["number"])),
    ]
    decree = given.get("decree")
    decreed = [(_("Nomor SK"), str(decree))] if decree else []
    return EndingFacts(_("Seleksi terbuka: %(post)s", post=found.post_name), (*lines, *decreed))


def _names(context: FormContext) -> tuple[str, ...]:
    passed = (context.variables.get("admitted") or {}).get("passed") or ()
    names = names_of(context.read, context.actor, (int(item["employee"]) for item in passed))
    return tuple(names.get(int(item["employee"]), "–") for item in passed)


def _files(context: FormContext, found: Selection, form: str) -> tuple[FileLine, ...]:
    kinds = _BY_FORM.get(form, ())
    if form == "promotion.score_candidates" and context.variables["scoring"]["stage"] != Stage.PAPER:
        kinds = (FileKind.LIFE, FileKind.PAPER)
    shown = _numbers(context, form)
    files: tuple[HandedIn, ...] = files_of(context.read, found) if kinds else ()
    return tuple(
        FileLine(
            item.number, item.kind, _("%(what)s peserta %(number)s", what=file_words(item.kind), number=item.number)
        )
        for item in files
        if item.kind in kinds and item.number in shown
    )


def _numbers(context: FormContext, form: str) -> frozenset[int]:
    """Return the numbers of those whom a task is about."""
    given = context.variables
    if form == "promotion.check_documents":
        return frozenset(int(item["number"]) for item in given["screening"]["candidates"])
    if form == "promotion.choose_name":
        return frozenset(int(row["number"]) for row in given["ranking"]["rows"] if row["is_named"])
    return frozenset(int(item["number"]) for item in (given.get("jury") or {}).get("candidates") or ())


def _ranking(context: FormContext) -> tuple[RankLine, ...]:
    rows = (context.variables.get("ranking") or {}).get("rows") or ()
    names = names_of(context.read, context.actor, (int(row["employee"]) for row in rows))
    return tuple(
        RankLine(
            int(row["place"]),
            names.get(int(row["employee"]), "–"),
            points(Decimal(row["value"])),
            tuple(points(Decimal(row[stage])) for stage in Stage),
            bool(row["is_named"]),
        )
        for row in rows
    )


_FORMS: Final = (
    *("selection_shortage", "selection_closing", "selection_interest", "selection_panel"),
    *("selection_minutes", "selection_recommendation", "promotion.check_documents"),
    *("promotion.score_candidates", "promotion.enter_assessment", "promotion.choose_name"),
)
SELECTION_READERS: Final[Mapping[tuple[str, str], Callable[[FormContext, Any], object]]] = {
    **{(SELECTION_PROCESS, form): read_facts for form in _FORMS},
    **{(SELECTION_PROCESS, form): read_ending for form in ("post_decree", "inauguration")},
}
