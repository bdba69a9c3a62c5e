"""Everybody of a city who asks, and everything that the rules are asked about, found as the commands find it."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from engine.casework import find_case, find_task
from engine.command import Context, TenantSubject
from engine.designs.finding import find_design
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.records.case import CaseStatus
from processes.appraisal.queries.feedback import find_given
from processes.incentive.commands.decide_adjustment import adjustment_subject
from processes.incentive.commands.decide_correction import correction_subject
from processes.incentive.commands.handle_signal import signal_subject
from processes.people.guests import design_guest_actor, guest_actor
from processes.people.queries import employee_by_nip, groups_on, placement_on
from processes.people.queries.guests import find_guest
from processes.people.queries.roles import find_grant
from processes.people.records import Role
from processes.people.subjects import EmployeeSubject, UnitSubject, employee_subject, proposal_subject
from processes.promotion.board.subjects import filling_subject
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.posts.subjects import PostSubject, post_subject
from processes.promotion.selection.queries.selections import Applicant, Member, Selection
from processes.promotion.succession.lists import find_list
from processes.recognition.queries.citizens import find_citizen_thanks
from processes.recognition.queries.ideas import find_idea
from processes.recognition.queries.nominations import find_nomination
from processes.recognition.queries.thanks import find_thanks
from processes.recognition.queries.unit_awards import find_unit_award
from processes.recognition.records import Outcome, Shown
from tests.functional.personas_settling import OPENS, Place
from tests.functional.personas_world import ELSEWHERE, HERE, World, open_personas_world
from tests.unit.rules.allowed import ALLOWED
from webapp.auth.people import account_subject
from webapp.demo.places import TOP
from webapp.demo.town import build_town

#: Whom no employee's number is like.
GUEST, OUTSIDER = 7, 8


@dataclasses.dataclass
class Scene:
    """The rules, everybody who asks, and everything that is asked about."""

    policy: Policy
    read: Connection
    actors: Mapping[str, Actor]
    strangers: Mapping[str, Actor]
    things: Mapping[str, Any]

    def allowed(self, permission: str, thing: str) -> set[str]:
        """Return the names of those of the city who may."""
        return {name for name in self.actors if self._may(self.actors[name], permission, thing)}

    def strangers_allowed(self, permission: str, thing: str) -> set[str]:
        """Return the names of those of the other city who may."""
        return {name for name in self.strangers if self._may(self.strangers[name], permission, thing)}

    def notices(self) -> bool:
        """Say whether some line of the table is not as the rules have it."""
        return any(self.allowed(*line) != self.expected(*line) or self.strangers_allowed(*line) for line in ALLOWED)

    def expected(self, permission: str, thing: str) -> set[str]:
        """Return the names that the table has; after a dash, those who alone are refused, and both guests."""
        dash, names = ALLOWED[permission, thing].startswith("- "), set(ALLOWED[permission, thing].split())
        return set(self.actors) - names - {"guest", "outsider"} if dash else names

    def _may(self, actor: Actor, permission: str, thing: str) -> bool:
        return self.policy.allows(actor, permission, self.things[thing], self.read)


@contextmanager
def open_scene(folder: Path) -> Iterator[Scene]:
    """Give the rules that ship, and a city in which everything is there that they are asked about."""
    with open_personas_world(folder) as world, world.alur.database.reading() as read:
        here, there = world.places[HERE], world.places[ELSEWHERE]
        actors = _actors(read, here)
        strangers = {
            **_actors(read, there),
            # The same keys and roles in another city: only the city tells them apart.
            **{f"twin of {name}": dataclasses.replace(actor, tenant=ELSEWHERE) for name, actor in actors.items()},
        }
        yield Scene(world.alur.engine.policy, read, actors, strangers, _things(world, read, here, actors))


def _actors(read: Connection, place: Place) -> dict[str, Actor]:
    people = {**place.people, "top_hr": _top_hr(read, place.code)}
    newcomer = people.pop("newcomer")
    found = {
        key: Actor(place.code, person, groups_on(read, place.code, person, OPENS), OPENS)
        for key, person in people.items()
    }
    treasurer = Actor(place.code, newcomer, frozenset({Role.TREASURER}), OPENS)
    guest = guest_actor(place.code, GUEST, place.objects["opened"]["case_id"], OPENS)
    outsider = design_guest_actor(place.code, OUTSIDER, place.objects["shared_design"]["design_id"], OPENS)
    return {
        **found, "treasurer": treasurer, "guest": guest, "outsider": outsider, "system": system_actor(place.code)
    }  # fmt: skip


def _top_hr(read: Connection, city: str) -> int:
    """Return the HR officer of the unit above all others."""
    found = employee_by_nip(read, city, build_town(city).at(TOP, "chief3").nip)
    assert found is not None
    return found.id


def _post(read: Connection, person: int) -> PostSubject:
    """Return the post that somebody holds."""
    held = placement_on(read, HERE, person, OPENS)
    assert held is not None
    assert held.post_id is not None
    return post_subject(read, HERE, held.post_id, OPENS)


def _things(world: World, read: Connection, place: Place, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """Return what is asked about, found as the commands find it."""
    context = _context(world, read)
    found: dict[str, Any] = {name: _task(read, place, name) for name in ("opened", "behaviour", "queue", "claimed")}
    for name, key in (("opened", "opened"), ("objection", "objection"), ("unit", "unit_case"), ("stuck", "stuck")):
        found[f"{name} case"] = find_case(read, HERE, place.objects[key]["case_id"])
    for name in ("employee", "verifier", "admin"):
        found[name] = employee_subject(context, place.people[name])
        found[f"{name} account"] = account_subject(context, place.people[name])
        found["post" if name == "employee" else f"post of {name}"] = _post(read, place.people[name])
    found["account of top_hr"] = account_subject(context, actors["top_hr"].person or 0)
    proposal = proposal_subject(context, place.objects["proposal"]["proposal"])
    own = dataclasses.replace(proposal.proposal, proposed_by=place.people["verifier"])
    employee: EmployeeSubject = found["employee"]
    assert employee.unit_id is not None
    return {
        **found,
        "city": TenantSubject(HERE),
        **_of_designs(read, place),
        **_of_succession(read, place),
        "guest": dataclasses.replace(employee, person=GUEST, unit_id=None),
        "task of guest": dataclasses.replace(found["opened"], assignee=GUEST),
        "task of guest elsewhere": dataclasses.replace(found["queue"], assignee=GUEST, candidate=None),
        "unplaced": dataclasses.replace(employee, unit_id=None),
        **_of_recognition(read, place),
        **_of_selections(place, actors),
        "selection case": dataclasses.replace(found["unit case"], id=1, process="open_selection", subject=1),
        "unit": UnitSubject(HERE, employee.unit_id, OPENS),
        "correction": correction_subject(context, place.objects["attendance_correction"]["correction"]),
        "adjustment": adjustment_subject(context, place.objects["adjustment"]["proposal"]),
        **_of_signals(context, place),
        "feedback": find_given(read, HERE, place.objects["feedback"]["feedback_id"]),
        "grant": find_grant(read, HERE, place.objects["grant"]["grant"]),
        "proposal": proposal,
        "own_proposal": proposal_subject(context, place.objects["own_proposal"]["proposal"]),
        "proposal by verifier": dataclasses.replace(proposal, proposal=own),
        # Nobody has a task in it yet, so that only the lines and roles count.
        "untouched case": dataclasses.replace(found["opened case"], id=1),
        "reported case": dataclasses.replace(found["opened case"], id=1, status=CaseStatus.FINISHED),
        "suspended case": dataclasses.replace(found["opened case"], id=1, status=CaseStatus.SUSPENDED),
        "suspended case of owner": dataclasses.replace(
            found["opened case"], id=1, subject=place.people["owner"], status=CaseStatus.SUSPENDED
        ),
        "promotion case": dataclasses.replace(found["opened case"], id=1, process="rank_promotion"),
        **_of_board(read, place, found["opened case"]),
        "month case": dataclasses.replace(found["unit case"], id=1, process="incentive_approval"),
        "person of unit_hr": employee_subject(context, place.people["unit_hr"]),
        # The verifier works on it.
        "claimed case": found["claimed"].case,
        # A unit's case whose key happens to be that of an employee: nobody's own.
        "case of a namesake": dataclasses.replace(found["unit case"], id=1, subject=place.people["employee"]),
        "finished case of a namesake": dataclasses.replace(
            found["unit case"], id=1, subject=place.people["employee"], status=CaseStatus.FINISHED
        ),
    }


def _of_designs(read: Connection, place: Place) -> dict[str, Any]:
    """Return a design that the owner began and the colleague may see, also as if nobody in particular had begun it."""
    found = find_design(read, HERE, place.objects["shared_design"]["design_id"])
    return {
        "design": found,
        "design of nobody": dataclasses.replace(found, begun_by=None, saved_by=None),
        "another design": dataclasses.replace(found, id=1, invited=frozenset()),
        "guest of a design": find_guest(read, HERE, place.objects["design_outsider"]["guest"]),
    }


def _of_board(read: Connection, place: Place, opened: Any) -> dict[str, Any]:
    """Return the filling of a post, also with the verifier as a candidate, and its case."""
    filling = filling_subject(read, HERE, place.objects["filling"]["case_id"], OPENS)
    own = dataclasses.replace(filling, candidates=frozenset({place.people["verifier"]}))
    case = dataclasses.replace(opened, id=1, process=BOARD_PROCESS, subject=filling.post_id)
    return {"filling": filling, "filling with verifier": own, "filling case": case}


def _of_signals(context: Context, place: Place) -> dict[str, Any]:
    """Return a signal about two people of the tour's office, and the same about the verifier."""
    signal = signal_subject(context, place.objects["allowance_signal"]["signal"])
    own = frozenset({place.people["verifier"]})
    return {"signal": signal, "signal about verifier": dataclasses.replace(signal, people=own)}


def _of_succession(read: Connection, place: Place) -> dict[str, Any]:
    """Return a succession list, also as if the regional head had drawn it."""
    drawn = find_list(read, HERE, place.objects["succession"]["succession"])
    own = dataclasses.replace(drawn, drawn_by=place.people["regional_head"])
    return {"succession": drawn, "succession by regional_head": own}


def _of_selections(place: Place, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """Return a selection of the guest's case for which the colleague applied, also as if others had."""
    treasurer = actors["treasurer"].person or 0
    seats = (Member(treasurer, is_internal=True, reason=None), Member(GUEST, is_internal=False, reason=None))
    # Nobody holds post 1, so that nobody is close to its holder.
    known = Selection(
        tenant=HERE,
        case_id=place.objects["opened"]["case_id"],
        post_id=1,
        post_name="",
        unit_id=1,
        unit_name="",
        opened_on=OPENS,
        first_close=OPENS,
        weights={},
        panel_decree="",
        stages=(),
        people=(Applicant(place.people["colleague"], 1, is_withdrawn=False),),
        panel=seats,
        ended=None,
    )
    applicants = {"treasurer": treasurer, **{key: place.people[key] for key in ("verifier", "official", "inspector")}}
    return {
        "selection": known,
        "selection without guests": dataclasses.replace(known, case_id=1),
        **{
            f"selection of {key}": dataclasses.replace(known, people=(Applicant(one, 1, is_withdrawn=False),))
            for key, one in applicants.items()
        },
    }


def _of_recognition(read: Connection, place: Place) -> dict[str, Any]:
    """Return a nomination, thanks and an idea of the colleague, each also with the verifier in it."""
    award = find_nomination(read, HERE, place.objects["nomination"]["case_id"])
    thanks = find_thanks(read, HERE, place.objects["thanks"]["kudos_id"])
    idea = find_idea(read, HERE, place.objects["idea"]["innovation_id"])
    verifier = place.people["verifier"]
    return {
        "award": award,
        "award of verifier": dataclasses.replace(award, employee=verifier),
        "thanks": thanks,
        "thanks that are kept": dataclasses.replace(thanks, shown=Shown.KEPT),
        "thanks for verifier": dataclasses.replace(thanks, receiver=verifier),
        **_of_units(read, place),
        "idea": idea,
        "idea of verifier": dataclasses.replace(idea, owner=verifier),
    }


def _of_units(read: Connection, place: Place) -> dict[str, Any]:
    """Return an award for the employee's unit and thanks of a citizen, each also with others in it."""
    award = find_unit_award(read, HERE, place.objects["unit_award"]["case_id"])
    thanks = find_citizen_thanks(read, HERE, place.objects["citizen_thanks"]["thanks_id"])
    superior = place.people["superior"]
    return {
        "unit award": award,
        "unit award that was given": dataclasses.replace(award, outcome=Outcome.AWARDED),
        "unit award by colleague": dataclasses.replace(award, proposer=place.people["colleague"]),
        "thanks of a citizen": thanks,
        "thanks of a citizen by superior": dataclasses.replace(thanks, recorded_by=superior),
        "thanks of a citizen for superior": dataclasses.replace(thanks, person=superior),
    }


def _task(read: Connection, place: Place, name: str) -> Any:
    thing = place.objects[name]
    return find_task(read, system_actor(HERE), thing["case_id"], thing["token"])


def _context(world: World, read: Connection) -> Context:
    engine = world.alur.engine
    return Context(system_actor(HERE), read, engine.clock(), engine.new_id, engine.directory)
