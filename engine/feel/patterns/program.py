"""Turns the tree of a pattern into a program: instructions of one character, forks and jumps."""

from dataclasses import dataclass
from enum import IntEnum

from engine.feel.errors import NoValue
from engine.feel.patterns.nodes import (
    Again,
    Char,
    Choice,
    Group,
    LineEnd,
    LineStart,
    Node,
    OneOf,
    Repeat,
    Sequence,
)

MAX_PROGRAM = 4_000
"""Most instructions; ``(a{1000}){1000}`` would be a million."""


class Op(IntEnum):
    """What an instruction does."""

    CHAR = 0
    CLASS = 1
    FORK = 2
    JUMP = 3
    SAVE = 4
    START = 5
    END = 6
    AGAIN = 7
    DONE = 8


Instruction = tuple[int, object, int]
"""Operation, what it is about, and a number: of a fork where it goes second, of a class its work, of a group which."""


@dataclass(frozen=True, slots=True)
class Program:
    """A pattern ready to be matched.

    :param groups: how many groups keep their text, :param looks_back: whether a text of a group is asked for again.
    :param literal: the text it matches and nothing else, if it is so simple.
    """

    code: tuple[Instruction, ...]
    groups: int
    looks_back: bool
    literal: str | None


def compile_program(node: Node) -> Program:
    """Return the program of a pattern. :raise NoValue: when it would be too large."""
    writer = _Writer()
    writer.write(node)
    writer.add(Op.DONE)
    return Program(tuple(writer.code), writer.groups, writer.looks_back, _literal(node))


def _literal(node: Node) -> str | None:
    parts = node.parts if isinstance(node, Sequence) else (node,)
    texts = [part.text for part in parts if isinstance(part, Char)]
    return "".join(texts) if texts and len(texts) == len(parts) else None


class _Writer:
    def __init__(self) -> None:
        self.code: list[Instruction] = []
        self.groups = 0
        self.looks_back = False

    def add(self, op: Op, about: object = None, second: int = 0) -> int:
        if len(self.code) >= MAX_PROGRAM:
            raise NoValue("pattern_large", value="…")
        self.code.append((int(op), about, second))
        return len(self.code) - 1

    def write(self, node: Node) -> None:
        if isinstance(node, Char):
            self.add(Op.CHAR, node.text)
        elif isinstance(node, OneOf):
            self.add(Op.CLASS, node.chars, node.work)
        elif isinstance(node, LineStart):
            self.add(Op.START, node.multiline)
        elif isinstance(node, LineEnd):
            self.add(Op.END, node.multiline)
        elif isinstance(node, Again):
            self.looks_back = True
            self.add(Op.AGAIN, node.folded, node.number)
        else:
            self._write_larger(node)

    def _write_larger(self, node: Group | Repeat | Sequence | Choice) -> None:
        if isinstance(node, Sequence):
            for part in node.parts:
                self.write(part)
        elif isinstance(node, Choice):
            self._choice(node.branches)
        elif isinstance(node, Repeat):
            self._repeat(node)
        else:
            self._group(node)

    def _group(self, node: Group) -> None:
        if not node.number:
            self.write(node.inner)
            return
        self.groups = max(self.groups, node.number)
        self.add(Op.SAVE, 2 * node.number)
        self.write(node.inner)
        self.add(Op.SAVE, 2 * node.number + 1)

    def _choice(self, branches: tuple[Node, ...]) -> None:
        ends: list[int] = []
        for branch in branches[:-1]:
            fork = self.add(Op.FORK)
            self.write(branch)
            ends.append(self.add(Op.JUMP))
            self.code[fork] = (int(Op.FORK), fork + 1, len(self.code))
        self.write(branches[-1])
        for end in ends:
            self.code[end] = (int(Op.JUMP), len(self.code), 0)

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self._once(node)
        if node.most is None:
            self._for_ever(node)
            return
        forks: list[int] = []
        for _ in range(node.most - node.least):
            forks.append(self.add(Op.FORK))
            self._once(node)
        for fork in forks:
            self._fork(fork, len(self.code), lazy=node.lazy)

    def _for_ever(self, node: Repeat) -> None:
        fork = self.add(Op.FORK)
        self._once(node)
        self.add(Op.JUMP, fork)
        self._fork(fork, len(self.code), lazy=node.lazy)

    def _once(self, node: Repeat) -> None:
        before = len(self.code)
        self.write(node.inner)
        if len(self.code) == before:
            self.add(Op.JUMP, before + 1)  # an empty part costs too, so that (){999999} ends at the limit

    def _fork(self, place: int, after: int, *, lazy: bool) -> None:
        inside = place + 1
        first, second = (after, inside) if lazy else (inside, after)
        self.code[place] = (int(Op.FORK), first, second)
