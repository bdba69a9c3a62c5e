"""Who gets which answer: every route, method and kind of person, one line of `matrix.csv` for each thing asked for.

A cell is what the person gets: a status, `sign-in` (led to the sign-in), `steps` (led to the first steps), with `*` if
the records change. Forms are sent with a good token and, unless the line says what they hold, empty: whoever may send
one is then told what is missing (400, 422). The column `elsewhere` holds for every kind of person of another city, each
at his own city's address, asking for the thing of this city; `own`: there is no thing, and each gets what his kind gets
here. A new route needs one line more; a route without a line fails.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine.records.history import audit
from tests.functional.personas_world import ELSEWHERE, HERE, World, open_personas_world
from webapp.auth.records import account

MATRIX = Path(__file__).with_name("matrix.csv")
FIXED = ("method", "rule", "object", "form", "elsewhere", "why")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BEFORE_SIGN_IN = ("anonymous", "newcomer")
#: What stands for the thing in an address that leads to nothing.
NOWHERE: Mapping[str, Any] = {
    **{"sha256": "0" * 64, "token": 31337, "name": "tidak-ada.css"},
    **{"year": 2025, "quarter": 1, "month": 1},
}
MISSING_KEY = 4242
HUGE = 2**70


@dataclass(frozen=True)
class Line:
    """One line of the matrix."""

    method: str
    rule: str
    thing: str
    form: str
    elsewhere: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.method, self.rule, self.thing, self.form)))


def read_matrix() -> list[Line]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Line(
            row["method"],
            row["rule"],
            row["object"],
            row["form"],
            row["elsewhere"],
            {name: cell for name, cell in row.items() if name not in FIXED},
        )
        for row in rows
    ]


LINES = read_matrix()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_personas_world(tmp_path_factory.mktemp("personas")) as opened:
        yield opened


def plain(rule: Rule) -> str:
    """Return a rule without its converters: `/kasus/<case_id>`."""
    return re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"<\1>", rule.rule)


def address(rule: str, parameters: Mapping[str, Any]) -> str:
    return re.sub(r"<(\w+)>", lambda found: str(parameters[found[1]]), rule)


def nothing(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a thing that does not exist, of the same shape."""
    if "case_id" not in parameters and "token" in parameters:
        return {"token": "x" * 43}
    return {name: NOWHERE.get(name, MISSING_KEY) for name in parameters}


def ask(world: World, place: str, persona: str, line: Line, parameters: Mapping[str, Any]) -> TestResponse:
    """Send what a line says as a persona of a place, at that place's address."""
    names = {**world.places[HERE].names, **{f"{line.thing}_{name}": value for name, value in parameters.items()}}
    who = None if persona == "anonymous" else persona
    path = f"/{place}{address(line.rule, parameters)}"
    if line.method == "GET":
        return world.client(place, who).get(path, buffered=True)
    client, token = world.client_at_form(place, who)
    filled = [pair.partition("=") for pair in line.form.format(**names).split("&") if pair]
    form = MultiDict([("csrf_token", token), *((name, value) for name, _, value in filled)])
    return client.open(path, method=line.method, data=form, buffered=True)


def said(response: TestResponse) -> str:
    """Return the answer in the words of the matrix."""
    target = response.headers.get("Location", "")
    if "/masuk" in target and "/keluar" not in response.request.path:
        return "sign-in"
    return "steps" if target.endswith("/langkah-awal") else str(response.status_code)


def count_changes(world: World) -> tuple[int, frozenset[str]]:
    """Return what tells changed records from unchanged ones: the length of the audit trail, and the passwords."""
    version = world.version()
    if version not in world.counted:
        with world.alur.database.reading() as read:
            passwords = read.execute(select(account.c.password).where(account.c.password.is_not(None))).scalars()
            found = read.execute(select(func.count()).select_from(audit)).scalar_one(), frozenset(passwords)
        world.counted = {version: found}  # nobody has written since
    return world.counted[version]


def outcome(world: World, place: str, persona: str, line: Line) -> tuple[str, str]:
    """Return what a persona gets, and the page if nothing is found; ask once, and put the records back."""
    asked = (place, persona, line.name)
    if asked not in world.outcomes:
        version, changes = world.version(), count_changes(world)
        response = ask(world, place, persona, line, world.places[HERE].objects.get(line.thing, {}))
        mark = "*" if count_changes(world) != changes else ""
        world.restore_since(version)
        page = body(response) if response.status_code == 404 else ""
        world.outcomes[asked] = said(response) + mark, page
    return world.outcomes[asked]


def body(response: TestResponse) -> str:
    """Return an answer without what is new in each."""
    text = re.sub(r'nonce="[^"]*"', "", response.text)
    return re.sub(r'(name="(?:csrf[-_]token|key)" (?:content|value)=)"[^"]*"', r"\1", text)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_everybody_gets_the_answer_of_the_matrix(world: World, line: Line) -> None:
    got = {persona: outcome(world, HERE, persona, line)[0] for persona in line.cells}

    assert got == line.cells


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_people_of_another_city_get_nothing_of_this_one(world: World, line: Line) -> None:
    kinds = [persona for persona in line.cells if persona not in BEFORE_SIGN_IN]

    got = {persona: outcome(world, ELSEWHERE, persona, line)[0] for persona in kinds}

    assert got == {persona: line.cells[persona] if line.elsewhere == "own" else line.elsewhere for persona in kinds}


@pytest.mark.parametrize("line", [line for line in LINES if "<" in line.rule], ids=lambda line: line.name)
def test_what_is_hidden_looks_like_what_does_not_exist(world: World, line: Line) -> None:
    version, missing = world.version(), nothing(world.places[HERE].objects.get(line.thing, {}))
    hidden = [(HERE, persona) for persona, cell in line.cells.items() if cell == "404"]
    hidden += [(ELSEWHERE, persona) for persona in line.cells if persona not in BEFORE_SIGN_IN]

    for place, persona in hidden:
        answer, hidden_page = outcome(world, place, persona, line)
        if answer != "404":
            continue
        nowhere = ask(world, place, persona, line, missing)
        assert (nowhere.status_code, body(nowhere)) == (404, hidden_page), (place, persona)
    world.restore_since(version)


@pytest.mark.parametrize(
    "line", [line for line in LINES if "{" in line.form and not line.thing], ids=lambda line: line.name
)
def test_naming_a_thing_of_this_city_is_to_another_city_like_naming_nothing(world: World, line: Line) -> None:
    parameters = world.places[HERE].objects.get(line.thing, {})
    unnamed = replace(line, form=re.sub(r"\{\w+\}", str(MISSING_KEY), line.form))
    version = world.version()

    for persona in ("appraiser", "unit_hr", "verifier", "admin"):
        named, nothing_named = (ask(world, ELSEWHERE, persona, one, parameters) for one in (line, unnamed))
        # The page may name the thing by the number that was sent.
        pages = (re.sub(r"\d{15,}", str(MISSING_KEY), body(named)), body(nothing_named))
        assert (named.status_code, pages[0]) == (nothing_named.status_code, pages[1]), persona
    world.restore_since(version)


@pytest.mark.parametrize(
    "line", [line for line in LINES if "_id>" in line.rule or "person>" in line.rule], ids=lambda line: line.name
)
def test_a_key_that_no_record_can_have_is_not_found(world: World, line: Line) -> None:
    parameters = dict.fromkeys(world.places[HERE].objects[line.thing], HUGE)

    assert {ask(world, HERE, persona, line, parameters).status_code for persona in ("verifier", "admin")} <= {404, 405}


def test_trying_a_step_again_opens_no_case_to_somebody_who_may_not_see_it(world: World) -> None:
    thing = world.places[HERE].objects["stuck"]
    retry = Line("POST", "/kasus/<case_id>/coba-lagi", "stuck", "token={stuck_token}", "", {})
    page, result = (Line("GET", f"/kasus/<case_id>{part}", "stuck", "", "", {}) for part in ("", "/hasil"))

    before = [ask(world, HERE, "admin", line, thing).status_code for line in (page, result)]
    ask(world, HERE, "admin", retry, thing)
    after = [ask(world, HERE, "admin", line, thing).status_code for line in (page, result)]

    world.restore()
    assert before == after == [404, 404]


def test_every_route_has_a_line(world: World) -> None:
    routes = {
        (method, plain(rule))
        for rule in world.app.url_map.iter_rules()
        for method in METHODS
        if method in _methods(rule)
    }

    assert {(line.method, line.rule) for line in LINES} == routes


def test_methods_that_no_route_names_are_refused(world: World) -> None:
    methods: dict[str, set[str]] = {}
    for rule in world.app.url_map.iter_rules():
        methods.setdefault(plain(rule), set()).update(_methods(rule))
    things = {line.rule: world.places[HERE].objects.get(line.thing, {}) for line in LINES}

    addresses = world.app.url_map.bind("localhost")
    for path, known in methods.items():
        for method in set(METHODS) - known:
            if "<" not in path and addresses.test(path, method):
                continue  # of another route as well: "jalankan" might be a kind of import
            response = ask(world, HERE, "verifier", Line(method, path, "", "", "", {}), things[path])
            assert response.status_code == 405, (method, path)


@pytest.mark.parametrize("line", [line for line in LINES if line.method == "POST"], ids=lambda line: line.name)
def test_a_form_without_a_token_changes_nothing(world: World, line: Line) -> None:
    changes, path = count_changes(world), f"/{HERE}{address(line.rule, world.places[HERE].objects.get(line.thing, {}))}"

    answers = {persona: world.client(HERE, persona).post(path).status_code for persona in ("appraiser", "verifier")}

    assert set(answers.values()) == {400}
    assert count_changes(world) == changes


@pytest.mark.parametrize("persona", ["employee", "verifier", "admin"])
def test_a_session_of_one_city_is_none_in_another(world: World, persona: str) -> None:
    client = world.client(ELSEWHERE, persona, at=HERE)

    answers = [client.get(f"/{HERE}{path}") for path in ("/tugas", "/triwulan", "/admin/peran", "/akun")]

    assert {said(answer) for answer in answers} == {"sign-in"}


PAGES = (
    "/tugas",
    "/tugas?antrean=kelompok",
    "/orang-saya",
    "/hasil-saya",
    "/pemberitahuan",
    "/triwulan",
    "/kode",
    "/pegawai",
    "/umpan-balik",
    "/umpan-balik/kiriman",
)
QUARTER_CASES = "/triwulan/2026/3/kasus"


@pytest.mark.parametrize("persona", [name for name in LINES[0].cells if name not in BEFORE_SIGN_IN])
def test_whatever_a_list_shows_can_be_opened(world: World, persona: str) -> None:
    client = world.client(HERE, persona)
    pages = [client.get(f"/{HERE}{path}") for path in (*PAGES, QUARTER_CASES)]
    shown = " ".join(page.text for page in pages if page.status_code == 200)
    links = set(re.findall(rf'href="(/{HERE}/[^"#?]+)"', shown))

    refused = {link for link in links if client.get(link).status_code not in (200, 303)}

    assert links
    assert not refused


def _methods(rule: Rule) -> set[str]:
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}
