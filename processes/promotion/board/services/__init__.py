"""The named services that the diagram of a filling calls, besides those of the shared ending."""

from processes.promotion.board.services.criteria import check_criteria, fix_criteria
from processes.promotion.board.services.deciding import check_choice, close_filling, gather_chosen, record_choice
from processes.promotion.board.services.gathering import gather_candidates
from processes.promotion.board.services.reviewing import compose_board, rank_candidates

BOARD_SERVICES = {
    "promotion.board_check_criteria": check_criteria,
    "promotion.board_fix_criteria": fix_criteria,
    "promotion.board_gather_candidates": gather_candidates,
    "promotion.board_compose": compose_board,
    "promotion.board_rank": rank_candidates,
    "promotion.board_check_choice": check_choice,
    "promotion.board_gather_chosen": gather_chosen,
    "promotion.board_record_choice": record_choice,
    "promotion.board_close": close_filling,
}
#: The choice among those proposed depends on the case.
BOARD_FORMS = frozenset({"promotion.board_choice"})
