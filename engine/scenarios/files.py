"""The scenarios among the files of a process: read from bytes, and checked before they become part of a release."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.bpmn.read import MAX_BYTES, problem
from engine.errors import Problem
from engine.feel.tagged import UnreadableTag, parse_json, untagged
from engine.scenarios.script import Scenario, ScenarioRefused, read_scenario

SCENARIO_FOLDER: Final = "scenarios/"
MAX_DEPTH: Final = 40


def scenario_names(files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that are scenarios, sorted."""
    return sorted(name for name in files if name.startswith(SCENARIO_FOLDER) and name.endswith(".json"))


def read_file(content: bytes | str) -> Scenario:
    """Return the scenario that a file holds.

    :raise ScenarioRefused: it holds none.
    """
    if len(content) > MAX_BYTES:
        raise ScenarioRefused("", "berkas lebih besar dari 2 MB.", "the file is larger than 2 MB.")
    try:
        plain: Any = untagged(parse_json(content), "")
    except UnreadableTag as error:
        id_text = f"{error.tag} “{error.text}” tidak dapat dibaca; periksa penulisannya."
        raise ScenarioRefused(
            error.where.lstrip("."), id_text, f"{error.tag} “{error.text}” cannot be read."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScenarioRefused("", "isinya bukan JSON yang benar.", "its content is no valid JSON.") from error
    if not _is_shallow(plain):
        raise ScenarioRefused("", "isinya bersarang terlalu dalam.", "its content is nested too deep.")
    if not isinstance(plain, dict):
        raise ScenarioRefused("", "isinya harus satu objek JSON {…}.", "its content must be one JSON object {…}.")
    return read_scenario(plain)


def check_scenarios(files: Mapping[str, bytes], process: str | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with scenarios that cannot be read, each with the name of its file as its element.

    Whether they go as they say is another question, and keeps no release from its work.

    :param process: the id of the process in the diagram; None where there is no diagram that can be read.
    """
    return tuple(found for name in scenario_names(files) for found in _check(name, files[name], process))


def _is_shallow(value: object, depth: int = MAX_DEPTH) -> bool:
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_shallow(part, depth - 1) for part in parts)
    return True


def _check(name: str, content: bytes, process: str | None) -> Iterator[Problem]:
    try:
        scenario = read_file(content)
    except ScenarioRefused as refused:
        found = refused.problem
        where = f"{found.element}: " if found.element else ""
        texts = {language: f"{where}{text}" for language, text in found.texts.items()}
        yield replace(found, element=name, texts=texts, params={**found.params, "file": name})
        return
    if process is not None and scenario.process != process:
        yield problem(
            name,
            "scenario_of_other",
            f"skenario ini milik proses '{scenario.process}', bukan '{process}'; hapus, atau ganti nama prosesnya.",
            f"this scenario belongs to process '{scenario.process}', not '{process}'; delete it or change its process.",
        )
