"""What a browser sent, whatever its shape, as one read-only multi-dict; and a draft turned back into one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forms.uploads import KeptFile

Draft = dict[str, Any]
"""Raw strings by field name, rows of a table as a list of such, kept files by what names them; fit for JSON."""


class Submission:
    """The values sent for each name, in their order; names that are no text are dropped.

    `is_partial` says that a missing name means "leave as it was" (a draft) and not "left empty" (a submitted form).
    """

    def __init__(self, values: Mapping[str, Sequence[object]], *, is_partial: bool = False) -> None:
        self._values = {name: list(given) for name, given in values.items()}
        self.is_partial = is_partial

    @classmethod
    def of(cls, formdata: object) -> "Submission":
        """Return what a web framework's multi-dict, or a plain mapping of values or lists, holds.

        :raise TypeError: `formdata` is none of these, which is a mistake of the program, not of the user.
        """
        if isinstance(formdata, Submission):
            return formdata
        getter = getattr(formdata, "getlist", None) or getattr(formdata, "getall", None)
        if getter is not None:
            return cls({name: getter(name) for name in _names(formdata)})
        if isinstance(formdata, Mapping):
            return cls({name: _as_list(formdata[name]) for name in _names(formdata)})
        raise TypeError(f"A form reads a multi-dict or a mapping, not {type(formdata).__name__}.")

    @classmethod
    def of_draft(cls, draft: object, prefix: str = "") -> "Submission":
        """Return a draft as if it had been sent; entries of another shape than a draft's are dropped."""
        return cls(dict(_flat(draft, prefix)), is_partial=True)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[object]:
        """Return all values sent for the name, none if there is none."""
        return list(self._values.get(name, ()))

    def rows(self, table: str) -> dict[int, dict[str, list[object]]]:
        """Return the rows sent for a table by their number, smallest first: column name to values."""
        pattern = re.compile(re.escape(table) + r"-(0|[1-9][0-9]{0,3})-([A-Za-z][A-Za-z0-9_]*)")
        rows: dict[int, dict[str, list[object]]] = {}
        for name, values in self._values.items():
            if found := pattern.fullmatch(name):
                rows.setdefault(int(found[1]), {})[found[2]] = values
        return dict(sorted(rows.items()))

    def row_removals(self, table: str) -> list[int]:
        """Return the numbers of the rows whose remove button was pressed."""
        pattern = re.compile(re.escape(table) + r"-remove-(0|[1-9][0-9]{0,3})")
        return [int(found[1]) for name in self._values if (found := pattern.fullmatch(name))]


def _names(formdata: Any) -> list[str]:
    return [name for name in formdata if isinstance(name, str)]


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _flat(draft: object, prefix: str) -> Iterator[tuple[str, list[object]]]:
    for name, value in _entries(draft):
        if isinstance(value, str):
            yield prefix + name, [value]
        elif isinstance(value, Mapping):
            yield prefix + name, _listed(value)
        elif isinstance(value, list):
            yield prefix + name, []  # a table without rows was emptied; one that is not named was never touched
            for number, row in enumerate(value):
                yield from (
                    (f"{prefix}{name}-{number}-{column}", _listed(cell) if isinstance(cell, Mapping) else [cell])
                    for column, cell in _entries(row)
                )


def _listed(entry: Mapping[str, Any]) -> list[object]:
    """Return the options that were ticked, or the files that a file field's draft names; none for another shape."""
    files, chosen = entry.get("files"), entry.get("chosen")
    if isinstance(chosen, list):
        return [one for one in chosen if isinstance(one, str)]
    return [file for file in map(KeptFile.of, files) if file is not None] if isinstance(files, list) else []


def _entries(draft: object) -> list[tuple[str, object]]:
    entries = draft.items() if isinstance(draft, Mapping) else ()
    return [(name, value) for name, value in entries if isinstance(name, str)]
