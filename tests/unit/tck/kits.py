"""Writes small kits of our own for the tests of the runner."""

from pathlib import Path

from tests.tck.cases import read_kit
from tests.tck.results import Result
from tests.tck.running import run_file

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:own" name="own">
  <inputData id="i" name="a"><variable name="a" typeRef="number"/></inputData>
  <decision id="d" name="twice">
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>a * 2</text></literalExpression>
  </decision>
  <decision id="l" name="rows"><literalExpression><text>[{d: date("2026-01-02"), n: null}]</text></literalExpression>
  </decision>
  <decision id="z" name="empty"><literalExpression><text>{a: [], b: {}}</text></literalExpression></decision>
  <decisionService id="s" name="service"><outputDecision href="#d"/><inputData href="#i"/></decisionService>
  <businessKnowledgeModel id="k" name="plus"><encapsulatedLogic><formalParameter name="x"/>
    <literalExpression><text>x + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
</definitions>"""
HEAD = (
    '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
GROUP = Path("compliance-level-2", "0001-own")


def value(kind: str, text: str) -> str:
    """Return a value of a type of XML Schema."""
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


def number(text: str) -> str:
    """Return a number."""
    return value("decimal", text)


def case(node: str, expected: str, given: str = "", attributes: str = "", result: str = "") -> str:
    """Return a test case; ``given`` is written ``name=number``, ``result`` are more attributes of the result node."""
    name, _, text = given.partition("=")
    inputs = f'<inputNode name="{name}">{number(text)}</inputNode>' if given else ""
    wanted = f'<resultNode name="{node}" {result}><expected>{expected}</expected></resultNode>'
    return f'<testCase id="1" {attributes}>{inputs}{wanted}</testCase>'


def cases(*inner: str, model: str = "own.dmn") -> str:
    """Return a file of test cases; without a model's name, it names none."""
    name = f"<modelName>{model}</modelName>" if model else ""
    return f"{HEAD}{name}{''.join(inner)}</testCases>"


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files into a folder, ``__`` in their names for a dot and ``_`` for a dash, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name.replace("__", ".").replace("_", "-")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def results(folder: Path) -> list[Result]:
    """Return what a kit gives."""
    return [result for file in read_kit(folder) for result in run_file(file)]


def run(folder: Path, *inner: str) -> list[Result]:
    """Return the results of test cases on the model above."""
    write(folder / GROUP, own__dmn=MODEL, own_test_01__xml=cases(*inner))
    return results(folder)
