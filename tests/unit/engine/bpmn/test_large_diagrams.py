"""Diagrams as large as they may be: each is looked at to its end, however it is built."""

from collections.abc import Iterator

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from tests.unit.engine.diagrams import end, flow, gateway, path, script, start, text, user

MOST = 495
FORM = b"""{"version": 1, "title": {"id": "a", "en": "b"},
    "fields": [{"name": "x", "type": "text", "label": {"id": "a", "en": "b"}}]}"""


def chain(*steps: str) -> str:
    """Steps one after the other; each is given as its element, named `t` and its place."""
    return text(start(), *steps, end(), path("begin", *(f"t{place}" for place in range(len(steps))), "done"))


def blocks(kind: str) -> Iterator[str]:
    """Choices between two steps, one behind the other."""
    before = "begin"
    for place in range(MOST // 5):
        task, fork, one, other, join = (f"{letter}{place}" for letter in "tgbcj")
        yield user(task, "writer") + user(one, "writer") + user(other, "writer")
        yield gateway(kind, fork, f"{fork}-{other}" if kind == "exclusive" else "") + gateway(kind, join)
        yield flow(before, task) + flow(task, fork) + flow(one, join) + flow(other, join)
        yield flow(fork, one, "x > 1" if kind == "exclusive" else "") + flow(fork, other)
        before = join
    yield flow(before, "done")


LARGE = {
    "people": chain(*(user(f"t{place}", "writer") for place in range(MOST))),
    "scripts": chain(*(script(f"t{place}", f"v{place}", "1") for place in range(MOST))),
    "gateways": chain(*(gateway("exclusive", f"t{place}") for place in range(MOST))),
    "choices": text(start(), *blocks("exclusive"), end()),
    "forks": text(start(), *blocks("parallel"), end()),
}


@pytest.mark.parametrize("shape", LARGE)
def test_a_large_diagram_is_looked_at_to_its_end(shape: str) -> None:
    files = {"test.bpmn": LARGE[shape].encode(), "forms/any.json": FORM}

    assert check_release(files, Catalogue()) == ()
