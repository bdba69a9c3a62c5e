"""Forms with which a process is looked for or begun."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.designs.arriving import ENDINGS
from engine.designs.storable import MAX_FILES
from forms import AlurForm, ChoiceField, FileField, Option, Required, Text, TextField
from webapp.texts import language

LONGEST_NAME = 100
MOST_MEGABYTES = 10


class SearchForm(AlurForm):
    """What the name of a process holds."""

    cari = TextField(Text("Cari nama proses", "Look for a process"), max_length=LONGEST_NAME)


class ProcessFilesField(FileField):
    """The files of a process, loose or as an archive."""

    def __init__(self, label: Text, validators: Sequence[Any], **kwargs: Any) -> None:
        """Accept all kinds that a release has, and archives of them."""
        super().__init__(
            label, validators, accept=("xlsx",), max_files=MAX_FILES, max_megabytes=MOST_MEGABYTES, **kwargs
        )
        self.accept = ("bpmn", "dmn", "json", "zip")
        self.endings = (*ENDINGS, ".zip")
        self.flags.accept = ",".join(self.endings)


class UploadForm(AlurForm):
    """A process from somewhere else."""

    files = ProcessFilesField(
        Text("Berkas proses", "Files of the process"),
        [Required()],
        hint=Text(
            "Satu diagram BPMN, bila perlu dengan tabel keputusan, formulir, dan skenarionya; atau semuanya dalam satu "
            "ZIP.",
            "One BPMN diagram, with its decision tables, forms and scenarios if it has some; or all of it in one ZIP.",
        ),
    )


def _named() -> dict[str, Any]:
    return {
        "name": TextField(Text("Nama proses", "Name of the process"), [Required()], max_length=LONGEST_NAME),
        "english": TextField(Text("Nama dalam bahasa Inggris", "Name in English"), max_length=LONGEST_NAME),
    }


def empty_form(sent: Any = None) -> AlurForm:
    """Return the form of a process that begins with nearly nothing."""
    form: AlurForm = type("EmptyForm", (AlurForm,), _named())(sent, language=language(), prefix="baru")
    return form


def copy_form(processes: Iterable[tuple[str, str]], sent: Any = None) -> AlurForm:
    """Return the form of a process that begins as another one.

    :param processes: those to choose from: id and name.
    """
    options = [Option(process, name) for process, name in processes]
    pattern = ChoiceField(Text("Salin dari", "Copy from"), [Required()], options=options)
    form: AlurForm = type("CopyForm", (AlurForm,), {"pattern": pattern, **_named()})(
        sent, language=language(), prefix="salin"
    )
    return form
