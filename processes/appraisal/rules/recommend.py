"""From a value and marks to recommended ratings, with reasons. The appraiser decides; this only recommends.

The clauses are the rating guidance of PermenPANRB 6/2022 annex IV turned into tests; 90 and 110 are the bands of
PP 30/2019. They are parameters of a city, not constants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from processes.appraisal.rules.ratings import label
from processes.people.city import (
    BehaviourMark,
    Cap,
    CoreValue,
    Explanation,
    Feedback,
    IndicatorScore,
    Message,
    Rating,
    Recommendation,
    message,
    show_number,
)

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where the recommended ratings change; `values` of the parameter set `appraisal.score`."""

    lower: Decimal = Decimal(90)
    upper: Decimal = Decimal(110)
    main_share_below: Decimal = Decimal("0.5")
    positive_feedback: Decimal = Decimal("0.60")
    measured_weight: Decimal = Decimal(70)
    plus_marks: Decimal = Decimal(4)
    evidence_days: Decimal = Decimal(2)

    @classmethod
    def from_values(cls, values: Mapping[str, Decimal]) -> Thresholds:
        """Return the thresholds of a parameter set; names it does not have keep the national value."""
        return cls(**{name: value for name, value in values.items() if name in cls.__slots__})


NATIONAL_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation, its reasons, and the node that shows how it came about."""

    recommendation: Recommendation
    reasons: tuple[Message, ...]
    explanation: Explanation


def main_share_below(lines: Sequence[IndicatorScore], lower: Decimal) -> Decimal:
    """Return which share 0..1 of the counted main (utama) weight lies below `lower`; 0 if no main indicator counts."""
    counted = [(line.weight, line.achievement) for line in lines if line.is_main and line.achievement is not None]
    total = sum((weight for weight, _ in counted), ZERO)
    below = sum((weight for weight, achieved in counted if achieved < lower), ZERO)
    return below / total if total else ZERO


def recommend_result(
    value: Decimal | None,
    lines: Sequence[IndicatorScore],
    feedback: Feedback,
    caps: Sequence[Cap] = (),
    thresholds: Thresholds = NATIONAL_THRESHOLDS,
) -> Advice:
    """Return the recommended rating of the work result.

    Below: value under 90, more than half of the main weight under 90, or a cap that says so. Above: value from 110, no
    main indicator under 90, at least 60% of feedback positive, no cap. Too little measured: a human decides.
    """
    measured = measured_share(lines)
    if value is None or measured < thresholds.measured_weight:
        reasons: tuple[Message, ...] = (_too_little(measured, thresholds),)
        return _advice(Recommendation.TIDAK_CUKUP_DATA, reasons, {"measured": measured})
    share = main_share_below(lines, thresholds.lower)
    inputs = {"H": value, "main_share_below": share, "positive_feedback": feedback.positive or ZERO}
    below = _reasons_below(value, share, caps, thresholds)
    if below:
        return _advice(Recommendation.DIBAWAH_EKSPEKTASI, below, inputs)
    if value < thresholds.upper:
        return _advice(Recommendation.SESUAI_EKSPEKTASI, (_between(value, thresholds),), inputs)
    held_back = _reasons_not_above(share, feedback, caps, thresholds)
    if held_back:
        return _advice(Recommendation.SESUAI_EKSPEKTASI, held_back, inputs)
    return _advice(Recommendation.DIATAS_EKSPEKTASI, (_above(value, thresholds),), inputs)


def recommend_behaviour(
    marks: Mapping[CoreValue, BehaviourMark],
    thresholds: Thresholds = NATIONAL_THRESHOLDS,
) -> Advice:
    """Return the recommended rating of behaviour from the marks of the seven BerAKHLAK values.

    A -1 counts only with evidence from two different days. Any proven -1 means below; otherwise all seven values need a
    mark: four of +1 mean above, fewer mean as expected. Ratings are never copied from the last period.
    """
    proven = {
        value for value, mark in marks.items() if mark.mark < 0 and mark.evidence_days >= thresholds.evidence_days
    }
    unproven = tuple(_unproven(value) for value, mark in marks.items() if mark.mark < 0 and value not in proven)
    plus = Decimal(sum(mark.mark > 0 for mark in marks.values()))
    inputs = {"minus_proven": Decimal(len(proven)), "plus": plus, "marked": Decimal(len(marks))}
    if proven:
        reasons = tuple(_proven(value, marks[value]) for value in CoreValue if value in proven)
        return _advice(Recommendation.DIBAWAH_EKSPEKTASI, (*reasons, *unproven), inputs, behaviour=True)
    unmarked = [value for value in CoreValue if value not in marks]
    if unmarked:
        return _advice(Recommendation.TIDAK_CUKUP_DATA, (_unmarked(unmarked), *unproven), inputs, behaviour=True)
    above = plus >= thresholds.plus_marks and not unproven
    rating = Recommendation.DIATAS_EKSPEKTASI if above else Recommendation.SESUAI_EKSPEKTASI
    return _advice(rating, (_plus(plus, thresholds), *unproven), inputs, behaviour=True)


def measured_share(lines: Sequence[IndicatorScore]) -> Decimal:
    """Return which percentage of the whole weight counts (measured, or not delivered and so 0)."""
    total = sum((line.weight for line in lines), ZERO)
    counted = sum((line.weight for line in lines if line.achievement is not None), ZERO)
    return HUNDRED * counted / total if total else ZERO


def _reasons_below(value: Decimal, share: Decimal, caps: Sequence[Cap], thresholds: Thresholds) -> tuple[Message, ...]:
    reasons = [cap.reason for cap in caps if cap.limit is Rating.DIBAWAH_EKSPEKTASI]
    if value < thresholds.lower:
        reasons.append(
            message(
                "value_below",
                "Nilai indikatif {value} di bawah {lower}.",
                "The indicative value {value} is below {lower}.",
                value=value,
                lower=str(thresholds.lower),
            )
        )
    if share > thresholds.main_share_below:
        reasons.append(
            message(
                "main_below",
                "Lebih dari separuh bobot indikator utama ({percent}%) di bawah {lower}.",
                "More than half of the main indicators' weight ({percent}%) is below {lower}.",
                percent=share * HUNDRED,
                lower=str(thresholds.lower),
            )
        )
    return tuple(reasons)


def _reasons_not_above(
    share: Decimal, feedback: Feedback, caps: Sequence[Cap], thresholds: Thresholds
) -> tuple[Message, ...]:
    reasons = [cap.reason for cap in caps]
    if share > 0:
        reasons.append(
            message(
                "main_not_all_met",
                "Nilai cukup untuk “Di atas ekspektasi”, tetapi ada indikator utama di bawah {lower}.",
                "The value is enough for “Above expectations”, but a main indicator is below {lower}.",
                lower=str(thresholds.lower),
            )
        )
    if feedback.positive is None or feedback.positive < thresholds.positive_feedback:
        shown = feedback.positive
        reasons.append(
            message(
                "feedback_not_positive",
                "Nilai cukup untuk “Di atas ekspektasi”, tetapi umpan balik positif {share_id} (perlu {needed}%).",
                "The value is enough for “Above expectations”, but positive feedback is {share_en} ({needed}% needed).",
                share_id="belum ada" if shown is None else f"{show_number(shown * HUNDRED, 'id', 0)}%",
                share_en="missing" if shown is None else f"{show_number(shown * HUNDRED, 'en', 0)}%",
                needed=show_number(thresholds.positive_feedback * HUNDRED, "en", 0),
            )
        )
    return tuple(reasons)


def _between(value: Decimal, thresholds: Thresholds) -> Message:
    return message(
        "value_between",
        "Nilai indikatif {value} berada pada {lower} sampai di bawah {upper}.",
        "The indicative value {value} lies from {lower} to below {upper}.",
        value=value,
        lower=str(thresholds.lower),
        upper=str(thresholds.upper),
    )


def _above(value: Decimal, thresholds: Thresholds) -> Message:
    return message(
        "value_above",
        "Nilai indikatif {value} mencapai {upper}, semua indikator utama terpenuhi, dan umpan balik mayoritas positif.",
        "The indicative value {value} reaches {upper}, every main indicator is met, and feedback is mostly positive.",
        value=value,
        upper=str(thresholds.upper),
    )


def _too_little(measured: Decimal, thresholds: Thresholds) -> Message:
    return message(
        "too_little_measured",
        "Baru {measured}% bobot yang terukur (perlu {needed}%): penilai memutuskan sendiri.",
        "Only {measured}% of the weight was measured ({needed}% needed): the appraiser decides.",
        measured=measured,
        needed=str(thresholds.measured_weight),
    )


def _proven(value: CoreValue, mark: BehaviourMark) -> Message:
    return message(
        "behaviour_below",
        "Nilai {value} dinilai belum konsisten, dengan bukti dari {days} hari berbeda.",
        "{value} is marked as not yet consistent, with evidence from {days} different days.",
        value=label(value),
        days=mark.evidence_days,
    )


def _unproven(value: CoreValue) -> Message:
    return message(
        "behaviour_unproven",
        "Tanda -1 pada {value} belum dihitung: perlu bukti bertanggal dari sedikitnya dua hari berbeda.",
        "The -1 for {value} does not count: it needs dated evidence from at least two different days.",
        value=label(value),
    )


def _unmarked(values: Sequence[CoreValue]) -> Message:
    return message(
        "behaviour_unmarked",
        "Belum semua nilai BerAKHLAK diberi tanda: {values_id}.",
        "Not every BerAKHLAK value has a mark yet: {values_en}.",
        values_id=", ".join(label(value).id for value in values),
        values_en=", ".join(label(value).en for value in values),
    )


def _plus(plus: Decimal, thresholds: Thresholds) -> Message:
    return message(
        "behaviour_plus",
        "{plus} dari 7 nilai BerAKHLAK bertanda +1 ({needed} atau lebih untuk “Di atas ekspektasi”).",
        "{plus} of 7 BerAKHLAK values are marked +1 ({needed} or more for “Above expectations”).",
        plus=str(plus),
        needed=str(thresholds.plus_marks),
    )


def _advice(
    recommendation: Recommendation,
    reasons: tuple[Message, ...],
    inputs: Mapping[str, Decimal],
    *,
    behaviour: bool = False,
) -> Advice:
    node = Explanation(
        label_id="Rekomendasi perilaku kerja" if behaviour else "Rekomendasi hasil kerja",
        label_en="Recommended work behaviour" if behaviour else "Recommended work result",
        formula=", ".join(reason.code for reason in reasons),
        inputs={name: str(number) for name, number in inputs.items()},
        value=recommendation.value,
    )
    return Advice(recommendation, reasons, node)
