"""Services around the rating: recommendation, escalation, confirmed ratings, signature."""

from typing import Any

from engine.records.changes import write
from engine.records.packing import pack
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.appraisal.facts import indicators_of, score_request
from processes.appraisal.services import statements
from processes.appraisal.spread import unit_spread
from processes.appraisal.variables import EmployeeCase, read_case
from processes.people.city import CityError, Predicate, to_plain
from processes.people.queries import appraiser_superior


def recommend_ratings(call: ServiceContext) -> ServiceResult:
    """Ask the city's rule for the indicative value and the recommended ratings, and open the evaluation's row.

    The case is scored by the rule version it started with; a rule that has changed since is an incident of this case.
    """
    case = read_case(call.variables)
    try:
        indicators = indicators_of(call.city, case)
        request = score_request(call, case, indicators)
        scored = call.city.score(request, case.rule)
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    work, behaviour = scored.result.rating, scored.behaviour.rating
    row = write(
        statements.insert_evaluation,
        case_id=call.case_id,
        version=1,
        tenant=call.tenant,
        **case.key,
        unit_id=case.unit,
        value=scored.value,
        recommended_work=work,
        recommended_behaviour=behaviour,
        explanation=pack(to_plain(scored), call.wordbook),
        rater_id=case.rated_by,
        is_final=case.is_final,
    )
    recommendation = {"work": _plain(work), "behaviour": _plain(behaviour)}
    return ServiceResult(recommendation, (row,), (Notice(case.rated_by, "appraisal.recommended", _title(case)),))


def _plain(rating: Any) -> str | None:
    return None if rating is None else str(rating.value)


def _title(case: EmployeeCase) -> dict[str, str]:
    return {"year": str(case.year), "quarter": str(case.quarter)}


def escalate_rater(call: ServiceContext) -> ServiceResult:
    """Let the superior of a rater who let the time pass take over; his result is final (PermenPANRB 6/2022 annex V).

    Where nobody stands above, the rater keeps the task and the result becomes final all the same.
    """
    case = read_case(call.variables)
    day = call.now.astimezone(call.zone).date()
    above = appraiser_superior(call.read, call.tenant, case.employee, day, case.rated_by)
    person = above.person if above is not None else case.rated_by
    notice = Notice(person, "appraisal.escalated", _title(case))
    return ServiceResult({"person": person, "is_final": True, "is_replaced": True}, notices=(notice,))


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
            rater_id=case.rated_by,
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
    """Keep the instant of the signature and the justification of a distribution outside the guide."""
    signature = call.variables["signature"]
    row = write(
        statements.sign_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(justification=signature.get("justification"), signed_at=call.now),
    )
    return ServiceResult(writes=(row,))
