"""No DMN file takes for ever: what its tables, functions and types cost is paid for, and what is hostile is refused."""

from collections.abc import Iterable

import pytest

from engine.dmn import Model, read_models
from engine.dmn.errors import DmnUnreadable
from engine.dmn.hearing import MOST_NOTES
from engine.dmn.indexing import ColumnIndex
from engine.feel import Budget, Environment, FeelBudgetExceeded
from tests.unit.engine.dmn.models import component, decision, given, item, knowledge, literal, needs, service
from tests.unit.engine.dmn.tables import NAMESPACE
from tests.unit.engine.feel.counting import calls_of
from tests.unit.engine.feel.expressions import CALENDAR, NOW

LITTLE = Environment(NOW, CALENDAR, Budget(steps=5_000))
LOOP = "for n in 1..100 return k(n)"
MANY = range(400)


def file(*parts: str, namespace: str = "n", imports: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return a DMN file."""
    lines = "".join(f'<import name="{name}" namespace="{one}" importType="{NAMESPACE}"/>' for name, one in imports)
    body = "".join(parts)
    return (
        f'<definitions xmlns="{NAMESPACE}" id="f" name="f" namespace="{namespace}">{lines}{body}</definitions>'.encode()
    )


def model(*parts: str) -> Model:
    """Return the model of one file."""
    return Model(read_models([file(*parts)])[0])


def rows(cells: Iterable[str], policy: str = "FIRST", values: str = "") -> str:
    """Return a table of one input and one output."""
    rules = "".join(
        f'<rule id="r{place}"><inputEntry><text>{cell}</text></inputEntry>'
        f'<outputEntry><text>"v{place}"</text></outputEntry></rule>'
        for place, cell in enumerate(cells)
    )
    order = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    read = "<input><inputExpression><text>x</text></inputExpression></input>"
    return f'<decisionTable hitPolicy="{policy}">{read}<output name="o">{order}</output>{rules}</decisionTable>'


@pytest.mark.parametrize(
    "logic",
    [
        rows(f"&lt; -{place}" for place in MANY),
        rows([", ".join(["&lt; -1"] * 2_000)]),
        literal(" + ".join(["x"] * 2_000)),
        "<list>" + literal("x") * 400 + "</list>",
        "<context>"
        + "".join(f'<contextEntry><variable name="e{place}"/>{literal("x")}</contextEntry>' for place in MANY)
        + "</context>",
        '<relation><column name="c"/>' + f"<row>{literal('x')}</row>" * 400 + "</relation>",
    ],
    ids=["table", "cell", "literal", "list", "context", "relation"],
)
def test_a_function_is_as_dear_as_what_it_does_however_often_it_is_called(logic: str) -> None:
    asked = model(decision("d", LOOP, needs("k")), knowledge("k", "x", logic))

    with pytest.raises(FeelBudgetExceeded) as caught:
        asked.decide("d", {}, LITTLE)

    assert caught.value.code == "steps"


@pytest.mark.parametrize("logic", ["x", rows(["-"], "COLLECT").replace('"v0"', "x")], ids=["literal", "table"])
def test_a_long_list_is_paid_for_each_time_a_function_hands_it_on(logic: str) -> None:
    asked = model(
        given("i1"), decision("d", "for n in 1..10 return k(i1)", needs("i1", "k")), knowledge("k", "x", logic)
    )

    with pytest.raises(FeelBudgetExceeded) as caught:
        asked.decide("d", {("", "i1"): [1] * 2_000}, LITTLE)

    assert caught.value.code == "steps"


def test_a_function_that_requires_much_is_dear() -> None:
    others = [f"k{place}" for place in MANY]
    models = [knowledge(name, "x", "x") for name in others]

    with pytest.raises(FeelBudgetExceeded):
        model(decision("d", LOOP, needs("k")), knowledge("k", "x", "x", needs(*others)), *models).decide(
            "d", {}, LITTLE
        )


def test_services_that_call_each_other_twice_at_each_level_are_stopped() -> None:
    levels = [
        decision(f"d{place}", f"s{place + 1}() + s{place + 1}()", needs(f"s{place + 1}"))
        + service(f"s{place}", f"d{place}")
        for place in range(30)
    ]

    with pytest.raises(FeelBudgetExceeded):
        model(*levels, decision("d30", "1"), service("s30", "d30")).decide("d0", {}, LITTLE)


def test_ranking_pays_for_each_value_that_is_compared() -> None:
    values = ", ".join(f'"v{place}"' for place in MANY)

    with pytest.raises(FeelBudgetExceeded):
        model(decision("d", rows(["-"] * 400, "OUTPUT ORDER", values))).decide("d", {}, LITTLE)


def test_of_ten_thousand_rules_that_fail_only_some_reasons_are_kept() -> None:
    outcome = model(decision("d", rows(f"&lt; -{place}" for place in range(2_000)))).decide(
        "d", {}, Environment(NOW, CALENDAR)
    )

    assert outcome.value is None
    assert len(outcome.notes) <= MOST_NOTES


def test_an_index_of_ten_thousand_values_is_made_in_one_pass() -> None:
    index = ColumnIndex([(str(place),) for place in range(10_000)])

    assert index.passing("7") == 1 << 7
    assert calls_of(lambda: ColumnIndex([(str(place),) for place in range(10_000)])) < 60_000


@pytest.mark.parametrize(
    "types",
    [
        item("A", type_ref="B") + item("B", type_ref="A"),
        item("A", type_ref="A"),
        item("A", component("p", "A"), component("q", "A")),
        "".join(
            item(f"T{place}", component("p", f"T{place + 1}"), component("q", f"T{place + 1}")) for place in range(60)
        )
        + item("A", type_ref="T0"),
    ],
    ids=["a circle", "itself", "parts of its own kind", "two parts at each of 60 levels"],
)
def test_types_that_lead_back_or_double_are_read_and_asked(types: str) -> None:
    asked = model(types, decision("d", rows(["-"], "PRIORITY"), type_ref="A"))

    try:
        assert asked.decide("d", {}, LITTLE).value is None
    except FeelBudgetExceeded as error:
        assert error.code in ("nesting", "steps")


def test_a_thousand_types_of_which_each_is_the_next_are_refused() -> None:
    chain = "".join(item(f"T{place}", type_ref=f"T{place + 1}") for place in range(3_000))

    with pytest.raises(DmnUnreadable) as caught:
        model(chain, decision("d", "1", type_ref="T0"))

    assert caught.value.code == "dmn.too_deep"


def test_files_that_import_each_other_in_a_circle_are_read() -> None:
    first = file(decision("d", "1"), namespace="n0", imports=[("p", "n1")])
    second = file(namespace="n1", imports=[("p", "n0"), ("q", "n1")])

    asked = Model(read_models([first, second])[0])

    assert asked.decide("d", {}, LITTLE).value == 1


def test_files_that_import_the_next_under_two_names_do_not_double_their_types_for_ever() -> None:
    def level(place: int) -> bytes:
        names = [(name, f"n{place + 1}") for name in "pq"]
        return file(item(f"T{place}", type_ref="number"), decision("d", "1"), namespace=f"n{place}", imports=names)

    models = read_models([level(place) for place in range(40)])

    assert len(models[0].types.shapes()) <= 10_001
    assert Model(models[0]).decide("d", {}, LITTLE).value == 1


def test_a_thousand_files_of_which_each_imports_the_next_are_refused() -> None:
    files = [file(namespace=f"n{place}", imports=[("p", f"n{place + 1}")]) for place in range(1_200)]

    with pytest.raises(DmnUnreadable) as caught:
        read_models(files)

    assert caught.value.code == "dmn.too_deep"


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE d [<!ENTITY a "b">]><definitions/>',
        b'<!-- a --><?p q?> <!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d><definitions/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d><definitions/>',
        b"<?" * 500_000,
        b"<!--" * 300_000,
        b"<definitions>" + b"<a>" * 5_000,
        b" " * (2 * 1024 * 1024 + 1),
    ],
    ids=["entity", "outside", "UTF-16", "UTF-7", "instructions", "comments", "depth", "size"],
)
def test_a_hostile_file_is_refused(xml: bytes) -> None:
    with pytest.raises(DmnUnreadable):
        read_models([xml])
