"""What ranks, conditions and credit are called on pages, and how their figures came about."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from engine.records.case import CaseStatus
from processes.appraisal.rules import label
from processes.people.career_values import EducationLevel
from processes.people.city import Predicate
from processes.promotion.career_facts import CareerFacts, CreditEntry
from processes.promotion.credit import CreditKind, Level, as_decimal
from processes.promotion.grades import rank_name
from processes.promotion.periods import PromotionPeriod
from processes.promotion.queries.coming import Candidate, PromotionState
from webapp.texts import gettext as _
from webapp.texts import language, lazy, ngettext, show_day, show_number

Node = dict[str, Any]
LEVELS: Final[Mapping[Level, str]] = {level: level.value.replace("_", " ").title() for level in Level}
EDUCATION: Final[Mapping[EducationLevel, str]] = {level: level.value for level in EducationLevel} | {
    EducationLevel.PROFESSION: "Profesi"
}
ROUTES: Final[Mapping[str, str]] = {
    "regular": lazy("Reguler"),
    "functional": lazy("Jabatan fungsional"),
    "structural": lazy("Jabatan struktural"),
}
_SANCTIONS: Final[Mapping[str, str]] = {"light": lazy("ringan"), "moderate": lazy("sedang"), "severe": lazy("berat")}
#: What stands between somebody and the next rank, as it is read in a list.
_REASONS: Final[Mapping[str, str]] = {
    "not_civil_servant": lazy("PPPK tidak memiliki kenaikan pangkat"),
    "on_probation": lazy("Masih dalam masa percobaan (CPNS)"),
    "grade_unknown": lazy("Golongan belum tercatat"),
    "highest_grade": lazy("Sudah di golongan tertinggi"),
    "rank_date_unknown": lazy("TMT pangkat terakhir belum tercatat"),
    "too_early": lazy("Masa pangkat belum cukup"),
    "predicate_missing": lazy("Predikat dua tahun terakhir belum lengkap"),
    "predicate_low": lazy("Predikat dua tahun terakhir ada yang di bawah Baik"),
    "credit_unknown": lazy("Angka kredit belum diketahui"),
    "credit_short": lazy("Angka kredit belum cukup"),
    "education_unknown": lazy("Pendidikan belum tercatat"),
    "education_ceiling_reached": lazy("Pangkat sudah di batas pendidikan"),
    "post_ceiling_reached": lazy("Pangkat sudah di batas jenjang jabatan"),
    "sanctioned": lazy("Hukuman disiplin masih berlaku"),
    "retiring": lazy("Sudah mencapai usia pensiun pada TMT"),
}


def period_name(period: PromotionPeriod) -> str:
    """Return how a period is named: the day from which its ranks count."""
    return show_day(period.effective_on)


def reason_words(code: str) -> str:
    """Return a condition that is not met, in a line; a city's own condition says its code."""
    return _(_REASONS[code]) if code in _REASONS else code


def reason_detail(code: str, facts: CareerFacts) -> str:
    """Return the figures behind a condition that is not met; empty where there are none."""
    tell = _DETAILS.get(code)
    return tell(facts) if tell is not None else ""


def grade_words(grade: str | None) -> str:
    """Return a grade with its rank, `III/b (Penata Muda Tingkat I)`."""
    if grade is None:
        return "–"
    name = rank_name(grade)
    return grade if name == grade else f"{grade} ({name})"


def predicate_words(predicate: Predicate | None) -> str:
    """Return a predicate in the reader's language; words for none."""
    if predicate is None:
        return _("belum ada")
    text = label(predicate)
    return text.en if language() == "en" else text.id


def credit_words(amount: Fraction | Decimal | None) -> str:
    """Return credit rounded to two places, for display alone."""
    if amount is None:
        return "–"
    return show_number(as_decimal(amount) if isinstance(amount, Fraction) else amount, 2)


def months_words(months: int) -> str:
    """Return months as years and months, `4 tahun 2 bulan`."""
    years, rest = divmod(max(months, 0), 12)
    parts = [ngettext("%(count)s tahun", "%(count)s tahun", years)] if years else []
    if rest or not years:
        parts.append(ngettext("%(count)s bulan", "%(count)s bulan", rest))
    return " ".join(parts)


def state_words(state: PromotionState | None) -> tuple[str, str]:
    """Return how the case of a promotion stands, with its tone."""
    if state is None:
        return _("Belum diusulkan"), ""
    return {
        CaseStatus.OPEN: (_("Sedang diproses"), "info"),
        CaseStatus.SUSPENDED: (_("Ditangguhkan"), "warning"),
        CaseStatus.CANCELLED: (_("Dibatalkan"), ""),
        CaseStatus.FINISHED: (_("Selesai"), "success"),
    }[state.status]


def candidate_words(candidate: Candidate) -> tuple[str, str]:
    """Return whether somebody may be proposed, with the tone of the words."""
    if candidate.judgement.is_eligible:
        return _("Memenuhi syarat"), "success"
    return _("Belum memenuhi syarat"), "warning"


def conditions(facts: CareerFacts, misses: Iterable[str]) -> list[Node]:
    """Return every condition that can be told with its figures, those that are not met marked."""
    missed = set(misses)
    return [
        _condition(_("Masa dalam pangkat"), _in_rank(facts), missed & {"too_early", "rank_date_unknown"}),
        _condition(
            _("Predikat dua tahun terakhir"), _predicates(facts), missed & {"predicate_missing", "predicate_low"}
        ),
        *_credit_condition(facts, missed),
        _condition(
            _("Pendidikan"),
            EDUCATION[facts.education.level] if facts.education is not None else _("belum tercatat"),
            missed & {"education_unknown", "education_ceiling_reached"},
        ),
        _condition(_("Hukuman disiplin"), _sanction(facts), missed & {"sanctioned"}),
        _condition(_("Pensiun"), show_day(facts.retires_on) or "–", missed & {"retiring"}),
    ]


def credit_tree(facts: CareerFacts) -> list[Node]:
    """Return how the credit in the present rank came about, year by year; empty for posts without credit."""
    found = facts.determination
    if found is None or facts.level is None:
        return []
    tree: Node = {
        "label": _("Angka kredit dalam pangkat ini"),
        "value": credit_words(found.earned),
        "formula": _("Kebutuhan pangkat berikutnya: %(need)s", need=credit_words(found.rank_need)),
        "source": LEVELS[facts.level],
        "inputs": [_entry(item) for item in facts.credits],
    }
    level: Node = {
        "label": _("Menuju jenjang berikutnya"),
        "value": credit_words(found.earned + Fraction(found.basic)),
        "formula": _("Kebutuhan jenjang berikutnya: %(need)s", need=credit_words(found.level_need)),
        "inputs": [
            {"label": _("Angka kredit dasar golongan"), "value": credit_words(found.basic)},
            {"label": _("Angka kredit dalam pangkat ini"), "value": credit_words(found.earned)},
        ],
    }
    return [tree] if found.level_need is None else [tree, level]


def _entry(item: CreditEntry) -> Node:
    days = _("%(first)s sampai %(last)s", first=show_day(item.first), last=show_day(item.last))
    credit = item.credit
    if credit.kind is CreditKind.BEFORE:
        return {"label": _("Penetapan sebelumnya (PAK)"), "value": credit_words(credit.exact), "source": days}
    if credit.kind is CreditKind.DIPLOMA:
        share = _("%(percent)s%% dari kebutuhan pangkat", percent=show_number(credit.percent))
        name, day = _("Ijazah lebih tinggi"), show_day(item.first)
        return {"label": name, "value": credit_words(credit.exact), "formula": share, "source": day}
    formula = _(
        "%(months)s/12 × %(percent)s%% × %(coefficient)s",
        months=credit.months,
        percent=show_number(credit.percent),
        coefficient=show_number(credit.coefficient),
    )
    name = _("Tahun %(year)s: %(predicate)s", year=item.last.year, predicate=predicate_words(item.predicate))
    return {"label": name, "value": credit_words(credit.exact), "formula": formula, "source": days}


def _condition(name: str, value: str, missed: set[str]) -> Node:
    return {"label": name, "value": value, "missed": bool(missed)}


def _credit_condition(facts: CareerFacts, missed: set[str]) -> list[Node]:
    found = facts.determination
    if found is None:
        return []
    said = _("%(earned)s dari %(need)s", earned=credit_words(found.earned), need=credit_words(found.rank_need))
    return [_condition(_("Angka kredit"), said, missed & {"credit_short", "credit_unknown"})]


def _in_rank(facts: CareerFacts) -> str:
    if facts.months_in_rank is None or facts.rank is None:
        return _("belum tercatat")
    since = show_day(facts.rank.since)
    return _("%(months)s sejak %(day)s", months=months_words(facts.months_in_rank), day=since)


def _predicates(facts: CareerFacts) -> str:
    return "; ".join(f"{item.year}: {predicate_words(item.predicate)}" for item in facts.years)


def _sanction(facts: CareerFacts) -> str:
    return _(_SANCTIONS[facts.heaviest]) if facts.heaviest is not None else _("tidak ada yang berlaku")


def _short(facts: CareerFacts) -> str:
    return _("kurang %(credit)s", credit=credit_words(facts.credit_missing))


_DETAILS: Final[Mapping[str, Callable[[CareerFacts], str]]] = {
    "too_early": _in_rank,
    "predicate_missing": _predicates,
    "predicate_low": _predicates,
    "credit_short": _short,
    "sanctioned": _sanction,
    "retiring": lambda facts: show_day(facts.retires_on),
    "education_ceiling_reached": lambda facts: EDUCATION[facts.education.level] if facts.education else "",
}
