"""The installation that a command works on."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from engine.errors import EngineError
from webapp.commands.words import Refused
from webapp.texts import text_for
from webapp.wiring import Alur, Settings, SettingsError, build


@contextmanager
def installation(**changes: Any) -> Generator[Alur]:
    """Give the installation that the environment names, and close it at the end.

    :raise Refused: it cannot be opened, or what was done with it was refused.
    """
    try:
        alur = build(Settings.from_environment(), **changes)
    except SettingsError as error:
        raise Refused(str(error)) from error
    except EngineError as error:
        raise _refusal(error) from error
    try:
        yield alur
    except EngineError as error:
        raise _refusal(error) from error
    finally:
        alur.close()


def _refusal(error: EngineError) -> Refused:
    sentence = text_for(error.code, error.params, "id")
    return Refused(f"{sentence}\n({error})" if str(error) not in sentence else sentence)
