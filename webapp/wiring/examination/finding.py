"""What an examination finds."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How well a thing is."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of an examination, in Indonesian.

    :param topic: what it is about, for programs: stays the same from release to release.
    :param what: the same for people.
    :param found: how it is.
    :param advice: what to do; empty where all is well.
    """

    topic: str
    what: str
    state: State
    found: str
    advice: str = ""


def judged(topic: str, what: str, found: str, advice: str, *, is_good: bool, state: State = State.ERROR) -> Finding:
    """Return a finding that is good or of another state, with what to do only then."""
    return Finding(topic, what, State.GOOD if is_good else state, found, "" if is_good else advice)
