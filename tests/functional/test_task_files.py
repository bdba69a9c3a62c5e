"""Evidence: kept with its form, refused on its field, and given to those who may see it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from forms.uploads import MEGABYTE
from tests.functional.staff_pages import Staff, open_staff
from tests.functional.staff_steps import PDF, step_at
from tests.processes.city_hall import CITRA, DEWI, EKA


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


def test_evidence_is_kept_and_comes_back_as_a_download(staff: Staff) -> None:
    step = step_at("record_realisation")
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    file = (BytesIO(PDF), "laporan triwulan.pdf")
    assert browser.send(address, browser.get(address), **step.answers, evidence=file).status == 303

    page = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI))
    answer = staff.browser(CITRA).get(page.links("/berkas/")[0])

    assert answer.response.get_data() == PDF
    headers = answer.response.headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_chosen_twice_proves_once_and_keeps_both_its_names(staff: Staff) -> None:
    step = step_at("record_realisation")
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    files = [(BytesIO(PDF), "laporan.pdf"), (BytesIO(PDF), "salinan.pdf")]
    assert browser.send(address, browser.get(address), **step.answers, evidence=files).status == 303

    page = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI))
    answers = [staff.browser(CITRA).get(link) for link in page.links("/berkas/")]

    names = [answer.response.headers["Content-Disposition"].partition("filename=")[2] for answer in answers]
    assert names == ["laporan.pdf", "salinan.pdf"]
    assert [file.filename for file in staff.hall.result(DEWI).evidence] == ["laporan.pdf"]


def test_the_result_page_leads_to_the_evidence(staff: Staff) -> None:
    step = step_at("record_realisation")
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    browser.send(address, browser.get(address), **step.answers, evidence=(BytesIO(PDF), "laporan.pdf"))

    (link,) = browser.get(f"/kasus/{address.split('/')[2]}/hasil").links("/berkas/")

    answer = browser.get(link).response
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].endswith("filename=laporan.pdf")


def test_evidence_is_not_for_people_outside_the_line(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    answers = {**step_at("record_realisation").answers, "evidence": (BytesIO(PDF), "laporan.pdf")}
    browser.send(address, browser.get(address), **answers)
    (link,) = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI)).links("/berkas/")

    assert staff.browser(EKA).get(link).status == 404
    assert staff.browser(DEWI).get(link).status == 200
    assert staff.browser(DEWI).get(link[:-1] + ("0" if link[-1] != "0" else "1")).status == 404


def test_a_file_whose_content_is_not_what_its_name_says_is_refused_on_its_field(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    answers = {**step_at("record_realisation").answers, "evidence": (BytesIO(b"MZ\x90\x00"), "laporan.pdf")}

    answer = browser.send(address, browser.get(address), **answers)

    assert answer.status == 422
    assert "laporan.pdf" in answer.errors["evidence"]
    assert answer.values()["R1__note"] == "Selesai tepat waktu"


def test_a_wrong_number_costs_no_file_and_all_problems_are_told_at_once(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    files = [(BytesIO(PDF), "laporan.pdf"), (BytesIO(b"x"), "virus.exe"), (BytesIO(b"MZ"), "rusak.pdf")]

    answer = browser.send(address, browser.get(address), R1__value="x", evidence=files)

    assert answer.status == 422
    assert "R1__value" in answer.errors
    assert all(name in answer.text for name in ("“virus.exe”", "“rusak.pdf”"))
    assert answer.kept() == ["laporan.pdf"]


def test_a_kept_file_is_handed_in_with_the_corrected_form_unless_its_box_is_cleared(staff: Staff) -> None:
    answers = step_at("record_realisation").answers
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    files = [(BytesIO(PDF), "laporan.pdf"), (BytesIO(PDF + b"%%EOF"), "salah.pdf")]
    page = browser.send(address, browser.get(address), R1__value="x", evidence=files)

    marks = page.tree.xpath("//input[@name='evidence-kept']/@value")
    answer = browser.send(address, page, **{**answers, "evidence-kept": marks[0]})

    assert answer.status == 303
    page = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI))
    assert len(page.links("/berkas/")) == 1
    assert "laporan.pdf" in page.text


def test_a_kept_file_is_good_for_the_person_and_the_task_it_was_kept_for_only(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    page = browser.send(address, browser.get(address), R1__value="x", evidence=(BytesIO(PDF), "laporan.pdf"))
    (mark,) = page.tree.xpath("//input[@name='evidence-kept']/@value")

    other, elsewhere = staff.browser(EKA), staff.task(EKA, "record_realisation", EKA)
    answers = {**step_at("record_realisation").answers, "evidence-kept": mark}
    answer = other.send(elsewhere, other.get(elsewhere), **answers)

    assert answer.status == 422
    assert "Pilih berkas melalui tombol berkas" in answer.errors["evidence"]
    assert answer.kept() == []


def test_as_many_files_as_a_form_asks_for_are_taken_in_the_largest_size(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    sizes = [10 * MEGABYTE - number - len(PDF) for number in range(5)]
    files = [(BytesIO(PDF + b" " * size + PDF[-6:]), f"bukti {size}.pdf") for size in [size - 6 for size in sizes]]

    answer = browser.send(address, browser.get(address), **step_at("record_realisation").answers, evidence=files)

    assert answer.status == 303
    page = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI))
    assert len(page.links("/berkas/")) == 5
