"""*Mengapa Nilai Saya*: from the value down to who entered which number, in the reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from processes.appraisal.queries.result import EvaluationVersion, FeedbackRow
from processes.people.city import OrgPredicate, ScoreResult
from webapp.appraisal.explaining import Line, MatrixRow, Node, column_names, lines_of, matrix, tree_of
from webapp.appraisal.result_reading import SeenResult
from webapp.appraisal.result_story import Moment, moments
from webapp.appraisal.wording import as_entered, in_digits, in_words, quarter_name, show_here, tell
from webapp.texts import gettext as _
from webapp.texts import language, show_day


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One of the two ratings: what was recommended, what was set and why it differs."""

    name: str
    recommended: str
    chosen: str
    note: str
    is_overridden: bool


@dataclass(frozen=True, slots=True)
class VersionPart:
    """One version of the evaluation; a second exists only after an objection that changed it."""

    number: int
    value: str
    ratings: tuple[RatingRow, ...]
    predicate: str
    rater: str
    is_final: bool
    justification: str


@dataclass(frozen=True, slots=True)
class Input:
    """One number that was entered: for which indicator, what, by whom and when."""

    indicator: str
    field: str
    value: str
    who: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One feedback; the giver is named only to those who may know."""

    text: str
    is_positive: bool
    about: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that computed the value."""

    id: str
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The page; parts that are not known yet, or not yet for the reader, are empty."""

    case_id: int
    case_title: str
    employee: str
    unit: str
    period: str
    is_own: bool
    is_known: bool
    is_released: bool
    is_locked: bool
    is_final: bool
    value: str
    predicate: str
    rule: Rule | None
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    caps: tuple[str, ...]
    tree: tuple[Node, ...]
    versions: tuple[VersionPart, ...]
    matrix: tuple[MatrixRow, ...]
    columns: tuple[str, ...]
    cell: str
    moments: tuple[Moment, ...]
    inputs: tuple[Input, ...]
    evidence: tuple[Any, ...]
    feedback: tuple[Opinion, ...]
    org: str
    org_note: str
    respond_token: int | None
    respond_due: str


def result_page(seen: SeenResult) -> ResultPage:
    """Return the page of a result for its reader."""
    latest = seen.result.latest if seen.is_released else None
    score = latest.score if latest else None
    return ResultPage(
        case_id=seen.case.id,
        case_title=seen.case.title,
        employee=seen.employee,
        unit=seen.unit,
        period=quarter_name(seen.facts.year, seen.facts.quarter),
        is_own=seen.is_own,
        is_known=seen.result.latest is not None,
        is_released=seen.is_released,
        is_locked=latest is not None and latest.locked_at is not None,
        is_final=latest is not None and latest.is_final,
        value=in_digits(latest.value if latest else None),
        predicate=in_words(latest.predicate if latest else None),
        versions=tuple(_version(item, seen) for item in seen.result.versions) if latest else (),
        matrix=matrix(latest.work, latest.behaviour) if latest else (),
        columns=column_names(),
        cell=_cell(latest),
        moments=moments(seen) if latest else (),
        inputs=tuple(_inputs(seen)),
        evidence=seen.result.evidence,
        feedback=tuple(_opinion(item, seen) for item in seen.result.feedback),
        org=_org(seen),
        org_note=seen.result.org.note if seen.result.org and seen.sees_notes else "",
        respond_token=seen.respond_token,
        respond_due=show_day(seen.respond_due),
        **_scored(score),
    )


def _scored(score: ScoreResult | None) -> dict[str, Any]:
    if score is None:
        return {"rule": None, "lines": (), "reasons": (), "caps": (), "tree": ()}
    return {
        "rule": Rule(score.rule.id, score.rule.version, _grouped(score.rule.content_hash)),
        "lines": lines_of(score),
        "reasons": tuple(tell(reason) for reason in score.reasons),
        "caps": tuple(tell(cap.reason) for cap in score.caps),
        "tree": tree_of(score.explanation),
    }


def _grouped(digest: str) -> str:
    """Return a hash in groups of eight, which the eye can compare and a phone can break."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _version(item: EvaluationVersion, seen: SeenResult) -> VersionPart:
    return VersionPart(
        item.version,
        in_digits(item.value),
        (
            _rating(_("Hasil kerja"), item.recommended_work, item.work, item.work_note),
            _rating(_("Perilaku kerja"), item.recommended_behaviour, item.behaviour, item.behaviour_note),
        ),
        in_words(item.predicate),
        seen.names.get(item.rater_id or 0, "–"),
        item.is_final,
        (item.justification or "") if seen.sees_notes else "",
    )


def _rating(name: str, recommended: Any, chosen: Any, note: str | None) -> RatingRow:
    said = _("Data belum cukup") if recommended is None else in_words(recommended)
    return RatingRow(name, said, in_words(chosen), note or "", chosen is not None and chosen is not recommended)


def _cell(latest: EvaluationVersion | None) -> str:
    if latest is None or latest.predicate is None:
        return ""
    return _(
        "Hasil kerja %(work)s dan perilaku kerja %(behaviour)s menghasilkan predikat %(predicate)s.",
        work=in_words(latest.work).lower(),
        behaviour=in_words(latest.behaviour).lower(),
        predicate=in_words(latest.predicate),
    )


def _inputs(seen: SeenResult) -> Iterator[Input]:
    result = seen.result
    entered = _by(seen, result.entered_by, show_here(result.entered_at))
    rater = seen.names.get(result.latest.rater_id or 0, "") if result.latest else ""
    yield from _numbers(seen, result.realised.get("measured", {}), entered)
    yield from _numbers(seen, result.assessed.get("measured", {}), _by_appraiser(rater))
    for code, reason in result.realised.get("not_measurable", {}).items():
        yield Input(_indicator_name(seen, code), _("Tidak dapat diukur"), reason, entered)


def _numbers(seen: SeenResult, measured: Mapping[str, Mapping[str, Any]], who: str) -> Iterator[Input]:
    for code, fields in measured.items():
        for name, number in fields.items():
            yield Input(_indicator_name(seen, code), _field_name(seen, code, name), as_entered(number), who)


def _by(seen: SeenResult, person: int | None, when: str) -> str:
    name = seen.names.get(person or 0, "") or _("Dari berkas impor")
    return _("%(name)s, %(when)s", name=name, when=when) if when else name


def _by_appraiser(name: str) -> str:
    return _("Pejabat penilai (%(name)s)", name=name) if name else _("Pejabat penilai")


def _indicator_name(seen: SeenResult, code: str) -> str:
    found = next((item for item in seen.indicators if item.code == code), None)
    return code if found is None else found.name_id if language() == "id" else found.name_en


def _field_name(seen: SeenResult, code: str, name: str) -> str:
    fields = (field for item in seen.indicators if item.code == code for field in item.inputs)
    found = next((field for field in fields if field.name == name), None)
    return name if found is None else found.label_id if language() == "id" else found.label_en


def _opinion(item: FeedbackRow, seen: SeenResult) -> Opinion:
    who = seen.names.get(item.giver_id or 0, "") if seen.sees_notes else ""
    return Opinion(item.text, item.is_positive, " · ".join(filter(None, (who, show_here(item.given_at)))))


def _org(seen: SeenResult) -> str:
    return in_words(OrgPredicate(seen.result.org.predicate)) if seen.result.org else ""
