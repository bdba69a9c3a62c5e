"""Makes a step one of another kind; what both kinds say is kept."""

from engine.bpmn.vocabulary import EXTENSIONS, GATEWAYS, WORDS
from engine.designs.editing.connecting import drop_choices
from engine.designs.editing.diagram import ACTIVITY_TASKS, A, B, Diagram, children, local, refusal
from engine.designs.editing.saying import drop_extension
from engine.designs.trees import Node


def retype(diagram: Diagram, node: Node, tag: str) -> None:
    """Make a task another kind of task, or a gateway another kind of gateway.

    :raise DiagramRefused: the two kinds have nothing in common.
    """
    families = (ACTIVITY_TASKS, frozenset(GATEWAYS))
    if not any({local(node), tag} <= family for family in families):
        raise refusal(
            node.get("id", ""),
            "jenis ini tidak dapat menggantikan yang ada; sisipkan langkah baru lalu hapus yang lama.",
            "this kind cannot take the place of the other; put in a new step and delete the old one.",
        )
    node.tag = f"{B}{tag}"
    word = WORDS[tag]
    for name in [str(key) for key in node.attrib if key not in word.attributes]:
        del node.attrib[name]
    for child in [one for one in node if str(one.tag).startswith(B) and local(one) not in word.children]:
        node.remove(child)
    for holder in list(children(node, "extensionElements")):
        for part in [one for one in holder if str(one.tag).startswith(A)]:
            known = EXTENSIONS.get(local(part))
            if known is not None and known.on and tag not in known.on:
                drop_extension(part)
    drop_choices(diagram, node)
