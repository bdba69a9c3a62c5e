"""*Mengapa Nilai Saya*: from the value down to who entered which number, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from processes.appraisal.queries.result import EvaluationVersion, FeedbackRow
from processes.people.city import ScoreResult
from webapp.appraisal.explaining import Line, MatrixRow, Node, column_names, lines_of, matrix, tree_of
from webapp.appraisal.result_inputs import Input, entered_inputs
from webapp.appraisal.result_reading import SeenResult
from webapp.appraisal.result_story import Moment, Signature, moments, signatures, who_did
from webapp.appraisal.wording import in_digits, in_words, quarter_name, show_here, tell
from webapp.case_files import CaseFile
from webapp.org_basis import basis_in_words
from webapp.texts import gettext as _
from webapp.texts import show_day


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
    rated: str
    is_final: bool
    justification: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One feedback; the giver is named only to those who may know."""

    text: str
    is_positive: bool
    about: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that computed the value: its name for people, its code, version and the hash of its content."""

    name: str
    code: str
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The page; parts that are not known yet, or not yet for the reader, are empty."""

    case_id: int
    case_title: str
    employee: str
    nip: str
    unit: str
    period: str
    is_own: bool
    is_known: bool
    is_released: bool
    is_locked: bool
    is_final: bool
    is_taken_over: bool
    is_decided: bool
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
    signatures: tuple[Signature, ...]
    inputs: tuple[Input, ...]
    evidence: tuple[CaseFile, ...]
    feedback: tuple[Opinion, ...]
    org: str
    org_basis: str
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
        nip=seen.nip,
        unit=seen.unit,
        period=quarter_name(seen.facts.year, seen.facts.quarter),
        is_own=seen.is_own,
        is_known=seen.result.latest is not None,
        is_released=seen.is_released,
        is_locked=latest is not None and latest.locked_at is not None,
        is_final=latest is not None and latest.is_final,
        is_taken_over=seen.is_taken_over,
        is_decided=any(version.decision for version in seen.result.versions),
        value=in_digits(latest.value if latest else None),
        predicate=in_words(latest.predicate if latest else None),
        versions=tuple(_version(item, seen) for item in seen.result.versions) if latest else (),
        matrix=matrix(latest.work, latest.behaviour) if latest else (),
        columns=column_names(),
        cell=_cell(latest),
        moments=moments(seen) if latest else (),
        signatures=signatures(seen) if latest else (),
        inputs=entered_inputs(seen),
        evidence=seen.evidence,
        feedback=tuple(_opinions(seen)),
        org=_org(seen),
        org_basis=basis_in_words(seen.result.org),
        org_note=_org_note(seen),
        respond_token=seen.respond_token,
        respond_due=show_day(seen.respond_due),
        **_scored(score, seen),
    )


def _scored(score: ScoreResult | None, seen: SeenResult) -> dict[str, Any]:
    if score is None:
        return {"rule": None, "lines": (), "reasons": (), "caps": (), "tree": ()}
    return {
        "rule": Rule(_rule_name(seen), score.rule.id, score.rule.version, _grouped(score.rule.content_hash)),
        "lines": lines_of(score, seen.indicators),
        "reasons": tuple(tell(reason) for reason in score.reasons),
        "caps": tuple(tell(cap.reason) for cap in score.caps),
        "tree": tree_of(score.explanation, seen.indicators),
    }


def _rule_name(seen: SeenResult) -> str:
    return _("Aturan penilaian %(city)s", city=seen.rule_name) if seen.rule_name else _("Aturan penilaian nasional")


def _grouped(digest: str) -> str:
    """Return a hash in groups of eight, which the eye can compare and a phone can break."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _version(item: EvaluationVersion, seen: SeenResult) -> VersionPart:
    # Whoever decides an objection gives one reason for both ratings, kept with the version that was objected to.
    reason = seen.result.versions[0].decision_note if item.version > 1 else None
    return VersionPart(
        item.version,
        in_digits(item.value),
        (
            _rating(_("Hasil kerja"), item.recommended_work, item.work, (item.work_note, reason)),
            _rating(_("Perilaku kerja"), item.recommended_behaviour, item.behaviour, (item.behaviour_note, reason)),
        ),
        in_words(item.predicate),
        who_did("sign" if item.version == 1 else "decide_objection", item.rater_id, seen),
        _rated(item, seen),
        item.is_final,
        (item.justification or "") if seen.sees_notes else "",
    )


def _rated(item: EvaluationVersion, seen: SeenResult) -> str:
    """Say who set the ratings of a version and when; those of the second were set by deciding the objection."""
    is_first = item.version == 1
    person = seen.rated_by if is_first else item.rater_id
    at = seen.rated_at if is_first else item.signed_at
    if person is None or at is None:
        return ""
    name = who_did("confirm_ratings" if is_first else "decide_objection", person, seen)
    return _("Ditetapkan oleh %(name)s, %(when)s.", name=name, when=show_here(at))


def _rating(name: str, recommended: Any, chosen: Any, notes: tuple[str | None, str | None]) -> RatingRow:
    """Return a rating with its own note, or where it differs with the one for both."""
    own, common = notes
    is_overridden = chosen is not None and chosen is not recommended
    said = _("Data belum cukup") if recommended is None else in_words(recommended)
    return RatingRow(name, said, in_words(chosen), own or (common if is_overridden else "") or "", is_overridden)


def _cell(latest: EvaluationVersion | None) -> str:
    if latest is None or latest.predicate is None:
        return ""
    return _(
        "Hasil kerja %(work)s dan perilaku kerja %(behaviour)s menghasilkan predikat %(predicate)s.",
        work=in_words(latest.work).lower(),
        behaviour=in_words(latest.behaviour).lower(),
        predicate=in_words(latest.predicate),
    )


def _opinions(seen: SeenResult) -> Iterator[Opinion]:
    """Yield what was said; who may not know the givers learns nothing from time or order either (see `colleagues`)."""
    if seen.sees_notes:
        yield from (_opinion(item, seen) for item in seen.result.feedback)
    elif seen.is_released:
        words = sorted(seen.result.feedback, key=lambda item: (not item.is_positive, item.text))
        yield from (Opinion(item.text, item.is_positive, "") for item in words)


def _opinion(item: FeedbackRow, seen: SeenResult) -> Opinion:
    who = seen.names.get(item.giver_id or 0, "")
    return Opinion(item.text, item.is_positive, " · ".join(filter(None, (who, show_here(item.given_at)))))


def _org(seen: SeenResult) -> str:
    return in_words(seen.result.org.predicate) if seen.result.org else ""


def _org_note(seen: SeenResult) -> str:
    """Return what was written with the unit's predicate, and by whom, for those who may read notes."""
    org = seen.result.org
    if org is None or not org.note or not seen.sees_notes:
        return ""
    return _("“%(note)s” (%(who)s)", note=org.note, who=seen.names.get(org.set_by or 0, "–"))
