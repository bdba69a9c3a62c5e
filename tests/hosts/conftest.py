"""A database on one host and an office on two others."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from engine.worker import sweep_timers
from tests.hosts.network import DATABASE, NETWORK, Hosts, address_of, three_hosts
from tests.hosts.office import SERVICES, deploy
from tests.pooler import pooler
from tests.postgresql import ADDRESS_FILE, SETTINGS, PostgreSQL, initialise, running
from tests.unit.engine.world import World, open_world

ROOT = Path(__file__).parents[2]


@dataclass
class Worker:
    """Somebody who works on a host, and says what he does."""

    process: "subprocess.Popen[str]"

    def hears(self, word: str) -> int:
        """Wait until the process says a word; return the number beside it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said, number = line.split()
            if said == word:
                return int(number)
        raise AssertionError(f"The process ended without saying {word!r}.")


@dataclass
class Office:
    """The hosts, and the cases as the test sees them from beside the database."""

    hosts: Hosts
    world: World
    folder: Path

    @contextmanager
    def at_work(self, host: str, what: str = "work") -> Iterator[Worker]:
        """Let somebody work on a host for as long as the block."""
        command = [*self.hosts.inside(host), sys.executable, "-m", "tests.hosts.office", what, str(self.folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield Worker(process)
            finally:
                process.kill()

    def open_cases(self, *keys: str) -> list[int]:
        """Start cases whose timers are due, and make jobs of them."""
        cases = [self.world.start("test", key) for key in keys]
        self.world.clock.forward(hours=2)
        sweep_timers(self.world.engine)
        self.world.clock.forward(hours=-2)
        return cases


@pytest.fixture(params=["directly", "through PgBouncer"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office whose database stands on a host of its own, and perhaps a pooler beside it."""
    data, near, far = tmp_path / "data", tmp_path / "near", tmp_path / "far"
    near.mkdir()
    far.mkdir()
    initialise(data)
    with (data / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {NETWORK}.0/24 trust\n")
    settings = {**SETTINGS, "unix_socket_directories": str(data), "listen_addresses": address_of(DATABASE)}
    here, there = make_url(f"postgresql://postgres@/postgres?host={data}"), address_of(DATABASE)
    with ExitStack() as stack:
        hosts = stack.enter_context(three_hosts())
        stack.enter_context(running(data, settings, hosts.inside(DATABASE)))
        way = make_url(f"postgresql://postgres@{there}")
        if request.param != "directly":
            way = stack.enter_context(pooler(here, listens_on=there, inside=hosts.inside(DATABASE)))
        server = PostgreSQL(here)
        with server.with_tables() as address:
            name = make_url(address).database
            (near / ADDRESS_FILE).write_text(address)
            (far / ADDRESS_FILE).write_text(way.set(database=name).render_as_string())
            with open_world(near, SERVICES) as world:
                deploy(world, near)
                yield Office(hosts, world, far)
