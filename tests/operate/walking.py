"""Walks the page for operators on an empty machine, as a program: `test_walk.py` starts it in namespaces of its own."""

import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

from tests.operate.between import AFTER, BEFORE, DURING, refuse_the_downgrade
from tests.operate.machine import check_that_the_network_is_cut, enter_machine
from tests.operate.page import read_page
from tests.operate.walk import Walk, say, shell


def take(walk: Walk) -> None:
    """Carry out every section, and what people do before, during and after it."""
    say(f"cp -r {walk.bundle} /opt/alur-bundle")
    subprocess.run(["cp", "-r", str(walk.bundle), "/opt/alur-bundle"], check=True)
    for section in read_page(Path("/opt/alur-bundle/operate.md")):
        if section.blocks:
            BEFORE.get(section.title, _nothing)(walk)
            with DURING.get(section.title, nullcontext)(walk):
                walk.printed[section.title] = "".join(shell(block) for block in section.blocks)
            AFTER.get(section.title, _nothing)(walk)
    refuse_the_downgrade()


def _nothing(_walk: Walk) -> None:
    """Let the section speak for itself."""


def main(scratch: str, bundle: str, earlier: str, today: str, nip: str, demo_password: str) -> None:
    """Make the machine and walk."""
    # Before the layers cover it.
    for path in (bundle, earlier, today):
        assert Path(path).exists()
    enter_machine(Path(scratch))
    check_that_the_network_is_cut()
    try:
        take(Walk(Path(bundle), Path(earlier), Path(today), nip, demo_password))
    except BaseException:
        for log in Path("/run/services").glob("*.log"):
            say(f"cat {log}\n{log.read_text()}")
        raise
    say("the walk is done")


if __name__ == "__main__":
    main(*sys.argv[1:])
