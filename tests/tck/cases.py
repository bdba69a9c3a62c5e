"""The kit's test cases as its files write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.tck.values import read_value

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


@dataclass(frozen=True)
class Expected:
    """What a node of the model is to give; an error shows as null."""

    node: str
    value: object
    is_error: bool


@dataclass(frozen=True)
class Case:
    """One test case.

    :param folder: of the kit, as ``compliance-level-3/0001-filter``.
    :param file: the test file's name without its ending.
    :param kind: ``decision``, ``decisionService`` or ``bkm``.
    :param invocable: the decision service or knowledge model to call, if any.
    :param inputs: by the namespace (empty for the model's own) and name of the input data.
    """

    folder: str
    file: str
    id: str
    kind: str
    invocable: str
    inputs: Mapping[tuple[str, str], object]
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class CaseFile:
    """A file of test cases, and the model that they are for."""

    model: Path
    cases: tuple[Case, ...]

    @property
    def others(self) -> tuple[Path, ...]:
        """The models beside it, which it may import."""
        return tuple(path for path in sorted(self.model.parent.glob("*.dmn")) if path != self.model)


def read_kit(folder: Path) -> Iterator[CaseFile]:
    """Yield the test files of a kit, or of a part of it, in the order of their names."""
    for path in sorted(folder.rglob("*.xml")):
        root = etree.fromstring(path.read_bytes(), _PARSER)
        if etree.QName(root).localname == "testCases":
            yield _case_file(path, root)


def _case_file(path: Path, root: etree._Element) -> CaseFile:
    model = path.parent / (root.findtext("{*}modelName") or f"{path.parent.name}.dmn").strip()
    cases = (_case(path, element, place) for place, element in enumerate(root.iterfind("{*}testCase"), 1))
    return CaseFile(model, tuple(cases))


def _case(path: Path, element: etree._Element, place: int) -> Case:
    return Case(
        folder="/".join(path.parent.parts[-2:]),
        file=path.stem,
        id=element.get("id", str(place)),
        kind=element.get("type", "decision"),
        invocable=element.get("invocableName", ""),
        inputs={
            (node.get("namespace", ""), node.get("name", "")): read_value(node)
            for node in element.iterfind("{*}inputNode")
        },
        expected=tuple(_expected(node) for node in element.iterfind("{*}resultNode")),
    )


def _expected(node: etree._Element) -> Expected:
    wanted = node.find("{*}expected")
    is_error = node.get("errorResult") in ("true", "1")
    return Expected(node.get("name", ""), None if wanted is None else read_value(wanted), is_error)
