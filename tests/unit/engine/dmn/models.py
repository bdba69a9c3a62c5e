"""Builds DMN models with a requirement graph for the tests of this folder."""

from engine.dmn import Model, Outcome, read_models
from tests.unit.engine.dmn.tables import NAMESPACE, column
from tests.unit.engine.feel.expressions import ENVIRONMENT


def needs(*ids: str, of: str = "") -> str:
    """Return requirements by the first letter of the ids: i… is input data, d… a decision, others knowledge.

    :param of: the namespace of another file.
    """
    kinds = {"i": ("information", "requiredInput"), "d": ("information", "requiredDecision")}
    pairs = [(*kinds.get(id_[0], ("knowledge", "requiredKnowledge")), id_) for id_ in ids]
    return "".join(f'<{kind}Requirement><{tag} href="{of}#{id_}"/></{kind}Requirement>' for kind, tag, id_ in pairs)


def literal(text: str, type_ref: str = "") -> str:
    """Return a literal expression."""
    return column("literalExpression", text).replace("<literalExpression", f"<literalExpression{_typed(type_ref)}", 1)


def decision(id_: str, logic: str, requires: str = "", type_ref: str = "") -> str:
    """Return a decision whose name is its id; a logic that is no XML is a literal expression."""
    body = logic if logic.startswith("<") else literal(logic)
    return f'<decision id="{id_}" name="{id_}"><variable name="{id_}"{_typed(type_ref)}/>{requires}{body}</decision>'


def given(id_: str, type_ref: str = "") -> str:
    """Return input data whose name is its id."""
    return f'<inputData id="{id_}" name="{id_}"><variable name="{id_}"{_typed(type_ref)}/></inputData>'


def knowledge(id_: str, parameters: str, logic: str, requires: str = "", type_ref: str = "") -> str:
    """Return a knowledge model; parameters are written ``a, b: number``."""
    body = logic if logic.startswith("<") else literal(logic)
    formal = "".join(_parameter(text) for text in parameters.split(",") if text)
    inner = f"<variable name='{id_}'{_typed(type_ref)}/><encapsulatedLogic>{formal}{body}</encapsulatedLogic>{requires}"
    return f'<businessKnowledgeModel id="{id_}" name="{id_}">{inner}</businessKnowledgeModel>'


def service(id_: str, outputs: str, *, data: str = "", decisions: str = "", type_ref: str = "") -> str:
    """Return a decision service; ids are separated by spaces."""
    leads = [(tag, one) for tag, ids in (("outputDecision", outputs), ("inputDecision", decisions), ("inputData", data))
             for one in ids.split()]  # fmt: skip
    inner = "".join(f'<{tag} href="#{one}"/>' for tag, one in leads)
    return (
        f'<decisionService id="{id_}" name="{id_}"><variable name="{id_}"{_typed(type_ref)}/>{inner}</decisionService>'
    )


def item(name: str, *inner: str, attributes: str = "", type_ref: str = "") -> str:
    """Return an item definition."""
    ref = f"<typeRef>{type_ref}</typeRef>" if type_ref else ""
    return f'<itemDefinition name="{name}" {attributes}>{ref}{"".join(inner)}</itemDefinition>'


def component(name: str, type_ref: str, attributes: str = "") -> str:
    """Return a component of an item definition."""
    return f'<itemComponent name="{name}" {attributes}><typeRef>{type_ref}</typeRef></itemComponent>'


def file(body: str, namespace: str = "urn:own", attributes: str = "") -> bytes:
    """Return a DMN file."""
    head = f'<definitions xmlns="{NAMESPACE}" namespace="{namespace}" name="own" {attributes}>'
    return f"{head}{body}</definitions>".encode()


def model(body: str, *others: bytes) -> Model:
    """Return the model of a file with this content, and of those it may import."""
    return Model(read_models([file(body), *others])[0])


def ask(body: str, name: str = "d", *others: bytes, **inputs: object) -> Outcome:
    """Return what a decision of a file gives for inputs by name."""
    return model(body, *others).decide(name, {("", key): value for key, value in inputs.items()}, ENVIRONMENT)


def _typed(type_ref: str) -> str:
    return f' typeRef="{type_ref}"' if type_ref else ""


def _parameter(text: str) -> str:
    name, _, type_ref = (part.strip() for part in text.partition(":"))
    return f'<formalParameter name="{name}"{_typed(type_ref)}/>'
