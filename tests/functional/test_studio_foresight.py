"""Looking ahead at a design: the cases of a quarter run again, and what was never measured is asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.begin_design import BeginDesign
from engine.folding import fold_city
from engine.policy.actor import system_actor
from tests.functional.quarter_world import CITY, Quarter, open_quarter_world
from tests.functional.staff_pages import Page
from webapp.studio.reading import with_scenarios
from webapp.wiring import shipped_releases

PROCESS = "periodic_evaluation"


@pytest.fixture(name="looked", scope="module")
def the_quarter_looked_at(tmp_path_factory: pytest.TempPathFactory, opened_city: Path) -> Iterator[Quarter]:
    """A quarter whose steps are taken in, with a design like the release in force, and one of a new process."""
    with open_quarter_world(tmp_path_factory.mktemp("looked"), opened_city) as quarter:
        quarter.until_recommended(quarter.people["employee"])
        assert fold_city(quarter.alur.engine, CITY)
        yield quarter


def begin(quarter: Quarter, process: str = PROCESS) -> int:
    files = with_scenarios(process, shipped_releases()[process])
    number: int = quarter.alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    return number


def look(quarter: Quarter, design: int, query: str = "", who: str = "owner") -> Page:
    return quarter.browser(who).get(f"/studio/rancangan/{design}/perkiraan{query}")


def filled_in(page: Page, **other: str) -> str:
    """Return the address that the form of a page leads to."""
    fields = page.tree.xpath("//form[input[@name='hitung']]//input[@name]")
    values = {field.get("name"): field.get("value", "") for field in fields} | other
    return "?" + "&".join(f"{name}={value.replace(' ', '+')}" for name, value in values.items())


def sentences(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//section[@aria-labelledby='result-title'])").split())


def test_the_same_design_changes_nothing_and_says_so(looked: Quarter) -> None:
    design = begin(looked)

    done = look(looked, design, filled_in(look(looked, design), masa_ulangan="1"))

    assert done.status == 200
    assert "Tidak ada perbedaan yang jelas" in sentences(done)
    assert "1 ulangan, nomor undian 1" in sentences(done)
    assert "(323)" in done.text
    assert len(done.tree.xpath("//section[@aria-labelledby='steps-title']//tbody/tr")) > 5


def test_what_few_people_did_is_asked_and_not_told(looked: Quarter) -> None:
    page = look(looked, begin(looked))

    assert page.tree.xpath("//input[@name='lama_record_realisation']")  # one person did it
    assert not page.tree.xpath("//input[@name='masa_kasus']")  # that cases began is known
    assert "hitung=1" not in page.text


def test_a_new_process_is_simulated_with_suppositions_alone(looked: Quarter) -> None:
    new = begin(looked, "training_nomination")
    asked = look(looked, new)

    done = look(looked, new, filled_in(asked, masa_ulangan="1", masa_kasus="20", orang_0="1"))

    assert "separuh kasus selesai dalam" in sentences(done)
    assert done.tree.xpath("//section[@aria-labelledby='roles-title']//tbody/tr")
    assert "diperkirakan" in done.text


def test_what_cannot_be_a_number_is_said_at_its_field(looked: Quarter) -> None:
    design = begin(looked)

    page = look(looked, design, filled_in(look(looked, design), masa_ulangan="banyak"))

    assert page.status == 422
    assert page.tree.xpath("//*[@data-error-summary]//a[@href='#masa_ulangan']")


def test_whoever_does_not_own_the_process_is_shown_no_figures(looked: Quarter) -> None:
    design = begin(looked)

    assert look(looked, design, who="verifier").status == 404
