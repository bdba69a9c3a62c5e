"""The form of a task in a play: the very form with which it is completed in earnest, over records that hold nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from engine.bpmn.release import Release
from engine.errors import EngineError
from forms import AlurForm, KeptFile
from webapp.studio.play.ground import Ground
from webapp.studio.play.sent_files import look_at
from webapp.studio.play.typed import Row, rows_of
from webapp.task_forms import FormContext, task_form
from webapp.wiring.scratch import empty_records

#: Forms count on what a case carries, declared ones for their days; made-up data may lack it, or be of another kind.
_NOT_TO_BUILD: Final = (
    EngineError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    AssertionError,
)


def task_form_of(release: Release, element: str, context: FormContext, sent: object = None) -> AlurForm | None:
    """Return the form with which a task is completed; None if the data of the play do not suffice to build it.

    :param context: what the form may know; whatever it reads from the records it finds empty.
    :param sent: what the browser sent.
    """
    key = release.element(element).form
    spec = release.forms.get(key or "")
    try:
        form = _declared(key, spec, context, sent) if spec is not None or key is None else _built(key, context, sent)
    except _NOT_TO_BUILD:
        return None
    for field in form.file_fields():
        field.keep(look_at)
    return form


def plain_answers(form: AlurForm) -> dict[str, Any]:
    """Return the answers of a form that is valid, its files by what would be known of them."""
    return {name: _named(value) for name, value in form.typed_data().items()}


def guessed_rows(ground: Ground, element: str) -> list[Row]:
    """Return rows for the answers to a task whose form cannot be built: as a scenario answers it, if one does."""
    known = ground.task_answers(element)
    return rows_of(known[0] if known else {})


def _declared(key: str | None, spec: Mapping[str, Any] | None, context: FormContext, sent: object) -> AlurForm:
    return task_form(key, spec, context).fill(context, sent)


def _built(key: str, context: FormContext, sent: object) -> AlurForm:
    """Return a form that Python builds, over records that hold nothing."""
    with empty_records() as read:
        knowing = replace(context, read=read)
        form = _declared(key, None, knowing, sent)
        form.sections()
        return form


def _named(value: Any) -> Any:
    if isinstance(value, list):
        return [_named(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _named(item) for name, item in value.items()}
    if isinstance(value, KeptFile):
        return {"sha256": value.sha256, "filename": value.filename, "media_type": value.media_type, "size": value.size}
    return value
