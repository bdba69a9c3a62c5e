"""The server as a process: it starts, answers, keeps a second one out, and ends in good order."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from webapp.security import LARGEST_REQUEST

#: Seconds; only a broken server takes them. A machine with ten other things to do needs a minute to start one.
PATIENCE = 240
pytestmark = pytest.mark.timeout(3 * PATIENCE)

SERVE = [sys.executable, "-c", "from webapp.cli import main; main()", "serve", "--port", "0"]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ALUR_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@contextmanager
def served(settled_home: Path, tmp_path: Path, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "alur.db").write_bytes((settled_home / "alur.db").read_bytes())
    told = {**environment(home), **settings}
    started = subprocess.Popen(SERVE, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield started
    started.kill()
    started.communicate()


@pytest.fixture
def server(settled_home: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A server on the small town."""
    with served(settled_home, tmp_path) as started:
        yield started


@pytest.fixture
def server_below_a_path(settled_home: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """The same, reached below a path of another site."""
    with served(settled_home, tmp_path, ALUR_BASE_URL="http://kota.contoh.go.id/alur") as started:
        yield started


def address_of(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"Alur siap: (http://\S+)", line)
        if found:
            return found[1]
    raise AssertionError("the server named no address")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_server_answers_and_ends_well_when_it_is_told_to(
    server: "subprocess.Popen[str]", ending: signal.Signals
) -> None:
    with urllib.request.urlopen(f"{address_of(server)}tebingtinggi/", timeout=PATIENCE) as answer:
        page = answer.read().decode()

    server.send_signal(ending)

    assert 'type="password"' in page
    assert server.wait(timeout=PATIENCE) == 0


def test_a_second_server_on_the_same_database_is_kept_out(server: "subprocess.Popen[str]", tmp_path: Path) -> None:
    address_of(server)

    second = subprocess.run(
        SERVE, env=environment(tmp_path / "home"), capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    assert second.returncode == 1
    assert f"sudah berjalan untuk basis data ini (proses {server.pid})" in second.stderr


def test_below_a_path_every_address_and_cookie_stays_there(server_below_a_path: "subprocess.Popen[str]") -> None:
    address = address_of(server_below_a_path)

    with urllib.request.urlopen(f"{address}tebingtinggi/", timeout=PATIENCE) as answer:
        page, landed, cookies = answer.read().decode(), answer.url, answer.headers.get_all("Set-Cookie")

    assert landed.endswith("/alur/tebingtinggi/masuk")
    assert all("Path=/alur/tebingtinggi" in cookie for cookie in cookies)
    own = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert own
    assert all(path.startswith("/alur/") for path in own)


def test_a_request_that_is_too_large_gets_a_page_of_ours(server: "subprocess.Popen[str]") -> None:
    host, port = re.findall(r"http://([\d.]+):(\d+)/", address_of(server))[0]
    size = LARGEST_REQUEST + 1
    head = f"POST /tebingtinggi/masuk HTTP/1.1\r\nHost: {host}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"

    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(head.encode() + bytes(size))
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b"")).decode()

    assert answer.startswith("HTTP/1.1 413")
    assert "Kiriman terlalu besar" in answer
