"""Finds a pattern in a text, in steps that are paid for.

It tries what the pattern prefers first and goes back where that fails. A pair of place in program and place in text
that failed once fails again, so no pair is tried twice, and the time is bounded by their product; only where the text
of a group counts (``\\1``) is that text part of the pair, and the budget alone is the bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from engine.feel.patterns.letters import variants
from engine.feel.patterns.nodes import Chars
from engine.feel.patterns.program import Op, Program
from engine.feel.run import Run

_BATCH = 512
_BATCH_STEPS, _BACKWARD_STEPS = 256, 2_048
"""What a batch of instructions costs; one that keeps texts of groups is slow and keeps much."""
_PLACES_AN_INSTRUCTION = 8
"""A group that begins or ends copies the places of all groups, which the way back keeps."""
_Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found; ``places`` are start and end of the whole and of every group, -1 for none."""

    text: str
    places: _Places

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.places[1]

    def group(self, number: int) -> str:
        """Return the text of a group, of the whole for 0; empty when it took no part."""
        start, end = self.places[2 * number : 2 * number + 2]
        return self.text[start:end] if start >= 0 <= end else ""


def find(program: Program, text: str, run: Run, start: int = 0) -> Match | None:
    """Return the first place where a pattern is found, or None. :raise FeelBudgetExceeded: when it takes too long."""
    if program.literal is not None:
        place = text.find(program.literal, start)
        run.charge(1 + ((place if place >= 0 else len(text)) - start) // 32)
        return Match(text, (place, place + len(program.literal))) if place >= 0 else None
    search = _Search(program, text, run)
    places = next((places for place in range(start, len(text) + 1) if (places := search.at(place))), None)
    search.settle()
    return Match(text, places) if places else None


def find_all(program: Program, text: str, run: Run) -> Iterator[Match]:
    """Yield all places where a pattern is found, one behind the other. The pattern must not match the empty text."""
    start = 0
    while match := find(program, text, run, start):
        yield match
        start = match.end


class _Search:
    def __init__(self, program: Program, text: str, run: Run) -> None:
        self._code, self._looks_back = program.code, program.looks_back
        self._empty: _Places = (-1,) * (2 * program.groups + 2)
        self._text, self._run = text, run
        self._tried: set[object] = set()
        self._left = _BATCH
        self._price = _BACKWARD_STEPS if program.looks_back else _BATCH_STEPS

    def at(self, start: int) -> _Places | None:  # noqa: PLR0912 - one branch an instruction; calls would cost more
        """Return the places of a match that begins here, or None."""
        code, text, tried = self._code, self._text, self._tried
        size = len(text) + 1
        stack: list[tuple[int, int, _Places]] = [(0, start, (start, *self._empty[1:]))]
        while stack:
            line, at, places = stack.pop()
            while True:
                self._pay()
                key: object = (line, at, places) if self._looks_back else line * size + at
                if key in tried:
                    break
                tried.add(key)
                op, about, second = code[line]
                line += 1
                if op == Op.CHAR:
                    if not text.startswith(cast("str", about), at):
                        break
                    at += 1
                elif op == Op.CLASS:
                    self._left -= second
                    if at + 1 == size or not cast("Chars", about)(text[at]):
                        break
                    at += 1
                elif op == Op.FORK:
                    stack.append((second, at, places))
                    line = cast("int", about)
                elif op == Op.JUMP:
                    line = cast("int", about)
                elif op == Op.SAVE:
                    slot = cast("int", about)
                    self._left -= len(places) // _PLACES_AN_INSTRUCTION
                    places = (*places[:slot], at, *places[slot + 1 :])
                elif op == Op.DONE:
                    return (places[0], at, *places[2:])
                else:
                    after = self._look(op, about, second, at, places)
                    if after < 0:
                        break
                    at = after
        return None

    def _pay(self) -> None:
        self._left -= 1
        if self._left < 0:
            batches = 1 - self._left // _BATCH
            self._left += batches * _BATCH
            self._run.charge(batches * self._price)

    def settle(self) -> None:
        """Pay for what is left of a batch."""
        self._run.charge(1 + (_BATCH - self._left) * self._price // _BATCH)

    def _look(self, op: int, about: object, number: int, at: int, places: _Places) -> int:
        """Return the place behind what needs no character, or a group again; -1 when it is not there."""
        text = self._text
        if op == Op.START:
            begins = at == 0 or (bool(about) and at < len(text) and text[at - 1] == "\n")
            return at if begins else -1
        if op == Op.END:
            ends = at == len(text) or (bool(about) and text[at] == "\n")
            return at if ends else -1
        start, end = places[2 * number : 2 * number + 2]
        before = text[start:end] if start >= 0 <= end else ""
        self._run.charge(len(before) // 32)
        here = text[at : at + len(before)]
        same = here == before or (bool(about) and len(here) == len(before) and self._alike(here, before))
        return at + len(before) if same else -1

    def _alike(self, left: str, right: str) -> bool:
        self._run.charge(len(left))
        return all(not variants(a).isdisjoint(variants(b)) for a, b in zip(left, right, strict=True))
