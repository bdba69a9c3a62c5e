"""Random diagrams in which things happen: errors, escalations, signals, conditions, calls, cancelled transactions."""

from dataclasses import dataclass, field
from random import Random

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release
from tests.unit.engine.bpmn.shapes import (
    boundary,
    call,
    catch,
    each,
    end,
    event,
    handler,
    inside,
    looped,
    marked,
    output,
    process,
    text,
    throw,
    triggered,
    undone_by,
)
from tests.unit.engine.bpmn.shapes import start as begin_by
from tests.unit.engine.diagrams import flow, gateway, path, script, service, start, user
from tests.unit.engine.random_diagrams import Block, Builder

CATALOGUE = Catalogue(forms=frozenset({"any"}), services=frozenset({"risky"}))


@dataclass
class Happenings(Builder):
    """Writes blocks as well in which something is thrown and caught; `processes` are those that are called."""

    processes: list[str] = field(default_factory=list)

    def block(self, depth: int) -> Block:
        if self.random.random() < 0.4:
            return super().block(depth)
        kinds = [self.disturbed, self.risk, self.ring, self.often, self.jump, self.offer, self.first_of_all]
        nested = [self.broken, self.raised, self.called, self.deal, self.stopped, self.guarded, self.mended]
        return self.random.choice(nested if depth > 0 else kinds)(depth - 1)

    def disturbed(self, depth: int) -> Block:
        """A task beside which a condition, a message or a signal lets somebody else be asked, again and again."""
        task, told, help_, over = self.name("task"), self.name("told"), self.name("help"), self.name("over")
        kind, name, said = self.random.choice(
            [("conditional", "", "x > 2"), ("message", "news", f'"{told}"'), ("signal", "alarm", "")]
        )
        edge = boundary(told, task, kind, name, said, interrupting=False)
        self.add(user(task, "1"), edge, user(help_, "2"), end(over), path(told, help_, over))
        return Block(task, task)

    def risk(self, depth: int) -> Block:
        """A service that fails or throws; what it throws is caught."""
        task, oops, mend, out = self.name("risk"), self.name("oops"), self.name("mend"), self.name("out")
        self.add(service(task, "risky", "x", x="x"), boundary(oops, task, "error"), user(mend, "3"))
        self.add(gateway("exclusive", out), path(task, out), path(oops, mend, out))
        return Block(task, out)

    def ring(self, depth: int) -> Block:
        """A signal for everybody, and a task after it."""
        ring, task = self.name("ring"), self.name("task")
        self.add(throw(ring, "signal", self.random.choice(["alarm", "calm"]), "{n: x}"), user(task, "1"))
        return self.joined(ring, task)

    def often(self, depth: int) -> Block:
        """A task with a time that comes again and again."""
        task, often, note, over = self.name("task"), self.name("often"), self.name("note"), self.name("over")
        cycle = self.random.choice(["R2/PT2H", "R3/P1D", "R/PT5H"])
        self.add(user(task, "1"), boundary(often, task, "timer", said=cycle, interrupting=False))
        self.add(script(note, "x", "x + 1"), end(over), path(often, note, over))
        return Block(task, task)

    def jump(self, depth: int) -> Block:
        """A link to the other side of the page, and a task that is done more than once there."""
        away, here, task = self.name("away"), self.name("here"), self.name("task")
        marker = self.random.choice(
            [looped(f"{task}.n > 3"), each("[x, x + 1]", item="turn", output="x_all", gives="turn")]
        )
        self.add(throw(away, "link", away), catch(here, "link", away), marked(user(task, "1"), marker))
        self.add(path(here, task))
        return Block(away, task)

    def offer(self, depth: int) -> Block:
        """A task with several ways out, of which one or more are taken."""
        task, one, two, meet = self.name("task"), self.name("one"), self.name("two"), self.name("meet")
        self.add(user(task, "1"), user(one, "2"), script(two, "x", "2"), gateway("inclusive", meet))
        self.add(flow(task, one, f"{task}.n > 1"), flow(task, two), path(one, meet), path(two, meet))
        return Block(task, meet)

    def first_of_all(self, depth: int) -> Block:
        """Whatever comes first: a condition, a signal, a message for a task, or a time."""
        gate, merge, told = self.name("race"), self.name("first"), self.name("told")
        full, rung, late = self.name("full"), self.name("rung"), self.name("late")
        receive = event("receiveTask", told, messageRef="message_other")
        key = (
            f'<bpmn:extensionElements><alur:message key="&quot;{told}&quot;" result="heard" /></bpmn:extensionElements>'
        )
        self.add(gateway("eventBased", gate), gateway("exclusive", merge), marked(receive, key))
        self.add(
            catch(full, "conditional", said="x > 3"), catch(rung, "signal", "calm"), catch(late, "timer", said="P1D")
        )
        for name in (full, rung, told, late):
            self.add(path(gate, name, merge))
        return Block(gate, merge)

    def mended(self, depth: int) -> Block:
        """A sub-process that says itself how it is undone, and has a handler beside it; then it is undone."""
        part, done, undo, whole, back = (self.name(word) for word in ("part", "done", "undo", "whole", "back"))
        begin, task, throws = self.name("begin"), self.name("task"), self.name("throws")
        first, last, inner, content = self._inside(depth)
        content += script(done, "x", "x + 1") + undone_by(done, undo) + handler(user(undo, "6"))
        content += path(first, done, inner.entry) + path(inner.exit, last)
        own = user(task, "1") + end(throws, "compensate", self.random.choice(["", done])) + path(begin, task, throws)
        content += triggered(self.name("fix"), begin_by(begin, "compensate"), own)
        marker = self.random.choice(["", each("[1, 2]", item="turn"), looped("x < 4", "2")])
        self.add(inside(part, marker, content), undone_by(part, whole), handler(user(whole, "2")))
        self.add(throw(back, "compensate", part), path(part, back))
        return Block(part, back)

    def broken(self, depth: int) -> Block:
        """A sub-process that an error inside may end; it is caught at its edge or, before that, inside."""
        return self._thrown(depth, "error", interrupting=True)

    def raised(self, depth: int) -> Block:
        """A sub-process that an escalation may end, or beside which it asks somebody else."""
        return self._thrown(depth, "escalation", interrupting=self.random.random() < 0.5)

    def _thrown(self, depth: int, kind: str, *, interrupting: bool) -> Block:
        part, which, bad = self.name("part"), self.name("which"), self.name("bad")
        first, last, inner, content = self._inside(depth)
        content += gateway("exclusive", which, default=f"{which}-{last}") + end(bad, kind, "late")
        content += path(first, inner.entry) + path(inner.exit, which, last) + flow(which, bad, "x > 2")
        helps_itself = self.random.random() < 0.3
        content += self._own_help(kind, interrupting=interrupting) if helps_itself else ""
        marker = self.random.choice(["", "", each("[1, 2]", item="turn"), looped("x > 3", "2")])
        self.add(inside(part, marker, content))
        return Block(part, part) if helps_itself else self._caught(part, kind, interrupting=interrupting)

    def _own_help(self, kind: str, *, interrupting: bool) -> str:
        help_, begin, task, over = self.name("help"), self.name("begin"), self.name("task"), self.name("over")
        first = begin_by(begin, kind, "late", interrupting=interrupting)
        return triggered(help_, first, user(task, "1"), end(over), path(begin, task, over))

    def _caught(self, part: str, kind: str, *, interrupting: bool) -> Block:
        edge, mend, out = self.name("edge"), self.name("mend"), self.name("out")
        self.add(boundary(edge, part, kind, "late", interrupting=interrupting), user(mend, "2"))
        if not interrupting:
            self.add(end(out), path(edge, mend, out))
            return Block(part, part)
        self.add(gateway("exclusive", out), path(part, out), path(edge, mend, out))
        return Block(part, out)

    def called(self, depth: int) -> Block:
        """A process that another one calls, once or for each item."""
        name, called = self.name("call"), self.name("process")
        first, last, inner, content = self._inside(depth)
        self.processes.append(process(called, content, path(first, inner.entry), path(inner.exit, last)))
        marker = self.random.choice(["", each("[x, 2]", item="turn", output="x_all", gives="x"), looped("x < 3", "2")])
        self.add(marked(call(name, called, output("x", "x + 1"), x="x"), marker))
        return Block(name, name)

    def deal(self, depth: int) -> Block:
        """A transaction that may be cancelled; then what it has done is undone."""
        deal, done, undo, which = self.name("deal"), self.name("done"), self.name("undo"), self.name("which")
        no, gone, tell, out = self.name("no"), self.name("gone"), self.name("tell"), self.name("out")
        first, last, inner, content = self._inside(depth)
        content += script(done, "x", "x + 1") + undone_by(done, undo) + handler(user(undo, "6"))
        content += gateway("exclusive", which, default=f"{which}-{last}") + end(no, "cancel")
        content += path(first, done, inner.entry) + path(inner.exit, which, last) + flow(which, no, "x > 3")
        marker = self.random.choice(["", each("[1, 2]", item="turn"), looped("x < 3", "2")])
        self.add(inside(deal, marker, content, tag="transaction"), boundary(gone, deal, "cancel"), user(tell, "1"))
        self.add(gateway("exclusive", out), path(deal, out), path(gone, tell, out))
        return Block(deal, out)

    def stopped(self, depth: int) -> Block:
        """A sub-process of two branches, of which the one that ends first ends the other."""
        part, split, task, stop = self.name("part"), self.name("split"), self.name("task"), self.name("stop")
        first, last, inner, content = self._inside(depth)
        content += gateway("parallel", split) + user(task, "1") + end(stop, "terminate")
        content += path(first, split, inner.entry) + path(inner.exit, last) + path(split, task, stop)
        self.add(inside(part, content))
        return Block(part, part)

    def guarded(self, depth: int) -> Block:
        """A sub-process in which a time, a signal or a condition starts something else."""
        begin, task, over = self.name("begin"), self.name("task"), self.name("over")
        interrupting = self.random.random() < 0.4
        kind, name, said = self.random.choice(
            [
                ("timer", "", "PT3H" if interrupting else "R2/PT3H"),
                ("signal", "alarm", ""),
                ("conditional", "", "x > 4"),
            ]
        )
        first = begin_by(begin, kind, name, said, interrupting=interrupting)
        return self.part(
            depth, beside=triggered(self.name("help"), first, user(task, "5"), end(over), path(begin, task, over))
        )

    def _inside(self, depth: int) -> tuple[str, str, Block, str]:
        """Return start and end of something inside, the block between them that is still to be joined, and the XML."""
        outside, self.parts = self.parts, []
        inner, first, last = self.block(depth), self.name("in"), self.name("out")
        content = "".join([*self.parts, start(first), end(last)])
        self.parts = outside
        return first, last, inner, content


def eventful_release(random: Random, depth: int = 3) -> Release:
    """Return a release of a random diagram with events that the check lets through."""
    builder = Happenings(random)
    block = builder.sequence(depth)
    builder.add(start(), end(), path("begin", block.entry), path(block.exit, "done"))
    diagram = text(*builder.parts, beside="".join(builder.processes), process="test")
    return compile_release({"walk.bpmn": diagram.encode()}, CATALOGUE)
