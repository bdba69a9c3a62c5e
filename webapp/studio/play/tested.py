"""The scenarios of a design, each played: which go as they say, what differs, and what of the diagram they walk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.release import Release
from engine.dmn.boxes import DecisionTable
from engine.errors import Problem
from engine.scenarios import OUT_OF_TIME, Coverage, Scenario, Walk, coverage_of, time_limit
from engine.scenarios.coverage import tables_of
from webapp.studio.play.ground import SECONDS, Ground
from webapp.studio.play.page import failed_words, name_of, with_names
from webapp.studio.play.results import result_of
from webapp.texts import gettext as _
from webapp.texts import language, lazy

_WORDS: Final = {
    "ended": lazy("Sudah berakhir atau belum"),
    "at": lazy("Tempat menunggu"),
    "failed": lazy("Kendala"),
    "sent": lazy("Pesan yang dikirim"),
}


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A scenario in the list.

    :param differs: where it does not go as it says, in words; none if it does.
    :param is_readable: whether it could be played at all.
    :param is_played: whether there was time to play it to its end.
    """

    file: str
    name: str
    differs: tuple[str, ...]
    is_readable: bool = True
    is_played: bool = True

    @property
    def is_good(self) -> bool:
        """It goes as it says."""
        return not self.differs


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one kind of thing is walked."""

    label: str
    walked: int
    total: int


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of all scenarios of a design.

    :param missing: what none of them walks, in words.
    """

    lines: tuple[ScenarioLine, ...]
    shares: tuple[Share, ...]
    missing: tuple[str, ...]
    walk: Walk

    @property
    def good(self) -> int:
        """How many go as they say."""
        return sum(line.is_good for line in self.lines)

    @property
    def unplayed(self) -> int:
        """For how many there was no time."""
        return sum(not line.is_played for line in self.lines)


def play_all(ground: Ground, is_over: Callable[[], bool] | None = None) -> Tested:
    """Play all scenarios that were not played before, and return what came of each, those that need a look first.

    :param is_over: says whether the time for playing is over, so that what is left is not played; None for `SECONDS`
        from now.
    """
    release = ground.release
    assert release is not None
    walk, is_over = Walk(), is_over if is_over is not None else time_limit(SECONDS)
    lines = [_line(ground, file, scenario, walk, is_over) for file, scenario in ground.scenarios.items()]
    lines += [_unreadable(file, problem) for file, problem in ground.unreadable.items()]
    coverage = coverage_of(release, walk)
    return Tested(
        tuple(sorted(lines, key=_order)), tuple(_shares(coverage)), tuple(missing_words(release, coverage)), walk
    )


def scenario_name(file: str, scenario: Scenario) -> str:
    """Return what a scenario is called; its file's name if it has none."""
    return scenario.names.get(language()) or scenario.names.get("id") or stem_of(file)


def stem_of(file: str) -> str:
    """Return the name of a file without folder and ending."""
    return file.rpartition("/")[2].removesuffix(".json")


def missing_words(release: Release, coverage: Coverage) -> Iterator[str]:
    """Yield what is not walked: steps, ways between steps, rules of tables."""
    for name in coverage.nodes.missing:
        yield _("Langkah “%(name)s”", name=name_of(release, name))
    for name in coverage.flows.missing:
        flow = release.outline.flows[name]
        first, last = name_of(release, flow.source), name_of(release, flow.target)
        yield _("Jalan dari “%(first)s” ke “%(last)s”", first=first, last=last)
    tables = tables_of(release)
    for text in coverage.rules.missing:
        table, _colon, rule = text.partition(": ")
        yield _("Tabel “%(table)s”, aturan %(number)s", table=table, number=_number(tables[table], rule))


def _number(table: DecisionTable, rule: str) -> int:
    return next(number for number, one in enumerate(table.rules, 1) if one.id == rule)


def _order(line: ScenarioLine) -> int:
    """Return 0 for what differs, 1 for what was not played yet, 2 for what goes as it says."""
    return 2 if line.is_good else 0 if line.is_played else 1


def _line(ground: Ground, file: str, scenario: Scenario, walk: Walk, is_over: Callable[[], bool]) -> ScenarioLine:
    assert ground.release is not None
    played = result_of(ground, file, is_over)
    walk.add(played.walk)
    differs = tuple(_said(ground.release, one) for one in played.problems)
    is_played = all(one.code != OUT_OF_TIME for one in played.problems)
    return ScenarioLine(file, scenario_name(file, scenario), differs, is_played=is_played)


def _said(release: Release, problem: Problem) -> str:
    if problem.code == OUT_OF_TIME:
        return problem.texts[language()]
    if "failed" in problem.params:
        return _failed(release, problem)
    what, _dot, name = problem.element.partition(".")
    words = _("Data “%(name)s”", name=name) if what == "variables" else _(_WORDS.get(what, "")) or _step_words(what)
    return f"{words}: {with_names(release, problem.texts[language()])}"


def _failed(release: Release, problem: Problem) -> str:
    """Return what failed although the scenario says otherwise, or did not although it says so."""
    failed: Any = problem.params["failed"]
    said = [failed_words(release, element, text) for element, text in failed]
    if not said:
        return _("Kendala: menurut skenario ada langkah yang gagal, ternyata tidak ada.")
    return _("Kendala: yang gagal ternyata %(steps)s", steps=" ".join(said))


def _step_words(where: str) -> str:
    number = where.removeprefix("steps[").removesuffix("]")
    return _("Langkah ke-%(number)s", number=int(number) + 1) if number.isdecimal() else where


def _unreadable(file: str, problem: Problem) -> ScenarioLine:
    return ScenarioLine(file, stem_of(file), (problem.message(language()),), is_readable=False)


def _shares(coverage: Coverage) -> Iterator[Share]:
    yield Share(_("Langkah"), coverage.nodes.walked, coverage.nodes.total)
    yield Share(_("Jalan di antara langkah"), coverage.flows.walked, coverage.flows.total)
    yield Share(_("Aturan tabel"), coverage.rules.walked, coverage.rules.total)
