"""From a checked form to the answers a process keeps: its files are stored by then, the answers name them."""

from dataclasses import asdict
from typing import Any

from forms import AlurForm, KeptFile


def answers_of(form: AlurForm) -> dict[str, Any]:
    """Return the answers of a form that is valid and whose files are kept (`kept_files.keep_files`)."""
    return {name: _named(value) for name, value in form.typed_data().items()}


def _named(value: object) -> object:
    """Return an answer with its files as plain data, also those inside the rows of a table."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    if isinstance(value, dict):
        return {name: _named(item) for name, item in value.items()}
    return asdict(value) if isinstance(value, KeptFile) else value
