"""The pages of talent: one person's box with its follow-ups, and the succession lists of key posts."""

import csv
import re
from io import StringIO
from typing import Any

from sqlalchemy import select

from engine.engine import Engine
from processes.people.follow_ups import talent_follow_up
from processes.people.queries import employee_by_nip
from processes.people.records import Role, post, role_grant
from processes.promotion.succession.records import succession_list
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page
from webapp.demo.places import TOP
from webapp.demo.town import build_town

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.tree.text_content())


def boxed(quarter: Quarter) -> tuple[int, str]:
    """Return somebody who stands in box 8, as the page links him, with the first action that may be chosen."""
    page = quarter.browser("verifier").get("/talenta?kotak=8")
    (address, *_others) = page.tree.xpath("//tbody//th//a[contains(@href, '/talenta/')]/@href")
    person = int(str(address).rsplit("/", 1)[1])
    form = quarter.browser("verifier").get(f"/talenta/{person}")
    (_empty, action, *_more) = form.tree.xpath("//select[@name='action']/option/@value")
    return person, str(action)


def test_a_follow_up_is_chosen_and_brought_to_an_end_with_its_outcome(quarter: Quarter) -> None:
    person, action = boxed(quarter)
    browser, place = quarter.browser("verifier"), f"/talenta/{person}"

    chosen = browser.post(place, {"action": action, "due_on": "2027-03-31", "note": "Rapat talenta"})
    number = only(quarter.alur.engine, talent_follow_up)
    unsaid = browser.post(f"{place}/{number}", {f"t{number}-state": "done"})
    done = browser.post(f"{place}/{number}", {f"t{number}-state": "done", f"t{number}-outcome": "Sudah dipindah"})

    assert (chosen.status, unsaid.status, done.status) == (303, 422, 303)
    assert "Hasil: Sudah dipindah" in words(browser.get(place))


def test_the_person_reads_his_follow_up_on_his_career(quarter: Quarter) -> None:
    row = {"id": 77, "tenant": CITY, "employee_id": quarter.people["employee"], "action": "guidance", "box": 5}
    more = {"due_on": quarter.alur.clock().date(), "state": "planned", "chosen_at": quarter.alur.clock()}
    with quarter.alur.database.writing() as connection:
        connection.execute(talent_follow_up.insert(), {**row, **more})

    career = words(quarter.browser("employee").get("/karier"))
    plan = words(quarter.browser("employee").get("/pengembangan"))

    assert "Bimbingan kinerja" in career
    assert "Bimbingan kinerja" in plan


def test_a_list_is_drawn_approved_and_exported(quarter: Quarter) -> None:
    agency, head = quarter.browser("verifier"), quarter.browser(appointing_authority(quarter))
    place = key_post(quarter)

    drawn = agency.post(f"/suksesi/{place}", {})
    number = only(quarter.alur.engine, succession_list)
    refused = agency.post(f"/suksesi/daftar/{number}", {"decree": "800/12/2026"})
    approved = head.post(f"/suksesi/daftar/{number}", {"decree": "800/12/2026"})

    assert (drawn.status, refused.status, approved.status) == (303, 403, 303)
    assert "800/12/2026" in words(agency.get(f"/suksesi/{place}"))
    found: Any = agency.get(f"/suksesi/daftar/{number}/suksesi.csv")
    rows = list(csv.DictReader(StringIO(found.response.text)))
    assert all(row["keputusan"] == "800/12/2026" for row in rows)
    assert "1 dari" in words(agency.get("/suksesi"))


def appointing_authority(quarter: Quarter) -> int:
    """Let somebody of the secretariat appoint, and return who."""
    with quarter.alur.database.writing() as connection:
        head = employee_by_nip(connection, CITY, build_town(CITY).at(TOP, "chief1").nip)
        assert head is not None, "the secretariat has chiefs"
        role = {"id": 993, "tenant": CITY, "employee_id": head.id, "role": Role.APPOINTING_AUTHORITY.value}
        connection.execute(role_grant.insert(), {**role, "valid_from": OPENS})
    return head.id


def only(engine: Engine, table: Any) -> int:
    """Return the id of the only row."""
    with engine.database.reading() as read:
        return int(read.execute(select(table.c.id).where(table.c.tenant == CITY)).scalar_one())


def key_post(quarter: Quarter) -> int:
    """Return a head's post of the city."""
    with quarter.alur.database.reading() as read:
        found = select(post.c.id).where(post.c.tenant == CITY, post.c.code == "DINSOS.KEPALA")
        return int(read.execute(found).scalar_one())
