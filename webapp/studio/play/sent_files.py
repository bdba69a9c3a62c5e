"""Files that are handed in within a play: looked at as in earnest, named in its story, and never kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import PurePath
from typing import Any, BinaryIO, Final, cast

from werkzeug.datastructures import CombinedMultiDict, MultiDict

from engine.records.contents import FileRefused, recognise
from forms import KeptFile, Upload
from forms.uploads import size_of
from webapp.texts import gettext as _
from webapp.texts import language, show_number, text_for

#: Stands where evidence has the name of its content: there is none.
NOT_KEPT: Final = "0" * 64
_SUFFIX: Final = "-kept"
_KILO: Final = 1024
_LARGEST: Final = 1 << 40


def look_at(upload: Upload) -> KeptFile | str:
    """Return what is known of a file, or in words why it would be refused; its content is read and let go."""
    name = upload.filename or ""
    try:
        size = size_of(name, upload)
        return KeptFile(NOT_KEPT, name, recognise(cast(BinaryIO, upload.stream), size, name), size)
    except FileRefused as error:
        return f"“{name}”: {text_for(error.code, error.params, language())}"


def mark_of(file: KeptFile) -> str:
    """Return what a page sends back of a file, so that nobody has to choose it again."""
    return json.dumps(asdict(file))


def with_named_files(texts: MultiDict[str, str], files: MultiDict[str, Any]) -> CombinedMultiDict[str, Any]:
    """Return what was sent, with the files that the page names beside those chosen now."""
    named: MultiDict[str, Any] = MultiDict()
    for name in texts:
        if name.endswith(_SUFFIX):
            found = (_read(mark) for mark in texts.getlist(name))
            named.setlist(name.removesuffix(_SUFFIX), [file for file in found if file is not None])
    parts: list[Any] = [texts, named, files]
    return CombinedMultiDict(parts)


def with_file_words(value: Any) -> Any:
    """Return a value in which each file of a play stands as its name, size and kind, and that it is not kept."""
    if isinstance(value, list | tuple):
        return [with_file_words(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    file = _file_of(value)
    if file is None:
        return {name: with_file_words(item) for name, item in value.items()}
    kind, size = PurePath(file.filename).suffix.removeprefix("."), show_number(max(1, round(file.size / _KILO)))
    return _(
        "berkas “%(name)s” (%(kind)s, %(size)s KB; tidak disimpan)", name=file.filename, kind=kind.upper(), size=size
    )


def _read(mark: str) -> KeptFile | None:
    try:
        return _file_of(json.loads(mark))
    except (ValueError, RecursionError):
        return None


def _file_of(value: object) -> KeptFile | None:
    """Return the file of a play that a value describes; None for anything else."""
    if not isinstance(value, Mapping) or value.get("sha256") != NOT_KEPT:
        return None
    size, words = value.get("size"), (value.get("filename"), value.get("media_type"))
    is_file = isinstance(size, int | Decimal) and 0 <= size < _LARGEST and all(isinstance(word, str) for word in words)
    return KeptFile.of(value) if is_file else None
