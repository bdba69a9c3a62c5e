"""What colleagues said about the reader, as far as the rule of `processes.appraisal.colleagues` opens it."""

from flask import Blueprint, render_template

from processes.appraisal.colleagues import FEWEST_GIVERS
from processes.appraisal.queries.feedback import my_received
from webapp.current import ask
from webapp.feedback.addresses import quarter_name


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint this view."""
    blueprint.get("/umpan-balik/untuk-saya")(show_received)


def show_received() -> str:
    """Show the words by quarter, without who wrote them and when."""
    return render_template(
        "feedback/received.html", quarters=ask(my_received), quarter_name=quarter_name, fewest=FEWEST_GIVERS
    )
