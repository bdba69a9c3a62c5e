"""The open selections of a city, for everybody: no sign-in, no cookie, and the same page for whoever asks."""

from datetime import date, timedelta
from typing import Any, Final

from flask import Blueprint, Response, current_app, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.policy.actor import system_actor
from processes.promotion.queries.public_selections import public_selection, public_selections
from webapp.access import public
from webapp.current import city_code, current_alur, current_city
from webapp.page import alur_version
from webapp.portal.words import HOW_TO_APPLY, REQUIREMENTS
from webapp.selection_steps import STEPS
from webapp.texts import language

blueprint = Blueprint("portal", __name__, template_folder="templates")

#: A selection leaves the page a year after it was announced: whoever was not chosen is not named for ever.
SHOWN_FOR: Final = timedelta(days=365)
#: Proxies and browsers may keep a page so long, so that a rush on it costs the database next to nothing.
KEPT: Final = "public, max-age=300"
LANGUAGES: Final = ("id", "en")


@blueprint.get("/publik/seleksi")
@public
def show_selections() -> AnyResponse:
    """Show the selections of the last year, newest first."""
    alur, actor = current_alur(), system_actor(current_city().code)
    return _page("portal/selections.html", selections=alur.engine.read(public_selections, actor, _since()))


@blueprint.get("/publik/seleksi/<int(max=9223372036854775807):case_id>")
@public
def show_selection(case_id: int) -> AnyResponse:
    """Show one selection: its stages, how many are in it, and the three names once they were announced.

    :raise NotFound: there is no such selection, or it is too long ago.
    """
    alur, actor = current_alur(), system_actor(current_city().code)
    found = alur.engine.read(public_selection, actor, case_id, _since())
    zone = alur.zone(actor.tenant)
    days = [stage.began_at.astimezone(zone).date() for stage in found.stages]
    return _page(
        "portal/selection.html", selection=found, days=days, requirements=REQUIREMENTS, how_to_apply=HOW_TO_APPLY
    )


def _since() -> date:
    return current_alur().now_in(current_city().code).date() - SHOWN_FOR


def _page(template: str, **values: Any) -> AnyResponse:
    """Return a page that holds nothing of whoever asks, so that everybody may get the kept one.

    The language stands in the address; tokens, messages and names that other pages get are left out. Whoever reads the
    other pages in English and comes without a language is led to the English address.

    :raise TenantClosed: the city is closed, or away.
    """
    current_alur().require_open(city_code() or "")
    asked = request.args.get("bahasa", "")
    if asked not in LANGUAGES and language() == "en":
        return redirect(url_for(request.endpoint or "", **(request.view_args or {}), bahasa="en"))
    g.language = "en" if asked == "en" else "id"
    frame = {"city": current_city(), "language": language(), "version": alur_version(), "steps": STEPS}
    html = current_app.jinja_env.get_template(template).render(**frame, **values)
    response: Response = make_response(html)
    response.headers["Cache-Control"] = KEPT
    response.add_etag()
    return response.make_conditional(request)
