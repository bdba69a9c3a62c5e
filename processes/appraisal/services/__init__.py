"""The named services that the appraisal diagrams call."""

from collections.abc import Mapping

from engine.services import Service
from processes.appraisal.services.closing import lock_result, record_hand_over, record_response
from processes.appraisal.services.entering import record_assessment, record_realisation
from processes.appraisal.services.objecting import assign_decider, record_decision
from processes.appraisal.services.organisation import (
    carry_over_org_predicate,
    find_org_predicate,
    record_justification,
    record_org_predicate,
    review_distribution,
    take_neutral_org_predicate,
)
from processes.appraisal.services.rating import (
    escalate_rater,
    find_superior,
    recommend_ratings,
    record_ratings,
    record_signature,
)

SERVICES: Mapping[str, Service] = {
    "appraisal.record_realisation": record_realisation,
    "appraisal.record_assessment": record_assessment,
    "appraisal.find_superior": find_superior,
    "appraisal.recommend_ratings": recommend_ratings,
    "appraisal.escalate_rater": escalate_rater,
    "appraisal.record_ratings": record_ratings,
    "appraisal.record_signature": record_signature,
    "appraisal.record_hand_over": record_hand_over,
    "appraisal.record_response": record_response,
    "appraisal.assign_decider": assign_decider,
    "appraisal.record_decision": record_decision,
    "appraisal.lock_result": lock_result,
    "appraisal.record_org_predicate": record_org_predicate,
    "appraisal.find_org_predicate": find_org_predicate,
    "appraisal.carry_over_org_predicate": carry_over_org_predicate,
    "appraisal.take_neutral_org_predicate": take_neutral_org_predicate,
    "appraisal.review_distribution": review_distribution,
    "appraisal.record_justification": record_justification,
}

#: Keys of forms that Python gives because they depend on the case: the city's indicators, or what was recommended.
FORMS = frozenset(
    {
        "appraisal.realisation",
        "appraisal.rating_inputs",
        "appraisal.confirm_ratings",
        "appraisal.sign",
        "appraisal.sign_or_return",
        "appraisal.respond",
        "appraisal.decide_objection",
    }
)
