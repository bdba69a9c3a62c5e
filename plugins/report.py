"""What `alur plugin list`, `check` and `score` show, without a command line: the CLI only prints it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from plugins.conformance import CHECKS, Subject
from plugins.manager import Cities, CityPlugin
from plugins.requests import read_request
from processes.appraisal.rules import Explanation, ScoreResult, Text, label, show_number


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One installed plugin: which city, which distribution, which hooks and rule versions, or why it is broken.

    :param rivals: distributions that work and claim the same city, for which it is refused.
    """

    code: str
    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...]
    rules: tuple[str, ...]
    problem: str
    rivals: tuple[str, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether the city cannot be asked."""
        return bool(self.problem)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check and what it found; nothing found means passed."""

    title: Text
    problems: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything the conformance checks found in a city."""

    code: str
    lines: tuple[CheckLine, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing was found."""
        return not any(line.problems for line in self.lines)

    def text(self, language: str = "id") -> str:
        """Return the report for printing: a line a check, its problems below."""
        rows: list[str] = []
        for line in self.lines:
            title = line.title.id if language == "id" else line.title.en
            rows.append(f"[{'x' if line.problems else 'v'}] {title}")
            rows += [f"      {said.id if language == 'id' else said.en}" for said in line.problems]
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """The score of a request in a file."""

    code: str
    result: ScoreResult

    def text(self, language: str = "id") -> str:
        """Return value, recommended ratings, reasons, and the tree of how each digit came about."""
        return "\n".join(_result_rows(self.result, language))

    def json(self) -> str:
        """Return the whole result as JSON, numbers exact."""
        return json.dumps(self.result.to_plain(), ensure_ascii=False, indent=2)


def list_plugins(cities: Cities | None = None) -> tuple[PluginRow, ...]:
    """Return every installed plugin, working or broken, by city."""
    found = Cities.installed() if cities is None else cities
    return tuple(
        PluginRow(
            code=entry.code,
            name=entry.plugin.info.name if entry.plugin else "",
            distribution=entry.distribution,
            version=entry.version,
            hooks=entry.plugin.hooks if entry.plugin else (),
            rules=tuple(rule.version for rule in entry.plugin.info.rules) if entry.plugin else (),
            problem=entry.problem,
            rivals=entry.rivals,
        )
        for entry in found.entries
    )


def check_city(code: str, cities: Cities | None = None) -> CheckReport:
    """Return what the conformance checks find in an installed city.

    :raise CityUnavailable: the city is not installed, or broken.
    """
    city = (Cities.installed([code]) if cities is None else cities).city(code)
    return check_plugin(_module_of(city), city)


def check_plugin(plugin: ModuleType, city: CityPlugin) -> CheckReport:
    """Return what the conformance checks find in a plugin, installed or not."""
    subject = Subject(plugin, city)
    return CheckReport(city.code, tuple(CheckLine(title, tuple(check(subject))) for title, check in CHECKS))


def score_file(code: str, path: Path, cities: Cities | None = None) -> ScoredFile:
    """Return the score of the request in a JSON file (see docs/examples/score).

    :raise CityUnavailable: the city is not installed, or broken.
    :raise InvalidPlain: the file is not JSON, not a request, or asks what no plan and no form would let through.
    :raise OSError: the file cannot be read.
    """
    city = (Cities.installed([code]) if cities is None else cities).city(code)
    return ScoredFile(code, city.score(read_request(city, path)))


def _module_of(city: CityPlugin) -> ModuleType:
    plugin = city.plugin
    if not inspect.ismodule(plugin):
        raise TypeError(f"the plugin of {city.code} is no module, so its source cannot be checked")
    return plugin


def _result_rows(result: ScoreResult, language: str) -> Iterator[str]:
    words = {
        "value": ("Nilai indikatif", "Indicative value"),
        "result": ("Rekomendasi hasil kerja", "Recommended work result"),
        "behaviour": ("Rekomendasi perilaku kerja", "Recommended work behaviour"),
        "rule": ("Aturan", "Rule"),
        "reasons": ("Alasan", "Reasons"),
        "tree": ("Asal angka", "How the numbers came about"),
    }
    word = {key: pair[0] if language == "id" else pair[1] for key, pair in words.items()}
    yield f"{word['value']}: {'-' if result.value is None else show_number(result.value, language)}"
    for key, recommendation in (("result", result.result), ("behaviour", result.behaviour)):
        text = label(recommendation)
        yield f"{word[key]}: {text.id if language == 'id' else text.en}"
    yield f"{word['rule']}: {result.rule.id} {result.rule.version} ({result.rule.content_hash[:12]})"
    yield f"{word['reasons']}:"
    for reason in result.reasons:
        yield f"  - {reason.text_id if language == 'id' else reason.text_en}"
    yield f"{word['tree']}:"
    yield from _tree_rows(result.explanation, language, "")


def _tree_rows(node: Explanation, language: str, indent: str) -> Iterator[str]:
    name = node.label_id if language == "id" else node.label_en
    inputs = ", ".join(f"{key}={_shown(value, language)}" for key, value in node.inputs.items())
    how = " ; ".join(part for part in (node.formula, inputs) if part)
    yield f"{indent}{name} = {_shown(node.value, language) or '-'}" + (f"  [{how}]" if how else "")
    for child in node.children:
        yield from _tree_rows(child, language, f"{indent}  ")


def _shown(value: str, language: str) -> str:
    number = Explanation(label_id="", label_en="", value=value).number
    if number is None:
        return value
    # Four places: enough to redo the sum by hand; the JSON has every digit.
    text = show_number(number, language, 4)
    point = "," if language == "id" else "."
    return text.rstrip("0").rstrip(point) if point in text else text
