"""The form field for one spreadsheet, whose cells are checked when it is read, and files that pages give to save."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from werkzeug.wrappers import Response
from wtforms import widgets

from forms import FileField, Text

MOST_MEGABYTES = 20


class SheetField(FileField):
    """One spreadsheet, .xlsx or .csv; what is in it is checked cell by cell when it is read."""

    def __init__(self, label: Text, validators: Sequence[Any], **kwargs: Any) -> None:
        """Accept one file of both kinds."""
        super().__init__(label, validators, accept=("xlsx",), max_files=1, max_megabytes=MOST_MEGABYTES, **kwargs)
        self.accept, self.endings = ("xlsx", "csv"), (".xlsx", ".csv")
        self.flags.accept = ",".join(self.endings)
        self.widget = widgets.FileInput()


def csv_file(name: str, rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> Response:
    """Return rows as a CSV file to be saved, which no shared computer keeps."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
