"""The kit's test cases as its files write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.tck.values import read_value

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
_LEVELS = ("compliance-level", "non-compliant")
"""How the folders begin that hold the groups of a level."""


@dataclass(frozen=True)
class Expected:
    """What a node of the model is to give; an error shows as null.

    :param namespace: of the imported model that the node stands in; empty for the model itself.
    """

    node: str
    value: object
    is_error: bool
    namespace: str = ""


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
    """A file of test cases, and the model that they are for.

    :param fault: why the file cannot be read; a test case without a name stands for those in it.
    """

    model: Path
    cases: tuple[Case, ...]
    fault: str = ""

    @property
    def others(self) -> tuple[Path, ...]:
        """The models beside and below it, which it may import."""
        return tuple(path for path in sorted(self.model.parent.rglob("*.dmn")) if path != self.model)


def read_kit(folder: Path) -> Iterator[CaseFile]:
    """Yield the test files of a kit, or of a part of it, in the order of their names.

    A whole kit has them in its folder ``TestCases``, beside tools with files of their own.
    """
    whole = folder.resolve() / "TestCases"
    for path in sorted((whole if whole.is_dir() else whole.parent).rglob("*.xml")):
        yield from _read(path)


def _read(path: Path) -> Iterator[CaseFile]:
    """Yield a test file; nothing for a file that is none."""
    content = path.read_bytes()
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        if b"testCases" in content:
            yield CaseFile(path, (Case(_group(path), path.stem, "", "", "", {}, ()),), str(error))
        return
    if etree.QName(root).localname == "testCases":
        cases = (_case(path, element, place) for place, element in enumerate(root.iterfind("{*}testCase"), 1))
        yield CaseFile(_model(path, (root.findtext("{*}modelName") or "").strip()), tuple(cases))


def _model(path: Path, name: str) -> Path:
    """Return the model of a test file: by the name it gives, by its own or its folder's, or the only one there is."""
    found = sorted(path.parent.glob("*.[dD][mM][nN]"))
    names = (name, f"{path.stem.rpartition('-test-')[0]}.dmn", f"{path.parent.name}.dmn")
    for wanted in names[:1] if name else names:
        for model in (path.parent / wanted, *_called(wanted, found)):
            if model.is_file():
                return model
    return found[0] if len(found) == 1 else path.parent / next(filter(None, names))


def _called(name: str, models: Iterable[Path]) -> Iterator[Path]:
    """Yield the models of a name but for upper and lower case: kits are kept on disks that do not tell them apart."""
    return (model for model in models if model.name.lower() == name.lower())


def _group(path: Path) -> str:
    """Return the folder of a test file from its level on."""
    parts = path.parent.parts
    start = next((place for place, part in enumerate(parts) if part.startswith(_LEVELS)), len(parts) - 2)
    return "/".join(parts[start:])


def _case(path: Path, element: etree._Element, place: int) -> Case:
    return Case(
        folder=_group(path),
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
    value = None if wanted is None else read_value(wanted)
    return Expected(node.get("name", ""), value, is_error, node.get("namespace", ""))
