"""Services before anybody is looked for: whether the weights are allowed, and that they were signed."""

from decimal import Decimal

from engine.records.changes import write
from engine.services import ServiceContext, ServiceResult
from processes.promotion.board.ranking import Weights, bounds_of
from processes.promotion.board.records import board_criteria
from processes.promotion.parameters import BOARD, numbers_on


def check_criteria(call: ServiceContext) -> ServiceResult:
    """Return the weights that follow from that of performance, who set them, and whether the city allows them."""
    day = call.now.astimezone(call.zone).date()
    rules = numbers_on(call.read, call.tenant, BOARD, day, call.city)
    least, most = bounds_of(rules, call.city.parameters(day).get(BOARD))
    weights = Weights.of_performance(Decimal(call.variables["criteria_answers"]["performance_weight"]))
    value = {
        "performance": weights.performance,
        "competency": weights.competency,
        "least": least,
        "most": most,
        "is_allowed": least <= weights.performance <= most,
        "by": call.actor,
    }
    return ServiceResult(value)


def fix_criteria(call: ServiceContext) -> ServiceResult:
    """Keep the weights with who signed them: from here on nobody changes them."""
    criteria = call.variables["criteria"]
    row = write(
        board_criteria.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        performance=criteria["performance"],
        competency=criteria["competency"],
        signed_by=call.actor,
        signed_at=call.now,
    )
    return ServiceResult(writes=(row,))
