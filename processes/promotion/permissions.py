"""Who may do what with posts and careers."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.policy.rules import Limits, Rules
from processes.promotion.appointing.permissions import APPOINTING_RULES
from processes.promotion.board.permissions import BOARD_LIMITS, BOARD_RULES
from processes.promotion.posts.permissions import POST_RULES
from processes.promotion.rank_permissions import RANK_LIMITS, RANK_RULES
from processes.promotion.selection.permissions import SELECTION_LIMITS, SELECTION_RULES
from processes.promotion.succession.permissions import SUCCESSION_LIMITS, SUCCESSION_RULES


def _joined(*tables: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Return tables as one: what several say of the same permission adds up."""
    found: dict[str, list[Any]] = {}
    for table in tables:
        for permission, rows in table.items():
            found.setdefault(permission, []).extend(rows)
    return found


RULES: Rules = _joined(POST_RULES, RANK_RULES, APPOINTING_RULES, BOARD_RULES, SUCCESSION_RULES, SELECTION_RULES)
#: What must be true besides: nobody has a part in a decision about himself, his family or his superior.
LIMITS: Limits = _joined(RANK_LIMITS, BOARD_LIMITS, SUCCESSION_LIMITS, SELECTION_LIMITS)
