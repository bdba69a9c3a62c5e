"""Posts and competencies on a real database: what files bring, and what map, register and gaps make of it."""

from collections.abc import Generator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine.engine import Engine
from engine.errors import Forbidden, Invalid, NotFound
from engine.policy.rules import Policy
from processes.people.careers import competency, competency_level, post_standard
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, ImportRefused
from processes.people.permissions import RULES as PEOPLE_RULES
from processes.people.queries import Unit, all_units
from processes.people.queries.competencies import competency_gaps, history_of
from processes.people.records import Role, post
from processes.promotion.posts.commands.decide_need import DecideNeed
from processes.promotion.posts.commands.record_analysis import RecordAnalysis
from processes.promotion.posts.mapping import MappedPost, read_map, total_of
from processes.promotion.posts.need import AreaFactor, Duty
from processes.promotion.posts.permissions import POST_RULES
from processes.promotion.posts.planning import read_needs
from processes.promotion.posts.register import Register, read_register
from processes.promotion.records import (
    area_factor,
    competency_plan,
    context_figure,
    job_analysis,
    job_duty,
    need_plan,
)
from tests.unit.processes.people.office import (
    CITY,
    GURU,
    KABID,
    KADIS,
    KEPSEK,
    NOW,
    PEOPLE,
    TODAY,
    NoJobs,
    Office,
    Surrounding,
)

CATALOGUE = (
    ("MAN-7", "Mengelola perubahan", "Managing change", "Manajerial"),
    ("TEK-DIK", "Pembelajaran", "Teaching", "Teknis", "Pendidikan"),
)
DUTY = Duty(1, "Mengajar", "jam pelajaran", Decimal(1000), Decimal("2.5"))
COAST = AreaFactor("Wilayah pesisir", Decimal("0.1"), "Sekolah di pulau")


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    office = Office(tmp_path)
    rules = Policy(PEOPLE_RULES, POST_RULES)
    office.engine = Engine(office.database, directory=Surrounding(), policy=rules, jobs=NoJobs(), clock=lambda: NOW)
    office.load_staff()
    yield office
    office.database.dispose()


def post_id(office: Office, code: str) -> int:
    return int(next(row["id"] for row in office.rows(post) if row["code"] == code))


def mapped(office: Office, code: str) -> MappedPost:
    with office.reading() as read:
        found = read_map(read, CITY, TODAY, city=office.engine.directory.city(CITY))
    return next(item for item in found if item.post.code == code)


def register(office: Office, day: date = TODAY) -> Register:
    with office.reading() as read:
        return read_register(read, CITY, day, city=office.engine.directory.city(CITY), units=all_units(read, CITY))


def load_skills(office: Office) -> None:
    office.load("competencies", *CATALOGUE)
    office.load("post-standards", ("GURU", "MAN-7", "2"), ("GURU", "TEK-DIK", "3"), ("KEPSEK", "TEK-DIK", "4"))
    office.load("competency-levels", (GURU, "TEK-DIK", "2", "2025-03-01", "Uji kompetensi"))


def test_the_catalogue_standards_and_levels_of_a_file_are_kept(office: Office) -> None:
    load_skills(office)

    assert {row["code"]: row["field"] for row in office.rows(competency)} == {"MAN-7": None, "TEK-DIK": "education"}
    assert len(office.rows(post_standard)) == 3
    assert [row["level"] for row in office.rows(competency_level)] == [2]


@pytest.mark.parametrize(
    ("kind", "row", "code"),
    [
        ("competencies", ("T-1", "Teknis apa", "", "Teknis"), "required"),
        ("competencies", ("T-1", "Teknis apa", "", "Teknis", "Pelayaran"), "not_choice"),
        ("post-standards", ("GURU", "TEK-9", "2"), "unknown_competency"),
        ("post-standards", ("TIDAK-ADA", "TEK-DIK", "2"), "unknown_post"),
        ("post-standards", ("GURU", "TEK-DIK", "6"), "out_of_range"),
        ("competency-levels", (GURU, "TEK-DIK", "2", "2026-09-29", "Asesmen"), "future_day"),
        ("competency-levels", ("199001012015011999", "TEK-DIK", "2", "2026-09-01", "Asesmen"), "unknown_employee"),
        ("job-duties", ("TIDAK-ADA", "2026", "1", "Mengajar", "jam", "10", "2"), "unknown_post"),
        ("area-factors", ("GURU", "2026", "Pesisir", "101", "Pulau"), "out_of_range"),
        ("approved-needs", ("GURU", "2026", "-1", "800/12"), "out_of_range"),
        (
            "context-figures",
            ("SMP-9", "2026", "Murid", "Permintaan Layanan", "400", "murid", "Dapodik"),
            "unknown_unit",
        ),
        ("need-plan", ("2026", "penyihir", "2026", "3", "ABK"), "unknown_family"),
        ("need-plan", ("2026", "teacher", "2031", "3", "ABK"), "out_of_range"),
    ],
)
def test_a_row_about_posts_that_does_not_fit_is_refused(
    office: Office, kind: str, row: tuple[str, ...], code: str
) -> None:
    load_skills(office)

    assert {problem.code for problem in office.problems(kind, row)} == {code}


def test_nobody_imports_his_own_level(office: Office) -> None:
    load_skills(office)
    row = (KABID, "MAN-7", "5", "2026-01-05", "Asesmen")
    plan = office.plan("competency-levels", row)
    assert isinstance(plan, ImportPlan)

    with pytest.raises(ImportRefused) as refused:
        office.run(ImportRows(plan), office.actor(KABID, Role.HR_VERIFIER))

    assert [problem.code for problem in refused.value.problems] == ["own_row"]


def test_a_level_that_a_process_has_set_is_not_replaced_by_a_file(office: Office) -> None:
    load_skills(office)
    with office.database.writing() as connection:
        connection.execute(competency_level.update().values(case_id=77))

    problems = office.problems("competency-levels", (GURU, "TEK-DIK", "5", "2025-03-01", "Uji ulang"))

    assert [problem.code for problem in problems] == ["level_of_step"]


def test_the_newest_assessment_up_to_the_day_makes_the_gap(office: Office) -> None:
    load_skills(office)
    office.load("competency-levels", (GURU, "TEK-DIK", "3", "2026-09-01", "Pelatihan"))
    person = office.person(GURU)

    with office.reading() as read:
        before = competency_gaps(read, CITY, person, day=date(2026, 8, 31))
        today = competency_gaps(read, CITY, person, day=TODAY)
        history = history_of(read, CITY, person, TODAY)

    assert [(gap.competency.code, gap.gap) for gap in before] == [("MAN-7", 0), ("TEK-DIK", 1)]
    assert [gap.gap for gap in today] == [0, 0]
    assert [held.level for held in history["TEK-DIK"]] == [3, 2]


def test_a_chosen_next_post_has_its_own_gaps(office: Office) -> None:
    load_skills(office)

    with office.reading() as read:
        found = competency_gaps(read, CITY, office.person(GURU), post_id(office, "KEPSEK"), day=TODAY)

    assert [(gap.standard, gap.level, gap.gap) for gap in found] == [(4, 2, 2)]


def test_the_map_shows_holders_need_and_what_is_missing(office: Office) -> None:
    office.load("job-duties", ("GURU", "2026", "1", "Mengajar", "jam", "1500", "2,5"))
    office.load("area-factors", ("GURU", "2026", "Wilayah pesisir", "10", "Sekolah di pulau"))

    found = mapped(office, "GURU")

    assert len(found.holders) == 2
    assert (found.need, found.gap) == (3, 1)


def test_what_was_decided_counts_and_last_years_analysis_holds_until_there_is_a_new_one(office: Office) -> None:
    office.load("job-duties", ("GURU", "2025", "1", "Mengajar", "jam", "500", "2,5"))
    assert mapped(office, "GURU").need == 1

    office.load("approved-needs", ("GURU", "2025", "4", "Keputusan 800/12"))

    assert (mapped(office, "GURU").need, mapped(office, "GURU").gap) == (4, 2)


def test_a_post_whose_holder_has_left_is_vacant_and_shows_who_acts_in_it(office: Office) -> None:
    office.load("employees", (*PEOPLE[3], "", "2026-08-31"))
    office.load("acting", ("SMP-1", "Definitif", KEPSEK, "2025-01-01", "2026-08-31"))
    office.load("acting", ("SMP-1", "Plt", GURU, "2026-09-01"))

    found = mapped(office, "KEPSEK")

    assert found.holders == ()
    assert found.vacancy is not None
    assert (found.vacancy.since, found.vacancy.days) == (date(2026, 9, 1), 28)
    assert found.acting is not None
    assert (found.acting.name, found.acting.days) == ("Gita Guru", 28)


def test_the_totals_count_a_post_without_analysis_as_its_holders(office: Office) -> None:
    office.load("approved-needs", ("GURU", "2026", "5", "800/12"))

    with office.reading() as read:
        total = total_of(read_map(read, CITY, TODAY, city=office.engine.directory.city(CITY)))

    assert (total.posts, total.holders, total.need, total.missing) == (5, 6, 9, 3)
    assert (total.surplus, total.vacant, total.unknown) == (0, 0, 4)


def test_the_register_names_who_retires_within_a_year(office: Office) -> None:
    found = register(office, date(2027, 3, 1))

    assert [(one.member.name, one.retirement.day, one.retirement.age) for one in found.retiring] == [
        ("Sari Sekda", date(2028, 2, 1), 60)
    ]


def test_the_register_names_appraisers_who_are_gone_and_who_stands_in(office: Office) -> None:
    office.load("employees", (*PEOPLE[3], "", "2026-08-31"))

    (missing,) = register(office).missing

    assert (missing.name, missing.has_left, missing.people) == ("Karim Kepsek", True, 2)
    assert missing.stand_in == office.person(KADIS)


def test_the_register_counts_spans_of_control_and_units_without_a_head(office: Office) -> None:
    office.load("employees", (*PEOPLE[3], "", "2026-08-31"))

    found = register(office)

    assert [(span.member.name, span.people) for span in found.spans] == [("Dodi Kadis", 1), ("Sari Sekda", 1)]
    assert [(item.unit.code, item.people) for item in found.headless] == [("SMP-1", 2)]


def test_the_need_is_planned_by_family_and_by_level_and_told_by_field(office: Office) -> None:
    load_skills(office)
    office.load(
        "need-plan", ("2026", "Guru", "2026", "3", "ABK"), ("2026", "Administrator", "2027", "2", "Bidang baru")
    )
    office.load("context-figures", ("SMP-1", "2025", "Murid", "Permintaan Layanan", "420", "murid", "Dapodik"))

    with office.reading() as read:
        found = read_needs(read, CITY, TODAY, city=office.engine.directory.city(CITY))

    plans = {family.family: [year.need for year in family.years] for family in found.families}
    assert plans["teacher"] == [3, None, None, None, None]
    assert plans["administrator"] == [None, 2, None, None, None]
    assert [item.field for item in found.fields] == ["health", "education", "infrastructure"]
    education = found.fields[1]
    assert (education.totals.posts, education.totals.holders, education.skills.short) == (2, 3, 1)
    assert [(figure.value, figure.measure) for figure in found.figures] == [(Decimal(420), "murid")]


def test_competencies_are_planned_for_five_years_beside_who_is_below_the_standard(office: Office) -> None:
    load_skills(office)
    office.load("competency-plan", ("2026", "Pendidikan", "2027", "1", "Diklat guru"))
    office.load("competency-plan", ("2025", "Pendidikan", "2026", "1", "Rencana lama"))

    with office.reading() as read:
        found = read_needs(read, CITY, TODAY, city=office.engine.directory.city(CITY))

    planned = next(item for item in found.competencies if item.field == "education")
    assert (planned.short, [year.people for year in planned.years]) == (1, [None, 1, None, None, None])
    assert [year.rest for year in planned.years] == [1, 0, 0, 0, 0]
    assert found.revisions == (2026, 2025)


def test_importing_the_same_file_again_changes_nothing(office: Office) -> None:
    rows = {
        "job-duties": ("GURU", "2026", "1", "Mengajar", "jam", "1500", "2,5"),
        "area-factors": ("GURU", "2026", "Wilayah pesisir", "12,5", "Sekolah di pulau"),
        "approved-needs": ("GURU", "2026", "3", "800/12"),
        "context-figures": ("SMP-1", "2025", "Murid", "Permintaan Layanan", "420", "murid", "Dapodik"),
        "need-plan": ("2026", "teacher", "2026", "3", "ABK"),
        "competency-plan": ("2026", "Pendidikan", "2027", "1", "Diklat guru"),
    }
    for kind, row in rows.items():
        office.load(kind, row)

    again = [office.load(kind, row) for kind, row in rows.items()]

    assert [(summary.new, summary.changed, summary.unchanged) for summary in again] == [(0, 0, 1)] * 6
    tables = (job_duty, area_factor, job_analysis, context_figure, need_plan, competency_plan)
    assert [len(office.rows(table)) for table in tables] == [1] * 6


def test_an_analysis_replaces_that_of_its_year_and_leaves_the_year_before(office: Office) -> None:
    office.load(
        "job-duties", ("GURU", "2025", "1", "Lama", "jam", "1", "1"), ("GURU", "2026", "1", "Lama", "jam", "1", "1")
    )
    officer = office.actor(KADIS, Role.HR_VERIFIER)

    office.run(RecordAnalysis(post_id(office, "GURU"), 2026, (DUTY,), (COAST,)), officer)

    assert [(row["year"], row["duty"]) for row in office.rows(job_duty)] == [(2025, "Lama"), (2026, "Mengajar")]
    assert [row["weight"] for row in office.rows(area_factor)] == [Decimal("0.1")]
    assert mapped(office, "GURU").need == 2


@pytest.mark.parametrize(
    ("duties", "factors"),
    [
        ((Duty(1, "Mengajar", "jam", Decimal(1), Decimal(0)),), ()),
        ((DUTY,), (COAST, COAST)),
        ((DUTY,), (AreaFactor("Pesisir", Decimal("1.5"), "Pulau"),)),
    ],
)
def test_an_analysis_that_cannot_be_is_refused(
    office: Office, duties: tuple[Duty, ...], factors: tuple[AreaFactor, ...]
) -> None:
    command = RecordAnalysis(post_id(office, "GURU"), 2026, duties, factors)

    with pytest.raises(Invalid):
        office.run(command, office.actor(KADIS, Role.HR_VERIFIER))


def test_a_decision_about_the_need_is_kept_and_can_be_changed(office: Office) -> None:
    officer, place = office.actor(KADIS, Role.HR_HEAD), post_id(office, "GURU")

    office.run(DecideNeed(place, 2026, 4, "800/12"), officer)
    office.run(DecideNeed(place, 2026, 5, "800/13"), officer)

    assert [(row["approved"], row["decree"]) for row in office.rows(job_analysis)] == [(5, "800/13")]


def test_a_unit_hr_officer_analyses_posts_of_her_unit_but_decides_on_none(office: Office) -> None:
    units = {unit.code: unit.id for unit in _units(office)}
    officer = office.actor(KABID, f"{Role.UNIT_HR_OFFICER}:{units['DISDIK']}")

    office.run(RecordAnalysis(post_id(office, "GURU"), 2026, (DUTY,), ()), officer)

    with pytest.raises(Forbidden):
        office.run(DecideNeed(post_id(office, "GURU"), 2026, 9, "800/12"), officer)
    with pytest.raises(NotFound):
        office.run(RecordAnalysis(post_id(office, "SEKDA"), 2026, (DUTY,), ()), officer)


def test_nobody_analyses_or_decides_about_his_own_post(office: Office) -> None:
    officer, own = office.actor(KABID, Role.HR_VERIFIER), post_id(office, "KABID")

    for command in (RecordAnalysis(own, 2026, (DUTY,), ()), DecideNeed(own, 2026, 3, "800/12")):
        with pytest.raises(Forbidden):
            office.run(command, officer)


def test_whoever_held_the_post_before_may_decide_about_it(office: Office) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    office.load("employees", (*PEOPLE[2], "", yesterday))

    office.run(DecideNeed(post_id(office, "KABID"), 2026, 1, "800/12"), office.actor(KABID, Role.HR_VERIFIER))

    assert len(office.rows(job_analysis)) == 1


def _units(office: Office) -> tuple[Unit, ...]:
    with office.reading() as read:
        return all_units(read, CITY)
