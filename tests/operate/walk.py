"""One walk over the machine: what a shell does there, and who comes by the web server."""

import subprocess
import sys
from pathlib import Path

from tests.operate.visitor import Visitor


class Walk:
    """One walk: the machine, what was printed last, and the people who come.

    :param nip: of a person who has a task in both recorded installations.
    """

    def __init__(self, bundle: Path, earlier: Path, today: Path, nip: str, demo_password: str) -> None:
        self.bundle, self.earlier, self.today = bundle, earlier, today
        self.nip, self.demo_password = nip, demo_password
        self.printed: dict[str, str] = {}
        self.task = ""

    def replace_installation(self, archive: Path) -> None:
        """Let the machine hold a recorded installation instead of its own; it is not started."""
        shell(
            f"systemctl stop alur\nrm -rf /var/lib/alur\ninstall -d -o alur -g alur -m 700 /var/lib/alur\n"
            f"install -o alur -m 600 {archive} /var/backups/alur/recorded.zip\n"
            "alur restore /var/backups/alur/recorded.zip\nrm /var/backups/alur/recorded.zip\n"
        )

    def come(self) -> Visitor:
        """Let the person sign in through the web server."""
        visitor = Visitor()
        visitor.wait()
        visitor.sign_in("serang", self.nip, self.demo_password)
        expect("Keluar" in visitor.page, f"the person to be let in; the page at {visitor.address} says {visitor.text}")
        return visitor


def shell(commands: str, *, ends_with: int = 0) -> str:
    """Carry commands out as an operator's shell would, and return what they printed."""
    for line in commands.strip().splitlines():
        say(line)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", commands],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
    expect(done.returncode == ends_with, f"the commands to end with {ends_with}, not {done.returncode}")
    return done.stdout


def expect(holds: bool, what: str) -> None:
    """End the walk with what was expected, unless it holds."""
    if not holds:
        sys.exit(f"Expected {what}.")


def say(line: str) -> None:
    """Write a line of the walk's record."""
    sys.stdout.write(f"$ {line}\n")
    sys.stdout.flush()
