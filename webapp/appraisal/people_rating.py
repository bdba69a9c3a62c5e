"""A person of *Orang Saya* whose ratings wait: what is known, what is recommended, and the choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.appraisal.queries.people import PersonRow
from processes.appraisal.rules import rating_matrix
from processes.people.city import Rating
from webapp.appraisal.rating_forms import Problem, Sent, kept_values
from webapp.appraisal.wording import in_digits, in_words, tell
from webapp.texts import gettext as _
from webapp.texts import lazy

_SHORT: Final[Mapping[Rating, str]] = {
    Rating.DIATAS_EKSPEKTASI: lazy("Di atas"),
    Rating.SESUAI_EKSPEKTASI: lazy("Sesuai"),
    Rating.DIBAWAH_EKSPEKTASI: lazy("Di bawah"),
}


@dataclass(frozen=True, slots=True)
class RatingOption:
    """One of three choices."""

    value: str
    label: str
    short: str
    is_recommended: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """One of the two ratings of a person.

    :param place: what problems call it.
    """

    place: str
    name: str
    label: str
    options: tuple[RatingOption, ...]


@dataclass(frozen=True, slots=True)
class PersonToRate:
    """A row whose ratings wait.

    :param has_recommendation: without one the reason is always needed.
    """

    id: int
    token: int
    name: str
    post: str
    realisation: str
    feedback: str
    recommendation: str
    tone: str
    reasons: tuple[str, ...]
    note: str
    note_name: str
    ratings: tuple[RatingChoice, ...]
    has_recommendation: bool
    problems: tuple[Problem, ...]


def person_to_rate(row: PersonRow, sent: Sent | None, problems: Mapping[int, list[Problem]]) -> PersonToRate:
    """Return the row of somebody with what is kept as a draft, or with what was just sent.

    :param problems: what is wrong with what was sent, by case.
    """
    values = sent if sent is not None else kept_values(row)
    prefix = f"p{row.case_id}"
    has_both = row.recommended_work is not None and row.recommended_behaviour is not None
    return PersonToRate(
        id=row.case_id,
        token=row.token or 0,
        name=row.name,
        post=row.post,
        realisation=_realisation(row),
        feedback=_feedback(row),
        recommendation=_recommendation(row),
        tone="info" if has_both else "warning",
        reasons=_reasons(row),
        note=values.note,
        note_name=f"{prefix}-note",
        ratings=(
            _choice(prefix, "work", _("Hasil kerja"), row.recommended_work, values.work),
            _choice(prefix, "behaviour", _("Perilaku kerja"), row.recommended_behaviour, values.behaviour),
        ),
        has_recommendation=has_both,
        problems=tuple(problems.get(row.case_id, ())),
    )


def _choice(prefix: str, place: str, label: str, recommended: Rating | None, chosen: str) -> RatingChoice:
    return RatingChoice(
        place,
        f"{prefix}-{place}",
        label,
        tuple(
            RatingOption(
                rating.value, in_words(rating), _(_SHORT[rating]), rating is recommended, rating.value == chosen
            )
            for rating in Rating
        ),
    )


def _realisation(row: PersonRow) -> str:
    value = _("Nilai %(value)s", value=in_digits(row.value)) if row.value is not None else _("Belum ada nilai")
    if not row.has_realisation:
        return _("%(value)s, tanpa realisasi", value=value)
    return _("%(value)s, %(count)s bukti", value=value, count=row.evidence)


def _feedback(row: PersonRow) -> str:
    if not row.feedback:
        return _("Belum ada umpan balik")
    return _("%(positive)s dari %(count)s umpan balik positif", positive=row.positive, count=row.feedback)


def _recommendation(row: PersonRow) -> str:
    """Return the predicate that both recommended ratings lead to; the ratings themselves are marked at the choices."""
    if row.recommended_work is None or row.recommended_behaviour is None:
        return _("Data belum cukup")
    return in_words(rating_matrix()[row.recommended_work, row.recommended_behaviour])


def _reasons(row: PersonRow) -> tuple[str, ...]:
    if row.score is None:
        return ()
    return (*(tell(reason) for reason in row.score.reasons), *(tell(cap.reason) for cap in row.score.caps))
