"""`alur web` and `alur worker`: what `alur serve` does in one process, in two that share a PostgreSQL."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.jobs import defer
from engine.worker import TASKS
from tests.functional.conftest import settings_of
from tests.functional.town import Moment, settle
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from webapp.wiring import Alur, build, make_home

PATIENCE = 240
pytestmark = pytest.mark.timeout(3 * PATIENCE)
COUNTED = text("SELECT count(*) FROM procrastinate_jobs WHERE status::text = :status AND task_name = 'reconcile'")
ALUR = [sys.executable, "-c", "from webapp.cli import main; main()"]


@pytest.fixture
def alur(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[Alur]:
    """The small town on PostgreSQL."""
    with postgresql_server.empty() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        make_home(tmp_path)
        built = build(settings_of(tmp_path), clock=Moment())
        settle(built)
        yield built
        built.close()


@contextmanager
def running(alur: Alur, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a command of the house until it has said that it is ready."""
    told = {**os.environ, "ALUR_HOME": str(alur.settings.home), "ALUR_DATABASE_URL": alur.settings.database_url}
    told["PYTHONUNBUFFERED"] = "1"
    with subprocess.Popen([*ALUR, *words], env=told, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: "subprocess.Popen[str]", wanted: str) -> "re.Match[str]":
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(wanted, line)
        if found:
            return found
    raise AssertionError(f"{wanted!r} was not said")


def jobs(alur: Alur, status: str) -> int:
    with alur.database.reading() as read:
        return int(read.execute(COUNTED, {"status": status}).scalar_one())


def test_the_web_answers_and_leaves_the_work_to_the_worker(alur: Alur) -> None:
    with alur.database.writing() as connection:
        defer(connection, TASKS, "reconcile", {})

    with running(alur, "web", "--port", "0") as web:
        address = line_of(web, r"Alur siap: (http://\S+)")[1]
        with urllib.request.urlopen(f"{address}tebingtinggi/", timeout=PATIENCE) as answer:
            page = answer.read().decode()
        waiting = jobs(alur, "todo")
        with running(alur, "worker") as worker:
            while not jobs(alur, "succeeded"):
                time.sleep(0.1)
            for process in (web, worker):
                process.send_signal(signal.SIGTERM)
            ended = web.wait(PATIENCE), worker.wait(PATIENCE)

    assert 'name="secret"' in page
    assert waiting == 1
    assert ended == (0, 0)


def test_a_file_is_served_by_one_process_alone(settled_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(settled_home, tmp_path / "home")
    make_home(home)
    told = {**os.environ, "ALUR_HOME": str(home)}

    said = subprocess.run([*ALUR, "web"], env=told, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert said.returncode == 1
    assert "alur serve" in said.stderr


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path: Path) -> None:
    make_home(tmp_path)
    told = {**os.environ, "ALUR_HOME": str(tmp_path), "ALUR_DATABASE_URL": f"postgresql://u:geheim@/x?host={tmp_path}"}

    said = subprocess.run([*ALUR, "worker"], env=told, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert said.returncode == 1
    assert "Basis data tidak dapat dibuka" in said.stderr
    assert "geheim" not in said.stderr
