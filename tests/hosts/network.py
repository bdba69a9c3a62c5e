"""Three hosts on this machine: network namespaces on one switch, whose cables can be pulled and put back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

DATABASE, FIRST, SECOND = "db", "a", "b"
NUMBERS = {DATABASE: 1, FIRST: 2, SECOND: 3}
NETWORK = "10.77.0"


@dataclass(frozen=True)
class Hosts:
    """The hosts of one test; their names are its own, so that two runs do not meet."""

    run: int

    def inside(self, host: str) -> tuple[str, ...]:
        """Return the words before a command that runs it on a host."""
        return "ip", "netns", "exec", self.name(host)

    def name(self, host: str) -> str:
        """Return the namespace of a host."""
        return f"alur-{self.run}-{host}"

    def cut(self, host: str) -> None:
        """Pull the cable: nobody is told, nothing is closed."""
        self._cable(host, "down")

    def heal(self, host: str) -> None:
        """Put the cable back."""
        self._cable(host, "up")

    def _cable(self, host: str, state: str) -> None:
        _ip("-n", self.name(DATABASE), "link", "set", f"to-{host}", state)


def address_of(host: str) -> str:
    """Return a host's address."""
    return f"{NETWORK}.{NUMBERS[host]}"


@contextmanager
def three_hosts() -> Iterator[Hosts]:
    """Give a host for the database, in which the switch stands as well, and two others."""
    assert os.geteuid() == 0, "Hosts are network namespaces, and making them takes root; run `make long` as root."
    assert shutil.which("ip"), "Hosts are network namespaces, made by `ip`: apt install iproute2"
    hosts = Hosts(os.getpid())
    try:
        for host in NUMBERS:
            _ip("netns", "add", hosts.name(host))
            _ip("-n", hosts.name(host), "link", "set", "lo", "up")
        _make_switch(hosts.name(DATABASE))
        for host in (FIRST, SECOND):
            _connect(hosts, host)
        yield hosts
    finally:
        for host in NUMBERS:
            subprocess.run(["ip", "netns", "delete", hosts.name(host)], check=False, capture_output=True)


def _make_switch(namespace: str) -> None:
    _ip("-n", namespace, "link", "add", "switch", "type", "bridge")
    _ip("-n", namespace, "address", "add", f"{address_of(DATABASE)}/24", "dev", "switch")
    _ip("-n", namespace, "link", "set", "switch", "up")


def _connect(hosts: Hosts, host: str) -> None:
    """Lay a cable from a host to the switch."""
    own, there = hosts.name(host), hosts.name(DATABASE)
    _ip("-n", own, "link", "add", "net", "type", "veth", "peer", "name", f"to-{host}", "netns", there)
    _ip("-n", own, "address", "add", f"{address_of(host)}/24", "dev", "net")
    _ip("-n", own, "link", "set", "net", "up")
    _ip("-n", there, "link", "set", f"to-{host}", "master", "switch", "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
