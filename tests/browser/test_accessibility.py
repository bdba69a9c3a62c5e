"""axe-core finds nothing on any page or state, in both themes, on a desk and on a phone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import OTHER_LOOKS, TWO_LOOKS, Inspector, Look
from tests.browser.beforehand import CITY
from tests.browser.conftest import PICTURES, Staff
from tests.browser.designing import see_studio
from tests.browser.feedback import see_feedback
from tests.browser.hands import Mouse, leave
from tests.browser.incentive import see_allowances
from tests.browser.installation import Office, open_empty_city
from tests.browser.operating import see_operations
from tests.browser.posts import see_posts
from tests.browser.promotion import see_promotion
from tests.browser.recognition import see_recognition
from tests.browser.training import see_training
from tests.browser.walk import Walk
from tests.browser.watching import watched
from webapp.app import create_app

#: What no person looks at: files, pieces of pages, answers for machines. The city's first link has a test of its own.
NO_PAGES = {
    "assets.lead_to_icon",
    "assets.serve",
    "assets.tell_robots",
    "appraisal.show_progress",
    "auth.show_first_link",
    "auth.show_own_selection",
    "auth.show_unsent",
    "cases.show_diagram",
    "cases.show_moment_diagram",
    "home.health",
    "inbox.download",
    "incentive.export",
    "incentive.send_evidence",
    "incentive.show_newest",
    "promotion.export_batch",
    "promotion.export_post_decrees",
    "promotion.export_succession",
    "promotion.send_handed_in",
    "recognition.export_decrees",
    "recognition.send_evidence",
    "reports.export",
    "studio.export_table",
    "studio.get_file",
    "studio.send_design_manual",
    "studio.send_manual",
    "studio.send_log",
    "studio.send_picture",
    "studio.show_coverage_picture",
    "studio.show_play_diagram",
    "studio.show_release_coverage",
    "studio.show_release_diagram",
    "studio.show_watched_diagram",
    "studio.show_compared_diagram",
    "studio.list_remarks",
    "studio.show_catalogue",
    "training.export_completed",
    "training.give_claim",
    "training.give_document",
    "training.give_list",
}


@dataclass(frozen=True)
class Chapter:
    """One part of the walk.

    :param first: number of its first picture.
    :param pages: endpoints of what it shows; a page that no chapter names fails a test.
    """

    goes: Callable[[Walk], None]
    first: int
    pages: frozenset[str]


def chapter(goes: Callable[[Walk], None], first: int, *pages: str) -> Chapter:
    """Return a chapter."""
    return Chapter(goes, first, frozenset(pages))


CHAPTERS: Mapping[str, Chapter] = {
    "before-sign-in": chapter(Walk.before_sign_in, 1, "home.show", "auth.show_sign_in", "home.show_help"),
    "first-sign-in": chapter(Walk.first_sign_in, 11, "auth.show_codes", "auth.first_steps", "auth.first_steps_done"),
    "own-pages": chapter(Walk.own_pages, 21, "inbox.show_inbox", "notices.show_notices", "auth.show_account"),
    "reporting": chapter(
        Walk.reporting, 41, "inbox.show_task", "cases.show_case", "cases.show_moment", "appraisal.show_result"
    ),
    "rating": chapter(Walk.rating, 61, "appraisal.show_people", "appraisal.show_signing"),
    "handing-over": chapter(Walk.handing_over, 81, "inbox.show_task"),
    "objecting": chapter(
        Walk.objecting, 101, "appraisal.show_result", "appraisal.show_my_results", "cases.show_decisions"
    ),
    "offices": chapter(
        Walk.offices,
        121,
        "appraisal.show_quarters",
        "appraisal.show_cases",
        "people.show_staff",
        "people.show_line",
        "people.show_proposals",
    ),
    "records": chapter(
        Walk.records,
        141,
        "people.show_import",
        "people.show_import_kind",
        "people.show_tried",
        "people.show_deadlines",
        "people.show_acting",
        "admin.show_roles",
        "admin.show_grant",
    ),
    "feedback": chapter(
        see_feedback,
        181,
        "feedback.choose",
        "feedback.show_form",
        "feedback.show_given",
        "feedback.show_received",
        "feedback.show_correction",
        "feedback.show_withdrawal",
    ),
    "operations": chapter(
        see_operations,
        221,
        "operations.show_groups",
        "operations.show_group",
        "operations.show_retry",
        "operations.show_case",
        "operations.show_skip",
        "operations.show_change",
        "operations.show_move",
        "operations.show_suspend",
        "operations.show_resume",
        "operations.show_cancel",
        "operations.show_moves",
        "operations.show_look",
        "operations.show_run",
        "operations.show_undo",
    ),
    "recognition": chapter(
        see_recognition,
        301,
        "recognition.show_wall",
        "recognition.choose_colleague",
        "recognition.show_thanks_form",
        "recognition.show_own",
        "recognition.show_withdrawal",
        "recognition.show_report",
        "recognition.show_reports",
        "recognition.show_ideas",
        "recognition.show_idea_form",
        "recognition.show_idea",
        "recognition.show_citizens",
        "recognition.show_unit_thanks",
        "recognition.choose_thanked",
        "recognition.show_person_thanks",
        "recognition.show_unit_proposal",
        "recognition.show_unit_award",
        "reports.show_index",
        "reports.show_spending",
        "reports.show_fairness",
        "reports.show_relation",
        "reports.show_service",
        "reports.show_training",
        "reports.show_deviations",
        "recognition.show_awards",
        "recognition.show_program",
        "recognition.show_opening",
        "recognition.show_panel",
        "recognition.choose_nominee",
        "recognition.show_nomination_form",
        "recognition.show_nomination",
    ),
    "posts": chapter(
        see_posts,
        341,
        "promotion.show_posts",
        "promotion.show_post",
        "promotion.show_analysis",
        "promotion.show_skills",
        "promotion.show_person_skills",
        "promotion.show_register",
        "promotion.show_plan",
        "promotion.show_merit",
        "promotion.show_fillings",
        "promotion.show_filling",
        "promotion.show_post_decrees",
    ),
    "promotion": chapter(
        see_promotion,
        361,
        "promotion.show_career",
        "promotion.show_promotions",
        "promotion.show_candidate",
        "promotion.show_decrees",
        "promotion.show_batch",
        "promotion.show_talents",
        "promotion.show_talent",
        "promotion.show_successions",
        "promotion.show_succession",
        "promotion.show_selections",
        "promotion.show_selection",
        "promotion.show_announcing",
        "promotion.show_panel",
        "promotion.show_applying",
        "promotion.show_withdrawing",
        "promotion.show_candidates",
        "auth.show_guests",
        "auth.show_invitation",
        "auth.show_guest",
        "auth.show_guest_sign_in",
        "portal.show_selections",
        "portal.show_selection",
    ),
    "training": chapter(
        see_training,
        381,
        "training.show_catalogue",
        "training.show_session",
        "training.show_own_plan",
        "training.show_plan",
        "training.show_needs",
        "training.show_fairness",
        "training.show_new_session",
        "training.show_letter",
        "training.show_month",
        "training.show_own_claims",
        "training.show_claims",
        "training.show_claim",
        "training.show_attendance",
        "training.show_certificates",
    ),
    "allowances": chapter(
        see_allowances,
        421,
        "incentive.show_slips",
        "incentive.show_slip",
        "incentive.show_dispute",
        "incentive.show_slip_of",
        "incentive.show_opening",
        "incentive.show_month",
        "incentive.show_unit",
        "incentive.show_proposing",
        "incentive.show_refusing",
        "incentive.show_signals",
        "incentive.show_signal",
        "incentive.show_adjusting",
        "incentive.show_adjustments",
        "incentive.show_proposal",
    ),
    "studio": chapter(
        see_studio,
        461,
        "studio.show_processes",
        "studio.show_process",
        "studio.show_new",
        "studio.show_waiting",
        "studio.show_watch",
        "studio.show_design",
        "studio.show_steps",
        "studio.show_part",
        "studio.show_adding",
        "studio.show_moving",
        "studio.show_borrowing",
        "studio.show_forms",
        "studio.show_form",
        "studio.show_try",
        "studio.show_tables",
        "studio.show_new_table",
        "studio.show_table",
        "studio.show_sheet",
        "studio.show_paste",
        "studio.show_trial",
        "studio.show_table_coverage",
        "studio.show_play",
        "studio.show_release_play",
        "studio.show_comparison",
        "studio.show_foresight",
        "studio.show_found",
        "studio.show_merge",
        "studio.show_review",
        "studio.show_picture",
        "studio.show_rules",
        "auth.show_design_invitation",
        "studio.show_release",
        "studio.show_restore",
    ),
    "a-quarter-later": chapter(Walk.a_quarter_later, 161, "appraisal.show_opening"),
}
LOOKS = [pytest.param(TWO_LOOKS, id="both"), pytest.param(OTHER_LOOKS, id="others", marks=pytest.mark.long)]


def pages_of(app: Flask) -> set[str]:
    """Return the endpoints of all pages."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {str(rule.endpoint) for rule in rules} - NO_PAGES


def endpoints_at(app: Flask, addresses: Sequence[str]) -> set[str]:
    """Return the endpoints that answered at addresses."""
    found: set[str] = set()
    for address in addresses:
        path = urlsplit(address).path.removeprefix(f"/{CITY}") or "/"
        adapter = app.url_map.bind("127.0.0.1")
        if adapter.test(path, "GET"):
            found.add(str(adapter.match(path, "GET")[0]))
    return found


def test_every_page_is_in_a_chapter(office: Office) -> None:
    shown = frozenset[str]().union(*(chapter.pages for chapter in CHAPTERS.values()))

    assert pages_of(create_app(office.alur)) == shown


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_every_page_and_state_is_accessible(staff: Staff, tmp_path: Path, name: str, looks: Sequence[Look]) -> None:
    chapter = CHAPTERS[name]
    inspector = Inspector(looks, PICTURES, chapter.first)

    chapter.goes(Walk(staff, tmp_path, inspector))

    assert not inspector.faults, inspector.report()
    assert chapter.pages <= endpoints_at(create_app(staff.office.alur), inspector.addresses)


@pytest.mark.parametrize("looks", LOOKS)
def test_the_first_link_of_a_city_is_accessible(chromium: Browser, tmp_path: Path, looks: Sequence[Look]) -> None:
    inspector = Inspector(looks, PICTURES, first=200)
    with open_empty_city(tmp_path, CITY) as (office, path), watched(office.address) as watch:
        staff = Staff(chromium, office, watch)
        page = staff.open_browser()
        page.goto(path)
        inspector("tautan pertama", page)
        leave(Mouse(page), page.locator("main").get_by_role("button").last)
        inspector("tautan pertama, galat", page)
        staff.close()

    assert not inspector.faults, inspector.report()
