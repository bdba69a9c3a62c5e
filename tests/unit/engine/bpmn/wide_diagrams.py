"""Random diagrams of more kinds of blocks than `random_diagrams`, and small changes that may break a diagram."""

from random import Random

from lxml import etree

from engine.bpmn.vocabulary import BPMN
from tests.unit.engine.diagrams import catch, end, flow, gateway, path, start, text, user
from tests.unit.engine.random_diagrams import Block, Builder

_B = f"{{{BPMN}}}"
_ROUNDS = "multiInstanceLoopCharacteristics"


class WideBuilder(Builder):
    """Adds inclusive gateways, splits without a gateway, races of events, and sub-processes that may fail."""

    def block(self, depth: int) -> Block:
        """Return a block of any kind."""
        kinds = [self.ask, self.think, self.hear, self.deadline, self.reminder, self.panel]
        nested = [self.sequence, self.choice, self.fork, self.loop]
        nested += [self.inclusive, self.split, self.race, self.inner, self.risky, self.risky]
        nested += [self.limited, self.rounds, self.watched, self.regret, self.linked, self.cut_short, self.called_off]
        return self.random.choice(nested * 2 + kinds)(depth - 1) if depth > 0 else self.random.choice(kinds)(0)

    def inclusive(self, depth: int) -> Block:
        """One or more of several ways."""
        split, join = self.name("some"), self.name("all")
        self.add(gateway("inclusive", split), gateway("inclusive", join))
        for _ in range(self.random.randint(2, 3)):
            branch = self.block(depth)
            self.add(flow(split, branch.entry, "x > 1"), flow(branch.exit, join))
        return Block(split, join)

    def split(self, depth: int) -> Block:
        """A task with two flows, one of them with a condition."""
        task, join = self.name("task"), self.name("all")
        self.add(user(task, "1"), gateway("inclusive", join))
        for condition in ("x > 1", ""):
            branch = self.block(depth)
            self.add(flow(task, branch.entry, condition), flow(branch.exit, join))
        return Block(task, join)

    def race(self, depth: int) -> Block:
        """The first of two messages."""
        split, merge = self.name("race"), self.name("won")
        self.add(gateway("eventBased", split), gateway("exclusive", merge))
        for _ in range(2):
            event, branch = self.name("event"), self.block(depth)
            self.add(catch(event, f'"{event}"'), path(split, event, branch.entry), flow(branch.exit, merge))
        return Block(split, merge)

    def inner(self, depth: int) -> Block:
        """A sub-process, perhaps of several rounds, perhaps with an event sub-process inside."""
        name, begin, done = self.name("sub"), self.name("in"), self.name("out")
        outside, self.parts = self.parts, []
        block = self.block(depth)
        self.add(start(begin), end(done), path(begin, block.entry), path(block.exit, done))
        if self.random.random() < 0.4:
            self.add(self._event_sub_process())
        rounds = f"<bpmn:{_ROUNDS}><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:{_ROUNDS}>"
        self.add(rounds if self.random.random() < 0.3 else "")
        outside.append(_sub_process(name, self.parts))
        self.parts = outside
        return Block(name, name)

    def _event_sub_process(self) -> str:
        name, begin, done = self.name("on"), self.name("heard"), self.name("out")
        is_calm = self.random.random() < 0.5
        outside, self.parts = self.parts, []
        block = self.block(0)
        first = catch(begin, f'"{begin}"').replace("intermediateCatchEvent", "startEvent")
        self.add(first.replace(" name=", f' isInterrupting="{str(not is_calm).lower()}" name=', 1), end(done))
        self.add(path(begin, block.entry), path(block.exit, done))
        inside, self.parts = _sub_process(name, self.parts), outside
        return inside.replace(" name=", ' triggeredByEvent="true" name=', 1)

    def risky(self, depth: int) -> Block:
        """A sub-process that may end with an error or an escalation, and what is done about it."""
        name, begin, which, done, bad = (self.name(word) for word in ("risk", "in", "which", "out", "bad"))
        kind = self.random.choice(["error", "escalation"])
        outside, self.parts = self.parts, []
        block = self.block(depth)
        self.add(start(begin), end(done), end(bad, f"<bpmn:{kind}EventDefinition />"))
        self.add(gateway("exclusive", which, default=f"{which}-{done}"), path(begin, block.entry))
        self.add(path(block.exit, which, done), flow(which, bad, "x > 1"))
        outside.append(_sub_process(name, self.parts))
        self.parts = outside
        return self._caught(name, kind, is_calm=kind == "escalation" and self.random.random() < 0.5)

    def linked(self, depth: int) -> Block:
        """A block whose way goes on at a link."""
        block, away, back = self.block(depth), self.name("away"), self.name("back")
        link = f'<bpmn:linkEventDefinition name="{away}" />'
        self.add(f'<bpmn:intermediateThrowEvent id="{away}">{link}</bpmn:intermediateThrowEvent>')
        self.add(f'<bpmn:intermediateCatchEvent id="{back}">{link}</bpmn:intermediateCatchEvent>')
        self.add(path(block.exit, away))
        return Block(block.entry, back)

    def cut_short(self, depth: int) -> Block:
        """A sub-process of two ways, one of which ends the other as well."""
        name, begin, split = self.name("cut"), self.name("in"), self.name("split")
        done, over = self.name("out"), self.name("over")
        outside, self.parts = self.parts, []
        one, two = self.block(depth), self.block(depth)
        self.add(start(begin), gateway("parallel", split), end(done), end(over, "<bpmn:terminateEventDefinition />"))
        self.add(path(begin, split, one.entry), path(split, two.entry), path(one.exit, done), path(two.exit, over))
        outside.append(_sub_process(name, self.parts))
        self.parts = outside
        return Block(name, name)

    def called_off(self, depth: int) -> Block:
        """A transaction that may be cancelled, and what is done then."""
        name, begin, which, done, bad = (self.name(word) for word in ("deal", "in", "which", "out", "bad"))
        event, after = self.name("off"), self.name("after")
        outside, self.parts = self.parts, []
        block = self.block(depth)
        self.add(start(begin), end(done), end(bad, "<bpmn:cancelEventDefinition />"))
        self.add(gateway("exclusive", which, default=f"{which}-{done}"), path(begin, block.entry))
        self.add(path(block.exit, which, done), flow(which, bad, "x > 1"))
        outside.append(_sub_process(name, self.parts).replace("subProcess", "transaction", 1)[: -len("subProcess>")])
        outside[-1] += "transaction>"
        self.parts = outside
        inner = "<bpmn:cancelEventDefinition />"
        self.add(f'<bpmn:boundaryEvent id="{event}" attachedToRef="{name}">{inner}</bpmn:boundaryEvent>')
        self.add(gateway("exclusive", after), path(name, after), path(event, after))
        return Block(name, after)

    def _caught(self, name: str, kind: str, *, is_calm: bool) -> Block:
        event, help_ = self.name("caught"), self.block(0)
        cancel = f'cancelActivity="{str(not is_calm).lower()}"'
        inner = f"<bpmn:{kind}EventDefinition />"
        self.add(f'<bpmn:boundaryEvent id="{event}" attachedToRef="{name}" {cancel}>{inner}</bpmn:boundaryEvent>')
        self.add(path(event, help_.entry))
        after = self.name("after")
        if is_calm:
            self.add(end(after), path(help_.exit, after))
            return Block(name, name)
        self.add(gateway("exclusive", after), path(name, after), path(help_.exit, after))
        return Block(name, after)


def _sub_process(name: str, parts: list[str]) -> str:
    return f'<bpmn:subProcess id="{name}" name="{name}">{"".join(parts)}</bpmn:subProcess>'


def wide_diagram(random: Random, depth: int) -> str:
    """Return a random sound diagram."""
    builder = WideBuilder(random)
    block = builder.sequence(depth)
    builder.add(start(), end(), path("begin", block.entry), path(block.exit, "done"))
    return text(*builder.parts)


def changed(diagram: str, random: Random) -> str:
    """Return a diagram with one or two changes.

    A flow dropped or led elsewhere, an end dropped, a gateway turned into another, an event made to interrupt or not,
    or attached elsewhere, an end made to end everything.
    """
    root = etree.fromstring(diagram.encode())
    process = root.find(f"{_B}process")
    assert process is not None
    for _ in range(random.randint(1, 2)):
        changes = [_turn_gateway, _turn_gateway, _turn_gateway, _drop_flow, _drop_end, _move_target, _move_source]
        changes += [_turn_event, _turn_event, _move_event, _turn_end]
        random.choice(changes)(process, random)
    return etree.tostring(root, encoding="unicode")


def _turn_gateway(process: etree._Element, random: Random) -> None:
    gateways = list(process.iter(*(f"{_B}{kind}Gateway" for kind in ("exclusive", "parallel", "inclusive"))))
    if not gateways:
        return
    node, kind = random.choice(gateways), random.choice(["exclusive", "parallel", "inclusive"])
    node.tag = f"{_B}{kind}Gateway"
    if kind == "parallel":
        node.attrib.pop("default", "")
    for way in _flows(process):
        if way.get("sourceRef") == node.get("id"):
            _set_condition(way, is_free=kind != "parallel" and node.get("default") != way.get("id"))


def _set_condition(way: etree._Element, *, is_free: bool) -> None:
    for condition in way.findall(f"{_B}conditionExpression"):
        way.remove(condition)
    if is_free:
        etree.SubElement(way, f"{_B}conditionExpression").text = "x > 1"


def _drop_flow(process: etree._Element, random: Random) -> None:
    _drop(random.choice(_flows(process)))


def _drop_end(process: etree._Element, random: Random) -> None:
    ends = list(process.iter(f"{_B}endEvent"))
    if ends:
        _drop(random.choice(ends))


def _turn_event(process: etree._Element, random: Random) -> None:
    """Let an event interrupt that did not, or the other way round."""
    events = [(node, "cancelActivity") for node in process.iter(f"{_B}boundaryEvent")]
    events += [(node, "isInterrupting") for node in process.iter(f"{_B}startEvent") if node.get("isInterrupting")]
    if events:
        node, attribute = random.choice(events)
        node.set(attribute, "true" if node.get(attribute) == "false" else "false")


def _move_event(process: etree._Element, random: Random) -> None:
    """Attach an event to another activity of its container."""
    events = list(process.iter(f"{_B}boundaryEvent"))
    if events:
        event = random.choice(events)
        around = event.getparent()
        hosts = [] if around is None else [node for node in around if str(node.tag).endswith(("Task", "Process"))]
        event.set("attachedToRef", random.choice(hosts).get("id", "") if hosts else "")


def _turn_end(process: etree._Element, random: Random) -> None:
    """Let an end end everything."""
    ends = [node for node in process.iter(f"{_B}endEvent") if not len(node)]
    if ends:
        etree.SubElement(random.choice(ends), f"{_B}terminateEventDefinition")


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _move_target(process: etree._Element, random: Random) -> None:
    _lead(random.choice(_flows(process)), "targetRef", ("startEvent", "boundaryEvent"), random)


def _move_source(process: etree._Element, random: Random) -> None:
    _lead(random.choice(_flows(process)), "sourceRef", ("endEvent",), random)


def _lead(way: etree._Element, side: str, spared: tuple[str, ...], random: Random) -> None:
    """Lead one side of a flow to another element of the same container."""
    parent = way.getparent()
    assert parent is not None
    others = [node for node in parent if node.tag not in {way.tag, *(f"{_B}{tag}" for tag in spared)}]
    names = [node.get("id", "") for node in others if node.tag != f"{_B}extensionElements"]
    way.set(side, random.choice(names or [way.get(side, "")]))


def _flows(process: etree._Element) -> list[etree._Element]:
    return list(process.iter(f"{_B}sequenceFlow"))
