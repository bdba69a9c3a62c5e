"""Something that happened to a case, as its journal tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from engine.bpmn.model import Outline

#: The diagram of a moment that needs none.
NOWHERE: Final = Outline("", {}, {}, {}, ())


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of a case.

    :param content: the entry; empty if it is damaged.
    :param outline: of the release by which the case ran then; behind a move the new one.
    :param is_move: to another release, or back: what waits is carried over.
    """

    version: int
    at: datetime
    actor: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    release_id: int = 0
    outline: Outline = field(default=NOWHERE, repr=False)
    is_move: bool = False
