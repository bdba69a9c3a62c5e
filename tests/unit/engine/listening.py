"""Diagrams that listen and tell, for tests of what cases hear of each other."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

from sqlalchemy import func, select

from engine.records.outbox import delivery, outbox
from tests.unit.engine.bpmn.drawings import DEFINED, event
from tests.unit.engine.diagrams import catch, end, path, start, text, throw, user
from tests.unit.engine.world import World

ANN, BOB = 11, 12


def deploy(world: World, folder: Path, process: str, *parts: str) -> None:
    """Deploy a diagram that knows the signal `alarm`, the message `news`, errors and an escalation."""
    target = folder / f"{process}.bpmn"
    target.write_text(text(*parts, process=process).replace("<bpmn:process ", f"{DEFINED}<bpmn:process ", 1))
    world.deploy(target)


def signal(tag: str, name: str, payload: str = "", result: str = "", **attributes: str) -> str:
    """An event that throws or catches `alarm`."""
    said = "".join(
        f" {key}={quoteattr(value)}" for key, value in {"payload": payload, "result": result}.items() if value
    )
    extension = f"<bpmn:extensionElements><alur:signal{said} /></bpmn:extensionElements>" if said else ""
    return event(tag, name, "signal", **attributes).replace("><bpmn:signal", f">{extension}<bpmn:signal", 1)


def hears_again(name: str, host: str, result: str = "heard") -> str:
    """An event at a task that hears `news` about the topic again and again."""
    extension = f'<bpmn:extensionElements><alur:message key="topic" result="{result}" /></bpmn:extensionElements>'
    definition = '<bpmn:messageEventDefinition messageRef="message_news" />'
    return (
        f'<bpmn:boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="false">'
        f"{extension}{definition}</bpmn:boundaryEvent>"
    )


def deploy_reader(world: World, folder: Path) -> None:
    """Ann writes; each time there is news about her topic Bob gets something to read."""
    listening = user("write", "11"), hears_again("news", "write"), user("read", "12")
    deploy(
        world,
        folder,
        "reader",
        start(),
        *listening,
        end(),
        path("begin", "write", "done"),
        path("news", "read", "done"),
    )


def deploy_waiter(world: World, folder: Path) -> None:
    """A case that waits for the alarm, and then asks Ann."""
    waits = signal("intermediateCatchEvent", "hear", result="heard")
    deploy(world, folder, "waiter", start(), waits, user("flee", "11"), end(), path("begin", "hear", "flee", "done"))


def deploy_alarm(world: World, folder: Path) -> None:
    """A case that raises the alarm."""
    rings = signal("intermediateThrowEvent", "ring", payload='{where: "hall"}')
    deploy(world, folder, "siren", start(), rings, end(), path("begin", "ring", "done"))


def deploy_speaker(world: World, folder: Path, payload: str = "{what: text}") -> None:
    """A case that tells the news about its topic."""
    says = throw("say", "topic", payload)
    deploy(world, folder, "speaker", start(), says, end(), path("begin", "say", "done"))


def deploy_listener(world: World, folder: Path) -> None:
    """A case that waits for news about its topic, and then asks Ann."""
    hears = catch("hear", "topic", "heard")
    deploy(world, folder, "listener", start(), hears, user("read", "11"), end(), path("begin", "hear", "read", "done"))


def undelivered(world: World) -> tuple[int, int]:
    """Return how much waits in the outbox, and how many are still to be told."""
    with world.engine.database.reading() as read:
        counts = (select(func.count()).select_from(table).scalar_subquery() for table in (outbox, delivery))
        row = read.execute(select(*counts)).one()
    return row[0], row[1]
