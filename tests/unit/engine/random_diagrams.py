"""Random diagrams made of blocks that fit together: whatever comes out is sound."""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release
from tests.unit.engine.bpmn.shapes import catch as wait_for
from tests.unit.engine.bpmn.shapes import each, handler, inside, looped, marked, throw, triggered, undone_by
from tests.unit.engine.bpmn.shapes import start as begin_by
from tests.unit.engine.diagrams import boundary_timer, catch, end, flow, gateway, path, script, start, text, user


@dataclass(frozen=True)
class Block:
    """A piece of a diagram with one way in and one way out."""

    entry: str
    exit: str


@dataclass
class Builder:
    """Writes blocks; `parts` is the diagram so far."""

    random: Random
    parts: list[str] = field(default_factory=list)
    count: int = 0

    def block(self, depth: int) -> Block:
        kinds = [self.ask, self.think, self.hear, self.deadline, self.reminder, self.race, self.panel]
        nested = [self.sequence, self.choice, self.fork, self.loop, self.some, self.part, self.limited, self.rounds]
        nested += [self.watched, self.regret]
        return self.random.choice(nested * 2 + kinds)(depth - 1) if depth > 0 else self.random.choice(kinds)(0)

    def ask(self, depth: int) -> Block:
        """A person says a number, which becomes `x`."""
        name, then = self.name("ask"), self.name("note")
        self.add(user(name, f"if x > 2 then {self.random.randint(1, 3)} else 4"), script(then, "x", f"{name}.n"))
        return self.joined(name, then)

    def think(self, depth: int) -> Block:
        name = self.name("think")
        self.add(script(name, "x", self.random.choice(["x + 1", "if x > 3 then 0 else x", "max(x, 2)"])))
        return Block(name, name)

    def hear(self, depth: int) -> Block:
        name = self.name("hear")
        self.add(catch(name, f'"{name}"', "heard"))
        return Block(name, name)

    def deadline(self, depth: int) -> Block:
        """A task with an interrupting timer, after which somebody else is asked."""
        task, late, help_, out = self.name("task"), self.name("late"), self.name("help"), self.name("out")
        self.add(user(task, "1"), boundary_timer(late, task, "P1D"), user(help_, "2"), gateway("exclusive", out))
        self.add(path(task, out), path(late, help_, out))
        return Block(task, out)

    def reminder(self, depth: int) -> Block:
        """A task with a timer that leaves it where it is and asks somebody else beside it."""
        task, late, help_, over = self.name("task"), self.name("late"), self.name("help"), self.name("over")
        self.add(user(task, "1"), boundary_timer(late, task, "P1D", interrupting=False), user(help_, "3"), end(over))
        self.add(path(late, help_, over))
        return Block(task, task)

    def sequence(self, depth: int) -> Block:
        blocks = [self.block(depth) for _ in range(self.random.randint(2, 3))]
        for one, two in pairwise(blocks):
            self.add(flow(one.exit, two.entry))
        return Block(blocks[0].entry, blocks[-1].exit)

    def choice(self, depth: int) -> Block:
        split, merge, (left, right) = self.name("which"), self.name("merge"), (self.block(depth), self.block(depth))
        self.add(gateway("exclusive", split, default=f"{split}-{right.entry}"), gateway("exclusive", merge))
        self.add(flow(split, left.entry, f"x > {self.random.randint(0, 4)}"), flow(split, right.entry))
        self.add(flow(left.exit, merge), flow(right.exit, merge))
        return Block(split, merge)

    def fork(self, depth: int) -> Block:
        split, join = self.name("split"), self.name("join")
        self.add(gateway("parallel", split), gateway("parallel", join))
        for _ in range(self.random.randint(2, 3)):
            branch = self.block(depth)
            self.add(flow(split, branch.entry), flow(branch.exit, join))
        return Block(split, join)

    def loop(self, depth: int) -> Block:
        """A revision: the inner block again as long as somebody says so."""
        inner, again = self.block(depth), self.name("again")
        first, last = self.name("round"), self.name("verdict")
        self.add(
            gateway("exclusive", first), user(again, "5"), gateway("exclusive", last, default=f"{last}-{last}_out")
        )
        self.add(gateway("exclusive", f"{last}_out"), path(first, inner.entry), path(inner.exit, again, last))
        self.add(flow(last, first, f"{again}.n > 3"), flow(last, f"{last}_out"))
        return Block(first, f"{last}_out")

    def race(self, depth: int) -> Block:
        """Whatever comes first: a message, or one of two timers."""
        gate, merge = self.name("race"), self.name("first")
        told, soon, late = self.name("told"), self.name("soon"), self.name("late")
        self.add(gateway("eventBased", gate), gateway("exclusive", merge), catch(told, f'"{told}"', "heard"))
        self.add(wait_for(soon, "timer", said="PT1H"), wait_for(late, "timer", said="P2D"))
        for event in (told, soon, late):
            self.add(path(gate, event, merge))
        return Block(gate, merge)

    def panel(self, depth: int) -> Block:
        """Several people are asked, all at once or one by one; sometimes fewer are enough."""
        name, enough = self.name("panel"), self.random.choice(["", "numberOfCompletedInstances >= 2"])
        one_by_one = self.random.random() < 0.5
        marker = each(
            "[1, 2, 3]",
            one_by_one=one_by_one,
            until=enough,
            item="turn",
            output=f"{name}_all",
            gives=f"{name}.n + turn",
        )
        self.add(marked(user(name, "turn"), marker))
        return Block(name, name)

    def some(self, depth: int) -> Block:
        """One or two of three branches, and an inclusive join."""
        split, join = self.name("some"), self.name("meet")
        branches = [self.block(depth) for _ in range(3)]
        self.add(gateway("inclusive", split, default=f"{split}-{branches[2].entry}"), gateway("inclusive", join))
        for branch, condition in zip(branches, ["x > 1", "x < 4", ""], strict=True):
            self.add(flow(split, branch.entry, condition), flow(branch.exit, join))
        return Block(split, join)

    def part(self, depth: int, marker: str = "", beside: str = "") -> Block:
        """A sub-process.

        :param beside: what stands in it beside its own path.
        """
        name, outside = self.name("part"), self.parts
        self.parts = []
        inner, first, last = self.block(depth), self.name("in"), self.name("out")
        content = "".join([*self.parts, start(first), end(last), path(first, inner.entry), path(inner.exit, last)])
        self.parts = outside
        self.add(inside(name, marker, content, beside))
        return Block(name, name)

    def limited(self, depth: int) -> Block:
        """A sub-process that a timer ends, or beside which it asks somebody else."""
        part, late, help_, out = self.part(depth), self.name("late"), self.name("help"), self.name("out")
        interrupts = self.random.random() < 0.5
        self.add(boundary_timer(late, part.entry, "P3D", interrupting=interrupts), user(help_, "4"))
        if not interrupts:
            self.add(end(out), path(late, help_, out))
            return part
        self.add(gateway("exclusive", out), path(part.exit, out), path(late, help_, out))
        return Block(part.entry, out)

    def rounds(self, depth: int) -> Block:
        """A sub-process that runs more than once."""
        markers = [looped("x > 2", "3"), looped("x < 3", "2", before=True), each("[1, 2]", item="turn")]
        markers += [each(times="2", one_by_one=True, output="given", gives="x")]
        return self.part(depth, self.random.choice(markers))

    def watched(self, depth: int) -> Block:
        """A sub-process in which a message starts something else, beside the rest or instead of it."""
        watch, rings, help_, over = self.name("watch"), self.name("rings"), self.name("help"), self.name("over")
        begin = begin_by(rings, "message", "news", f'"{rings}"', interrupting=self.random.random() < 0.5)
        return self.part(depth, beside=triggered(watch, begin, user(help_, "5"), end(over), path(rings, help_, over)))

    def regret(self, depth: int) -> Block:
        """Something is done in a sub-process, and undone after something else."""
        done, undo, back = self.name("done"), self.name("undo"), self.name("back")
        one_by_one = script(done, "x", "x + 1") + undone_by(done, undo) + handler(user(undo, "6"))
        part, first, last = self.name("part"), self.name("in"), self.name("out")
        marker = self.random.choice(["", each("[1, 2]", item="turn")])
        self.add(inside(part, marker, start(first), one_by_one, end(last), path(first, done, last)))
        other = self.block(depth)
        self.add(
            throw(back, "compensate", self.random.choice(["", part])), path(part, other.entry), path(other.exit, back)
        )
        return Block(part, back)

    def joined(self, *names: str) -> Block:
        self.add(path(*names))
        return Block(names[0], names[-1])

    def add(self, *parts: str) -> None:
        self.parts.extend(parts)

    def name(self, word: str) -> str:
        self.count += 1
        return f"{word}{self.count}"


def random_release(random: Random, depth: int = 3) -> Release:
    """Return a release of a random sound diagram that the check lets through."""
    builder = Builder(random)
    block = builder.sequence(depth)
    builder.add(start(), end(), path("begin", block.entry), path(block.exit, "done"))
    return compile_release({"walk.bpmn": text(*builder.parts).encode()}, Catalogue(forms=frozenset({"any"})))
