"""What holds for every test: loopback is the only network, generated examples are the same, files stay together."""

import gc
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import sharing
from tests.postgresql import ADDRESS_FILE, PostgreSQL, postgresql
from tests.statements_once import compile_statements_once

# A shared machine pauses for longer than any sensible deadline; pytest-timeout ends what hangs. Random walks of other
# seeds belong to the long runs, which choose their own profile: pytest --hypothesis-profile=explore.
settings.register_profile(
    "alur", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("alur")

compile_statements_once()


#: A folder that is memory. A commit waits for the disk, as it must; no test cuts the power, so none has to wait.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
WHERE = "PYTEST_DEBUG_TEMPROOT"


def pytest_configure(config: pytest.Config) -> None:
    """Share the tests out as `tests.sharing` says; let their folders lie in memory where it has room.

    Whoever names another place for them gets that.
    """
    config.pluginmanager.register(sharing)
    if MEMORY.is_dir() and WHERE not in os.environ and _has_room(MEMORY):
        os.environ[WHERE] = str(MEMORY)


def _has_room(folder: Path) -> bool:
    """Say whether what tests make fits, and the programs they write there can be started."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A PostgreSQL of this process alone, started when the first test asks for it."""
    with postgresql() as server:
        yield server


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let the world of a test lie on SQLite or on PostgreSQL: what `address_in` says of the test's folder."""
    kind: str = getattr(request, "param", "sqlite")
    if kind == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql_server")
        with server.with_tables() as address:
            (request.getfixturevalue("tmp_path") / ADDRESS_FILE).write_text(address)
            yield kind
    else:
        yield kind


def on_both_databases(metafunc: pytest.Metafunc, opening: str, *fixtures: str) -> None:
    """Run a test on both databases if its module, or a fixture it uses, opens something on one.

    :param opening: the function that opens it on `address_in` a folder.
    """
    if "postgresql_server" in metafunc.fixturenames:
        return  # it is about PostgreSQL alone
    if hasattr(metafunc.module, opening) or not set(fixtures).isdisjoint(metafunc.fixturenames):
        metafunc.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on PostgreSQL, so that `make databases` finds it; put those in a browser last.

    pytest-xdist begins with the files of the most tests. What is shared out one by one fills up the end, where a file
    of few long tests would leave the other process idle; the last chapters of the walk are its longest, and go first.
    """
    for item in items:
        if isinstance(item, pytest.Function) and _is_on_postgresql(item):
            item.add_marker(pytest.mark.postgresql)
    in_browser = [item for item in items if item.nodeid.startswith(sharing.IN_BROWSER)]
    items[:] = [item for item in items if not item.nodeid.startswith(sharing.IN_BROWSER)] + in_browser[::-1]


def pytest_collection_finish() -> None:
    """Spare the search for garbage what lasts as long as the process, and look for the rest less often.

    Half a million objects of tests and modules are looked through again and again otherwise: a tenth of all the work.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _is_on_postgresql(item: pytest.Function) -> bool:
    parameters: dict[str, object] = item.callspec.params if hasattr(item, "callspec") else {}
    return "postgresql_server" in item.fixturenames or parameters.get("kind") == "postgresql"


class OutsideNetworkError(Exception):
    """A test tried to reach another machine."""


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    check = _CHECKS.get(event)
    if check is not None:
        check(arguments)


def _check_connect(arguments: tuple[object, ...]) -> None:
    connecting, address = arguments
    if isinstance(connecting, socket.socket) and connecting.family in (socket.AF_INET, socket.AF_INET6):
        assert isinstance(address, tuple)
        _check_host(str(address[0]))


def _check_lookup(arguments: tuple[object, ...]) -> None:
    host = arguments[0]
    if host is not None:
        _check_host(host.decode() if isinstance(host, bytes) else str(host))


def _check_host(host: str) -> None:
    if host in ("", "localhost"):
        return
    try:
        inside = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        inside = False
    if not inside:
        message = f"A test may reach this machine only, not {host!r}."
        raise OutsideNetworkError(message)


_CHECKS: dict[str, Callable[[tuple[object, ...]], None]] = {
    "socket.connect": _check_connect,
    "socket.getaddrinfo": _check_lookup,
}

sys.addaudithook(_refuse_other_machines)
