"""How a case decided, in states that the appraisal never shows: remarks, a formula, a failure, a missing step."""

from decimal import Decimal

from sqlalchemy import delete

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from engine.records.history import journal
from tests.browser.beforehand import CITY
from tests.browser.installation import Office
from tests.browser.walk import Walk
from tests.unit.engine.decided import decides
from tests.unit.engine.diagrams import end, path, start, text
from tests.unit.engine.dmn.models import decision, file
from tests.unit.engine.dmn.tables import table

PROCESS = "allowance"
VALUES = {"nilai": Decimal("87.5"), "hadir": Decimal(19), "cuti": None, "golongan": "III/d"}
RULES = (
    (["> 90", "-", "-", '"IV/a", "IV/b"'], ['"Penuh"', "1.00"], "Pasal 5 ayat (1)"),
    (["[76..90]", ">= 18", "null", "-"], ['"Penuh"', "0.95"], "Pasal 5 ayat (2)"),
    (["-", "-", "-", "-"], ['"Tidak diberikan"', "0"], "Pasal 6"),
)


def see_decisions(walk: Walk) -> None:
    """Look at the decisions of a case of another process, whole and with a step missing."""
    office = walk.staff.office
    case_id = _decided(office)
    page = walk.go("verifier", f"/kasus/{case_id}/keputusan", "keputusan, proses lain")
    page.locator("main details > summary").first.click()
    walk.seen("keputusan, mengapa tidak", page)
    with office.alur.database.writing() as connection:
        connection.execute(delete(journal).where(journal.c.case_id == case_id))
    walk.go("verifier", f"/kasus/{case_id}/keputusan", "keputusan, riwayat berlubang")


def _decided(office: Office) -> int:
    """Return a case that has decided by a table and by a formula, and is stuck at rules that contradict."""
    parts = start(), decides("share"), decides("formula", ref="f"), decides("clash", ref="c"), end()
    drawn = text(*parts, path("begin", "share", "formula", "clash", "done"), process=PROCESS)
    contents = {f"{PROCESS}.bpmn": drawn.encode(), "rules.dmn": file(_share() + _formula() + _clash())}
    engine, system = office.alur.engine, system_actor(CITY)
    engine.run(DeployRelease(contents, Catalogue(frozenset(), frozenset())), system)
    new = NewCase("1", 1, "Tambahan penghasilan Oktober", VALUES)
    case_id: int = engine.run(StartCases(PROCESS, (new,)), system).value[0]
    return case_id


def _share() -> str:
    body = table(
        *((tests, results) for tests, results, _ in RULES),
        inputs=("nilai", "hadir", "cuti", "golongan"),
        outputs=("putusan", "bagian"),
        policy="FIRST",
    ).replace("<rule ", '<annotation name="Dasar"/><rule ', 1)
    for _, _, said in RULES:
        body = body.replace("</rule>", f"<annotationEntry><text>{said}</text></annotationEntry></end>", 1)
    return body.replace("</end>", "</rule>").replace('name="Nilai"', 'name="Bagian tambahan penghasilan"')


def _formula() -> str:
    return decision("f", "nilai * 0.4 + hadir * 0.6")


def _clash() -> str:
    both = table((["> 80"], ['"A"']), (["< 90"], ['"B"']), inputs=("nilai",))
    return both.replace('id="d" name="Nilai"', 'id="c" name="Golongan nilai"')
