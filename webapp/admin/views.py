"""The page of roles: who holds which, giving one, ending one."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # pyright: ignore[reportAttributeAccessIssue]  # known stubs are of 3.2

from engine.errors import NotFound
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.revoke_role import AdministratorNeeded, RevokeRole
from processes.people.queries import Employee, find_employee
from processes.people.records import Role
from webapp.admin.roles import GrantForm, find_people, held_roles, units_of
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.navigation import NavItem
from webapp.role_names import ROLE_NAMES
from webapp.searches import keep_words, kept_words
from webapp.texts import gettext as _
from webapp.texts import language, lazy, text_for

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")

NAVIGATION = (
    NavItem(lazy("Peran"), "admin.show_roles", 850, shown=lambda actor: actor.holds(Role.CITY_ADMIN), in_account=True),
)


@blueprint.before_request
def only_administrators() -> None:
    """Hide the whole part from everybody else; the rule table decides about each change again.

    :raise NotFound: the person does not administer the city.
    """
    if not current_actor().holds(Role.CITY_ADMIN):
        raise NotFound


@blueprint.get("/peran")
def show_roles() -> str:
    """Show who holds which role, and whom the administrator looked for."""
    return _roles_page(kept_words())


@blueprint.post("/peran")
def search_people() -> Response:
    """Lead to those whose names hold what was typed; by POST, because an address must not hold a name."""
    words = request.form.get("cari", "")[:100].strip()
    return redirect(url_for("admin.show_roles", dicari=keep_words(words)), 303)


@blueprint.get("/peran/<int(max=9223372036854775807):person>")
def show_grant(person: int) -> str:
    """Show the form by which a person gets a role."""
    return _grant_page(_employee(person), _form(data={"valid_from": _today()}))


@blueprint.post("/peran/<int(max=9223372036854775807):person>")
def grant_role(person: int) -> Response | tuple[str, int]:
    """Give a person a role."""
    employee, form = _employee(person), _form(formdata=request.form)
    if not form.validate():
        return _grant_page(employee, form), 422
    data = form.typed_data()
    role, unit, day = Role(str(data["role"])), data.get("unit"), data["valid_from"]
    assert isinstance(day, date)
    run_command(GrantRole(person, role, day, unit_id=int(str(unit)) if unit else None))
    # Nobody by name: the message waits in the browser's cookie; the page it is shown on lists who holds what.
    flash(_("Peran %(role)s sudah diberikan.", role=ROLE_NAMES[role].to(language())), "success")
    return redirect(url_for("admin.show_roles"), 303)


@blueprint.post("/peran/<int(max=9223372036854775807):grant>/akhiri")
def end_role(grant: int) -> Response:
    """End a role: it holds no more from today on; that of an administrator only another one ends."""
    try:
        run_command(RevokeRole(grant, _today() - timedelta(days=1)))
    except AdministratorNeeded as error:
        flash(text_for(error.code, error.params, language()), "warning")
    else:
        flash(_("Peran sudah diakhiri."), "success")
    return redirect(url_for("admin.show_roles"), 303)


def _roles_page(words: str) -> str:
    found = ask(find_people, _today(), words) if words else []
    return render_template(
        "admin/roles.html",
        held=ask(held_roles, _today()),
        found=found,
        words=words,
        names=ROLE_NAMES,
        own=current_actor().person,
    )


def _today() -> date:
    return current_alur().now_in(current_actor().tenant).date()


def _employee(person: int) -> Employee:
    with current_alur().database.reading() as read:
        return find_employee(read, current_actor().tenant, person)


def _form(*, formdata: object = None, data: dict[str, object] | None = None) -> GrantForm:
    form = GrantForm(formdata, language=language(), data=data)
    form.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in ask(units_of)]
    return form


def _grant_page(employee: Employee, form: GrantForm) -> str:
    return render_template("admin/grant.html", employee=employee, form=form)
