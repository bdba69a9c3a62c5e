"""The installation that a command works on."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.errors import DatabaseBusy, DatabaseFull, DatabaseShut, EngineError, NotFound, Unavailable
from engine.records.database import Database
from engine.records.opening import has_room
from engine.records.refusals import outage_of
from plugins.manager import Cities
from webapp.commands.words import Refused
from webapp.migrations import require_current
from webapp.texts import text_for
from webapp.wiring import Alur, Settings, SettingsError, build, locate
from webapp.wiring.reasons import reason_of
from webapp.wiring.settings import SECRETS_FILE, STAGING_FOLDER


@contextmanager
def installation(*, needs: Callable[[Database], object] = require_current, must_exist: bool = False) -> Generator[Alur]:
    """Give the installation that the environment names, and close it at the end.

    :param needs: called with its database first; refuses one that the command cannot work on.
    :param must_exist: refuse a folder in which there is no installation yet, instead of beginning one.
    :raise Refused: it cannot be opened, or what was done with it was refused.
    """
    try:
        if must_exist:
            _check_home()
        settings = Settings.from_environment()
        # A plugin that loops or ends when it is imported must not hold up a backup, and still less a server.
        alur = build(settings, cities=Cities.tried())
    except SettingsError as error:
        raise Refused(str(error)) from error
    except (EngineError, OSError) as error:
        raise refusal(error) from error
    try:
        needs(alur.database)
        yield alur
    except click.ClickException:
        raise
    except Exception as error:
        said = error if isinstance(error, EngineError | OSError) else outage_of(error)
        if said is None:
            raise  # nothing that anybody foresaw: `webapp.cli` says so
        path = alur.database.path
        # Where it finds no room for a file beside its own, SQLite does not say why.
        raise refusal(
            DatabaseFull() if isinstance(said, Unavailable) and path and not has_room(path) else said
        ) from error
    finally:
        alur.close()


def at_any_step(_database: Database) -> None:
    """Take a database as it is: empty, older or newer."""


def refusal(error: EngineError | OSError) -> Refused:
    """Return what is refused as the command line says it: the sentence, and below it what a log would say."""
    if isinstance(error, OSError):
        return Refused(
            f"Ada berkas atau folder yang tidak dapat dipakai. {reason_of(error)}.\nJalankan perintah sebagai pengguna "
            "yang menjalankan Alur; periksa pemilik dan izinnya (ls -l) serta ruang disknya (df -h), lalu ulangi."
        )
    if type(error) is NotFound:
        return Refused("Yang disebut tidak ada di instalasi ini. Periksa nama atau nomornya.")
    sentence = text_for(error.code, error.params, "id")
    if isinstance(error, DatabaseBusy):
        return Refused(f"{sentence}\nSiapa yang memakainya dikatakan oleh: alur doctor")
    says_all = isinstance(error, Unavailable | DatabaseShut) or str(error) in sentence
    return Refused(sentence if says_all else f"{sentence}\n({error})")


def _check_home() -> None:
    """Refuse where nothing is installed: a folder that was mistyped must not become a second installation.

    :raise Refused: the secrets are not there, or the file of the database is not.
    """
    home, address = locate(os.environ)
    if not (home / SECRETS_FILE).exists():
        raise Refused(f"Di {home} belum ada instalasi Alur. Periksa ALUR_HOME, atau siapkan yang baru: alur init KOTA")
    file = address.partition(":///")[2] if address.startswith("sqlite") else ""
    if file and not Path(file).exists() and not (home / STAGING_FOLDER).exists():
        raise Refused(
            f"Berkas basis data {file} tidak ada. Periksa ALUR_HOME dan ALUR_DATABASE_URL; bila berkas itu hilang, "
            "pulihkan cadangan ke folder kosong: alur restore"
        )
