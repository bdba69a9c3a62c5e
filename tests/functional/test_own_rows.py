"""Importing over the web as somebody whom the file is about."""

from processes.people.queries import find_employee
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.test_people import upload

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)


def test_the_verifier_cannot_name_his_own_appraiser_by_a_file(quarter: Quarter) -> None:
    with quarter.alur.database.reading() as read:
        own, chosen = (find_employee(read, CITY, quarter.people[who]).nip for who in ("verifier", "unit_hr"))

    page = upload(quarter, f"NIP;NIP Penilai;Mulai\n{own};{chosen};2026-10-01\n".encode(), kind="lines")

    row = " ".join(page.tree.xpath("string(//table//tbody/tr)").split())
    assert row.startswith("Baris 2")
    assert "Baris ini mengubah data Anda sendiri." in row
    assert own not in page.text
