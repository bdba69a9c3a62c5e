"""Forms that could not be sent, kept for the account they were shown to: aside, with the files that wait, for a week.

The name of one is the hash of its content with a random number in it. It shows nothing: whoever asks for a form by its
name must have signed in with its account.
"""

import hashlib
import secrets
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final, cast

from engine.errors import NotFound
from engine.records.packing import Unreadable, pack, unpack
from webapp.wiring import Alur

#: Of what is typed into one form, and so many fields. A longer one is not kept, and the page says so.
MOST_BYTES: Final = 256 << 10
MOST_FIELDS: Final = 5_000
#: Forms of one account that one process keeps within an hour: nobody fills the disk without signing in.
MOST_AN_HOUR: Final = 10
_HOUR: Final = timedelta(hours=1)


class KeptLately:
    """When forms of each account were kept within the last hour."""

    def __init__(self) -> None:
        """Begin with none."""
        self._times: dict[int, deque[datetime]] = {}

    def allows(self, account: int, now: datetime) -> bool:
        """Tell whether another form may be kept, and count it."""
        times = self._times.setdefault(account, deque())
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if len(times) >= MOST_AN_HOUR:
            return False
        times.append(now)
        return True


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed into a form.

    :param address: where it was sent.
    :param page: the address of the page that it stood on; empty where that is not known.
    :param values: name and text of each field.
    """

    city: str
    account: int
    address: str
    page: str
    values: tuple[tuple[str, str], ...]
    had_files: bool = False


def keep_form(alur: Alur, form: KeptForm) -> str | None:
    """Keep a form and return its name; None if it is too large."""
    if len(form.values) > MOST_FIELDS or sum(len(text.encode()) for pair in form.values for text in pair) > MOST_BYTES:
        return None
    values = [list(pair) for pair in form.values]
    parts = [secrets.token_bytes(16), form.city, form.account, form.address, form.page, values, form.had_files]
    content = pack(parts)
    name = hashlib.sha256(content).hexdigest()
    alur.files.take(BytesIO(content), name)
    return name


def read_form(alur: Alur, name: str, city: str, account: int) -> KeptForm | None:
    """Return a form of this account; None for any other, and for one that is gone."""
    try:
        with alur.files.open(name) as file:
            parts = cast("list[Any]", unpack(file.read(2 * MOST_BYTES)))
        _random, of_city, of_account, address, page, values, had_files = parts
    except (NotFound, Unreadable, TypeError, ValueError):
        return None
    if (of_city, of_account) != (city, account):
        return None
    return KeptForm(city, account, address, page, tuple((key, text) for key, text in values), had_files)


def forget_form(alur: Alur, name: str) -> None:
    """Remove a form that was sent, or is not wanted any more."""
    alur.files.discard(name)
