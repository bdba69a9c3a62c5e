"""Finds the form of a task by its key."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from forms import AlurForm
from webapp.rooms import room_modules
from webapp.task_forms.context import FormContext, TaskForm
from webapp.task_forms.days import HAND_OVER, with_dialogue_day
from webapp.task_forms.entering import build_rating_inputs, build_realisation
from webapp.task_forms.rating import build_confirm_ratings, build_sign, build_sign_or_return
from webapp.task_forms.responding import build_decide_objection, build_respond
from webapp.task_forms.specs import class_of

Builder = Callable[[FormContext], TaskForm]

#: Forms that Python gives because they depend on the case; a key that a release may name is in its process's `FORMS`.
BUILDERS: Final[dict[str, Builder]] = {
    "appraisal.realisation": build_realisation,
    "appraisal.rating_inputs": build_rating_inputs,
    "appraisal.confirm_ratings": build_confirm_ratings,
    "appraisal.sign": build_sign,
    "appraisal.sign_or_return": build_sign_or_return,
    "appraisal.respond": build_respond,
    "appraisal.decide_objection": build_decide_objection,
}


@cache
def builders() -> Mapping[str, Builder]:
    """Return how each form that Python gives is built, those of the processes' own parts among them."""
    return BUILDERS | {key: build for room in room_modules("task_forms") for key, build in room.BUILDERS.items()}


def task_form(key: str | None, spec: Mapping[str, Any] | None, context: FormContext) -> TaskForm:
    """Return the form of a task: as the release declares it, else as Python builds it; without a key it has no fields.

    :param spec: the declarative form of the release, if it has one under the key.
    :raise CityError: the city's rules were asked and could not answer.
    """
    if spec is not None:
        return TaskForm(class_of(with_dialogue_day(spec, context) if key == HAND_OVER else spec))
    return builders()[key](context) if key is not None else TaskForm(AlurForm)
