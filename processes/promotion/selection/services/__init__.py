"""The named services that the diagram of an open selection calls."""

from collections.abc import Mapping
from typing import Final

from engine.services import Service
from processes.promotion.selection.services.announcing import close_selection, enter_stage, extend_selection
from processes.promotion.selection.services.choosing import check_choice, find_chooser, record_choice
from processes.promotion.selection.services.judging import check_scoring, compose_panel, remind_member, settle_panel
from processes.promotion.selection.services.ranking import rank_candidates
from processes.promotion.selection.services.screening import gather_candidates, record_screening

SELECTION_SERVICES: Final[Mapping[str, Service]] = {
    "promotion.enter_stage": enter_stage,
    "promotion.extend_selection": extend_selection,
    "promotion.close_selection": close_selection,
    "promotion.gather_candidates": gather_candidates,
    "promotion.record_screening": record_screening,
    "promotion.compose_panel": compose_panel,
    "promotion.settle_panel": settle_panel,
    "promotion.remind_member": remind_member,
    "promotion.check_scoring": check_scoring,
    "promotion.rank_candidates": rank_candidates,
    "promotion.find_chooser": find_chooser,
    "promotion.check_choice": check_choice,
    "promotion.record_choice": record_choice,
}

#: Forms that list candidates: Python gives them.
SELECTION_FORMS: Final = frozenset(
    {
        "promotion.check_documents",
        "promotion.score_candidates",
        "promotion.enter_assessment",
        "promotion.choose_name",
    }
)
