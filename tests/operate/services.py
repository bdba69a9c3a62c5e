"""Stands in for `systemctl` where there is no systemd: reads the units and runs what they name, as whom they name.

Runs as a program of its own, with the standard library only.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

# Debian's own units of web servers are not read: what is told of them is that nginx begins as root, and Caddy as a user
# of its own who may listen below 1024.
_PORTS = "-all,+net_bind_service"
_RIGHTS = f"--inh-caps={_PORTS}", f"--ambient-caps={_PORTS}"
CADDY = "setpriv", "--reuid=caddy", "--regid=caddy", "--init-groups", *_RIGHTS
UNITS = Path("/etc/systemd/system")
STATE = Path("/run/services")
PATIENCE = 240  # seconds for a service to end, as TimeoutStopSec, or to begin


def main(verb: str, *names: str) -> None:
    """Do what systemctl would do."""
    STATE.mkdir(exist_ok=True)
    names = tuple(name for name in names if not name.startswith("-"))
    if verb == "daemon-reload":
        return
    for name in names:
        if name == "nginx":
            _nginx(verb)
        elif name == "caddy":
            _caddy(verb)
        elif name.endswith(".timer"):
            _check_timer(read_unit(name))
        elif verb in ("start", "enable"):
            _start(name.removesuffix(".service"))
        elif verb == "stop":
            _stop(name.removesuffix(".service"))
        else:
            sys.exit(f"systemctl {verb} is not known here.")


def read_unit(name: str) -> dict[str, list[str]]:
    """Return the values of a unit by their names, whatever their section."""
    values: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text().splitlines():
        key, mark, value = line.partition("=")
        if mark and not line.startswith("#"):
            values.setdefault(key.strip(), []).append(value.strip())
    return values


def _check_timer(unit: dict[str, list[str]]) -> None:
    assert unit["OnCalendar"], "a timer without a time"


def _start(name: str) -> None:
    unit = read_unit(f"{name}.service")
    commands = [*unit["ExecStart"], *unit.get("ExecStartPost", [])]
    if unit.get("Type") == ["oneshot"]:
        for command in commands:
            subprocess.run(_as_user(unit, command), env=_environment(unit), cwd="/", check=True)
        return
    _launch(name, _as_user(unit, commands[0]), _environment(unit), umask=int(unit["UMask"][0], 8))


def _launch(name: str, command: list[str], environment: dict[str, str], umask: int) -> None:
    _stop(name)
    with (STATE / f"{name}.log").open("ab") as log:
        started = subprocess.Popen(
            command,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            umask=umask,
            start_new_session=True,
        )
    (STATE / f"{name}.pid").write_text(str(started.pid))


def _as_user(unit: dict[str, list[str]], command: str) -> list[str]:
    user, group = unit["User"][0], unit["Group"][0]
    bare = ["--init-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
    return ["setpriv", f"--reuid={user}", f"--regid={group}", *bare, *shlex.split(command)]


def _environment(unit: dict[str, list[str]]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for file in unit.get("EnvironmentFile", []):
        lines = (line for line in Path(file).read_text().splitlines() if line and not line.startswith("#"))
        settings |= dict(line.split("=", 1) for line in lines)
    return {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8", **settings}


def _stop(name: str) -> None:
    pid = STATE / f"{name}.pid"
    if not pid.exists():
        return
    process = int(pid.read_text())
    pid.unlink()
    if _runs(process):
        os.kill(process, signal.SIGTERM)
    _await_end(name, [process])


def _await_end(name: str, processes: list[int]) -> None:
    until = time.monotonic() + PATIENCE
    while any(_runs(process) for process in processes):
        if time.monotonic() > until:
            sys.exit(f"{name} did not end within {PATIENCE} s.")
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:  # also in the moment in which it is read
        return False
    return state != "Z"


def _nginx(verb: str) -> None:
    # Debian has started it when it was installed.
    signals = {"reload": ["-s", "reload"], "disable": ["-s", "stop"], "enable": []}
    going = [] if verb == "enable" else _nginx_before(verb)
    subprocess.run(["nginx", *signals[verb]], check=True)
    # It only sends a signal: until they have heard it, those of before answer as they were told before.
    _await_end("nginx", going)


def _nginx_before(verb: str) -> list[int]:
    """Return the processes that are to end: those who answer, and who leads them if it is to stop."""
    leader = int(Path("/run/nginx.pid").read_text())
    answering = [int(word) for word in Path(f"/proc/{leader}/task/{leader}/children").read_text().split()]
    return answering if verb == "reload" else [*answering, leader]


def _caddy(verb: str) -> None:
    if verb == "disable":
        _stop("caddy")
        return
    command = [*CADDY, "caddy", "run", "--config", "/etc/caddy/Caddyfile"]
    _launch("caddy", command, {**os.environ, "HOME": "/var/lib/caddy"}, umask=0o077)
    # Its unit is of the kind that says when it is ready.
    until = time.monotonic() + PATIENCE
    while not _listens(443):
        if time.monotonic() > until:
            sys.exit(f"caddy does not listen after {PATIENCE} s.")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
