"""The own career: ranks, results, credit, competencies, and what is still missing for the next rank and post."""

from flask import Blueprint, render_template

from processes.people.queries.ledger import my_results
from webapp.current import ask, current_alur
from webapp.promotion.board_reading import my_fillings
from webapp.promotion.board_words import stage_words
from webapp.promotion.career_reading import read_own_career
from webapp.promotion.rank_views import RANK_WORDS
from webapp.promotion.rank_words import EDUCATION, conditions, credit_tree, months_words
from webapp.promotion.talent_words import FOLLOW_UP_WORDS, box_words, talent_tree

#: So many quarters of results stand on the page; all of them on `Hasil saya`.
SHOWN_RESULTS = 8


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/karier")(show_career)


def show_career() -> str:
    """Show the reader's own career."""
    career = ask(read_own_career, current_alur())
    if career is None:
        return render_template("promotion/no_career.html")
    facts, misses = career.judgement.facts, career.judgement.misses
    shown = {
        "conditions": conditions(facts, misses),
        "credit": credit_tree(facts),
        "results": ask(my_results)[:SHOWN_RESULTS],
        "education_names": EDUCATION,
        "months_words": months_words,
        "talent": talent_tree(career.talent),
        "box_words": box_words,
        "fillings": ask(my_fillings),
        "stage_words": stage_words,
    }
    return render_template("promotion/career.html", career=career, **shown, **RANK_WORDS, **FOLLOW_UP_WORDS)
