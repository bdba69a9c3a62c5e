"""The form every page and every task of Alur uses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from wtforms import Form
from wtforms.meta import DefaultMeta

from forms.conditions import When
from forms.feel import Feel, mentioned
from forms.field import AlurField, ErrorLink
from forms.messages import CATALOGUES, Catalogue
from forms.submission import Draft, Submission
from forms.tables import RowChange, TableField
from forms.text import Language
from forms.uploads import FileField


class FormNotValidError(RuntimeError):
    """The data of a form was asked for before `validate()` had said yes."""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields shown together, under a heading unless it is empty.

    :param intro: what is said below the heading.
    """

    title: str
    fields: tuple[AlurField, ...]
    intro: str = ""


class AlurForm(Form):
    """A form in the language of its reader that never raises on what a browser sends.

    :param formdata: what was sent, None when the form is only shown. Any multi-dict, or a mapping of values or lists.
    :param language: of labels and messages.
    :param data: values known before, by field name; the only source of read-only fields.
    :param draft: what `draft()` returned earlier; used when nothing was sent.
    :param prefix: put before every name and id, for two forms on one page.
    :param today: the day for checks that need one, from the caller's clock, in the city's zone.
    """

    feel: ClassVar[Feel | None] = None

    class Meta(DefaultMeta):
        """How WTForms asks Alur for messages, input and attributes."""

        language: Language = "id"
        today: date | None = None

        def get_translations(self, form: Any) -> Catalogue:
            """Return the messages of the form's language."""
            return CATALOGUES[self.language]

        def wrap_formdata(self, form: Any, formdata: object) -> Any:
            """Return what was sent as a multi-dict that cannot surprise a field."""
            return None if formdata is None else Submission.of(formdata)

        def render_field(self, field: Any, render_kw: Any) -> Any:
            """Render a field with what assistive technology needs, unless the template says otherwise."""
            known = _attributes(field) if isinstance(field, AlurField) else {}
            return super().render_field(field, {**known, **dict(render_kw)})

    def __init__(
        self,
        formdata: object = None,
        *,
        language: Language = "id",
        data: Mapping[str, Any] | None = None,
        draft: Draft | None = None,
        prefix: str = "",
        today: date | None = None,
    ) -> None:
        self.is_submitted = formdata is not None
        self._is_valid = False
        self._values: dict[str, object] = {}
        if formdata is None and draft is not None:
            formdata = Submission.of_draft(draft, f"{prefix}-" if prefix and prefix[-1] not in "-_;:/." else prefix)
        meta = {"language": language, "today": today}
        super().__init__(formdata, prefix=prefix, data=dict(data or {}), meta=meta)  # type: ignore[arg-type,unused-ignore]

    @property
    def language(self) -> Language:
        """The language of labels and messages."""
        language: Language = self.meta.language
        return language

    @property
    def today(self) -> date | None:
        """The day the form was given."""
        today: date | None = self.meta.today
        return today

    @property
    def fields(self) -> list[AlurField]:
        """The form's own fields in their order, without a CSRF token."""
        return [field for field in self if isinstance(field, AlurField)]

    def sections(self) -> Sequence[Section]:
        """Return the fields by section."""
        return (Section("", tuple(self.fields)),)

    def is_shown(self, name: str) -> bool:
        """Return whether the field belongs to the form as filled in now."""
        condition: When | None = getattr(self[name], "show_when", None)
        return condition is None or condition.holds(self)

    def evaluate(self, source: str) -> object:
        """Return what a FEEL expression over the form's answers gives; answers of hidden fields are null in it.

        :raise RuntimeError: the class has no evaluator or the form no day, which is a mistake of the program.
        """
        if self.feel is None or self.today is None:
            raise RuntimeError("A form with FEEL needs a class made with feel=, and to be constructed with today=.")
        # Kept: expressions that speak of each other would be asked again and again.
        if source not in self._values:
            names = mentioned(source, (field.short_name for field in self.fields))
            self._values[source] = self.feel.value(source, self.known_answers(names), self.today)
        return self._values[source]

    def known_answers(self, names: Iterable[str] | None = None) -> dict[str, object]:
        """Return the answers as an expression reads them, good or not yet checked; hidden ones are None.

        :param names: only those of these fields.
        """
        wanted = [field.short_name for field in self.fields if field.is_input] if names is None else list(names)
        fields: dict[str, Any] = {name: self[name] for name in wanted}
        return {name: field.answer if self.is_shown(name) else None for name, field in fields.items()}

    @property
    def row_change(self) -> RowChange | None:
        """The row that a button of a table added or removed; the page is then shown again and nothing is checked."""
        changes = (field.row_change for field in self.fields if isinstance(field, TableField))
        return next((change for change in changes if change is not None), None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether every shown field holds a good answer; never while only rows are added or removed."""
        self._values.clear()
        self._is_valid = self.row_change is None and super().validate(extra_validators)
        return self._is_valid

    def add_error(self, name: str | None, message: str) -> None:
        """Put a message, found after validation, on a field or (None) on the whole form."""
        self._is_valid = False
        if name is None:
            self.form_errors.append(message)
        else:
            self[name].errors = [*self[name].errors, message]

    def typed_data(self) -> dict[str, object]:
        """Return the answers by field name: what was declared, shown and not read-only, and nothing else.

        Text and choices are str, numbers int and Decimal, days date, boxes bool, files a list of uploads, tables a list
        of dicts; what was left empty is None.

        :raise FormNotValidError: `validate()` has not said yes.
        """
        if not self._is_valid:
            raise FormNotValidError("Ask typed_data() only after validate() returned True.")
        return {f.short_name: f.typed_value() for f in self.fields if f.is_input and not f.readonly and f.is_shown}

    def error_summary(self) -> list[ErrorLink]:
        """Return all that is wrong in the order of the page, tables by row and column."""
        whole = [ErrorLink("", "", message) for message in self.form_errors]
        return whole + [link for field in self.fields for link in field.error_links()]

    def draft(self) -> Draft:
        """Return what was typed, good or not, so that a form with `draft=` shows it again; of files those kept."""
        entries = {field.short_name: field.draft() for field in self.fields if not field.readonly}
        return {name: entry for name, entry in entries.items() if entry is not None}

    def file_fields(self) -> list[FileField]:
        """Return the fields for files, also those in the rows of tables."""
        tables = (field for field in self.fields if isinstance(field, TableField))
        inside = [one for table in tables for row in table.rows for one in row.file_fields()]
        return [field for field in self.fields if isinstance(field, FileField)] + inside

    @classmethod
    def draft_of(cls, formdata: object) -> Draft:
        """Return the draft of a whole form as sent, without checking anything."""
        return cls(formdata).draft()

    @classmethod
    def of_row(cls, values: Submission | None, table: TableField, *, number: int, data: Mapping[str, Any]) -> Self:
        """Return the form of one row of a table, in the language and at the day of the table's form."""
        meta = table.meta
        return cls(values, language=meta.language, today=meta.today, data=data, prefix=f"{table.name}-{number}")


def _attributes(field: AlurField) -> dict[str, object]:
    is_control = field.kind not in (
        "radio",
        "multichoice",
        "file",
        "table",
        "note",
    )  # the others take no such state in ARIA 1.2
    wanted = {
        "aria-describedby": field.describedby,
        "aria-invalid": "true" if field.errors and is_control else "",
        "aria-required": "true" if field.is_required and is_control else "",
        "inputmode": field.input_mode,
    }
    return {name: value for name, value in wanted.items() if value}
