"""What holds for every test: loopback is the only network, and generated examples are the same each time."""

import ipaddress
import socket
import sys
from collections.abc import Callable

from hypothesis import HealthCheck, settings

# A shared machine pauses for longer than any sensible deadline; pytest-timeout ends what hangs. Random walks of other
# seeds belong to the long runs, which choose their own profile: pytest --hypothesis-profile=explore.
settings.register_profile(
    "alur", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("alur")


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
