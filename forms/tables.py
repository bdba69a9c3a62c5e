"""Rows of fields that people add and remove with ordinary buttons, so that it works without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import widgets
from wtforms.utils import unset_value

from forms.field import AlurField, ErrorLink
from forms.submission import Submission
from forms.text import Text


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a table's button did: where the focus goes and what is announced."""

    field_name: str
    focus_id: str
    message: str


class TableField(AlurField):
    """Repeating rows; the answer is a list of dicts, rows left blank are dropped.

    WTForms' FieldList is not used: it cannot drop a row, and it raises on row numbers such as `²`.

    Cells are named `<table>-<row>-<column>`, buttons `<table>-add` and `<table>-remove-<row>`. A table with a read-only
    column has the rows it is given (`data`): none is added, removed or dropped, and the read-only values are part of
    each row's answer, because they tell which row it is.

    :param row_form: an AlurForm with the columns.
    :param max_rows: rows beyond are refused, unless they are given.
    """

    widget = widgets.TextInput()
    kind = "table"
    required_message = "Fill in at least one row."

    def __init__(
        self,
        label: Text | str,
        row_form: type[Any],
        validators: Sequence[Any] | None = None,
        *,
        max_rows: int = 50,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.row_form = row_form
        self.max_rows = max_rows
        self.row_change: RowChange | None = None
        self.rows: list[Any] = []
        self.columns: list[AlurField] = self._row(0, {}, None).fields
        self._sent: dict[int, Submission] | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether the rows are given and only their cells are filled in."""
        return self.readonly or any(column.readonly for column in self.columns)

    @property
    def can_add(self) -> bool:
        """Whether one more row is allowed."""
        return not self.is_fixed and len(self.rows) < self.max_rows

    @property
    def focus_id(self) -> str:
        """The first cell; a table itself takes no focus."""
        cells = self.rows[0].fields if self.rows else []
        return str(cells[0].focus_id if cells else self.id)

    @property
    def add_name(self) -> str:
        """Name and id of the button that adds a row."""
        return f"{self.name}-add"

    def remove_name(self, number: int) -> str:
        """Return name and id of the button that removes the row at this place, counted from 0."""
        return f"{self.name}-remove-{number}"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Build the rows from what was sent, else from the data of the form, and obey a pressed button."""
        self.process_errors: Any = []
        given = [row for row in data if isinstance(row, Mapping)] if isinstance(data, list | tuple) else []
        most = max(self.max_rows, len(given)) if self.is_fixed else self.max_rows
        self._sent = self._read(formdata, most) if formdata is not None and not self.readonly else None
        if self.is_fixed:
            sent = self._sent = self._of_given(len(given), formdata)
            self.rows = [self._row(n, row, (sent or {}).get(n)) for n, row in enumerate(given)]
        elif self._sent is None:
            self.rows = [self._row(n, row, None) for n, row in enumerate(given)]
        else:
            self.rows = [self._row(n, {}, row) for n, row in self._sent.items()]
            self._obey_add(formdata)
        if not self.rows and not self.is_fixed:
            self.rows = [self._row(0, {}, None)]
        self.object_data, self.data = data, [row.data for row in self._answers()]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Return whether the table and every row that is not blank are good."""
        good = bool(super().validate(form, extra_validators))
        if self.readonly or not self.is_shown:
            return good
        verdicts = [row.validate() for row in self._answers()]
        return all(verdicts) and good

    @property
    def answer(self) -> list[dict[str, object]]:
        """The rows that are not blank, as an expression reads them."""
        return [row.known_answers() for row in self._answers()]

    def typed_value(self) -> list[dict[str, object]]:
        """Return the rows that are not blank."""
        return [{**self._given(row), **row.typed_data()} for row in self._answers()]

    def draft(self) -> list[dict[str, object]] | None:
        """Return every row as typed; given rows keep their place, others close up where nothing readable was sent."""
        if self._sent is None:
            return None
        last = max((number for number, row in self._sent.items() if self._draft_of(number, row)), default=-1)
        rows = [self._draft_of(number, self._sent.get(number)) for number in range(last + 1)]
        return rows if self.is_fixed else [row for row in rows if row]

    def error_links(self) -> list[ErrorLink]:
        """Return what is wrong with the table, then with its cells."""
        cells = [(n, link) for n, row in enumerate(self.rows, 1) for link in row.error_summary()]
        links = [ErrorLink(link.field_id, self._cell(n, link), link.message) for n, link in cells]
        return super().error_links() + links

    def _value(self) -> str:
        return ""

    def _cell(self, number: int, link: ErrorLink) -> str:
        return self.say("%(table)s, row %(row)d: %(column)s", table=self.label.text, row=number, column=link.label)

    def _row(self, number: int, data: Mapping[str, Any], sent: Submission | None) -> Any:
        return self.row_form.of_row(sent, self, number=number, data=data)

    def _draft_of(self, number: int, sent: Submission | None) -> dict[str, object]:
        # The row itself where there is one: it knows which of its files were kept meanwhile.
        row = self.rows[number] if number < len(self.rows) else self._row(number, {}, sent)
        drafted: dict[str, object] = row.draft()
        return drafted

    def _answers(self) -> list[Any]:
        return self.rows if self.is_fixed else [row for row in self.rows if not _is_blank(row)]

    def _given(self, row: Any) -> dict[str, object]:
        return {cell.short_name: cell.data for cell in row.fields if cell.readonly and cell.is_input}

    def _read(self, formdata: Submission, most: int) -> dict[int, Submission] | None:
        """Return the sent rows by number; None if a draft says nothing about this table."""
        if formdata.is_partial and self.name not in formdata:
            return None
        sent = formdata.rows(self.name)
        if not self.is_fixed:
            self._obey_remove(formdata, sent)
            sent = dict(enumerate(sent.values()))
        if len(sent) > most and not self.is_fixed:
            message = "At most %(max)d rows are allowed; the rows after that were not kept."
            self.process_errors = [self.say(message, max=most)]
        return {n: self._submission(n, row, formdata) for n, row in sent.items() if n < most}

    def _of_given(self, count: int, formdata: Submission | None) -> dict[int, Submission] | None:
        """Return what was sent for given rows: of a row of boxes without a tick a browser sends nothing at all."""
        if self._sent is None or formdata is None or formdata.is_partial:
            return self._sent
        missing = {n: self._submission(n, {}, formdata) for n in range(count) if n not in self._sent}
        return dict(sorted({**self._sent, **missing}.items()))

    def _submission(self, number: int, row: dict[str, list[object]], formdata: Submission) -> Submission:
        values = {f"{self.name}-{number}-{column}": given for column, given in row.items()}
        return Submission(values, is_partial=formdata.is_partial)

    def _obey_remove(self, formdata: Submission, sent: dict[int, dict[str, list[object]]]) -> None:
        for number in formdata.row_removals(self.name):
            if number in sent:
                place = list(sent).index(number) + 1
                del sent[number]
                self.row_change = RowChange(self.name, self.add_name, self.say("Row %(row)d was removed.", row=place))

    def _obey_add(self, formdata: Submission | None) -> None:
        if formdata is None or self.add_name not in formdata:
            return
        if not self.can_add:
            message = self.say("At most %(max)d rows are allowed.", max=self.max_rows)
            self.row_change = RowChange(self.name, self.add_name, message)
            return
        row = self._row(len(self.rows), {}, None)
        self.rows.append(row)
        message = self.say("Row %(row)d was added.", row=len(self.rows))
        self.row_change = RowChange(self.name, row.fields[0].focus_id, message)


def _is_blank(row: Any) -> bool:
    return all(cell.is_empty and not cell.process_errors for cell in row.fields if cell.is_input)
