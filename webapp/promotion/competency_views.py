"""The competency map, and what one person was found to have."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for

from processes.people.queries.competencies import CompetencyGap
from webapp.current import ask, current_alur
from webapp.promotion.competency_reading import Aim, PersonPage, read_person, read_skills_page
from webapp.promotion.post_forms import aim_form, unit_form
from webapp.promotion.post_views import WORDS, is_for_whole_city, number
from webapp.promotion.post_words import field_words, heat_words
from webapp.texts import gettext as _
from webapp.texts import language, ngettext, show_number

PERSON = "/kompetensi/<int(max=9223372036854775807):person>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/kompetensi")(show_skills)
    blueprint.get(PERSON)(show_person_skills)


def show_skills() -> str:
    """Show where skills are missing, and what the people of a unit have."""
    unit_id = number("unit")
    page = ask(read_skills_page, current_alur(), unit_id, number("halaman") or 1)
    shown = page.path[-1].id if page.path else None
    form = unit_form(page.units)({"unit": str(shown or "")}, language=language())
    return render_template(
        "promotion/skills.html",
        page=page,
        form=form,
        heat_words=heat_words,
        may_plan=is_for_whole_city(),
        columns=[_("Unit"), *(field_words(field) for field in page.shared), _("Bidang teknis")],
        page_url=_page_url(unit_id),
        **WORDS,
    )


def show_person_skills(person: int) -> str:
    """Show somebody's levels beside what his post, and one that he aims at, asks for."""
    page = ask(read_person, current_alur(), person, number("jabatan"))
    aimed = page.aim.post if page.aim is not None else None
    form = aim_form(page.choices)({"jabatan": str(aimed.id) if aimed is not None else ""}, language=language())
    shown: dict[str, Any] = {"page": page, "form": form, "level_words": level_words, "title": _title(page)}
    return render_template("promotion/person_skills.html", **shown, explain_fit=explain_fit, **WORDS)


def level_words(gap: CompetencyGap) -> tuple[str, str]:
    """Return whether a level meets what is asked for, with the tone."""
    if not gap.is_assessed:
        return _("Belum dinilai"), ""
    if gap.gap == 0:
        return _("Terpenuhi"), "success"
    return ngettext("Kurang %(count)s tingkat", "Kurang %(count)s tingkat", gap.gap), "warning"


def explain_fit(aim: Aim) -> list[dict[str, Any]]:
    """Return how the share of what is asked for came about, as a tree to unfold."""
    asked = sum(gap.standard for gap in aim.gaps)
    had = sum(min(gap.standard, gap.level or 0) for gap in aim.gaps)
    inputs = [
        {
            "label": gap.competency.name(language()),
            "value": _("%(had)s dari %(asked)s", had=min(gap.standard, gap.level or 0), asked=gap.standard),
            "formula": _("Dimiliki %(level)s, diminta %(asked)s", level=gap.level or "–", asked=gap.standard),
        }
        for gap in aim.gaps
    ]
    formula = _(
        "%(had)s tingkat dari %(asked)s yang diminta; kelebihan pada satu kompetensi tidak menutup kekurangan lain",
        had=had,
        asked=asked,
    )
    return [{"label": _("Kecocokan"), "value": f"{show_number(aim.fit, 0)}%", "formula": formula, "inputs": inputs}]


def _title(page: PersonPage) -> str:
    return _("Kompetensi saya") if page.is_own else _("Kompetensi %(name)s", name=page.name)


def _page_url(unit_id: int | None) -> Callable[[int], str]:
    return lambda page: url_for("promotion.show_skills", unit=unit_id, halaman=page)
