"""Frozen values that every step makes by the dozen: mypy and pyright see to it that nobody changes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type[Any]], type[Any]]:
        """Return what makes a dataclass that is frozen for type checkers alone.

        One that is frozen while it runs sets each of its fields by a call; of a step that was a twentieth.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)
