"""The page for operators is true: its commands are carried out word for word on an empty machine without a network."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.functional.quarter_world import CITY
from tests.operate.conftest import RECORDED
from tests.operate.machine import NEEDED
from tests.operate.page import PAGE, read_page
from tests.operate.recorded import record
from webapp.demo import personas
from webapp.security import LARGEST_RECEIVED
from webapp.setup import DEMO_PASSWORD

ROOT = Path(__file__).parents[2]
DEPLOY = PAGE.parent / "examples" / "deploy"
BUNDLE = ROOT / "build" / "bundle"


def require(is_there: bool, what: str) -> None:
    """Fail with what is missing: a walk that nobody took must not look like one that went well."""
    if not is_there:
        pytest.fail(what, pytrace=False)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_page_for_operators_can_be_walked_on_an_empty_machine(tmp_path: Path) -> None:
    require(os.geteuid() == 0, "The walk makes a machine of namespaces and layers: run it as root.")
    missing = sorted({package for program, package in NEEDED.items() if shutil.which(program) is None})
    require(not missing, f"The walk needs: apt install {' '.join(missing)}")
    require(BUNDLE.is_dir(), "The walk installs from wheels: make bundle")
    today, scratch = tmp_path / "today.zip", tmp_path / "machine"
    record(today, datetime.now(UTC), work=lambda _quarter: None)
    scratch.mkdir()
    nip = next(persona.nip for persona in personas(CITY) if persona.key == "employee")

    alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
    walk = [sys.executable, "-P", "-m", "tests.operate.walking"]
    done = subprocess.run(
        [*alone, *walk, str(scratch), str(BUNDLE), str(RECORDED), str(today), nip, DEMO_PASSWORD],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "$ the walk is done" in done.stdout


def test_every_part_of_an_operators_life_has_commands_that_are_walked() -> None:
    walked = [section.title for section in read_page() if section.blocks]

    assert walked == [
        "Install",
        "Open a city",
        "The service",
        "TLS, and a path of a host",
        "Caddy instead of nginx",
        "Import",
        "Back up",
        "Restore",
        "Move a city",
        "Upgrade",
        "Is it well?",
    ]


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_web_server_cuts_nothing_off_that_alur_would_answer_with_a_page(name: str) -> None:
    allowed = re.search(r"(?:client_max_body_size (\d+)m;|max_size (\d+)MiB)", (DEPLOY / name).read_text())

    assert allowed
    assert int(allowed[1] or allowed[2]) << 20 >= LARGEST_RECEIVED


def test_every_file_the_page_installs_is_shipped() -> None:
    shipped = {path.name for path in DEPLOY.iterdir()}
    named = {Path(word).name for section in read_page() for word in section.text.split() if "/deploy/" in word}

    assert {name.rstrip(").;") for name in named} - shipped == set()
