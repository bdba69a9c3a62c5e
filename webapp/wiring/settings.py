"""What an installation is told from outside: environment variables, and a file of secrets that only its owner reads."""

import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from engine.records.database import DRIVERS
from webapp.wiring.reasons import reason_of

SECRETS_FILE = "secrets.json"
SECRET_BYTES = 32
#: In the home folder, where everything lies until a restore is known to be whole.
STAGING_FOLDER = ".restoring"


class SettingsError(Exception):
    """A setting of the installation cannot be used; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    :param home: folder of the database, the files and the secrets.
    :param direct_url: of the same database past the pooler that `database_url` leads to, if it does.
    :param secret_key: signs cookies and form tokens.
    :param pepper: keyed into the hashes of one-time codes and throttling keys; useless without the database.
    :param hosts: which city answers under which host name; other hosts name the city in the path.
    :param idle: how long a session may stand still before it ends: computers are shared.
    :param longest: after which a session ends in any case.
    :param trusted_proxy: address of a proxy in front, whose word about address and scheme of a client is taken.
    :param base_url: how people reach the installation, for printed links; its path stands before all addresses.
    """

    home: Path
    database_url: str = field(repr=False)  # it may hold a password
    secret_key: str = field(repr=False)
    pepper: str = field(repr=False)
    hosts: Mapping[str, str] = field(default_factory=dict)
    idle: timedelta = timedelta(minutes=20)
    longest: timedelta = timedelta(hours=12)
    base_url: str = "http://127.0.0.1:8420"
    is_secure: bool = False
    trusted_proxy: str | None = None
    direct_url: str | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """The path below which people reach the installation, as `/alur`; empty where it has a host of its own."""
        return urlsplit(self.base_url).path.rstrip("/")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Return the settings that the environment and the home folder hold; the first call makes folder and secrets.

        `ALUR_HOME` (default `./var`), `ALUR_DATABASE_URL`, `ALUR_DATABASE_DIRECT_URL`, `ALUR_HOSTS`
        (`host=city,host=city`), `ALUR_IDLE_MINUTES`, `ALUR_BASE_URL`, `ALUR_TRUSTED_PROXY`.

        :raise SettingsError: one of them cannot be understood, or somebody else may read the secrets.
        """
        given = os.environ if environment is None else environment
        home, database_url = locate(given)
        keys = make_home(home)
        base_url = _read_base_url(given.get("ALUR_BASE_URL", "http://127.0.0.1:8420"))
        return cls(
            home=home,
            database_url=database_url,
            secret_key=keys["secret_key"],
            pepper=keys["pepper"],
            hosts=_read_hosts(given.get("ALUR_HOSTS", "")),
            idle=_read_minutes(given.get("ALUR_IDLE_MINUTES", "20")),
            base_url=base_url,
            is_secure=base_url.startswith("https:"),
            trusted_proxy=given.get("ALUR_TRUSTED_PROXY") or None,
            direct_url=locate_direct(given),
        )


def locate(environment: Mapping[str, str]) -> tuple[Path, str]:
    """Return the folder of an installation and the address of its database; nothing is made.

    :raise SettingsError: the database is of a kind that cannot be used.
    """
    home = Path(environment.get("ALUR_HOME", "var")).absolute()
    return home, _read_database(environment.get("ALUR_DATABASE_URL") or f"sqlite:///{home / 'alur.db'}")


def locate_direct(environment: Mapping[str, str]) -> str | None:
    """Return the address that leads past a pooler to the database, None where none is named.

    :raise SettingsError: it is no address of PostgreSQL.
    """
    address = environment.get("ALUR_DATABASE_DIRECT_URL") or None
    if address is not None and not address.startswith("postgresql"):
        raise SettingsError(
            "ALUR_DATABASE_DIRECT_URL adalah alamat server PostgreSQL tanpa pooler. Tulislah "
            "postgresql://pengguna:sandi@host/nama, atau hapus."
        )
    return address


def make_home(home: Path) -> dict[str, str]:
    """Make the folder of an installation and its secrets where they do not exist, and return the secrets.

    There is no default secret: each installation draws its own.

    :raise SettingsError: the file is damaged, others than its owner may read it, or a restore was interrupted here.
    """
    _make_folder(home)
    if (home / STAGING_FOLDER).exists():
        # Its secrets may be missing yet: with new ones nobody could sign in.
        raise SettingsError(f"Pemulihan di {home} terhenti di tengah. Kosongkan folder itu, lalu ulangi alur restore.")
    path = home / SECRETS_FILE
    try:
        if not path.exists():
            _write_secrets(path)
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SettingsError(f"{path} dapat dibaca orang lain. Jalankan: chmod 600 {path}")
        keys = json.loads(path.read_text())
        return {name: str(keys[name]) for name in ("secret_key", "pepper")}
    except OSError as error:
        raise SettingsError(
            f"Rahasia instalasi tidak dapat dibaca atau dibuat ({reason_of(error)}). Jalankan perintah sebagai pemilik "
            f"folder itu, dan periksa isinya: ls -l {home}"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path} rusak. Pulihkan berkas itu dari cadangan.") from error


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise SettingsError(f"ALUR_HOME menyebut {home}, yang bukan folder. Sebutkan sebuah folder.") from error
    except OSError as error:
        raise SettingsError(
            f"Folder ALUR_HOME {home} tidak dapat dibuat ({reason_of(error)}). Sebutkan folder lain, atau buat dahulu "
            "folder itu dan berikan kepada pengguna yang menjalankan Alur."
        ) from error


def _write_secrets(path: Path) -> None:
    """Write the file in one step, so that a second process never reads half of it."""
    keys = {name: secrets.token_urlsafe(SECRET_BYTES) for name in ("secret_key", "pepper")}
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(keys, file)
    try:
        # A link, not a move: whoever comes second must not replace the secrets of the first.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read_database(address: str) -> str:
    driver, mark, _ = address.partition("://")
    if not mark or driver not in DRIVERS:
        # Only the kind is shown: the rest of the address may hold a password.
        shown = driver if mark else "?"
        raise SettingsError(
            f"ALUR_DATABASE_URL menyebut basis data jenis {shown!r}, yang tidak didukung. Tulislah "
            "sqlite:////folder/alur.db atau postgresql://pengguna:sandi@host/nama."
        )
    return address


def _read_base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError(f"ALUR_BASE_URL berisi {text!r}; tulislah alamat yang diawali https:// atau http://.")
    return text.rstrip("/")


def _read_hosts(text: str) -> dict[str, str]:
    pairs = [item.strip() for item in text.split(",") if item.strip()]
    if any(item.count("=") != 1 for item in pairs):
        raise SettingsError(f"ALUR_HOSTS berisi {text!r}; tulislah nama-host=kota, dipisahkan koma.")
    return {host.strip().lower(): city.strip() for host, city in (item.split("=") for item in pairs)}


def _read_minutes(text: str) -> timedelta:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 480):
        raise SettingsError(f"ALUR_IDLE_MINUTES berisi {text!r}; tulislah bilangan 1 sampai 480.")
    return timedelta(minutes=int(text))
