"""The page from which a task was opened, so that whoever has done it goes on there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for

from webapp.texts import gettext as _
from webapp.texts import lazy

#: Argument of a task's address that names the page; only a name of `_PAGES` leads anywhere.
FROM: Final = "dari"
_LONGEST: Final = 20


@dataclass(frozen=True, slots=True)
class OriginPage:
    """A page that leads to tasks.

    :param kept: arguments of its address that narrow it down.
    """

    label: str
    endpoint: str
    kept: tuple[str, ...] = ()


_INBOX: Final = OriginPage(lazy("Tugas"), "inbox.show_inbox")
_PAGES: Final[Mapping[str, OriginPage]] = {
    "orang-saya": OriginPage(lazy("Orang saya"), "appraisal.show_people", ("keadaan", "triwulan")),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the reader of a task comes from.

    :param carried: what the address of the task carries, so that the way back is not lost.
    """

    label: str
    url: str
    carried: Mapping[str, Any]


def read_origin() -> Origin:
    """Return the page that the address of the request names, else the inbox."""
    name = request.args.get(FROM, "")
    page = _PAGES.get(name, _INBOX)
    kept: dict[str, Any] = {key: value[:_LONGEST] for key in page.kept if (value := request.args.get(key, ""))}
    carried = {FROM: name, **kept} if page is not _INBOX else {}
    return Origin(_(page.label), url_for(page.endpoint, **kept), carried)
