"""Who may do what with posts and careers."""

from engine.policy.rules import Limits, Rules
from processes.promotion.posts.permissions import POST_RULES
from processes.promotion.rank_permissions import RANK_LIMITS, RANK_RULES

RULES: Rules = {**POST_RULES, **RANK_RULES}
#: What must be true besides: nobody has a part in a promotion of himself, his family or his superior.
LIMITS: Limits = RANK_LIMITS
