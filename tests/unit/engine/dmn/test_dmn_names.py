import pytest

from tests.unit.engine.dmn.models import ask, component, decision, given, item, needs

TYPE = item("tUnit", component("a-b", "number"), component("head of unit", "string"))
INPUTS = given("ia", "number") + given("ib", "number") + given("iu", "tUnit")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ia-ib", 7),
        ("iu.a-b", 5),
        ("iu.a-b - ib", 4),
        ("[iu][a-b = 5].a-b", [5]),
        ("{ia: 3, ib: 1, r: ia-ib}.r", 2),
    ],
)
def test_the_name_of_a_component_is_read_whole_behind_a_dot_and_in_a_filter_only(text: str, expected: object) -> None:
    body = TYPE.replace("a-b", "ia-ib") if text == "ia-ib" else TYPE
    unit = {"ia-ib" if text == "ia-ib" else "a-b": 5, "head of unit": "Sari"}

    outcome = ask(body + INPUTS + decision("d", text, needs("ia", "ib", "iu")), ia=8, ib=1, iu=unit)

    assert outcome.value == expected
