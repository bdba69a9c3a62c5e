"""Files as evidence: how many, which kinds by name, how large; their content is checked where they are kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any, Final, Protocol, Self, runtime_checkable

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
MEGABYTE: Final = 1024 * 1024
MOST_FILES: Final = 5
"""Files of one field, unless a form says fewer: a request of that many of the largest is still taken."""
MOST_MEGABYTES: Final = 10
"""Size of each, in MB of `MEGABYTE` bytes."""
MANY: Final = 2
"""How many times too many files are still kept, for people to choose among."""


@runtime_checkable
class Upload(Protocol):
    """A file as a web framework hands it over."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was stored before its form was good, so that nobody has to choose it again; `size` in bytes."""

    sha256: str
    filename: str
    media_type: str
    size: int

    @classmethod
    def of(cls, entry: object) -> Self | None:
        """Return the file that an entry of a draft describes, None for anything else."""
        try:
            given = dict(entry) if isinstance(entry, Mapping) else {}
            sha256, filename, media_type = (str(given[name]) for name in ("sha256", "filename", "media_type"))
            return cls(sha256, filename, media_type, int(given["size"]))
        except (KeyError, TypeError, ValueError):
            return None


class FileField(AlurField):
    """Several files; the answer is a list of uploads, their streams at the start, and of files kept before.

    The form's `data` may hold evidence of an earlier step: it stays in `existing`, counts as an answer, and is not
    handed on. A browser never sends a chosen file again by itself: whoever shows a form again has the good ones stored
    by `keep` and shows them as `kept`, each with a box to leave it out.

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
        max_files: int = MOST_FILES,
        max_megabytes: int = MOST_MEGABYTES,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.accept, self.max_files, self.max_megabytes = tuple(accept), max_files, max_megabytes
        self.endings = tuple(ending for kind in accept for ending in EXTENSIONS[kind])
        self.existing: tuple[object, ...] = ()
        self.flags.accept = ",".join(self.endings)

    @property
    def answer(self) -> list[str]:
        """The names of the files."""
        files: Any = self.data
        return [str(file.filename) for file in files]

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a new file nor one kept earlier."""
        return not self.data and not self.existing

    def process_data(self, value: Any) -> None:
        """Remember the evidence kept earlier."""
        self.existing = tuple(value) if isinstance(value, list | tuple) else ()
        self.data = []

    @property
    def kept(self) -> tuple[KeptFile, ...]:
        """The files stored already."""
        files: Any = self.data or []
        return tuple(file for file in files if isinstance(file, KeptFile))

    @property
    def kept_name(self) -> str:
        """The name under which a page sends back what tells the kept files apart."""
        return f"{self.name}-kept"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the good files, and say of each other one what is wrong with it."""
        chosen = [value for value in valuelist if _is_chosen(value)]
        found = [(file, self._problem(file)) for file in chosen[: MANY * self.max_files]]
        problems = [problem for _, problem in found if problem]
        if len(chosen) > self.max_files:
            problems.insert(0, InputError("Choose at most %(max)d files.", max=self.max_files))
        self.data = [file for file, problem in found if not problem]
        self.process_errors = [self.say(problem.message, **problem.params) for problem in problems]

    def keep(self, store: Callable[[Upload], KeptFile | str]) -> None:
        """Have the good files stored; before `validate()`, so that all that is wrong is said at once.

        :param store: returns what was kept, or in words why the file is refused.
        """
        if self.readonly or not self.is_shown:
            return
        files: Any = self.data or []
        stored = [store(file) if isinstance(file, Upload) else file for file in files]
        # Whoever chose a file again that is kept already hands it in once.
        self.data = list(dict.fromkeys(file for file in stored if not isinstance(file, str)))
        self.process_errors = [*self.process_errors, *(words for words in stored if isinstance(words, str))]

    def draft(self) -> dict[str, object] | None:
        """Return the kept files; one that was not stored cannot be in a draft."""
        return {"files": [asdict(file) for file in self.kept]} if self.kept else None

    def _value(self) -> str:
        return ""

    def _problem(self, upload: object) -> InputError | None:
        if isinstance(upload, KeptFile):
            return None
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
        if size > self.max_megabytes * MEGABYTE:
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
