"""The named services that the allowance diagrams call."""

from collections.abc import Mapping

from engine.services import Service
from processes.incentive.services.checking import compute_month, record_ceiling, record_check, remind
from processes.incentive.services.disputing import escalate_dispute, find_standing, record_answer, tell_decision
from processes.incentive.services.granting import adjust_slip, recompute_slip
from processes.incentive.services.paying import lock_month, publish_slips, record_order, record_payment
from processes.incentive.services.stating import find_signer, record_statement, record_verification

SERVICES: Mapping[str, Service] = {
    "incentive.compute_month": compute_month,
    "incentive.record_check": record_check,
    "incentive.record_ceiling": record_ceiling,
    "incentive.remind": remind,
    "incentive.find_signer": find_signer,
    "incentive.record_statement": record_statement,
    "incentive.record_verification": record_verification,
    "incentive.record_order": record_order,
    "incentive.publish_slips": publish_slips,
    "incentive.lock_month": lock_month,
    "incentive.record_payment": record_payment,
    "incentive.record_answer": record_answer,
    "incentive.escalate_dispute": escalate_dispute,
    "incentive.find_standing": find_standing,
    "incentive.recompute_slip": recompute_slip,
    "incentive.adjust_slip": adjust_slip,
    "incentive.tell_decision": tell_decision,
}

#: Forms that Python gives because they depend on the case: what the unit answered.
FORMS = frozenset({"incentive.decide_dispute"})
