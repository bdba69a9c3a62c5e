"""What a nomination must answer, beside what the reader has: said before he nominates himself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from processes.training.eligibility import Eligibility
from processes.training.records import NeedKind
from webapp.texts import gettext as _
from webapp.texts import lazy
from webapp.training.words import reason_words

#: What somebody can do about the reason for which he is not eligible.
_ADVICE: Final[Mapping[str, str]] = {
    "taken": lazy("Pilih pelatihan lain di Katalog pelatihan."),
    "pppk_hours": lazy("Anda dapat mengusulkan diri lagi tahun depan."),
    "no_gap": lazy("Catat juga kebutuhan Anda di Rencana pengembangan, agar atasan dan BKPSDM mengetahuinya."),
}
_NEEDS: Final[Mapping[str, str]] = {
    NeedKind.PERFORMANCE: lazy("Hasil kinerja terakhir Anda perlu perbaikan"),
    NeedKind.APPRAISAL: lazy("Hasil evaluasi membuka usulan pelatihan"),
    NeedKind.OPEN: lazy("Terbuka bagi semua pegawai"),
}


@dataclass(frozen=True, slots=True)
class EligibilityLine:
    """One condition: what is asked, what the reader has, and whether it keeps him from going."""

    condition: str
    data: str
    is_missed: bool


def eligibility_lines(found: Eligibility, competency: str) -> tuple[EligibilityLine, ...]:
    """Return the conditions of a nomination; the limit of hours stands there only where it is passed.

    :param competency: what the competency of the widest gap is called.
    """
    facts, is_refused = found.facts, not found.is_eligible
    is_without_need = not facts["is_for_all"] and not facts["has_gap"]
    taken = _("Sudah Anda ikuti") if facts["has_taken"] else _("Belum Anda ikuti")
    hours = _("%(hours)s JP sudah Anda ikuti tahun ini", hours=facts["hours"])
    return (
        EligibilityLine(_("Belum diikuti tahun ini"), taken, is_refused and facts["has_taken"]),
        *([EligibilityLine(_("Batas JP setahun bagi PPPK"), hours, is_refused)] if facts["is_over_hours"] else []),
        EligibilityLine(_("Menjawab kebutuhan Anda"), _need(found, competency), is_refused and is_without_need),
    )


def refusal_words(found: Eligibility) -> str:
    """Return why a nomination would be refused, and what can be done; a city's own reason stands as it is."""
    said = reason_words(found.reason) or found.reason
    return " ".join(part for part in (said, _(_ADVICE[found.reason]) if found.reason in _ADVICE else "") if part)


def _need(found: Eligibility, competency: str) -> str:
    facts = found.facts
    if facts["gap"]:
        return _("%(name)s: kurang %(gap)s tingkat", name=competency, gap=facts["gap"])
    said = _NEEDS.get(facts["need"]) if facts["has_gap"] or facts["is_for_all"] else None
    return _(said) if said is not None else _("Tidak ada kesenjangan yang tercatat")


#: What the page of a session says conditions with.
ELIGIBILITY_WORDS: Final[Mapping[str, Callable[..., object]]] = {
    "eligibility_lines": eligibility_lines,
    "refusal_words": refusal_words,
}
