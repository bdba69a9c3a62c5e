"""The page for operators, as a test reads it: its sections, with the commands that are carried out word for word."""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "operate.md"
_WALKED = re.compile(r"^```sh walk\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page.

    :param blocks: its marked commands, in order.
    """

    title: str
    text: str
    blocks: tuple[str, ...]


def read_page(page: Path = PAGE) -> tuple[Section, ...]:
    """Return the sections of the page."""
    parts = re.split(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(
        Section(title, text, tuple(_WALKED.findall(text))) for title, text in zip(parts[::2], parts[1::2], strict=True)
    )
