"""Acting heads on their page, and an administrator's role on his."""

from sqlalchemy import insert, select

from processes.people.records import role_grant, unit_head
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

ACTING, ROLES = "/pegawai/penjabat", "/admin/peran"
HEAD = 4711


def appoint_acting(quarter: Quarter) -> None:
    """Let the tour's appraiser head his unit as Plt."""
    person = quarter.people["appraiser"]
    own = {"id": HEAD, "tenant": CITY, "unit_id": quarter.unit_of(person), "employee_id": person, "kind": "plt"}
    with quarter.alur.database.writing() as connection:
        connection.execute(insert(unit_head).values(**own, valid_from=OPENS))


def test_the_units_officer_ends_an_acting_appointment_once(quarter: Quarter) -> None:
    appoint_acting(quarter)
    browser = quarter.browser("unit_hr")
    assert "sejak 1 Oktober 2026" in browser.get(ACTING).text

    browser.post(f"{ACTING}/{HEAD}/akhiri", {})

    page = browser.get(ACTING)
    assert "Hari ini hari terakhirnya." in page.text
    assert not page.tree.xpath("//form[contains(@action, '/akhiri')]")
    browser.post(f"{ACTING}/{HEAD}/akhiri", {})
    assert "Jabatan ini berakhir hari ini" in browser.get(ACTING).text


def test_the_administrator_sees_who_acts_and_ends_nothing(quarter: Quarter) -> None:
    appoint_acting(quarter)

    page = quarter.browser("admin").get(ACTING)

    assert page.status == 200
    assert not page.tree.xpath("//form[contains(@action, '/akhiri')]")


def test_an_administrator_who_would_end_his_own_role_is_told_what_to_do(quarter: Quarter) -> None:
    own = select(role_grant.c.id).where(role_grant.c.employee_id == quarter.people["admin"])
    with quarter.alur.database.reading() as read:
        grant = read.execute(own).scalar_one()
    browser = quarter.browser("admin")
    assert not browser.get(ROLES).tree.xpath(f"//form[contains(@action, '/{grant}/akhiri')]")

    browser.post(f"{ROLES}/{grant}/akhiri", {})

    page = browser.get(ROLES)
    assert page.status == 200
    assert "Kota selalu memerlukan admin yang aktif" in page.text
