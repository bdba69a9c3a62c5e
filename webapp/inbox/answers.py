"""From a checked form to the answers a process keeps: uploads are stored first, the answers name them."""

from typing import Any

from engine.errors import EngineError
from engine.records.contents import FileRefused
from engine.records.files import FileStore
from forms import AlurForm, Language, Upload
from webapp.security import LARGEST_REQUEST
from webapp.texts import text_for


def answers_of(form: AlurForm, store: FileStore, language: Language) -> dict[str, Any] | None:
    """Return the answers of a form that is valid, its files kept; None when a file was refused.

    Why is then said on the file's field. A file that was kept for a form that fails later stays behind unused.
    """
    answers, is_good = form.typed_data(), True
    for name, value in answers.items():
        try:
            answers[name] = _kept(value, store)
        except _FileError as error:
            form.add_error(name, error.words(language))
            is_good = False
    return answers if is_good else None


class _FileError(Exception):
    def __init__(self, filename: str, error: EngineError) -> None:
        self.filename, self.error = filename, error

    def words(self, language: Language) -> str:
        return f"“{self.filename}”: {text_for(self.error.code, self.error.params, language)}"


def _kept(value: object, store: FileStore) -> object:
    """Return an answer with its uploads stored, also those inside the rows of a table."""
    if isinstance(value, list):
        return [_kept(item, store) for item in value]
    if isinstance(value, dict):
        return {name: _kept(item, store) for name, item in value.items()}
    return _store(value, store) if isinstance(value, Upload) else value


def _store(upload: Upload, store: FileStore) -> dict[str, Any]:
    name = upload.filename or ""
    try:
        # The form has checked the size already; this bounds what a lying stream could bring.
        kept = store.put(upload.stream, filename=name, limit=LARGEST_REQUEST)  # type: ignore[arg-type]  # reads bytes
    except FileRefused as error:
        raise _FileError(name, error) from error
    return {"sha256": kept.sha256, "filename": kept.filename, "media_type": kept.media_type, "size": kept.size}
