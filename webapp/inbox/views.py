"""The inbox, and the files of a case."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from processes.people.guests import design_of
from webapp.access import for_guests
from webapp.case_files import find_case_file
from webapp.counts import unread_notices
from webapp.current import ask, current_alur, current_city, is_fragment
from webapp.inbox import notices, task_views
from webapp.inbox.folding import fold_rare
from webapp.inbox.listing import GROUP, FilterForm, read_listing, show_count
from webapp.navigation import NavItem
from webapp.searches import MARK, keep_words, kept_words
from webapp.texts import language, lazy

blueprint = Blueprint("inbox", __name__)
task_views.add_to(blueprint)
blueprint.add_app_template_global(fold_rare, "fold_rare")
# A blueprint beside this one, not inside: the menu marks its entries by blueprint.
blueprint.record(lambda state: state.app.register_blueprint(notices.blueprint))


def may_have_tasks(actor: Actor) -> bool:
    """Show tasks in the menu of everybody but those who were only asked for their opinion on a design."""
    return design_of(actor) is None


NAVIGATION = (
    NavItem(lazy("Tugas"), "inbox.show_inbox", 10, shown=may_have_tasks),
    NavItem(lazy("Pemberitahuan"), "notices.show_notices", 700, count=unread_notices),
)

# A file is other people's content: whatever it holds, the browser neither runs it nor guesses what it is.
SANDBOX = "default-src 'none'; sandbox"


@blueprint.get("/tugas")
@for_guests
def show_inbox() -> str:
    """Show what waits for the reader, or in the queues of his groups."""
    # A name that an old address carries is not looked for: nothing here leads back to such an address.
    given = {**request.args.to_dict(), "cari": kept_words()}
    return _page(FilterForm(MultiDict(given), language=language()), given)


@blueprint.post("/tugas")
@for_guests
def search_inbox() -> Response:
    """Lead to the tasks that hold what was typed, or show what cannot be looked for.

    The words are sent like a form: a name in an address would stay in the history of a shared computer.
    """
    form = FilterForm(request.form, language=language())
    form.validate()
    if form["cari"].errors or is_fragment():
        return _searched(form)
    return redirect(_place(form), 303)


@blueprint.get("/tugas/<int(max=9223372036854775807):case_id>/berkas/<string(length=64):sha256>")
@for_guests
def download(case_id: int, sha256: str) -> Response:
    """Send a file that was handed in with a step of a case, to be saved and never to be shown inside the page."""
    alur = current_alur()
    place = request.args.get("nama", 0, type=int)
    file = ask(find_case_file, alur.engine.policy, case_id, sha256, place=place)
    response = send_file(
        alur.files.open(file.sha256), mimetype=file.media_type, as_attachment=True, download_name=file.filename
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _searched(form: FilterForm) -> Response:
    answer = make_response(_page(form, request.form))
    if is_fragment():
        # Each pause while typing is a search: the way back does not lead through all of them.
        answer.headers["HX-Replace-Url" if form["cari"].data else "HX-Push-Url"] = _place(form)
    return answer


def _place(form: FilterForm) -> str:
    return url_for("inbox.show_inbox", **_kept_arguments(form, request.form.get("antrean") == GROUP))


def _page(form: FilterForm, given: Mapping[str, str]) -> str:
    is_group = given.get("antrean") == GROUP
    filters = form.filters(current_alur().now_in(current_city().code).date())
    after = given.get("setelah", "")
    found = ask(read_listing, current_alur(), filters, is_group=is_group, after=after, language=language())
    return render_template(
        "inbox/inbox.html",
        listing=found,
        form=form,
        is_group=is_group,
        kept=_kept_arguments(form, is_group),
        is_first=not after,
        group=GROUP,
        show_count=show_count,
    )


def _kept_arguments(form: FilterForm, is_group: bool) -> dict[str, Any]:
    """Return the filters as an address carries them, for the links to the next page; never what was typed."""
    asked = {field.short_name: field.data for field in form.fields if field.data and not field.errors}
    mark = keep_words(str(asked.pop("cari", "")))
    return {**asked, **({"antrean": GROUP} if is_group else {}), **({MARK: mark} if mark else {})}
