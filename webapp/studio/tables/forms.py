"""Forms of the tables: a new one, and a file to be taken over."""

from collections.abc import Sequence
from typing import Any, Final

from wtforms import widgets

from engine.dmn.reading import MAX_BYTES
from forms import (
    AlurForm,
    CheckboxField,
    ChoiceField,
    FileField,
    Length,
    Option,
    Required,
    TableField,
    Text,
    TextField,
)

TYPES: Final[dict[str, Text]] = {
    "string": Text("Teks", "Text"),
    "number": Text("Angka", "Number"),
    "boolean": Text("Ya atau tidak", "Yes or no"),
    "date": Text("Tanggal", "Date"),
    "Any": Text("Lainnya", "Anything"),
}
_NAME_HINT: Final = Text(
    "Huruf, angka, dan garis bawah, diawali huruf: bonus_kinerja.",
    "Letters, digits and underscores, beginning with a letter: performance_bonus.",
)


class ColumnRow(AlurForm):
    """A column of a new table."""

    label = TextField(Text("Judul kolom", "Title of the column"), [Required()], max_length=100)
    name = TextField(Text("Nama data", "Name of the data"), [Required()], max_length=200)
    type = ChoiceField(
        Text("Jenis", "Type"), [Required()], options=[Option(name, text) for name, text in TYPES.items()]
    )


class NewTableForm(AlurForm):
    """What a new table is called, what it looks at and what it gives."""

    title = TextField(Text("Nama tabel", "Name of the table"), [Required(), Length(3)], max_length=150)
    name = TextField(
        Text("Nama berkas dan id", "Name of the file, and id"), [Required()], max_length=60, hint=_NAME_HINT
    )
    inputs = TableField(
        Text("Kolom masukan: apa yang dilihat tabel", "Input columns: what the table looks at"),
        ColumnRow,
        [Required()],
        max_rows=20,
        hint=Text(
            "Nama data seperti di diagram, misalnya facts.grade. Nilai yang mungkin dapat ditulis sesudahnya.",
            "The name of the data as in the diagram, such as facts.grade. What it can be is written afterwards.",
        ),
    )
    outputs = TableField(
        Text("Kolom keluaran: apa yang diberikannya", "Output columns: what it gives"),
        ColumnRow,
        [Required()],
        max_rows=20,
    )


class DmnField(FileField):
    """One DMN file; what is in it is checked when it is kept."""

    def __init__(self, label: Text, validators: Sequence[Any], **kwargs: Any) -> None:
        """Accept one file."""
        size = MAX_BYTES // (1024 * 1024)
        super().__init__(label, validators, accept=("xlsx",), max_files=1, max_megabytes=size, **kwargs)
        self.accept, self.endings = ("dmn",), (".dmn",)
        self.flags.accept = ".dmn"
        self.widget = widgets.FileInput()


class UploadForm(AlurForm):
    """A file to be taken over."""

    file = DmnField(Text("Berkas .dmn", "A .dmn file"), [Required()])
    replaces = CheckboxField(
        Text("Ganti tabel yang bernama sama", "Replace the table of the same name"),
    )
