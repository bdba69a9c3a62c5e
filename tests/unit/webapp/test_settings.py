"""What an installation is told from outside."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from webapp.wiring import Settings, SettingsError, make_home


def test_an_installation_draws_its_own_secrets(tmp_path: Path) -> None:
    one, other = make_home(tmp_path / "one"), make_home(tmp_path / "other")

    assert one != other
    assert all(len(secret) >= 43 for secret in one.values())
    assert one["secret_key"] != one["pepper"]


def test_the_secrets_are_for_their_owner_alone_and_stay(tmp_path: Path) -> None:
    first = make_home(tmp_path)

    mode = stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode)

    assert mode == 0o600
    assert make_home(tmp_path) == first


def test_two_processes_that_begin_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(make_home, [tmp_path] * 8))

    assert all(secrets == drawn[0] for secrets in drawn)


def test_secrets_that_others_may_read_are_refused(tmp_path: Path) -> None:
    make_home(tmp_path)
    (tmp_path / "secrets.json").chmod(0o644)

    with pytest.raises(SettingsError, match="chmod 600"):
        make_home(tmp_path)


def test_damaged_secrets_are_refused_and_not_replaced(tmp_path: Path) -> None:
    make_home(tmp_path)
    (tmp_path / "secrets.json").write_text(json.dumps({"secret_key": "x"}))

    with pytest.raises(SettingsError, match="rusak"):
        make_home(tmp_path)


def test_the_environment_says_where_everything_is(tmp_path: Path) -> None:
    environment = {
        "ALUR_HOME": str(tmp_path),
        "ALUR_HOSTS": "Kinerja.Contoh.go.id=serang, lain.contoh.go.id = mataram",
        "ALUR_IDLE_MINUTES": "5",
        "ALUR_BASE_URL": "https://kinerja.contoh.go.id/",
    }

    settings = Settings.from_environment(environment)

    assert settings.database_url == f"sqlite:///{tmp_path / 'alur.db'}"
    assert settings.hosts == {"kinerja.contoh.go.id": "serang", "lain.contoh.go.id": "mataram"}
    assert (settings.idle, settings.is_secure) == (timedelta(minutes=5), True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALUR_HOSTS", "serang"),
        ("ALUR_IDLE_MINUTES", "0"),
        ("ALUR_IDLE_MINUTES", "lama"),
        ("ALUR_HOSTS", "a=b=c"),
        ("ALUR_DATABASE_URL", "mysql://alur@host/alur"),
        ("ALUR_DATABASE_URL", "alur.db"),
        ("ALUR_DATABASE_DIRECT_URL", "sqlite:///alur.db"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({"ALUR_HOME": str(tmp_path), name: value})


def test_settings_do_not_show_their_secrets(tmp_path: Path) -> None:
    direct = "postgresql://alur:geheim@db/alur"
    settings = Settings.from_environment({"ALUR_HOME": str(tmp_path), "ALUR_DATABASE_DIRECT_URL": direct})

    assert settings.direct_url == direct and "geheim" not in repr(settings)
    assert settings.secret_key not in repr(settings) and settings.pepper not in repr(settings)
