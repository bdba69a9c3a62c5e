"""The server as a process: it starts, answers, keeps a second one out, and ends in good order."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = [sys.executable, "-c", "from webapp.cli import main; main()", "serve", "--port", "0"]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ALUR_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def server(settled_home: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A server on the small town."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "alur.db").write_bytes((settled_home / "alur.db").read_bytes())
    started = subprocess.Popen(SERVE, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield started
    started.kill()
    started.communicate()


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
    with urllib.request.urlopen(f"{address_of(server)}tebingtinggi/", timeout=20) as answer:
        page = answer.read().decode()

    server.send_signal(ending)

    assert 'type="password"' in page
    assert server.wait(timeout=30) == 0


def test_a_second_server_on_the_same_database_is_kept_out(server: "subprocess.Popen[str]", tmp_path: Path) -> None:
    address_of(server)

    second = subprocess.run(
        SERVE, env=environment(tmp_path / "home"), capture_output=True, text=True, check=False, timeout=60
    )

    assert second.returncode == 1
    assert f"sudah berjalan untuk basis data ini (proses {server.pid})" in second.stderr
