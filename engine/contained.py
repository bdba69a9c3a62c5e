"""How far the mistakes of code that is not ours may reach: of processes' services and of cities' plugins."""

import threading

from engine.patience import TakesLong

LONGEST_SAID = 1000


def ends_the_process(error: BaseException) -> bool:
    """Say whether what is raised concerns more than one call: somebody pressed Ctrl-C, or others need not wait for it.

    Python raises the first in the main thread alone; in any other it is a call that raises it itself.
    """
    return isinstance(error, TakesLong) or (
        isinstance(error, KeyboardInterrupt) and threading.current_thread() is threading.main_thread()
    )


def said_by(error: BaseException) -> str:
    """Return the message of an error as text that every database takes; an error may fail even at that."""
    try:
        text = str(error)
    except Exception:
        return "(no message)"
    return storable_text(text)[:LONGEST_SAID]


def storable_text(text: str) -> str:
    """Return a text without what a database refuses in one: halves of characters, and the character 0."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
