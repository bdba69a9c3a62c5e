"""Lists that are read on page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection

from processes.people.queries.on_day import AnyRow, AnySelect

#: Rows of a page.
PAGE: Final = 25
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page of a list, counted from 1, and whether there is a further one."""

    rows: tuple[Item, ...]
    page: int
    has_more: bool


def read_page(
    read: Connection, statement: AnySelect, params: Mapping[str, Any], page: int, make: Callable[[AnyRow], Item]
) -> Paged[Item]:
    """Return one page of what a statement finds; one row more is read than is shown."""
    found = read.execute(statement.limit(PAGE + 1).offset((page - 1) * PAGE), dict(params)).all()
    return Paged(tuple(make(row) for row in found[:PAGE]), page, len(found) > PAGE)
