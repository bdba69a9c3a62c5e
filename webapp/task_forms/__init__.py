"""The forms of tasks: those a release declares, and those that depend on the case, by their key."""

from webapp.task_forms.context import FormContext, TaskForm
from webapp.task_forms.live import live_state
from webapp.task_forms.registry import BUILDERS, task_form

__all__ = ["BUILDERS", "FormContext", "TaskForm", "live_state", "task_form"]
