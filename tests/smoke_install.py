"""Run an installed Alur from an empty folder, as an operator would; `make smoke` builds and installs it first.

Runs with the interpreter of that installation and the standard library only; the repository is not on its path.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

CITY = "tebingtinggi"
ALUR = str(Path(sys.executable).with_name("alur"))
PATIENCE = 240  # seconds until the server answers, on a busy machine


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
        command, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False, timeout=PATIENCE
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
    command = [ALUR, "serve", "--port", "0"]
    told = {**_environment(folder), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, cwd=folder, env=told, stdout=subprocess.PIPE, text=True)
    try:
        address = _address_of(server)
        page = _fetch(f"{address}/")
        _expect(page, r'type="password"')
        styles = re.findall(r'href="(/[^"]+\.css)"', page)
        if not styles:
            sys.exit("The sign-in page names no style sheet: the wheel was built without the front end's files.")
        for style in styles:
            _fetch(f"{address}{style}")
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(timeout=PATIENCE)
    if ended != 0:
        sys.exit(f"alur serve ended with {ended} on SIGTERM; it should finish its work and end with 0.")


def _address_of(server: "subprocess.Popen[str]") -> str:
    """Return where the server says it is, without a slash at the end; it listens by then."""
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"Alur siap: (http://\S+)/", line)
        if found:
            return found[1]
    sys.exit("alur serve named no address.")


def _fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode("utf-8"))


if __name__ == "__main__":
    main()
