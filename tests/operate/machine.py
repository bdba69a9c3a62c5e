"""An empty machine without a network, made of this one: its own namespaces, and layers over the folders that change."""

import os
import socket
import subprocess
import sys
from pathlib import Path

#: Folders that a walk changes; what it writes there is gone with the machine.
CHANGED = ("etc", "var", "opt", "usr/local")
HOST = "kinerja.example.go.id"
NEEDED = {
    "unshare": "util-linux",
    "setpriv": "util-linux",
    "ip": "iproute2",
    "useradd": "passwd",
    "openssl": "openssl",
    "nginx": "nginx-light",
    "caddy": "caddy",
    "systemd-analyze": "systemd",
}


def enter_machine(scratch: Path) -> None:
    """Turn the namespaces of this process into such a machine; it must be alone in them.

    :param scratch: a folder for the layers.
    """
    _run("mount", "--make-rprivate", "/")
    _run("mount", "-t", "tmpfs", "layers", str(scratch))
    for folder in CHANGED:
        _cover(Path("/") / folder, scratch / folder.replace("/", "-"))
    _run("mount", "-t", "tmpfs", "run", "/run")
    _run("ip", "link", "set", "lo", "up")
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write(f"127.0.0.1 {HOST}\n")
    _stand_in(scratch / "bin")
    _run("nginx")  # as Debian does when it is installed


def check_that_the_network_is_cut() -> None:
    """Prove that no other machine can be reached."""
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=5).close()
    except OSError:
        return
    sys.exit("The network is not cut.")


def _cover(folder: Path, layer: Path) -> None:
    upper, work = layer / "upper", layer / "work"
    for part in (upper, work):
        part.mkdir(parents=True)
    options = f"lowerdir={folder},upperdir={upper},workdir={work}"
    _run("mount", "-t", "overlay", "overlay", "-o", options, str(folder))


def _stand_in(folder: Path) -> None:
    """Put our `systemctl` before whatever else there is, and leave nothing of the environment behind."""
    folder.mkdir()
    program = folder / "systemctl"
    program.write_text(f'#!/bin/sh\nexec /usr/bin/python3 -P {Path(__file__).with_name("services.py")} "$@"\n')
    program.chmod(0o755)
    os.environ.clear()
    os.environ.update(PATH=f"{folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG="C.UTF-8")
    os.environ.update(HOME="/root")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
