"""What a city's process answers is read on every Python we support, and nothing but our own values is made of it."""

import pickle
from typing import Any

import pytest

from plugins.apart import _Reader
from plugins.api import UnitKind


class LookedUp:
    """Pickled as Python 3.11.2, Debian 12's, pickles a member of an enum: looked up by `getattr`."""

    def __init__(self, owner: Any, name: str) -> None:
        self.owner, self.name = owner, name

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what is called to make it again."""
        return getattr, (self.owner, self.name)


def test_a_member_of_an_enum_is_read_as_older_pythons_write_it() -> None:
    content = pickle.dumps(LookedUp(UnitKind, "OTHER"))

    assert _Reader(content).load() is UnitKind.OTHER


@pytest.mark.parametrize(("owner", "name"), [(UnitKind, "__class__"), (UnitKind, "mro"), (set, "__class__")])
def test_nothing_else_is_looked_up(owner: object, name: str) -> None:
    content = pickle.dumps(LookedUp(owner, name))

    with pytest.raises(pickle.UnpicklingError):
        _Reader(content).load()
