"""The page that explains a result, and one's own results over time."""

from flask import Blueprint, render_template

from processes.people.queries.ledger import my_results
from webapp.appraisal.result_page import result_page
from webapp.appraisal.result_reading import read_result
from webapp.appraisal.wording import in_digits, in_words, quarter_name
from webapp.current import ask, current_alur

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
RESULT = "/kasus/<int(max=9223372036854775807):case_id>/hasil"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(RESULT)(show_result)
    blueprint.get("/hasil-saya")(show_my_results)


def show_result(case_id: int) -> str:
    """Show why a result is what it is."""
    page = result_page(ask(read_result, current_alur(), case_id))
    return render_template("appraisal/result.html", page=page, now=current_alur().clock())


def show_my_results() -> str:
    """Show the reader's own results, newest first."""
    words = {"quarter_name": quarter_name, "in_digits": in_digits, "in_words": in_words}
    return render_template("appraisal/my_results.html", rows=ask(my_results), **words)
