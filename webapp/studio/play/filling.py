"""The form of a task in a play: the very form of the release; of one that Python gives, its answers by their names."""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.release import Release
from forms import AlurForm, KeptFile, Upload
from webapp.studio.play.ground import Ground
from webapp.studio.play.typed import Row, rows_of
from webapp.task_forms import FormContext, task_form

_NOT_KEPT: Final = "0" * 64


def task_form_of(release: Release, element: str, context: FormContext, sent: object = None) -> AlurForm | None:
    """Return the form with which a task is completed; None of a form that is no file of the design.

    :param sent: what the browser sent.
    """
    key = release.element(element).form
    spec = release.forms.get(key or "")
    if spec is None and key is not None:
        return None
    form = task_form(key, spec, context).fill(context, sent)
    for field in form.file_fields():
        field.keep(_as_if_kept)
    return form


def plain_answers(form: AlurForm) -> dict[str, Any]:
    """Return the answers of a form that is valid, its files by what would be known of them."""
    return {name: _named(value) for name, value in form.typed_data().items()}


def guessed_rows(ground: Ground, element: str) -> list[Row]:
    """Return rows for the answers to a task whose form Python gives: as a scenario answers it, if one does."""
    known = ground.task_answers(element)
    return rows_of(known[0] if known else {})


def _as_if_kept(upload: Upload) -> KeptFile:
    """Say what a file is called; what is in it is not kept, since nothing in a play is."""
    return KeptFile(_NOT_KEPT, upload.filename or "", "application/octet-stream", 0)


def _named(value: Any) -> Any:
    if isinstance(value, list):
        return [_named(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _named(item) for name, item in value.items()}
    if isinstance(value, KeptFile):
        return {"sha256": value.sha256, "filename": value.filename, "media_type": value.media_type, "size": value.size}
    return value
