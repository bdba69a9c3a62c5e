"""The installation that a command works on."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from engine.errors import EngineError
from engine.records.database import Database
from webapp.commands.words import Refused
from webapp.migrations import require_current
from webapp.texts import text_for
from webapp.wiring import Alur, Settings, SettingsError, build, locate
from webapp.wiring.settings import SECRETS_FILE


@contextmanager
def installation(
    *, needs: Callable[[Database], object] = require_current, must_exist: bool = False, **changes: Any
) -> Generator[Alur]:
    """Give the installation that the environment names, and close it at the end.

    :param needs: called with its database first; refuses one that the command cannot work on.
    :param must_exist: refuse a folder in which there is no installation yet, instead of beginning one.
    :raise Refused: it cannot be opened, or what was done with it was refused.
    """
    try:
        if must_exist:
            _check_home()
        alur = build(Settings.from_environment(), **changes)
    except SettingsError as error:
        raise Refused(str(error)) from error
    except EngineError as error:
        raise refusal(error) from error
    try:
        needs(alur.database)
        yield alur
    except EngineError as error:
        raise refusal(error) from error
    finally:
        alur.close()


def at_any_step(_database: Database) -> None:
    """Take a database as it is: empty, older or newer."""


def refusal(error: EngineError) -> Refused:
    """Return what the engine refuses as the command line says it: the sentence, and below it what a log would say."""
    sentence = text_for(error.code, error.params, "id")
    return Refused(f"{sentence}\n({error})" if str(error) not in sentence else sentence)


def _check_home() -> None:
    home, _ = locate(os.environ)
    if not (home / SECRETS_FILE).exists():
        raise Refused(f"Di {home} belum ada instalasi Alur. Periksa ALUR_HOME, atau siapkan yang baru: alur init KOTA")
