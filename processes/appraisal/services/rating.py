"""Services around the rating: who stands above, recommendation, escalation, confirmed ratings, signature."""

from typing import Any

from sqlalchemy import bindparam, select

from engine.records.changes import Write, write
from engine.records.packing import pack
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.appraisal.facts import indicators_of, score_request, stored_realisation
from processes.appraisal.figures import figures_of
from processes.appraisal.records import evaluation
from processes.appraisal.scores import kept_score
from processes.appraisal.services import statements
from processes.appraisal.spread import unit_spread
from processes.appraisal.superiors import standing_of
from processes.appraisal.variables import EmployeeCase, rating_by, read_case
from processes.people.city import CityError, Predicate
from processes.people.queries import appraiser_superior

_rater = select(evaluation.c.rater_id).where(evaluation.c.case_id == bindparam("case_id"), evaluation.c.version == 1)


def find_superior(call: ServiceContext) -> ServiceResult:
    """Return who rates, and whether nobody stands above him: then nobody takes over from him, and his result is final.

    An objection goes to the superior of the appraiser (PermenPANRB 6/2022 annex V); the result of the last in the line
    is final like that of the regional head (Ps 23).
    """
    case = read_case(call.variables)
    return ServiceResult(_standing(call, case, case.rated_by, is_final=case.is_final, is_replaced=case.is_replaced))


def _standing(
    call: ServiceContext, case: EmployeeCase, person: int, *, is_final: bool, is_replaced: bool
) -> dict[str, Any]:
    day = call.now.astimezone(call.zone).date()
    return standing_of(call.read, call.tenant, case.employee, day, person, is_final=is_final, is_replaced=is_replaced)


def recommend_ratings(call: ServiceContext) -> ServiceResult:
    """Ask the city's rule for the indicative value and the recommended ratings, and open the evaluation's row.

    The case is scored by the rule version it started with; a rule that has changed since is an incident of this case.
    """
    case = read_case(call.variables)
    try:
        indicators = indicators_of(call.city, case)
        figures = figures_of(call.read, call.tenant, case.unit, case.year, case.quarter)
        request = score_request(call, case, indicators, {name: item.value for name, item in figures.items()})
        scored = call.city.score(request, case.rule)
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    work, behaviour = scored.result.rating, scored.behaviour.rating
    recommended = write(
        statements.insert_recommendation,
        id=call.new_id(),
        case_id=call.case_id,
        explanation=pack(kept_score(scored, figures), call.wordbook),
    )
    opened: dict[str, Any] = {
        "case_id": call.case_id,
        "version": 1,
        "tenant": call.tenant,
        **case.key,
        "unit_id": case.unit,
        "rater_id": case.rated_by,
        "is_final": case.is_final,
    }
    told = {"work": _plain(work), "behaviour": _plain(behaviour)}
    notice = Notice(case.rated_by, "appraisal.recommended", _title(case))
    return ServiceResult(told, (recommended, _open(call, case, opened)), (notice,))


def _open(call: ServiceContext, case: EmployeeCase, row: dict[str, Any]) -> Write:
    """Return the writing of the evaluation's row, which fails if what was scored is not what is kept any more."""
    if "appraisal.record_realisation" in call.step:  # which writes only over what it has read, itself
        return write(statements.insert_evaluation, **row)
    was = stored_realisation(call.read, call.tenant, case)
    return write(statements.open_evaluation, expect=1, was_content=was, **row)


def _plain(rating: Any) -> str | None:
    return None if rating is None else str(rating.value)


def _title(case: EmployeeCase) -> dict[str, int]:
    return {"year": case.year, "quarter": case.quarter}


def escalate_rater(call: ServiceContext) -> ServiceResult:
    """Let the superior of a rater who let the time pass take over; his result is final (PermenPANRB 6/2022 annex V).

    Where everybody above has left since the task was opened, the rater keeps it without any limit.
    """
    case = read_case(call.variables)
    day = call.now.astimezone(call.zone).date()
    above = appraiser_superior(call.read, call.tenant, case.employee, day, case.rated_by)
    if above is None:
        return ServiceResult(rating_by(case.rated_by, is_final=True, is_replaced=case.is_replaced, is_last=True))
    notice = Notice(above.person, "appraisal.escalated", _title(case))
    return ServiceResult(_standing(call, case, above.person, is_final=True, is_replaced=True), notices=(notice,))


def record_ratings(call: ServiceContext) -> ServiceResult:
    """Keep the confirmed ratings and predicate, and return how the unit's distribution leaves the guide.

    Nothing is warned of before enough of the unit is rated (`rules.Coverage`): one of one is always 100 percent.
    """
    case = read_case(call.variables)
    ratings, predicate = call.variables["ratings"], call.variables["predicate"]
    if predicate is None:
        raise ServiceFailed("The quadrant table gives no predicate for these ratings.")
    row = write(
        statements.rate_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            work_result=ratings["work"],
            behaviour=ratings["behaviour"],
            predicate=predicate,
            work_note=ratings.get("work_note"),
            behaviour_note=ratings.get("behaviour_note"),
            rater_id=call.actor or case.rated_by,
            is_final=case.is_final,
        ),
    )
    return ServiceResult({"warnings": _warnings(call, case, Predicate(predicate))}, (row,))


def _warnings(call: ServiceContext, case: EmployeeCase, own: Predicate) -> list[str]:
    try:
        found = unit_spread(
            call.read,
            call.city,
            call.tenant,
            unit_id=case.unit,
            year=case.year,
            quarter=case.quarter,
            also=(case.employee, own),
        )
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    return [warning.code for warning in found.warnings]


def record_signature(call: ServiceContext) -> ServiceResult:
    """Keep who signed and when, and the justification of a distribution outside the guide.

    The value names who signed and who set the ratings: a deputy or the superior may have done it for the appraiser.
    """
    signature = call.variables["signature"]
    signer = call.actor or read_case(call.variables).rated_by
    rater = call.read.execute(_rater, {"case_id": call.case_id}).scalar_one()
    row = write(
        statements.sign_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(justification=signature.get("justification"), signed_at=call.now, rater_id=signer),
    )
    return ServiceResult({"person": signer, "rater": rater}, writes=(row,))
