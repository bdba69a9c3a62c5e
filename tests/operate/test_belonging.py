"""A host works only with the folder of files and the secrets of its database, the first and any further one."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, select

from engine.records.installation import installation
from plugins.manager import Cities
from tests.conftest import on_both_databases
from tests.operate.conftest import Run
from tests.postgresql import PostgreSQL, address_in
from tests.upgraded_once import make_tables
from webapp.wiring import Alur, Settings, build, make_home
from webapp.wiring.belonging import MARK_FILE, Trouble, adopt, claim, is_marked, look
from webapp.wiring.settings import SECRETS_FILE

HOSTS = 6


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_databases(metafunc, "nothing", "address")


@pytest.fixture
def address(kind: str, tmp_path: Path) -> str:
    """The address of a database with today's tables, on either kind."""
    if kind == "sqlite":
        make_tables(tmp_path / "alur.db")
    return address_in(tmp_path)


@pytest.fixture
def hosts() -> Iterator[ExitStack]:
    """Whatever was opened is closed at the end."""
    with ExitStack() as opened:
        yield opened


def host(hosts: ExitStack, home: Path, url: str, secrets: Path | None = None) -> Alur:
    """Open the installation as a host with this home would.

    :param secrets: the home from which its secrets are copied; otherwise it draws its own.
    """
    home.mkdir(exist_ok=True)
    if secrets is not None:
        shutil.copy(secrets / SECRETS_FILE, home)
    keys = make_home(home)
    settings = Settings(home=home, database_url=url, secret_key=keys["secret_key"], pepper=keys["pepper"])
    return hosts.enter_context(closing(build(settings, cities=Cities(()))))


def shared(folder: Path, *names: str) -> list[Path]:
    """Make homes that share one folder of files."""
    homes = [folder / name for name in names]
    (folder / "shared").mkdir()
    for home in homes:
        home.mkdir()
        (home / "files").symlink_to(folder / "shared")
    return homes


def test_the_first_start_marks_what_belongs_together_and_later_ones_find_it(
    address: str, hosts: ExitStack, tmp_path: Path
) -> None:
    alur = host(hosts, tmp_path / "one", address)
    assert look(alur) == frozenset()
    assert not is_marked(alur)

    assert [claim(alur), claim(alur)] == [frozenset(), frozenset()]

    assert is_marked(alur)
    assert sorted(path.name for path in (tmp_path / "one" / "files").glob("INSTALASI*")) == [MARK_FILE]


def test_hosts_that_share_folder_and_secrets_work(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    one, two = shared(tmp_path, "one", "two")

    found = [claim(host(hosts, one, address)), claim(host(hosts, two, address, secrets=one))]

    assert found == [frozenset(), frozenset()]


def test_a_host_without_the_shared_folder_is_kept_away(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    claim(host(hosts, tmp_path / "one", address))

    other = host(hosts, tmp_path / "two", address, secrets=tmp_path / "one")

    assert claim(other) == {Trouble.FOLDER_BARE}
    assert not list((tmp_path / "two" / "files").glob("INSTALASI*"))


def test_a_host_with_other_secrets_is_kept_away(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    one, two = shared(tmp_path, "one", "two")
    claim(host(hosts, one, address))

    assert claim(host(hosts, two, address)) == {Trouble.SECRETS_OF_OTHERS}


def test_the_folder_of_another_database_is_not_taken_over(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    claim(host(hosts, tmp_path / "one", address))
    make_tables(tmp_path / "new.db")

    assert claim(host(hosts, tmp_path / "one", f"sqlite:///{tmp_path / 'new.db'}")) == {Trouble.FOLDER_OF_OTHERS}


def test_of_hosts_that_start_at_the_same_moment_all_work(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    first, *others = shared(tmp_path, *(f"host{number}" for number in range(HOSTS)))
    opened = [host(hosts, first, address), *(host(hosts, home, address, secrets=first) for home in others)]
    line = Barrier(HOSTS)

    def begin(alur: Alur) -> frozenset[Trouble]:
        line.wait()
        return claim(alur)

    with ThreadPoolExecutor(HOSTS) as pool:
        assert list(pool.map(begin, opened)) == [frozenset()] * HOSTS


def test_of_hosts_that_share_no_folder_one_alone_works(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    homes = [tmp_path / f"host{number}" for number in range(HOSTS)]
    first = host(hosts, homes[0], address)
    opened = [first, *(host(hosts, home, address, secrets=homes[0]) for home in homes[1:])]
    line = Barrier(HOSTS)

    def begin(alur: Alur) -> frozenset[Trouble]:
        line.wait()
        return claim(alur)

    with ThreadPoolExecutor(HOSTS) as pool:
        found = list(pool.map(begin, opened))

    assert sorted(map(len, found)) == [0] + [1] * (HOSTS - 1)
    assert [len(claim(alur)) for alur in opened] == [len(item) for item in found]


def test_a_start_that_was_cut_off_is_ended_by_the_next(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    alur = host(hosts, tmp_path / "one", address)
    claim(alur)
    folder = tmp_path / "one" / "files"
    (folder / MARK_FILE).rename(folder / "INSTALASI.baru")
    assert claim(alur) == frozenset()

    (folder / MARK_FILE).rename(folder / "INSTALASI.baru")
    with alur.database.writing() as connection:
        connection.execute(delete(installation))

    assert claim(alur) == frozenset()
    assert look(alur) == frozenset()


def test_a_folder_that_takes_no_mark_is_said(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    alur = host(hosts, tmp_path / "one", address)
    shutil.rmtree(tmp_path / "one" / "files")
    (tmp_path / "one" / "files").symlink_to("/proc/sys/kernel")  # root writes everywhere else

    assert claim(alur) == {Trouble.FOLDER_SHUT}


def test_an_administrator_can_say_that_others_are_right(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    one, two = host(hosts, tmp_path / "one", address), host(hosts, tmp_path / "two", address)
    claim(one)
    assert claim(two) == {Trouble.FOLDER_BARE, Trouble.SECRETS_OF_OTHERS}

    adopt(two)

    assert claim(two) == frozenset()
    assert claim(one) == {Trouble.SECRETS_OF_OTHERS}


def test_the_fingerprint_gives_no_secret_away(address: str, hosts: ExitStack, tmp_path: Path) -> None:
    alur = host(hosts, tmp_path / "one", address)
    claim(alur)

    with alur.database.reading() as read:
        row = read.execute(select(installation)).one()

    assert alur.settings.secret_key not in row.secrets
    assert len(bytes.fromhex(row.secrets)) == 32


def begin(run: Run, home: Path) -> None:
    """Begin an installation without a city, and start it once."""
    make_home(home)
    make_tables(home / "alur.db")
    assert run("worker", "--once")[0] == 0


def test_a_start_is_refused_in_words_and_the_doctor_says_the_same(run: Run, home: Path) -> None:
    begin(run, home)
    (home / "files" / MARK_FILE).unlink()

    code, _, said = run("worker", "--once")
    _, found, _ = run("doctor")

    assert code == 1
    assert "Pasang (mount) folder itu, lalu jalankan lagi." in said
    assert f"GALAT      Folder berkas milik basis data ini: Folder {home / 'files'} bukan" in found
    assert run("adopt")[0] == 0
    assert run("worker", "--once")[0] == 0


def test_a_restored_installation_starts_elsewhere_as_it_is(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(run, home)
    assert run("backup", tmp_path / "kept.zip")[0] == 0
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "elsewhere"))

    run("restore", tmp_path / "kept.zip")

    assert run("worker", "--once")[0] == 0
    assert "GALAT      Folder" not in run("doctor")[1]


def test_a_copy_on_a_server_goes_on_with_folder_and_secrets(
    run: Run, home: Path, postgresql_server: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(run, home)
    with postgresql_server.empty() as target:
        assert run("copy", "--to", target)[0] == 0
        monkeypatch.setenv("ALUR_DATABASE_URL", target)

        assert run("worker", "--once")[0] == 0


def test_an_installation_of_an_earlier_alur_is_marked_at_its_first_start(run: Run, home: Path, upgraded: Path) -> None:
    shutil.copytree(upgraded, home)

    assert run("worker", "--once")[0] == 0

    assert (home / "files" / MARK_FILE).exists()
