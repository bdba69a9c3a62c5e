"""*Rencana pengembangan*: one's own, and those of the people whom one leads."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid
from forms import AlurForm
from processes.training.commands.nominate import Nominate
from processes.training.commands.plan_goal import AddGoal, AgreeGoal, PastGoal
from webapp.current import KEY_BYTES, ask, current_alur, current_person, run_command
from webapp.errors import answer_to
from webapp.texts import gettext as _
from webapp.texts import language, show_day
from webapp.training.addresses import GOAL, PERSON, PLAN, today
from webapp.training.forms import GoalForm, nominate_form
from webapp.training.plan_reading import PlanPage, read_plan, read_team
from webapp.training.words import action_words, need_words, reason_words, status_chip


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PLAN)(show_own_plan)
    blueprint.get(PERSON)(show_plan)
    blueprint.post(f"{PERSON}/usul")(nominate)
    blueprint.post(f"{PERSON}/sasaran")(add_goal)
    blueprint.post(GOAL)(agree)


def show_own_plan() -> str:
    """Show the reader's own plan, and whom he leads."""
    return _page(ask(read_plan, current_alur(), today(), current_person().person))


def show_plan(person: int) -> str:
    """Show the plan of somebody whom the reader leads or looks after."""
    return _page(ask(read_plan, current_alur(), today(), person))


def nominate(person: int) -> Response | tuple[str, int]:
    """Nominate somebody for a session; a draft of his that waits is answered by it."""
    page = ask(read_plan, current_alur(), today(), person)
    form = _nominate_form(page, request.form)
    if not form.validate():
        return _page(page, nomination=form), 422
    need = page.drafts[0].id if page.drafts else None
    try:
        run_command(Nominate(person, int(str(form["session"].data)), str(form["reason"].data or ""), need))
    except (Invalid, Conflict) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _page(page, nomination=form), 422
    flash(_("Usulan tercatat. Keadaannya ada pada bagian Usulan pelatihan."), "success")
    return redirect(_address(page), 303)


def add_goal(person: int) -> Response | tuple[str, int]:
    """Add a goal to the plan of the year."""
    page, form = ask(read_plan, current_alur(), today(), person), GoalForm(request.form, language=language())
    if not form.validate():
        return _page(page, goal=form), 422
    answers = form.typed_data()
    try:
        run_command(AddGoal(person, str(answers["goal"]), form["due"].data))
    except PastGoal as error:
        form.add_error("due", " ".join(answer_to(error).lines))
        return _page(page, goal=form), 422
    flash(_("Rencana tercatat.") if page.is_led else _("Rencana tercatat dan menunggu persetujuan atasan."), "success")
    return redirect(_address(page), 303)


def agree(goal_id: int) -> Response:
    """Agree to a goal that one of the reader's people has proposed."""
    person = run_command(AgreeGoal(goal_id)).subject
    flash(_("Rencana disetujui."), "success")
    return redirect(url_for("training.show_plan", person=person), 303)


def _address(page: PlanPage) -> str:
    return url_for("training.show_own_plan") if page.is_own else url_for("training.show_plan", person=page.person)


def _nominate_form(page: PlanPage, formdata: object) -> AlurForm:
    titles = [
        (item.id, f"{page.courses[item.course].name(language())} · {show_day(item.first_day, width='medium')}")
        for item in page.sessions
    ]
    return nominate_form(titles, is_own=page.is_own)(formdata, language=language())


def _page(page: PlanPage, *, nomination: AlurForm | None = None, goal: AlurForm | None = None) -> str:
    return render_template(
        "training/plan.html",
        page=page,
        team=ask(read_team, today()) if page.is_own else (),
        nomination=nomination or _nominate_form(page, None),
        goal=goal or GoalForm(language=language()),
        key=secrets.token_hex(KEY_BYTES),
        language=language(),
        status_chip=status_chip,
        reason_words=reason_words,
        need_words=need_words,
        action_words=action_words,
    )
