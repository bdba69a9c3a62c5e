"""The diagram editor: its page, the choices of its fields, its reading of expressions, and what two draw at once."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.vocabulary import ALUR, EXTENSIONS, FLOW_NODES, PARAMETERS
from engine.calendar import WEEKS
from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from engine.commands.invite_to_design import InviteToDesign
from engine.designs.finding import Design, find_design
from engine.feel.functions import BUILTINS
from engine.policy.actor import system_actor
from engine.records.design import DesignStatus
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, TEACHER, Person
from webapp.studio.model.catalogue import Known, catalogue_of
from webapp.studio.model.conflicts import collide
from webapp.studio.model.function_words import FUNCTION_WORDS
from webapp.studio.model.roles import ROLE_WORDS
from webapp.wiring import Alur
from webapp.wiring.parts import collect_parts, shipped_releases

SignIn = Callable[[Person], Browser]
FRONTEND = Path(__file__).parents[2] / "webapp" / "frontend"
MODEL = FRONTEND / "js" / "studio" / "model"
PROCESS = "training_evaluation"
DIAGRAM = f"{PROCESS}.bpmn"


@pytest.fixture
def design(alur: Alur) -> int:
    """A design of the evaluation after training, begun by the process owner of the town."""
    alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
    number = alur.engine.run(BeginDesign(shipped_releases()[PROCESS]), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


@pytest.fixture
def owner(design: int, signed_in: SignIn) -> Browser:
    """The process owner, signed in."""
    return signed_in(ADMIN)


def address(design: int, rest: str = "") -> str:
    return f"/studio/rancangan/{design}{rest}"


def send(browser: Browser, path: str, sent: object) -> TestResponse:
    """Send JSON with the token of the last page, as the editor does."""
    browser.get("/bantuan")
    headers = {"X-CSRFToken": browser.token, "X-Requested-With": "fetch"}
    return browser.client.post(f"/{browser.city}{path}", json=sent, headers=headers)


@pytest.fixture(scope="module")
def choices() -> Mapping[str, Any]:
    """What the diagram of the evaluation may name, with the processes that Alur ships as those in force."""
    shipped = shipped_releases()
    parts = collect_parts()
    outlines = [read_outline(read_xml(files[f"{name}.bpmn"], name), name)[0] for name, files in shipped.items()]
    roles = {role: str(words) for role, words in ROLE_WORDS.items()}
    known = Known(parts.catalogue, parts.services, roles, tuple(found for found in outlines if found is not None))
    return catalogue_of(shipped[PROCESS], known, "id", "/studio/rancangan/7")


def config(page: str) -> Mapping[str, Any]:
    """Return what the page tells the editor."""
    found = re.search(r'id="studio-config"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read: Mapping[str, Any] = json.loads(found[1])
    return read


def drawn(alur: Alur, design: int) -> str:
    with alur.database.reading() as read:
        return find_design(read, CITY, design).files[DIAGRAM].decode()


def test_the_page_leads_to_the_outline_and_tells_the_editor_where_everything_is(
    alur: Alur, owner: Browser, design: int
) -> None:
    owner.get(address(design))

    assert "Buka daftar langkah" in owner.text
    told = config(owner.page)
    assert told["file"] == DIAGRAM and not told["isReadOnly"]
    assert owner.client.get(told["fileUrl"]).status_code == 200
    answer = owner.client.get(told["catalogueUrl"]).json
    assert answer is not None and {item["name"] for item in answer["services"]} == alur.catalogue.services
    assert "training_completed" in {item["name"] for item in answer["messages"]}
    assert [item["name"] for item in answer["calendars"]] == list(WEEKS)


def test_a_design_that_was_put_away_can_only_be_looked_at(alur: Alur, owner: Browser, design: int) -> None:
    alur.engine.run(DiscardDesign(design), system_actor(CITY))

    owner.get(address(design))

    assert config(owner.page)["isReadOnly"]
    assert "tidak dapat Anda ubah" in owner.text and "Sisipkan pola" not in owner.text


def test_nobody_else_sees_a_design_or_its_choices_or_has_expressions_read(signed_in: SignIn, design: int) -> None:
    teacher = signed_in(TEACHER)

    assert [teacher.get(address(design, rest)).status_code for rest in ("", "/katalog")] == [404, 404]
    assert send(teacher, "/studio/feel", {"expression": "1"}).status_code == 404


def test_an_expression_is_read_by_the_engines_own_parser(owner: Browser) -> None:
    good = send(owner, "/studio/feel", {"expression": "count(answers) > 2"})
    bad = send(owner, "/studio/feel", {"expression": "count(answers"})

    assert good.json == {"ok": True, "text": "", "place": None}
    assert bad.json is not None and bad.json["place"] == {"line": 1, "column": 6}
    assert "belum ditutup" in bad.json["text"]


def test_what_is_no_expression_and_no_collision_is_refused(owner: Browser, design: int) -> None:
    expressions: tuple[object, ...] = (None, [], {}, {"expression": 1}, {"expression": "1+" * 20_000})
    collisions: tuple[object, ...] = (None, {"file": DIAGRAM}, {"file": DIAGRAM, "base": 1, "mine": ""})
    elsewhere = {"file": "other.bpmn", "base": "", "mine": ""}

    assert [send(owner, "/studio/feel", sent).status_code for sent in expressions] == [400] * 5
    assert [send(owner, address(design, "/benturan"), sent).status_code for sent in collisions] == [400] * 3
    assert send(owner, address(design, "/benturan"), elsewhere).status_code == 404


def test_two_peoples_changes_are_told_and_joined(alur: Alur, owner: Browser, design: int) -> None:
    kept = drawn(alur, design)
    base = kept.replace('name="Tentukan penilai"', 'name="Cari penilai"')
    mine = base.replace('name="Ringkas jawaban"', 'name="Hitung jawaban"')
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions>&a;</definitions>'

    found = send(owner, address(design, "/benturan"), {"file": DIAGRAM, "base": base, "mine": mine}).json
    hostile = send(owner, address(design, "/benturan"), {"file": DIAGRAM, "base": bomb, "mine": bomb}).json

    assert found is not None and found["theirs"] == kept
    assert len(found["changes"]) == 1 and "Tentukan penilai" in found["changes"][0]
    assert 'name="Tentukan penilai"' in found["both"] and 'name="Hitung jawaban"' in found["both"]
    assert found["disputed"] == []
    assert hostile is not None and hostile["both"] is None


def test_whoever_may_only_look_is_told_no_collisions(alur: Alur, design: int, signed_in: SignIn) -> None:
    alur.engine.run(InviteToDesign(design, TEACHER.id), system_actor(CITY))
    teacher = signed_in(TEACHER)
    sent = {"file": DIAGRAM, "base": (kept := drawn(alur, design)), "mine": kept}

    assert teacher.get(address(design)).status_code == 200
    assert send(teacher, address(design, "/benturan"), sent).status_code == 403


def test_where_both_changed_the_same_mine_stands_and_it_is_said() -> None:
    kept = shipped_releases()[PROCESS][DIAGRAM]
    base, mine = (kept.replace(b"Tentukan penilai", name) for name in (b"Cari penilai", b"Pilih penilai"))

    found = collide(opened({DIAGRAM: kept}), DIAGRAM, base, mine, "id")

    assert found.both is not None and b"Pilih penilai" in found.both
    assert len(found.disputed) == 1


def opened(files: Mapping[str, bytes]) -> Design:
    at = datetime(2026, 10, 5, tzinfo=UTC)
    return Design(7, CITY, PROCESS, DesignStatus.OPEN, None, None, 1, at, None, at, None, files)


def test_the_choices_are_what_is_installed(choices: Mapping[str, Any]) -> None:
    forms = {item["key"]: item for item in choices["forms"]}

    assert forms["training_behaviour"]["url"] == "/studio/rancangan/7/formulir/training_behaviour"
    assert "url" not in forms["training.impact"]
    assert [item["name"] for item in choices["roles"] if item["ofUnit"]] == [Role.UNIT_HR_OFFICER]
    assert [(item["ref"], item["inputs"]) for item in choices["decisions"]] == [("training_applied", ["behaviour"])]
    assert [item["id"] for item in choices["processes"]] == [PROCESS]


def test_variables_are_what_steps_keep_what_forms_ask_and_what_expressions_name(choices: Mapping[str, Any]) -> None:
    found = {item["name"]: item["text"] for item in choices["variables"]}

    assert found["evaluators"] == "Tentukan penilai"
    assert found["answer.rating"].startswith("Seberapa sering")
    assert {"one", "answers", "training"} <= found.keys()


def test_every_role_and_function_has_words(choices: Mapping[str, Any]) -> None:
    assert ROLE_WORDS.keys() == set(Role)
    assert FUNCTION_WORDS.keys() == {*BUILTINS, "is defined"}
    assert all(item["text"] and item["form"].startswith(item["name"]) for item in choices["functions"])


def test_a_service_has_the_words_of_a_step_that_calls_it_and_the_inputs_that_any_step_gives(
    choices: Mapping[str, Any],
) -> None:
    services = {item["name"]: item for item in choices["services"]}

    assert services["training.gather_impact"]["label"] == "Ambil angka unit (training.gather_impact)"
    assert services["training.gather_impact"]["text"].startswith("Return the figures by which the course is measured")
    assert [item["name"] for item in services["incentive.remind"]["parameters"]] == ["step"]


def test_what_cannot_be_read_yet_leaves_the_other_choices(choices: Mapping[str, Any]) -> None:
    known = Known(collect_parts().catalogue, {}, {}, ())

    found = catalogue_of({DIAGRAM: b"<half"}, known, "id", "")

    assert found["variables"] == [] and found["processes"] == []
    assert len(found["services"]) == len(choices["services"])


def test_the_editor_knows_every_word_of_the_engine() -> None:
    words = json.loads((MODEL / "alur.json").read_text())
    known = {
        item["name"].lower(): {part["name"] for part in item["properties"] if part.get("isAttr")}
        for item in words["types"]
    }

    assert words["uri"] == ALUR
    assert known == {name: set(word.attributes) for name, word in {**EXTENSIONS, **PARAMETERS}.items()}


def test_the_menus_offer_what_the_engine_executes() -> None:
    entries = popup_entries()
    listed = re.search(r"const GROUPS = \{(.*?)\n\};", (MODEL / "kinds.js").read_text(), re.DOTALL)
    assert listed is not None
    offered = [name for name in re.findall(r'"([a-z-]+)"', listed[1]) if name in entries]

    kinds = {entries[name][0].lower() + entries[name][1:] for name in offered}
    assert kinds <= FLOW_NODES.keys()
    assert FLOW_NODES.keys() - kinds == {"boundaryEvent"}  # comes by dropping an event on the edge of a step


def popup_entries() -> dict[str, str]:
    """Return the type of each entry that bpmn.io's menus know."""
    source = (BPMN_JS / "features" / "popup-menu" / "PopupEntries.js").read_text()
    return dict(re.findall(r"'([a-z-]+)': \{\s+label:[^{]*target: \{\s+type: 'bpmn:(\w+)'", source))


BPMN_JS = FRONTEND / "node_modules" / "bpmn-js" / "lib"
DIAGRAM_JS = FRONTEND / "node_modules" / "diagram-js" / "lib"
MINIMAP = FRONTEND / "node_modules" / "diagram-js-minimap" / "dist" / "index.esm.js"
#: Texts of bpmn.io that nobody sees, each with the reason.
NEVER_SHOWN = {
    "HELLO {you}": "an example in a comment",
    "Create task": "the palette offers kinds of tasks instead",
    "Create data store reference": "data stores are refused, and not in the palette",
    "Create intermediate/boundary event": "the palette offers events with a trigger instead",
    "Append task": "the pad offers a person's task instead",
    "Append intermediate/boundary event": "the menu offers events with a trigger instead",
    "Append compensation activity": "the pad offers a service instead",
    "Participant multiplicity": "is taken out of the menu",
    "Conditional flow": "the panel sets conditions",
    "Task": "refused, and taken out of the menus",
    "Ad-hoc sub-process": "refused, and taken out of the menus",
    "Ad-hoc sub-process (collapsed)": "refused, and taken out of the menus",
    "Ad-hoc sub-process (expanded)": "refused, and taken out of the menus",
    "Complex gateway": "refused, and taken out of the menus",
    "Data store reference": "refused, and taken out of the menus",
    "Data object reference": "only what a data store could become",
    "Intermediate throw event": "waits for nothing and sends nothing: taken out of the menus",
    "Boundary event": "without a trigger in no menu",
    "Event based instantiating Gateway": "commented out by bpmn.io",
    "Parallel Event based instantiating Gateway": "commented out by bpmn.io",
}


def translated() -> set[str]:
    """Return every text that the modules we load may translate."""
    sources = [path.read_text() for folder in (BPMN_JS, DIAGRAM_JS) for path in folder.rglob("*.js")]
    found = {
        text for source in [*sources, MINIMAP.read_text()] for text in re.findall(r"\btranslate\('([^']+)'", source)
    }
    # Labels of menus and messages are translated where they are shown, by a name.
    for path in (*BPMN_JS.rglob("ReplaceOptions.js"), *BPMN_JS.rglob("PopupEntries.js")):
        found |= set(re.findall(r"label(?:: | = )'([^']+)'", path.read_text()))
    feedback = (BPMN_JS / "features" / "modeling-feedback" / "ModelingFeedback.js").read_text()
    found |= set(re.findall(r"_ERR_MSG = '([^']+)'", feedback))
    found |= {f"Align elements {side}" for side in ("left", "center", "right", "top", "middle", "bottom")}
    return {text for text in found if re.match(r"\w", text) and text != "Align elements "}


def test_every_text_of_the_drawing_board_is_indonesian() -> None:
    source = (MODEL / "indonesian.js").read_text()
    known = set(re.findall(r'^  "?([^":]+(?: [^":]+)*)"?: "', source, re.MULTILINE))

    assert translated() - known - NEVER_SHOWN.keys() == set()
    assert NEVER_SHOWN.keys() - translated() == set()
