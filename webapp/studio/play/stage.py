"""Where a play takes place: in a design, or on a release that it leaves as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flask import url_for

from engine.designs.finding import Design
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import releases_in_force, turns_of
from webapp.current import ask, current_alur
from webapp.studio.naming import name_of_files
from webapp.studio.play.ground import Ground, ground_of
from webapp.studio.reading import read_design, read_release_files, with_scenarios
from webapp.wiring import Alur, shipped_releases

#: In addresses, in the place of a release's number: the national default that the installed Alur ships.
DEFAULT: Final = "bawaan"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is played, and for whom.

    :param design: None of a release, which nobody changes.
    :param number: of the release, as addresses say it, or `DEFAULT`; empty of a design.
    :param base: the release from which a design would be begun to keep something of the play.
    :param holidays: those that the city knows.
    :param may_change: whether scenarios can be kept here.
    """

    process: str
    files: Mapping[str, bytes] = field(repr=False)
    ground: Ground = field(repr=False)
    holidays: frozenset[date]
    design: Design | None = None
    number: str = ""
    base: int | None = None
    may_change: bool = False

    @property
    def frame(self) -> str:
        """The template around its pages."""
        return "studio/design.html" if self.design is not None else "studio/play_release.html"

    @property
    def is_default(self) -> bool:
        """Say whether it is the national default."""
        return self.number == DEFAULT

    @property
    def name(self) -> str:
        """What the process is called in it."""
        return name_of_files(self.files, self.process)

    @property
    def address(self) -> str:
        """Where it is played."""
        return self._url("studio.show_play", "studio.show_release_play")

    @property
    def picture(self) -> str:
        """The address of the picture of what scenarios walk."""
        return self._url("studio.show_coverage_picture", "studio.show_release_coverage")

    @property
    def diagram(self) -> str:
        """The address of its diagram in the reader's language."""
        return self._url("studio.show_play_diagram", "studio.show_release_diagram")

    @property
    def bpmn(self) -> bytes:
        """Its diagram."""
        return next(content for name, content in self.files.items() if name.endswith(".bpmn"))

    def _url(self, of_design: str, of_release: str) -> str:
        if self.design is not None:
            return url_for(of_design, design_id=self.design.id)
        return url_for(of_release, process=self.process, number=self.number)


def design_stage(design_id: int) -> Stage:
    """Return a design as what is played.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    return ask(_read_design_stage, current_alur(), design_id)


def release_stage(process: str, number: str) -> Stage:
    """Return a release, or the national default, as what is played.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    return ask(_read_release_stage, current_alur(), process, number)


def _read_design_stage(read: Any, actor: Actor, alur: Alur, design_id: int) -> Stage:
    design = read_design(read, actor, alur, design_id)
    may_change = not design.status.is_closed and alur.engine.policy.allows(actor, "design:change", design, read)
    ground, holidays = ground_of(design.files, alur.catalogue), _holidays(read, actor, alur)
    return Stage(design.process, design.files, ground, holidays, design, may_change=may_change)


def _read_release_stage(read: Any, actor: Actor, alur: Alur, process: str, number: str) -> Stage:
    alur.engine.policy.require(actor, "design:begin", actor, read)
    base = _release_id(read, actor, process, number)
    files = read_release_files(read, actor, alur, base)
    if number == DEFAULT:
        files = with_scenarios(process, shipped_releases()[process])
    ground, holidays = ground_of(files, alur.catalogue), _holidays(read, actor, alur)
    return Stage(process, files, ground, holidays, number=number, base=base)


def _release_id(read: Any, actor: Actor, process: str, number: str) -> int:
    """Return the id of a release; for the national default that of the release in force, which it would follow."""
    if number == DEFAULT and process in shipped_releases():
        found = [release.id for release in releases_in_force(read, actor) if release.process == process]
    else:
        found = [turn.id for turn in turns_of(read, actor, process) if str(turn.number) == number]
    if not found:
        raise NotFound()
    return found[0]


def _holidays(read: Any, actor: Actor, alur: Alur) -> frozenset[date]:
    return alur.directory.calendar(read, actor.tenant, {}).holidays
