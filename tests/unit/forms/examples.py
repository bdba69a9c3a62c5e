"""One form with a field of every kind, written in Python, and the same from a spec; files to upload."""

import io
from typing import Any

from werkzeug.datastructures import FileStorage

from forms import (
    AlurForm,
    Between,
    CheckboxField,
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    IntegerField,
    NoteField,
    NoteWhenOverridden,
    Option,
    RadioField,
    Required,
    TableField,
    Text,
    TextAreaField,
    TextField,
)

RATINGS = [
    Option("DIATAS_EKSPEKTASI", Text("Di atas ekspektasi", "Above expectation")),
    Option("SESUAI_EKSPEKTASI", Text("Sesuai ekspektasi", "As expected")),
]


class IndicatorRow(AlurForm):
    """A row people add."""

    indicator = TextField(Text("Indikator", "Indicator"), [Required()])
    reached = DecimalField(Text("Realisasi", "Realisation"), [Between(0, 150, unit="%")])


class GivenRow(AlurForm):
    """A row the process gives."""

    indicator = TextField(Text("Indikator", "Indicator"), readonly=True)
    reached = DecimalField(Text("Realisasi", "Realisation"), [Required()])


class AppraisalForm(AlurForm):
    """Every kind of field."""

    advice = NoteField(Text("Bacalah rekomendasi.", "Read the recommendation."))
    recommended = ChoiceField(Text("Rekomendasi", "Recommended"), options=RATINGS, readonly=True)
    rating = RadioField(Text("Rating", "Rating"), [Required()], options=RATINGS)
    reason = TextAreaField(
        Text("Alasan", "Reason"), [NoteWhenOverridden("rating", recommended_field="recommended")], max_length=2000
    )
    name = TextField(Text("Nama", "Name"), hint=Text("Nama lengkap", "Full name"))
    days = IntegerField(Text("Hari", "Days"), [Between(0, 365, unit=Text("hari", "days"))])
    score = DecimalField(Text("Nilai", "Score"), [Between(0, 100)])
    day = DateField(Text("Tanggal", "Date"))
    unit = ChoiceField(Text("Unit", "Unit"), options=[Option("A", "A"), Option("B", "B")])
    agreed = CheckboxField(Text("Setuju", "Agreed"))
    evidence = FileField(Text("Bukti", "Evidence"), accept=["pdf", "png"], max_files=2, max_megabytes=1)
    rows = TableField(Text("Capaian", "Results"), IndicatorRow, max_rows=3)


class GivenRowsForm(AlurForm):
    """A table whose rows the process gives."""

    rows = TableField(Text("Capaian", "Results"), GivenRow)


def label(word: str) -> dict[str, str]:
    """Return a text in both languages, as a spec holds it."""
    return {"id": f"{word} (id)", "en": f"{word} (en)"}


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return a field of a spec."""
    return {"name": name, "type": kind, "label": label(name), **more}


def spec(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a spec with these fields."""
    return {"version": 1, "title": label("title"), "fields": list(fields), **more}


CHOICES = [{"value": "YA", "label": label("yes")}, {"value": "TIDAK", "label": label("no")}]

FULL_SPEC = spec(
    field("about", "note", hint=label("about")),
    field("name", "text", required=True, max_length=40),
    field("reason", "textarea", rows=6, required={"when": {"field": "agree", "equals": "TIDAK"}}),
    field("days", "integer", min=0, max=365, unit=label("days")),
    field("score", "decimal", min="0", max="100.5", decimals=3),
    field("day", "date", min="2020-01-01", max="today"),
    field("agree", "choice", choices=CHOICES),
    field("sure", "radio", choices=CHOICES, show_when={"field": "agree", "equals": "YA"}),
    field("known", "text", readonly=True),
    field("ticked", "checkbox"),
    field("evidence", "file", accept=["pdf", "jpeg"], max_files=3, max_megabytes=2),
    field("table", "table", rows=5, columns=[field("what", "text", required=True), field("amount", "decimal")]),
    field("several", "multichoice", choices=CHOICES),
    field("cost", "money", min=0, max=5_000_000_000),
    intro=label("intro"),
    sections=[
        {"title": label("first"), "fields": ["about", "name", "reason", "days", "score", "day"]},
        {
            "title": label("second"),
            "intro": label("told"),
            "fields": ["agree", "sure", "known", "ticked", "evidence", "table", "several", "cost"],
        },
    ],
)

#: What needs an evaluator: fields shown, asked for and computed by expressions, in the form and in the rows of a table.
FEEL_SPEC = spec(
    field("cost", "money"),
    field("source", "radio", choices=CHOICES, default="YA"),
    field("reason", "textarea", required={"when": {"feel": 'cost > 10000000 and source = "YA"'}}),
    field("since", "date", default="today", show_when={"feel": "cost > 0"}),
    field(
        "costs",
        "table",
        columns=[
            field("what", "text"),
            field("count", "integer", min=0),
            field("price", "money"),
            field("amount", "computed", feel="count * price"),
        ],
    ),
    field("total", "computed", feel="sum(costs.amount)", unit=label("Rp")),
    field("share", "computed", feel="if total > 0 then cost / total else null", decimals=2),
)


def upload(name: str, content: bytes = b"%PDF-1.7") -> FileStorage:
    """Return a file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)
