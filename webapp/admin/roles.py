"""The roles of a city, as its administrator sees them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from forms import AlurForm, ChoiceField, Condition, DateField, Option, Required, RequiredIf, Text
from processes.people.queries import (
    RoleGrant,
    StaffMember,
    Unit,
    all_units,
    find_employee,
    holders_on,
    roles_on,
    staff_on,
)
from processes.people.queries.sought import Sought
from processes.people.records import Role
from webapp.role_names import ROLE_NAMES

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One line of the page."""

    grant: RoleGrant
    name: str
    unit: str


class GrantForm(AlurForm):
    """Which role, where and from when."""

    role = ChoiceField(
        Text("Peran", "Role"), [Required()], options=[Option(str(role), text) for role, text in ROLE_NAMES.items()]
    )
    unit = ChoiceField(
        Text("Unit", "Unit"),
        [RequiredIf(Condition("role", equals=str(Role.UNIT_HR_OFFICER)))],
        show_when=Condition("role", equals=str(Role.UNIT_HR_OFFICER)),
        hint=Text("Berlaku juga untuk semua unit di bawahnya.", "Holds for all units below as well."),
    )
    valid_from = DateField(Text("Mulai tanggal", "From"), [Required()])


def held_roles(read: Any, actor: Actor, day: date) -> list[HeldRole]:
    """Return every role held in the city on a day, by role and name; a city has a few dozen."""
    units = {unit.id: unit.name for unit in all_units(read, actor.tenant)}
    holders = {person for role in Role for person in holders_on(read, actor.tenant, role, day)}
    lines = [
        HeldRole(grant, find_employee(read, actor.tenant, person).name, units.get(grant.unit_id or 0, ""))
        for person in holders
        for grant in roles_on(read, actor.tenant, person, day)
    ]
    order = list(Role)
    return sorted(lines, key=lambda line: (order.index(line.grant.role), line.name))


def find_people(read: Any, actor: Actor, day: date, words: str) -> list[StaffMember]:
    """Return the people whose names hold all the words, or whose NIP is meant, at most fifty."""
    sought = Sought.read(words)
    found = (item for item in staff_on(read, actor.tenant, day) if sought.fits(item.name, item.nip))
    return [item for _, item in zip(range(MOST_FOUND), found, strict=False)]


def units_of(read: Any, actor: Actor) -> tuple[Unit, ...]:
    """Return the units of the city."""
    return all_units(read, actor.tenant)
