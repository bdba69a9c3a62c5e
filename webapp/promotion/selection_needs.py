"""What a selection asks for, beside what the reader has: said before an application is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.people.city import Predicate
from processes.promotion.grades import GRADES
from processes.promotion.periods import PromotionPeriod
from processes.promotion.selection.facts import CandidateFacts
from processes.promotion.selection.queries.requirements import Requirements
from webapp.promotion.rank_words import grade_words, months_words, predicate_words
from webapp.promotion.selection_words import miss_words
from webapp.texts import gettext as _
from webapp.texts import lazy, ngettext

#: What somebody can do about a requirement that is not met.
_ADVICE: Final[Mapping[str, str]] = {
    "not_pns": lazy("Hanya PNS yang dapat melamar jabatan pimpinan tinggi."),
    "grade_low": lazy("Anda dapat melamar pada seleksi berikutnya setelah naik pangkat. Lihat Karier saya."),
    "grade_unknown": lazy("Minta pengelola kepegawaian unit Anda mencatat pangkat Anda."),
    "education_low": lazy("Bila ijazah Anda lebih tinggi, minta pengelola kepegawaian unit Anda mencatatnya."),
    "age_over": lazy("Batas usia tidak dapat dikecualikan."),
    "age_unknown": lazy("Minta pengelola kepegawaian unit Anda memeriksa NIP Anda."),
    "post_short": lazy("Bila ada jabatan yang belum tercatat, minta pengelola kepegawaian unit Anda mencatatnya."),
    "predicate_missing": lazy("Minta pengelola kepegawaian unit Anda mencatat predikat yang belum ada."),
    "predicate_low": lazy("Anda dapat melamar lagi setelah dua tahun berturut-turut berpredikat paling rendah Baik."),
    "sanctioned": lazy("Anda dapat melamar pada seleksi berikutnya setelah hukuman disiplin berakhir."),
}
_COMING: Final = lazy(
    "Predikat tahun lalu keluar setelah evaluasi tahunan ditetapkan. "
    "Anda boleh melamar; predikat itu diperiksa pada seleksi administrasi."
)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One requirement: what is asked, what the reader has, whether it is enough, and what he can do if not."""

    need: str
    data: str
    state: str
    tone: str
    advice: str


def need_lines(found: Requirements, closes_on: date) -> tuple[NeedLine, ...]:
    """Return every requirement beside what the reader has; those of a city's own table stand last, where missed."""
    facts = found.facts
    if facts is None:
        return ()
    known = [
        (_("Pegawai negeri sipil (PNS)"), facts.kind, ("not_pns",)),
        (_("Pangkat Pembina (IV/a) atau lebih"), _grade(facts), ("grade_low", "grade_unknown")),
        (_("Pendidikan S1 atau D4"), facts.education or _("belum tercatat"), ("education_low",)),
        (_("Usia paling tua 56 tahun pada hari penutupan"), _age(facts), ("age_over", "age_unknown")),
        (_("Dua tahun dalam jabatan administrator atau fungsional ahli madya"), _months(facts), ("post_short",)),
        (
            _("Predikat kinerja dua tahun terakhir paling rendah Baik"),
            _predicates(facts, closes_on),
            ("predicate_missing", "predicate_low"),
        ),
        (_("Tidak sedang menjalani hukuman disiplin"), _sanction(facts), ("sanctioned",)),
    ]
    told = {code for _need, _data, codes in known for code in codes}
    own = [(miss_words(code), "–", (code,)) for code in found.misses if code not in told]
    return tuple(_line(found, need, data, codes) for need, data, codes in (*known, *own))


def _line(found: Requirements, need: str, data: str, codes: tuple[str, ...]) -> NeedLine:
    missed = [code for code in codes if code in found.misses]
    if not missed:
        return NeedLine(need, data, _("Terpenuhi"), "success", "")
    if found.waiting.issuperset(missed):
        return NeedLine(need, data, _("Menunggu"), "info", _(_COMING))
    advice = " ".join(_(_ADVICE[code]) for code in missed if code in _ADVICE)
    return NeedLine(need, data, _("Belum terpenuhi"), "warning", advice)


def _grade(facts: CandidateFacts) -> str:
    return _("belum tercatat") if facts.grade_number is None else grade_words(GRADES[facts.grade_number - 1])


def _age(facts: CandidateFacts) -> str:
    if facts.age is None:
        return _("tidak terbaca dari NIP")
    return ngettext("%(count)s tahun", "%(count)s tahun", facts.age)


def _months(facts: CandidateFacts) -> str:
    return months_words(facts.months_in_post) if facts.months_in_post else _("belum pernah tercatat")


def _predicates(facts: CandidateFacts, closes_on: date) -> str:
    years = PromotionPeriod(closes_on.year, closes_on.month).judged_years
    held = (Predicate(value) if value is not None else None for value in (facts.older, facts.newer))
    return "; ".join(f"{year}: {predicate_words(value)}" for year, value in zip(years, held, strict=True))


def _sanction(facts: CandidateFacts) -> str:
    return _("ada yang berlaku") if facts.is_sanctioned else _("tidak ada yang berlaku")


#: What the templates about applying say things with.
NEED_WORDS: Final[Mapping[str, Callable[..., object]]] = {"need_lines": need_lines}
