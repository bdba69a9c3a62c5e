"""What stands beside the tasks of a filling: the post, its weights, how far it is, and why it came back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.queries.task import TaskView
from processes.people.queries import find_employee, find_unit
from processes.promotion.board.ranking import bounds_of
from processes.promotion.board.variables import BOARD_PROCESS, read_filling
from processes.promotion.parameters import BOARD, numbers_on
from processes.promotion.posts.holding import find_post
from webapp.promotion.board_words import miss_words
from webapp.promotion.post_words import level_name
from webapp.task_forms.context import FormContext
from webapp.texts import gettext as _
from webapp.texts import show_number

Line = tuple[str, str]
_FORMS: Final = (
    "board_criteria",
    "board_signature",
    "board_no_candidate",
    "board_completed",
    "board_review",
    "board_minutes",
    "promotion.board_choice",
    "technical_approval",
    "post_decree",
    "inauguration",
)


@dataclass(frozen=True, slots=True)
class FillingFacts:
    """The filling as everybody who works on it sees it.

    :param returned: why it came back, or what keeps it; empty if nothing does.
    :param filling: the case, to link to its page.
    """

    title: str
    lines: tuple[Line, ...]
    returned: str
    filling: int


def read_panel(context: FormContext, view: TaskView) -> FillingFacts:
    """Return what a task of a filling shows beside its form."""
    filling = read_filling(context.variables)
    post = find_post(context.read, context.tenant, filling.post)
    unit = find_unit(context.read, context.tenant, post.unit_id)
    lines = (
        (_("Unit"), unit.name),
        (_("Jenjang"), level_name(post.level)),
        *_weights(context),
        *_progress(context.variables),
        *_chosen(context),
    )
    title = _("Pengisian jabatan: %(post)s", post=post.name)
    return FillingFacts(title, lines, _returned(context.variables), view.task.case.id)


def _weights(context: FormContext) -> list[Line]:
    """Return the weights, and as long as they can be changed the bounds of the city."""
    criteria = context.variables.get("criteria")
    rules = numbers_on(context.read, context.tenant, BOARD, context.today, context.city)
    least, most = bounds_of(rules, context.city.parameters(context.today).get(BOARD))
    bounds = _("%(least)s%% sampai %(most)s%%", least=show_number(least), most=show_number(most))
    found = [] if context.variables.get("pool") else [(_("Batas bobot kinerja"), bounds)]
    if criteria is None:
        return found
    weights = {name: show_number(criteria[name]) for name in ("performance", "competency")}
    text = _("Kinerja %(performance)s%%, kompetensi %(competency)s%%", **weights)
    return [(_("Bobot"), text), *found]


def _progress(variables: Mapping[str, Any]) -> list[Line]:
    pool, minutes = variables.get("pool"), variables.get("minutes") or {}
    found = []
    if pool is not None:
        numbers = {"eligible": pool["eligible"], "considered": pool["considered"]}
        found.append((_("Calon"), _("%(eligible)s memenuhi syarat dari %(considered)s pegawai", **numbers)))
    if minutes.get("number"):
        found.append((_("Berita acara"), str(minutes["number"])))
    return found


def _chosen(context: FormContext) -> list[Line]:
    """Return who was chosen, once that stands, with the decree there may be."""
    chosen = context.variables.get("chosen") or {}
    if not chosen.get("is_valid") or (context.variables.get("choice") or {}).get("outcome") == "return":
        return []
    name = find_employee(context.read, context.tenant, int(chosen["employee"])).name
    text = _("%(name)s (peringkat %(place)s)", name=name, place=chosen["place"])
    decree = context.variables.get("decree")
    return [(_("Calon terpilih"), text), *([(_("Nomor SK"), str(decree))] if decree else [])]


def _returned(variables: Mapping[str, Any]) -> str:
    """Return why the work came back the last time, the latest step first."""
    criteria, misses = variables.get("criteria") or {}, variables.get("misses") or ()
    if (variables.get("approval") or {}).get("outcome") == "returned":
        return str(variables["approval"].get("reason") or _("Dikembalikan BKN."))
    if misses:
        return _("Calon terpilih tidak lagi memenuhi syarat: %(reasons)s.", reasons=_listed(misses))
    if (variables.get("choice") or {}).get("outcome") == "return":
        return str(variables["choice"].get("reason") or "")
    if variables.get("pool"):
        return ""
    if criteria.get("is_allowed") is False:
        return _("Bobot kinerja di luar batas daerah. Pilih bobot di dalam batas di bawah ini.")
    signature = variables.get("signature") or {}
    return str(signature.get("reason") or "") if signature.get("outcome") == "return" else ""


def _listed(misses: Any) -> str:
    return ", ".join(miss_words(str(code)) for code in misses)


BOARD_READERS: Final[Mapping[tuple[str, str], Callable[[FormContext, Any], object]]] = {
    (BOARD_PROCESS, form): read_panel for form in _FORMS
}
