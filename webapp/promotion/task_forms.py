"""Forms of careers that Python gives because they depend on the case."""

from collections.abc import Callable
from typing import Final

from webapp.promotion.board_choice import build_choice
from webapp.promotion.selection_tasks import SELECTION_BUILDERS
from webapp.task_forms.context import FormContext, TaskForm

BUILDERS: Final[dict[str, Callable[[FormContext], TaskForm]]] = {
    "promotion.board_choice": build_choice,
    **SELECTION_BUILDERS,
}
