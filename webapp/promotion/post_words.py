"""What posts, their holders and their gaps are called on pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from processes.appraisal.rules import label
from processes.people.careers import CompetencyKind
from processes.people.city import City, PositionLevel, Predicate
from processes.people.records import HeadKind
from processes.promotion.posts.ageing import Acting, ActingState, Vacancy
from processes.promotion.posts.competence import Cell, Heat
from processes.promotion.posts.fields import FIELDS, field_name
from processes.promotion.records import ContextTopic
from webapp.promotion.post_reading import PostState
from webapp.texts import gettext as _
from webapp.texts import language, lazy, ngettext, show_number

LEVELS: Final[Mapping[PositionLevel, str]] = {
    PositionLevel.HIGH_LEADERSHIP_POST: lazy("Jabatan pimpinan tinggi"),
    PositionLevel.ADMINISTRATOR: lazy("Administrator"),
    PositionLevel.SUPERVISOR: lazy("Pengawas"),
    PositionLevel.EXECUTOR: lazy("Pelaksana"),
    PositionLevel.FUNCTIONAL_POSITION: lazy("Jabatan fungsional"),
}
STATES: Final[Mapping[PostState, str]] = {
    PostState.VACANT: lazy("Kosong"),
    PostState.ACTING: lazy("Diisi Plt atau Plh"),
    PostState.MISSING: lazy("Kurang orang"),
    PostState.SURPLUS: lazy("Kelebihan orang"),
    PostState.NO_STANDARD: lazy("Belum ada standar kompetensi"),
    PostState.NO_ANALYSIS: lazy("Belum ada analisis beban kerja"),
}
KINDS: Final[Mapping[CompetencyKind, str]] = {
    CompetencyKind.MANAGERIAL: lazy("Manajerial"),
    CompetencyKind.SOCIO_CULTURAL: lazy("Sosial kultural"),
    CompetencyKind.TECHNICAL: lazy("Teknis"),
}
TOPICS: Final[Mapping[ContextTopic, str]] = {
    ContextTopic.POPULATION: lazy("Penduduk"),
    ContextTopic.SERVICE_DEMAND: lazy("Permintaan layanan"),
    ContextTopic.INFRASTRUCTURE: lazy("Sarana dan prasarana"),
}
#: The words of the heat map, so that nobody needs its colours.
HEATS: Final[Mapping[Heat, tuple[str, str]]] = {
    Heat.UNKNOWN: (lazy("Belum dinilai"), ""),
    Heat.NONE: (lazy("Terpenuhi"), "success"),
    Heat.FEW: (lazy("Sedikit"), "info"),
    Heat.SOME: (lazy("Sedang"), "warning"),
    Heat.MANY: (lazy("Banyak"), "danger"),
}
_ACTING: Final[Mapping[ActingState, tuple[str, str]]] = {
    ActingState.FIRST_TERM: (lazy("masa pertama"), "info"),
    ActingState.EXTENDED: (lazy("perpanjangan"), "warning"),
    ActingState.TOO_LONG: (lazy("melewati batas"), "danger"),
}


def level_name(level: PositionLevel) -> str:
    """Return what a level of posts is called."""
    return _(LEVELS[level])


def family_name(family: str, city: City) -> str:
    """Return what a job family is called in the city, or the level by which general posts are told apart."""
    found = next((item for item in city.info.families if item.code == family), None)
    if found is not None:
        return found.name_en if language() == "en" else found.name_id
    return next((_(words) for level, words in LEVELS.items() if level.value == family), family)


def field_words(field: str) -> str:
    """Return what a field of the heat map is called: a technical field, or a kind that all posts share."""
    if field in FIELDS or field not in {kind.value for kind in CompetencyKind}:
        return field_name(field, language())
    return _(KINDS[CompetencyKind(field)])


def gap_words(gap: int | None) -> tuple[str, str]:
    """Return what is missing at a post in words, with the tone."""
    if gap is None:
        return _("Belum dianalisis"), ""
    if gap == 0:
        return _("Cukup"), "success"
    if gap < 0:
        return ngettext("Lebih %(count)s orang", "Lebih %(count)s orang", -gap), "info"
    return ngettext("Kurang %(count)s orang", "Kurang %(count)s orang", gap), "warning"


def vacancy_words(vacancy: Vacancy) -> str:
    """Return for how long a post has been vacant."""
    if vacancy.days is None:
        return _("Kosong, sejak kapan tidak tercatat")
    return ngettext("Kosong %(days)s hari", "Kosong %(days)s hari", vacancy.days, days=show_number(vacancy.days))


def acting_words(acting: Acting) -> tuple[str, str]:
    """Return who acts, as what and for how long, with the tone; only a Plt has a limit."""
    kind = "Plt" if acting.kind is HeadKind.ACTING else "Plh"
    days = ngettext("%(days)s hari", "%(days)s hari", acting.days, days=show_number(acting.days))
    if acting.kind is not HeadKind.ACTING:
        return _("%(kind)s %(name)s, %(days)s", kind=kind, name=acting.name, days=days), "info"
    state, tone = _ACTING[acting.state]
    return _("%(kind)s %(name)s, %(days)s, %(state)s", kind=kind, name=acting.name, days=days, state=_(state)), tone


def heat_words(cell: Cell, limits: Mapping[str, Decimal]) -> tuple[str, str]:
    """Return how much is missing in a cell of the heat map in words, with the tone."""
    words, tone = HEATS[cell.heat(limits)]
    return _(words), tone


def predicate_words(predicate: Predicate) -> str:
    """Return what a predicate is called."""
    text = label(predicate)
    return text.en if language() == "en" else text.id
