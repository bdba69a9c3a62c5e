"""A guest of the demonstration: a member from outside of the panel whose selection takes applications."""

from datetime import timedelta
from typing import Final

from engine.policy.actor import Actor
from processes.people.queries import employee_by_nip, groups_on
from processes.promotion.selection.commands.change_panel import AddPanelMember
from processes.promotion.selection.queries.selections import newest_selections
from webapp.auth.commands.invite_guest import InviteGuest
from webapp.demo.places import AGENCY
from webapp.demo.town import build_town
from webapp.wiring import Alur

EMAIL: Final = "tamu@kampus.example"
_STAYS: Final = timedelta(days=120)


def invite_guest(alur: Alur, city: str) -> int | None:
    """Let the verifier invite a professor to the newest selection, and return the guest; None without a selection."""
    day, verifier_nip = alur.now_in(city).date(), build_town(city).at(AGENCY, "staff1").nip
    with alur.database.reading() as read:
        found = newest_selections(read, city)
        person = employee_by_nip(read, city, verifier_nip)
        if not found or person is None:
            return None
        verifier = Actor(city, person.id, groups_on(read, city, person.id, day), day)
    case_id, pepper = found[0].case_id, alur.settings.pepper
    inviting = InviteGuest(case_id, "Prof. Ratna Dewi", "Universitas Contoh", EMAIL, day + _STAYS, pepper)
    guest: int | None = alur.engine.run(inviting, verifier).subject
    assert guest is not None, "a new guest has a number"
    alur.engine.run(AddPanelMember(case_id, guest), verifier)
    return guest
