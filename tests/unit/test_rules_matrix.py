"""Who may do what, asked of the rule tables themselves: every permission, on things that differ in what rules look at.

The table names everybody of the city who is allowed; everybody else of that city, and everybody of the other one, is
refused. `system` is a job or the command line. A permission without a line fails, and so does one that nobody has, or
everybody. The long test changes each predicate of the rules, one after the other, and expects the table to notice.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection

from engine.casework import find_case, find_task
from engine.command import Context, TenantSubject
from engine.designs.finding import find_design
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy, Predicate
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
from webapp.auth.people import account_subject
from webapp.demo.places import TOP
from webapp.demo.town import build_town

HR = "verifier hr_head"
SEE_THE_TEAM = f"unit_hr top_hr {HR} inspector"

#: As below, of the allowances.
ALLOWANCES: Mapping[tuple[str, str], str] = {
    ("allowance:open", "city"): f"system {HR}",
    ("allowance:view", "city"): f"treasurer inspector official superior unit_hr unrelated_hr top_hr {HR}",
    ("allowance:list", "unit"): f"treasurer inspector superior unit_hr top_hr {HR}",
    ("allowance:export", "unit"): f"treasurer {HR}",
    ("slip:view", "employee"): f"treasurer employee appraiser superior {SEE_THE_TEAM}",
    ("slip:view", "unplaced"): f"treasurer employee appraiser inspector {HR}",
    ("dispute:file", "employee"): "employee",
    ("attendance:propose", "employee"): "unit_hr top_hr",
    ("attendance:propose", "verifier"): "top_hr",
    ("attendance:approve", "correction"): f"top_hr {HR}",
    ("month:adjust", "employee"): HR,
    ("month:confirm", "adjustment"): "hr_head",
    ("allowance:oversee", "city"): f"inspector {HR}",
    ("signal:find", "unit"): "system",
    ("signal:handle", "signal"): HR,
    ("signal:handle", "signal about verifier"): "hr_head",
}

_SEE_POSTS = f"admin inspector official regional_head {HR}"
#: As below, of posts and competencies.
POSTS: Mapping[tuple[str, str], str] = {
    ("needs:view", "city"): _SEE_POSTS,
    ("merit:mark", "city"): HR,
    ("post:view", "post"): f"unit_hr top_hr {_SEE_POSTS}",
    ("post:analyse", "post"): f"unit_hr top_hr {HR}",
    ("post:analyse", "post of verifier"): "top_hr hr_head",
    ("post:decide", "post"): HR,
    ("post:decide", "post of verifier"): "hr_head",
    ("competency:view", "employee"): f"employee appraiser {SEE_THE_TEAM}",
}

#: As below, of careers and promotion in rank.
CAREERS: Mapping[tuple[str, str], str] = {
    ("career:view", "employee"): f"employee {SEE_THE_TEAM}",
    ("career:view", "unplaced"): f"employee inspector {HR}",
    ("promotion:view", "unit"): SEE_THE_TEAM,
    ("promotion:start", "employee"): f"system unit_hr top_hr {HR}",
    ("promotion:start", "unplaced"): f"system {HR}",
    ("promotion:start", "verifier"): "system top_hr hr_head",
    ("promotion:start", "person of unit_hr"): f"system top_hr {HR}",
    ("rank:follow", "city"): "system",
    ("appointment:follow", "city"): "system",
    ("post:fill", "post"): HR,
    ("post:fill", "post of verifier"): "hr_head",
    ("filling:list", "city"): f"inspector official regional_head {HR}",
    ("filling:view", "filling"): f"inspector official regional_head {HR}",
    ("filling:view", "filling with verifier"): "inspector official regional_head hr_head",
    ("filling:own", "filling"): "employee",
    ("case:view", "filling case"): f"system inspector official regional_head {HR}",
    ("decree:view", "city"): f"inspector {HR}",
    ("talent:browse", "city"): f"regional_head {HR}",
    ("talent:follow_up", "employee"): HR,
    ("talent:follow_up", "verifier"): "hr_head",
    ("succession:view", "city"): f"regional_head {HR}",
    ("succession:draw", "post"): HR,
    ("succession:draw", "post of verifier"): "hr_head",
    ("succession:approve", "succession"): "regional_head",
    ("succession:approve", "succession by regional_head"): "",
    ("case:view", "promotion case"): f"system employee official regional_head {SEE_THE_TEAM}",
    ("result:view", "promotion case"): f"employee {SEE_THE_TEAM}",
}

_STAFF = (
    "employee colleague appraiser superior unrelated_appraiser unrelated_hr treasurer official regional_head inspector "
    f"owner admin unit_hr top_hr {HR}"
)
#: As below, of open selections.
SELECTIONS: Mapping[tuple[str, str], str] = {
    ("selection:open", "city"): f"system {HR}",
    ("selection:view", "selection"): f"{_STAFF} guest",
    ("selection:view", "selection without guests"): "- system",
    ("selection:apply", "selection"): "- system",
    ("selection:withdraw", "selection"): "colleague",
    ("selection:panel", "selection"): f"system {HR}",
    ("selection:panel", "selection of verifier"): "system hr_head",
    ("selection:documents", "selection"): f"treasurer guest official regional_head {HR}",
    ("selection:documents", "selection of verifier"): "treasurer guest official regional_head hr_head",
    ("selection:documents", "selection of treasurer"): f"guest official regional_head {HR}",
    ("selection:documents", "selection of official"): f"treasurer guest regional_head {HR}",
    ("selection:judge", "selection"): f"official regional_head inspector {HR}",
    ("selection:judge", "selection of verifier"): "official regional_head inspector hr_head",
    ("selection:judge", "selection of official"): f"regional_head inspector {HR}",
    ("selection:judge", "selection of inspector"): f"official regional_head {HR}",
    ("case:view", "selection case"): f"system official regional_head inspector {HR}",
}

#: As below, of training.
TRAINING: Mapping[tuple[str, str], str] = {
    ("development:view", "employee"): f"employee appraiser {SEE_THE_TEAM}",
    ("development:view", "unplaced"): f"employee appraiser inspector {HR}",
    ("development:nominate", "employee"): f"employee appraiser unit_hr top_hr {HR}",
    ("development:nominate", "unplaced"): f"employee appraiser {HR}",
    ("development:plan", "employee"): "employee appraiser",
    ("development:agree", "employee"): "appraiser",
    ("development:claim", "employee"): "employee",
    ("training:confirm", "employee"): HR,
    ("training:confirm", "verifier"): "hr_head",
    ("training:oversee", "city"): f"inspector {HR}",
    ("training:arrange", "city"): f"system {HR}",
    ("training:open_needs", "city"): "system",
}

#: As below, of designs of processes.
DESIGNS: Mapping[tuple[str, str], str] = {
    ("design:begin", "city"): "system owner",
    ("design:view", "design"): "system owner admin colleague outsider",
    ("design:view", "another design"): "system owner admin",
    ("design:view", "city"): "system owner admin",
    ("design:change", "design"): "system owner",
    ("design:remark", "design"): "owner admin colleague outsider",
    ("design:remark", "another design"): "owner admin",
    ("design:review", "design"): "admin",
    ("design:review", "design of nobody"): "owner admin",
    ("design:release", "design"): "owner",
}

#: As below, of figures of processes.
MINING: Mapping[tuple[str, str], str] = {
    ("mining:fold", "city"): "system",
    ("mining:view", "city"): "system owner",
    ("mining:export", "city"): "system owner",
}

#: As below, of guests: what they may at all, and who invites them.
GUESTS: Mapping[tuple[str, str], str] = {
    ("task:view", "task of guest"): "guest",
    ("task:complete", "task of guest"): "guest",
    ("task:delegate", "task of guest"): "",
    ("task:view", "task of guest elsewhere"): "",
    ("task:complete", "task of guest elsewhere"): "",
    ("notice:read", "guest"): "guest",
    ("guest:view", "city"): f"inspector {HR}",
    ("guest:invite", "city"): HR,
    ("guest:change", "city"): HR,
    ("guest:view", "guest of a design"): "owner",
    ("guest:change", "guest of a design"): "owner",
}

#: Permission and thing, and who may.
ALLOWED: Mapping[tuple[str, str], str] = {
    ("task:view", "opened"): "employee",
    ("task:view", "behaviour"): "appraiser",
    ("task:view", "queue"): "verifier",
    ("task:view", "claimed"): "verifier",
    ("task:complete", "opened"): "employee",
    ("task:complete", "queue"): "",
    ("task:complete", "claimed"): "verifier",
    ("task:claim", "opened"): "",
    ("task:claim", "queue"): "verifier",
    ("task:claim", "claimed"): "",
    ("task:unclaim", "opened"): "",
    ("task:unclaim", "queue"): "",
    ("task:unclaim", "claimed"): "verifier",
    ("task:delegate", "behaviour"): "appraiser",
    ("task:delegate", "queue"): "",
    ("task:reassign", "opened"): "system",
    ("case:start", "city"): "system",
    ("case:advance", "city"): "system",
    ("migration:run", "city"): f"system owner {HR}",
    ("case:view", "opened case"): f"system employee appraiser {SEE_THE_TEAM}",
    ("case:view", "objection case"): f"system colleague appraiser superior {SEE_THE_TEAM}",
    ("case:view", "unit case"): f"system superior {SEE_THE_TEAM}",
    ("case:view", "untouched case"): f"system employee appraiser {SEE_THE_TEAM}",
    ("case:view", "case of a namesake"): f"system inspector {HR}",
    ("case:view", "stuck case"): f"system colleague appraiser owner {SEE_THE_TEAM}",
    ("result:view", "opened case"): f"employee appraiser {SEE_THE_TEAM}",
    ("result:view", "objection case"): f"colleague appraiser superior {SEE_THE_TEAM}",
    ("case:view", "reported case"): f"system employee appraiser official {SEE_THE_TEAM}",
    ("case:view", "finished case of a namesake"): f"system inspector {HR}",
    ("result:view", "reported case"): f"employee appraiser official {SEE_THE_TEAM}",
    ("result:view", "unit case"): f"superior {SEE_THE_TEAM}",
    ("result:view", "untouched case"): f"employee appraiser {SEE_THE_TEAM}",
    ("result:view", "stuck case"): f"colleague appraiser {SEE_THE_TEAM}",
    ("result:view", "case of a namesake"): f"inspector {HR}",
    ("incident:retry", "opened case"): f"system owner {HR}",
    ("incident:retry_group", "city"): f"system owner {HR}",
    ("operations:view", "city"): f"system owner {HR}",
    ("deadline:move", "city"): "system",
    ("deadline:recount", "city"): "system verifier admin",
    **{
        line: allowed
        for permission in ("incident:skip", "case:suspend", "case:cancel", "case:move")
        for line, allowed in (
            ((permission, "opened case"), f"system {HR}"),
            ((permission, "stuck case"), f"system owner {HR}"),
            ((permission, "suspended case"), f"system owner {HR}"),
            ((permission, "suspended case of owner"), f"system {HR}"),
            ((permission, "claimed case"), "system hr_head"),
        )
    },
    ("case:hand_over", "opened case"): "system",
    ("case:hand_over", "claimed case"): "system hr_head",
    ("case:change", "opened case"): f"system {HR}",
    ("case:change", "stuck case"): f"system {HR}",
    ("case:change", "claimed case"): "system hr_head",
    ("case:view", "suspended case"): f"system employee appraiser owner {SEE_THE_TEAM}",
    ("notice:read", "employee"): "employee",
    ("release:deploy", "city"): "system owner",
    ("period:close", "city"): "system",
    ("period:open", "city"): f"system {HR}",
    ("period:view", "city"): f"system owner inspector official regional_head unit_hr unrelated_hr top_hr {HR}",
    ("period:browse", "city"): f"system inspector official unit_hr unrelated_hr top_hr {HR}",
    **ALLOWANCES,
    **POSTS,
    **CAREERS,
    **SELECTIONS,
    **TRAINING,
    **GUESTS,
    **DESIGNS,
    **MINING,
    ("case:view", "month case"): f"system treasurer {SEE_THE_TEAM}",
    ("feedback:give", "employee"): "- employee",
    ("feedback:change", "feedback"): "colleague",
    ("people:view", "city"): "system admin verifier",
    ("people:import", "city"): "system admin verifier",
    ("employee:view", "employee"): f"employee appraiser admin inspector unit_hr top_hr {HR}",
    ("employee:view", "unplaced"): f"employee appraiser admin inspector {HR}",
    ("role:view", "verifier"): "verifier admin",
    ("role:view", "employee"): "employee verifier admin",
    ("role:grant", "employee"): "system admin",
    ("role:grant", "admin"): "system",
    ("role:revoke", "grant"): "system admin",
    ("line:view", "employee"): "employee appraiser unit_hr top_hr verifier",
    ("line:propose", "employee"): "unit_hr top_hr",
    ("line:propose", "verifier"): "top_hr",
    ("line:approve", "proposal"): "verifier",
    ("line:approve", "own_proposal"): "",
    ("line:approve", "proposal by verifier"): "",
    ("acting:view", "unit"): "unit_hr top_hr verifier admin",
    ("acting:end", "unit"): "system unit_hr top_hr verifier",
    ("code:list", "city"): "admin unit_hr unrelated_hr top_hr",
    ("account:issue_code", "employee account"): "system admin unit_hr top_hr",
    ("account:issue_code", "verifier account"): "system admin",
    ("account:issue_code", "admin account"): "system",
    ("account:issue_code", "account of top_hr"): "system admin",
    ("account:set_active", "employee account"): "system admin",
    ("account:set_active", "admin account"): "system",
    ("city:open", "city"): "system",
    ("program:open", "city"): HR,
    ("program:export", "city"): HR,
    ("unit:recognise", "city"): f"system {HR}",
    ("unit_award:view", "unit award"): f"official regional_head inspector {HR}",
    ("unit_award:view", "unit award that was given"): "- system",
    ("unit_award:view", "unit award by colleague"): f"colleague official regional_head inspector {HR}",
    ("unit_award:judge", "unit award"): f"official regional_head inspector {HR}",
    ("citizen:record", "employee"): HR,
    ("citizen:record", "verifier"): "hr_head",
    ("citizen:list", "city"): HR,
    ("citizen:confirm", "thanks of a citizen"): "superior official",
    ("citizen:confirm", "thanks of a citizen by superior"): "official",
    ("citizen:confirm", "thanks of a citizen for superior"): "official",
    ("report:oversee", "city"): f"inspector official regional_head {HR}",
    ("report:spending", "city"): f"treasurer inspector official regional_head {HR}",
    ("report:service", "city"): "- system",
    ("nominee:name", "employee"): "- employee",
    ("award:view", "award"): f"employee colleague official regional_head inspector {HR}",
    ("award:view", "award of verifier"): f"colleague official regional_head inspector {HR}",
    ("award:judge", "award"): f"official regional_head inspector {HR}",
    ("award:judge", "award of verifier"): "official regional_head inspector hr_head",
    ("kudos:give", "employee"): "- employee system",
    ("kudos:withdraw", "thanks"): "colleague",
    ("kudos:answer", "thanks"): "employee",
    ("kudos:report", "thanks"): "employee appraiser superior unit_hr",
    ("kudos:report", "thanks that are kept"): "employee",
    ("kudos:review", "thanks"): HR,
    ("kudos:review", "thanks for verifier"): "hr_head",
    ("innovation:add", "city"): "- system",
    ("innovation:follow", "idea"): "colleague",
    ("innovation:vote", "idea"): "- colleague system",
    ("innovation:decide", "idea"): f"superior official unit_hr top_hr {HR}",
    ("innovation:decide", "idea of verifier"): "superior official unit_hr top_hr hr_head",
}
MOST_SURVIVORS = 0.05
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


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("rules")
    with open_personas_world(folder) as world, world.alur.database.reading() as read:
        here, there = world.places[HERE], world.places[ELSEWHERE]
        actors = _actors(read, here)
        strangers = {
            **_actors(read, there),
            # The same keys and roles in another city: only the city tells them apart.
            **{f"twin of {name}": dataclasses.replace(actor, tenant=ELSEWHERE) for name, actor in actors.items()},
        }
        yield Scene(world.alur.engine.policy, read, actors, strangers, _things(world, read, here, actors))


@pytest.mark.parametrize("line", ALLOWED, ids=" ".join)
def test_only_those_whom_the_table_names_are_allowed(scene: Scene, line: tuple[str, str]) -> None:
    assert scene.allowed(*line) == scene.expected(*line)


@pytest.mark.parametrize("line", ALLOWED, ids=" ".join)
def test_nobody_of_another_city_is_allowed_anything(scene: Scene, line: tuple[str, str]) -> None:
    assert scene.strangers_allowed(*line) == set()


def test_every_permission_has_somebody_who_is_allowed_and_somebody_who_is_refused(scene: Scene) -> None:
    by_permission: dict[str, list[set[str]]] = {}
    for permission, thing in ALLOWED:
        by_permission.setdefault(permission, []).append(scene.allowed(permission, thing))

    assert set(by_permission) == scene.policy.permissions
    for permission, found in by_permission.items():
        assert any(found), permission
        assert any(names != set(scene.actors) for names in found), permission


def test_a_permission_that_no_rule_names_is_nobodys(scene: Scene) -> None:
    assert not any(scene.policy.allows(actor, "case:burn", scene.things["city"], scene.read) for actor in _all(scene))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_table_notices_every_changed_rule(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert not scene.notices(), "the table and the rules agree to begin with"
    mutants = list(_mutants(scene.policy))

    survivors = [name for name, policy in mutants if not dataclasses.replace(scene, policy=policy).notices()]

    with capsys.disabled():
        print(f"\n{len(mutants)} changed rules, {len(survivors)} not noticed")  # noqa: T201  # what the check is for
        print("\n".join(survivors))  # noqa: T201  # as above
    assert len(survivors) <= MOST_SURVIVORS * len(mutants)


def _mutants(policy: Policy) -> Iterator[tuple[str, Policy]]:
    """Yield the rules with one predicate always true, always false, or one row gone."""
    for permission, rows in policy._rules.items():
        for place, row in enumerate(rows):
            yield f"{permission} without row {place}", _changed(policy, permission, [*rows[:place], *rows[place + 1 :]])
            for position, predicate in enumerate(row):
                for answer in (True, False):
                    new = (*row[:position], _always(answer), *row[position + 1 :])
                    name = f"{permission} row {place}: {predicate.__name__} always {answer}"
                    yield name, _changed(policy, permission, [*rows[:place], new, *rows[place + 1 :]])


def _changed(policy: Policy, permission: str, rows: list[tuple[Predicate, ...]]) -> Policy:
    changed = Policy()
    changed._rules = {**policy._rules, permission: rows}
    changed._limits = policy._limits
    return changed


def _always(answer: bool) -> Predicate:
    return lambda _actor, _subject, _read: answer


def _all(scene: Scene) -> Iterator[Actor]:
    yield from scene.actors.values()
    yield from scene.strangers.values()


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
