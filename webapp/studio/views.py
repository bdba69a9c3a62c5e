"""The pages of the studio, joined."""

from flask import Blueprint, current_app

from engine.designs.finding import Design
from engine.policy.actor import Actor
from processes.people.guests import design_of, is_guest
from processes.people.records import Role
from webapp.access import is_for_guests
from webapp.current import signed_in
from webapp.navigation import NavItem
from webapp.studio.comparing import views as comparing
from webapp.studio.files import views as files
from webapp.studio.foresight import views as foresight
from webapp.studio.form_builder import views as form_builder
from webapp.studio.frame import Frame, Tab, frame_of
from webapp.studio.manual import views as manual
from webapp.studio.model import views as model
from webapp.studio.outline import views as outline
from webapp.studio.picture import views as picture
from webapp.studio.play import views as play
from webapp.studio.processes import views as processes
from webapp.studio.releasing import views as releasing
from webapp.studio.tables import views as tables
from webapp.studio.watching import views as watching
from webapp.texts import lazy

#: Each gives the blueprint its views, and may have a `TAB` among those of a design.
PARTS = (
    processes,
    comparing,
    files,
    foresight,
    form_builder,
    manual,
    model,
    outline,
    picture,
    play,
    tables,
    watching,
    releasing,
)

blueprint = Blueprint("studio", __name__)
for part in PARTS:
    part.add_to(blueprint)

TABS = tuple(sorted((part.TAB for part in PARTS if hasattr(part, "TAB")), key=lambda tab: tab.order))


@blueprint.context_processor
def _frame() -> dict[str, object]:
    person = signed_in()
    owns = person is not None and _owns_processes(person.actor)
    is_outside = person is not None and is_guest(person.actor)

    def frame(design: Design) -> Frame:
        return frame_of(design, _tabs_outside(design) if is_outside else TABS)

    return {"design_frame": frame, "owns_processes": owns, "is_outside": is_outside}


def _tabs_outside(design: Design) -> tuple[Tab, ...]:
    """Return the tabs for guests: what stands for the editors, and of the others those that are open to them."""
    views = current_app.view_functions
    open_tabs = (tab for tab in TABS if is_for_guests(views[tab.endpoint]))
    return tuple(sorted((*picture.tabs_outside(design), *open_tabs), key=lambda tab: tab.order))


def _owns_processes(actor: Actor) -> bool:
    """Say whether the studio is in a person's menu; the rule table guards it."""
    return actor.holds(Role.PROCESS_OWNER)


def _is_invited_from_outside(actor: Actor) -> bool:
    """Say whether somebody is a guest of a design."""
    return design_of(actor) is not None


NAVIGATION = (
    NavItem(lazy("Studio"), "studio.show_processes", 830, shown=_owns_processes, in_account=True),
    NavItem(lazy("Rancangan"), "studio.show_waiting", 5, shown=_is_invited_from_outside),
)
