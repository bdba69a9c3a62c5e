"""Run an installed Alur from an empty folder, as an operator would; `make smoke` builds and installs it first.

Runs with the interpreter of that installation and the standard library only; the repository is not on its path.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

CITY = "tebingtinggi"
ALUR = str(Path(sys.executable).with_name("alur"))
PATIENCE = 60  # seconds until the server answers, on a busy machine


def main() -> None:
    """Try each command; the first surprise ends the run with what was printed."""
    _check_that_only_the_installation_is_imported()
    with tempfile.TemporaryDirectory(prefix="alur-smoke-") as name:
        folder = Path(name)
        _expect(_alur(folder, "--version"), r"\d+\.\d+\.\d+")
        _expect(_alur(folder, "plugin", "list"), CITY)
        _expect(_alur(folder, "check"), r"periodic_evaluation: tidak ada masalah")
        _expect(_alur(folder, "init", CITY), r"https?://|/")
        _serve_and_look(folder)
        _expect(_alur(folder, "doctor"), r"\b0 galat")
        _back_up_and_restore(folder)
    print("1 passed, 0 failed")


def _back_up_and_restore(folder: Path) -> None:
    _expect(_alur(folder, "backup", "alur.zip"), r"alur\.zip: utuh")
    (folder / "var").rename(folder / "before")
    _expect(_alur(folder, "restore", "alur.zip"), r"dipulihkan")
    _expect(_alur(folder, "upgrade"), r"sudah sesuai")
    _expect(_alur(folder, "verify"), r"Diperiksa")


def _check_that_only_the_installation_is_imported() -> None:
    import engine
    import webapp

    for module in (engine, webapp):
        assert module.__file__ is not None
        assert Path(module.__file__).is_relative_to(sys.prefix), f"{module.__name__} comes from {module.__file__}"


def _alur(folder: Path, *arguments: str) -> str:
    command = [ALUR, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False, timeout=120
    )
    printed = done.stdout + done.stderr
    print(f"$ alur {' '.join(arguments)}\n{printed.rstrip()}")
    if done.returncode != 0:
        sys.exit(f"alur {' '.join(arguments)} ended with {done.returncode}.")
    return printed


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "TZ"}}
    return {**kept, "HOME": str(folder), "PYTHONWARNINGS": "error::ResourceWarning"}


def _expect(printed: str, pattern: str) -> None:
    if not re.search(pattern, printed):
        sys.exit(f"Nothing like {pattern!r} was printed.")


def _serve_and_look(folder: Path) -> None:
    port = _free_port()
    command = [ALUR, "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=_environment(folder))
    try:
        page = _wait_for(f"http://127.0.0.1:{port}/", server)
        _expect(page, r'type="password"')
        styles = re.findall(r'href="(/[^"]+\.css)"', page)
        if not styles:
            sys.exit("The sign-in page names no style sheet: the wheel was built without the front end's files.")
        for style in styles:
            _fetch(f"http://127.0.0.1:{port}{style}")
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(timeout=30)
    if ended != 0:
        sys.exit(f"alur serve ended with {ended} on SIGTERM; it should finish its work and end with 0.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            return _fetch(address)
        except urllib.error.HTTPError as error:
            sys.exit(f"{address} answered {error.code}.")
        except urllib.error.URLError:
            time.sleep(0.2)
    sys.exit(f"alur serve did not answer at {address} within {PATIENCE} s.")


def _fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode("utf-8"))


if __name__ == "__main__":
    main()
