"""Files as evidence: how many, which kinds by name, how large; their content is checked where they are kept."""

import re
from collections.abc import Sequence
from typing import IO, Any, Final, Protocol, runtime_checkable

from wtforms import widgets

from forms.cleaning import InputError, clean_line, showable
from forms.field import AlurField
from forms.text import Text

EXTENSIONS: Final = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
}
"""The kinds of files a form may accept, and how their names end."""

NAME_LIMIT: Final = 150
_MEGABYTE: Final = 1024 * 1024


@runtime_checkable
class Upload(Protocol):
    """A file as a web framework hands it over."""

    filename: str | None
    stream: IO[bytes]


class FileField(AlurField):
    """Several files; the answer is a list of uploads, their streams at the start.

    The form's `data` may hold evidence kept earlier: it stays in `existing`, counts as an answer, and is not handed on.
    A browser never sends a chosen file again by itself: after an error people choose anew.

    :param accept: kinds out of `EXTENSIONS`.
    :param max_files: how many files at once.
    :param max_megabytes: how large each may be.
    """

    widget = widgets.FileInput(multiple=True)
    kind = "file"
    required_message = "Choose a file."

    def __init__(
        self,
        label: Text | str,
        validators: Sequence[Any] | None = None,
        *,
        accept: Sequence[str] = tuple(EXTENSIONS),
        max_files: int = 5,
        max_megabytes: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.accept, self.max_files, self.max_megabytes = tuple(accept), max_files, max_megabytes
        self.endings = tuple(ending for kind in accept for ending in EXTENSIONS[kind])
        self.existing: tuple[object, ...] = ()
        self.flags.accept = ",".join(self.endings)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a new file nor one kept earlier."""
        return not self.data and not self.existing

    def process_data(self, value: Any) -> None:
        """Remember the evidence kept earlier."""
        self.existing = tuple(value) if isinstance(value, list | tuple) else ()
        self.data = []

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the chosen files, or say of each what is wrong with it."""
        chosen = [value for value in valuelist if _is_chosen(value)]
        problems = [problem for upload in chosen[: self.max_files] if (problem := self._problem(upload))]
        if len(chosen) > self.max_files:
            problems.insert(0, InputError("Choose at most %(max)d files.", max=self.max_files))
        self.data = [] if problems else chosen
        self.process_errors = [self.say(problem.message, **problem.params) for problem in problems]

    def draft(self) -> None:
        """Return nothing: a draft keeps words only."""

    def _value(self) -> str:
        return ""

    def _problem(self, upload: object) -> InputError | None:
        try:
            if not isinstance(upload, Upload):
                raise InputError("Choose a file with the file button.")
            name = file_name(upload)
            self._check_kind(name)
            self._check_size(name, size_of(name, upload))
        except InputError as problem:
            return problem
        return None

    def _check_kind(self, name: str) -> None:
        if not name.lower().endswith(self.endings):
            accepted = ", ".join(kind.upper() for kind in self.accept)
            raise InputError(
                "“%(name)s”: this kind of file is not accepted. Accepted: %(accept)s.", name=name, accept=accepted
            )

    def _check_size(self, name: str, size: int) -> None:
        if size > self.max_megabytes * _MEGABYTE:
            raise InputError(
                "“%(name)s”: the file is larger than %(max)d MB. Please make it smaller.",
                name=name,
                max=self.max_megabytes,
            )
        if not size:
            raise InputError("“%(name)s”: the file is empty. Please choose it again.", name=name)


def file_name(upload: Upload) -> str:
    """Return the name without any folder a browser or an attacker put before it.

    :raise InputError: the name is too long or holds characters that cannot be stored or mislead the eye.
    """
    name = re.split(r"[/\\]", str(upload.filename))[-1]
    try:
        return clean_line(name, NAME_LIMIT)
    except InputError:
        raise InputError(
            "“%(name)s”: please give the file a shorter name with plain characters.", name=showable(name)[:NAME_LIMIT]
        ) from None


def size_of(name: str, upload: Upload) -> int:
    """Return the size in bytes and leave the stream at its start.

    :raise InputError: the stream cannot be read.
    """
    try:
        size = upload.stream.seek(0, 2)
        upload.stream.seek(0)
    except (OSError, ValueError, AttributeError, TypeError):
        raise InputError("“%(name)s”: the file cannot be read. Please choose it again.", name=name) from None
    return size


def _is_chosen(value: object) -> bool:
    """An input without a chosen file is sent as a part without a name, or as an empty text."""
    return bool(value.filename) if isinstance(value, Upload) else value not in (None, "")
