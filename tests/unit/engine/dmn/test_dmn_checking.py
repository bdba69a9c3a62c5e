import string
from collections.abc import Mapping

import pytest

from engine.dmn import check_decision, read_decisions
from engine.dmn.findings import TEXTS as FINDINGS
from engine.dmn.notes import NOTES
from engine.dmn.problems import TEXTS
from tests.unit.engine.dmn.models import component, decision, given, item, needs
from tests.unit.engine.dmn.tables import column, definitions, read_one, table
from tests.unit.engine.feel.expressions import ENVIRONMENT

ROW = (["> 1"], ["1"])


def codes(body: str) -> list[tuple[str, str]]:
    """Return element and code of each problem of the decision ``d``."""
    return [(problem.element, problem.code) for problem in check_decision(read_one(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table(ROW), []),
        (table(ROW, policy="OUTPUT ORDER"), []),
        (table(ROW, policy="unik"), [("d", "hit_policy")]),
        (table(ROW, policy="COLLECT", extra='aggregation="AVG"'), [("d", "aggregation")]),
        (table(ROW, policy="FIRST", extra='aggregation="SUM"'), [("d", "aggregation")]),
        (
            table((["-"], ["1", "2"]), outputs=("a", "b"), policy="COLLECT", extra='aggregation="SUM"'),
            [("d", "aggregation_outputs")],
        ),
        (table(), [("d", "no_rules")]),
        (table((["-"], []), outputs=()), [("d", "no_outputs")]),
        (table((["-"], ["1", "2"]), outputs=("a", "a")), [("out_a", "output_names")]),
        (table((["-"], ["1", "2"]), outputs=("a", "")), [("out_", "output_names")]),
        (table((["-", "-"], ["1"])), [("r1", "column_count")]),
        (table((["-"], ["1"]), ([], ["1"]), (["-"], [])), [("r2", "column_count"), ("r3", "column_count")]),
        (table((["> "], ["1"])), [("r1", "cell")]),
        (table((["-"], ["1 +"])), [("r1", "cell")]),
        (table((["-"], [""])), [("r1", "empty_output")]),
        (table(ROW, inputs=("score +",)), [("in_1", "header")]),
        (table(ROW, inputs=("",)), [("in_1", "header")]),
        (table(ROW, outputs=(f"a|{column('defaultOutputEntry', '1 +')}",)), [("out_a", "header")]),
        (table(ROW, outputs=(f"a|{column('outputValues', '(1')}",)), [("out_a", "header")]),
        ('<decision id="d" name="x"/>', [("d", "no_logic")]),
        ('<decision id="d" name="x"><context/></decision>', []),
        (
            '<decision id="d" name="x"><literalExpression><importedValues/></literalExpression></decision>',
            [("d", "unsupported_logic")],
        ),
        (table(ROW, outputs=("a|",)).replace('name="a"', 'name="a" typeRef="tGrade"'), [("out_a", "unknown_type")]),
        (f'<decision id="d" name="x">{column("literalExpression", "1 +")}</decision>', [("d", "expression")]),
        (table(ROW).replace("<rule", '<rule expressionLanguage="python"'), [("d", "language")]),
    ],
)
def test_each_mistake_is_found_at_its_element(body: str, expected: list[tuple[str, str]]) -> None:
    assert codes(body) == expected


def test_a_file_in_another_expression_language_is_found() -> None:
    xml = definitions(table(ROW), attributes='expressionLanguage="http://groovy"')
    feel = definitions(table(ROW), attributes='expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"')

    assert [problem.code for problem in read_decisions(xml)["d"].problems] == ["language"]
    assert read_decisions(feel)["d"].problems == ()


def test_an_expression_that_says_it_is_feel_is_feel_in_a_file_of_another_language() -> None:
    feel = '<literalExpression expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"><text>1</text>'
    body = f'<decision id="d" name="x">{feel}</literalExpression></decision>'
    file = read_decisions(definitions(body, attributes='expressionLanguage="http://groovy"'))["d"]

    assert (file.problems, file.decide({}, ENVIRONMENT).value) == ((), 1)


def test_all_mistakes_are_found_in_one_pass() -> None:
    body = table((["> "], ["1 +"]), (["-"], [""]), policy="x")

    assert codes(body) == [("d", "hit_policy"), ("r1", "cell"), ("r1", "cell"), ("r2", "empty_output")]


def test_a_bad_cell_is_named_by_decision_rule_and_column_with_the_reason() -> None:
    (problem,) = check_decision(read_one(table((['"A'], ["1"]))))

    assert problem.message("id") == (
        "Keputusan 'd', aturan 'r1', kolom 'score', sel `\"A`: Baris 1, kolom 1: "
        "Teks tidak ditutup pada baris yang sama. Tambahkan tanda kutip ganda penutup."
    )
    assert problem.message("en") == (
        "Decision 'd', rule 'r1', column 'score', cell `\"A`: Line 1, column 1: "
        "The string is not closed on its line. Add the closing double quote."
    )
    assert problem.texts == {"id": problem.message("id"), "en": problem.message("en")}


@pytest.mark.parametrize("texts", [TEXTS, NOTES, FINDINGS])
def test_both_languages_name_the_same_facts(texts: Mapping[str, tuple[str, str]]) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"id", "en"}

    assert [code for code, (indonesian, english) in texts.items() if fields(indonesian) != fields(english)] == []
    assert [code for code, (indonesian, english) in texts.items() if indonesian == english] == []


def test_a_type_that_nobody_defined_is_a_mistake_that_does_not_stop_what_is_deployed() -> None:
    grading = read_one(table(ROW).replace('name="grade"', 'name="grade" typeRef="tOld"'))

    assert [problem.code for problem in check_decision(grading)] == ["unknown_type"]
    assert grading.decide({"score": 2}, ENVIRONMENT).value == 1


def test_a_type_that_input_data_has_and_nobody_defined_is_a_mistake_of_what_requires_it() -> None:
    data = given("i1", "tOld")

    assert wrong(data, decision("d", "i1", needs("i1"))) == [("i1", "unknown_type")]


@pytest.mark.parametrize(
    ("types", "found"),
    [
        (item("tUsed", column("allowedValues", "((")), "type_limit"),
        (item("tUsed", column("typeConstraint", "1 +"), type_ref="number"), "type_limit"),
        (item("tUsed", component("a", "tNowhere")), "unknown_type"),
        (item("tUsed", type_ref="tNowhere", attributes='isCollection="true"'), "unknown_type"),
        (item("tUsed", component("a", "tInner")) + item("tInner", column("allowedValues", "((")), "type_limit"),
        (item("tUsed", '<functionItem outputTypeRef="tNowhere"/>'), "unknown_type"),
    ],
)
def test_what_is_wrong_with_a_type_is_said_with_the_decision_that_uses_it(types: str, found: str) -> None:
    assert wrong(types, decision("d", "null", type_ref="tUsed")) == [("d", found)]
    assert wrong(types, decision("d", "null")) == []


def test_a_limit_of_a_type_that_cannot_be_read_does_not_stop_what_is_deployed() -> None:
    kind = item("tUsed", column("allowedValues", "(("))
    deployed = read_decisions(definitions(kind + decision("d", "5", type_ref="tUsed")))["d"]

    assert deployed.decide({}, ENVIRONMENT).value == 5


def test_a_type_that_holds_itself_is_no_mistake() -> None:
    tree = item("tTree", component("name", "string"), component("children", "tTree", 'isCollection="true"'))

    assert wrong(tree, decision("d", "null", type_ref="tTree")) == []


def required(tag: str, leads_to: str, kind: str = "information") -> str:
    """What a decision says that it builds on."""
    return f'<{kind}Requirement id="need"><{tag} href="{leads_to}"/></{kind}Requirement>'


def literal(name: str, *inner: str) -> str:
    return f'<decision id="{name}" name="{name}">{"".join(inner)}{column("literalExpression", "p + 1")}</decision>'


def wrong(*parts: str) -> list[tuple[str, str]]:
    decisions = read_decisions(definitions("".join(parts)))
    return [(problem.element, problem.code) for one in decisions.values() for problem in check_decision(one)]


def test_a_circle_of_requirements_is_refused_at_each_of_its_decisions() -> None:
    both = (literal("q", required("requiredDecision", "#p")), literal("p", required("requiredDecision", "#q")))

    assert wrong(*both) == [("q", "circle"), ("p", "circle")]


@pytest.mark.parametrize("leads_to", ["#gone", "other.dmn#p", ""])
def test_a_requirement_that_leads_nowhere_is_refused(leads_to: str) -> None:
    assert wrong(literal("q", required("requiredDecision", leads_to)), literal("p")) == [("q", "required_nowhere")]


def test_what_is_wrong_with_knowledge_is_said_with_the_decision_that_calls_it() -> None:
    model = '<businessKnowledgeModel id="k" name="Rumus"/>'

    found = wrong(model, literal("q", required("requiredKnowledge", "#k", "knowledge")))

    assert found == [("k", "no_logic")]


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_knowledge_in_another_language_is_refused(kind: str) -> None:
    logic = f'<encapsulatedLogic kind="{kind}">{column("literalExpression", "1")}</encapsulatedLogic>'
    model = f'<businessKnowledgeModel id="k" name="Rumus">{logic}</businessKnowledgeModel>'

    found = wrong(model, literal("q", required("requiredKnowledge", "#k", "knowledge")))

    assert found == [("k", "unsupported_logic")]


def test_input_data_and_authorities_may_be_required() -> None:
    beside = '<inputData id="i" name="p"/><knowledgeSource id="law" name="PP 30/2019"/>'
    needs = required("requiredInput", "#i"), required("requiredAuthority", "#law", "authority")

    assert wrong(beside, literal("q", *needs)) == []


def test_a_requirement_that_leads_nowhere_is_named_with_what_to_do_instead() -> None:
    xml = definitions(literal("q", required("requiredDecision", "#gone")))

    (problem,) = check_decision(read_decisions(xml)["q"])

    assert all("'gone'" in text and "inputData" in text for text in problem.texts.values())
