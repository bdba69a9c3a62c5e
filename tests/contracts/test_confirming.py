"""A question before a step is answered by a button that says what it does."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "webapp").rglob("templates/**/*.html"))
TAG = re.compile(r"<button\b[^>]*data-confirm=.*?>", re.DOTALL)


@pytest.mark.parametrize("file", [file for file in TEMPLATES if TAG.search(file.read_text(encoding="utf-8"))], ids=str)
def test_every_question_names_its_answer(file: Path) -> None:
    tags = TAG.findall(file.read_text(encoding="utf-8"))

    assert [tag for tag in tags if "data-confirm-yes=" not in tag] == []


def test_no_answer_is_a_bare_yes() -> None:
    calls = re.compile(r"confirm_button\((.*?)\) \}\}", re.DOTALL)
    found = [call for file in TEMPLATES for call in calls.findall(file.read_text(encoding="utf-8"))]

    assert found
    assert [call for call in found if re.search(r'_\("Ya\b', call)] == []
