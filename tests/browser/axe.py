"""Looks at a page as axe-core and a narrow screen do, in several sizes and both themes; keeps pictures if asked to."""

import fcntl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Literal

from playwright.sync_api import Page

import hatch_build
from tests.browser.arrival import holding_still, resize, settle
from tests.browser.loose_ends import loose_ends

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "webapp" / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {
    runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], elementRef: false,
})"""
#: Colours change slowly where the reader likes that; axe would measure them half-way.
STILL = "() => document.getAnimations().forEach(one => one.finish())"
HAS_AXE = "() => 'axe' in window"


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    width: int
    height: int
    theme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        """Short, for files and messages."""
        return f"{self.width}-{self.theme}"


DESKTOP_LIGHT, DESKTOP_DARK = Look(1280, 900, "light"), Look(1280, 900, "dark")
PHONE_LIGHT, PHONE_DARK = Look(360, 740, "light"), Look(360, 740, "dark")
#: Every rule meets both sizes and both themes; with the long tests each size meets each theme.
TWO_LOOKS = (DESKTOP_LIGHT, PHONE_DARK)
OTHER_LOOKS = (DESKTOP_DARK, PHONE_LIGHT)
ALL_LOOKS = (*TWO_LOOKS, *OTHER_LOOKS)


@dataclass
class Inspector:
    """Inspects pages under names, each name once.

    :param folder: where the pictures go, None for none: a third of an inspection is theirs.
    :param first: number of the first picture.
    :param addresses: where the pages were that were inspected.
    """

    looks: Sequence[Look]
    folder: Path | None
    first: int = 1
    faults: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def __call__(self, name: str, page: Page) -> None:
        """Inspect a page once it stands still, in every look, and leave it as it was."""
        if name in self.names:
            return
        self.names.append(name)
        with holding_still(page):
            self.addresses.append(page.url)
            before = page.viewport_size
            for look in self.looks:
                self._inspect(name, page, look)
            page.emulate_media(color_scheme="light")
            assert before is not None
            resize(page, **before)

    def _inspect(self, name: str, page: Page, look: Look) -> None:
        page.emulate_media(color_scheme=look.theme)
        resize(page, look.width, look.height)
        settle(page)
        self.faults += [f"{name} ({look.name}): {fault}" for fault in _faults(page)]
        if self.folder is not None:
            number = self.first + len(self.names) - 1
            page.screenshot(path=self.folder / f"{number:03d}-{_file(name)}-{look.name}.png", full_page=True)

    def report(self) -> str:
        """Return everything that was found, a line each."""
        return "\n".join(["", *self.faults])


def _faults(page: Page) -> Iterator[str]:
    page.evaluate(STILL)
    yield from loose_ends(page)
    if not page.evaluate(HAS_AXE):
        page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate(RUN, RULES)
    for violation in found["violations"]:
        nodes = "; ".join(_node(node) for node in violation["nodes"][:3])
        yield f"{violation['id']} ({violation['help']}), {len(violation['nodes'])}x: {nodes}"


def _node(node: dict[str, Any]) -> str:
    why = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{' '.join(node['target'][0:1])} <{node['html'][:100]}> {' '.join(why)[:200]}"


def _file(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


@cache
def axe_source() -> str:
    """Return axe-core, installed from the front end's lock where a machine lacks it."""
    if not AXE.exists():
        _install()
    return AXE.read_text(encoding="utf-8")


def _install() -> None:
    # Two test processes may come here at once; the second finds it done.
    with (Path(gettempdir()) / "alur-npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if AXE.exists():
            return
        node = hatch_build._node_on_path() or hatch_build._node_from_wheel()
        assert node is not None, "axe-core comes from npm: Node is needed"
        hatch_build._npm(node, FRONTEND, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")
