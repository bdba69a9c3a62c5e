"""The named services that the diagrams of careers call."""

from collections.abc import Mapping

from engine.services import Service
from processes.promotion.appointing.services import APPOINTING_SERVICES
from processes.promotion.board.services import BOARD_FORMS, BOARD_SERVICES
from processes.promotion.selection.services import SELECTION_FORMS, SELECTION_SERVICES
from processes.promotion.services.deciding import find_deciders, remind_agency, report_refusal
from processes.promotion.services.decreeing import apply_rank, issue_decree
from processes.promotion.services.proposing import gather_facts, record_credit, record_proposal

SERVICES: Mapping[str, Service] = {
    "promotion.gather_facts": gather_facts,
    "promotion.record_proposal": record_proposal,
    "promotion.record_credit": record_credit,
    "promotion.find_deciders": find_deciders,
    "promotion.remind_agency": remind_agency,
    "promotion.report_refusal": report_refusal,
    "promotion.issue_decree": issue_decree,
    "promotion.apply_rank": apply_rank,
    **APPOINTING_SERVICES,
    **BOARD_SERVICES,
    **SELECTION_SERVICES,
}

#: Forms that Python gives; all others are specifications of their release.
FORMS: frozenset[str] = BOARD_FORMS | SELECTION_FORMS
