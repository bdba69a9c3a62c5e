"""Sets a demonstration city up for the personas: their roles and sessions, and cases in several stages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from engine.commands.begin_look import BeginLook
from engine.commands.begin_migration import BeginMigration
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.inbox import my_tasks
from engine.queries.migration import find_releases
from engine.records.case import case, incident, open_task
from processes.appraisal.commands.give_feedback import GiveFeedback
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.propose_line import ProposeLine
from processes.people.queries import employee_by_nip, groups_on, placement_on, roles_on
from processes.people.records import HeadKind, Role, unit_head
from processes.training.commands.plan_goal import AddGoal
from processes.training.queries.catalogue import coming_sessions
from processes.training.records import training_nomination
from tests.functional.personas_guests import guest_things
from tests.functional.personas_incentive import incentive_things
from tests.functional.personas_promotion import promotion_things
from tests.functional.personas_recognition import recognition_things
from tests.functional.personas_studio import studio_things
from tests.functional.personas_training import training_papers
from tests.unit.engine.diagrams import end, path, start, text, user
from webapp.assets import manifest
from webapp.auth.commands.open_city import OpenCity
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.demo import load_demo
from webapp.demo.places import AGENCY, TOP
from webapp.demo.town import SINCE, Town, build_town
from webapp.demo.town import Person as MadeUp
from webapp.setup import deploy_shipped
from webapp.wiring import Alur

OPENS = date(2026, 10, 1)
MORNING = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
UNRELATED, INSPECTORATE = "BAPPEDA", "ITKOT"

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """One city of the world.

    :param people: the personas' keys in the records.
    :param sessions: the id in each persona's cookie.
    :param objects: what addresses of pages are about, by a name that both cities share.
    :param names: what forms may name, such as `{rating_case}`.
    """

    code: str
    people: Mapping[str, int]
    sessions: Mapping[str, str]
    objects: Mapping[str, Parameters]
    names: Mapping[str, str]


class Settling:
    """Sets one city up."""

    def __init__(self, alur: Alur, code: str) -> None:
        self.alur = alur
        self.code = code
        self.town = build_town(code)
        self.system = system_actor(code)

    def place(self) -> Place:
        """Return the city with everything in it."""
        self._open()
        people = self._people()
        self._give_roles(people)
        objects = {**self._things(people), **self._stages(people)}
        sessions = {key: self._session(person, must_choose=key == "newcomer") for key, person in people.items()}
        names = {**_names(people, objects), "superior_name": _cast(self.town)["superior"].name}
        return Place(self.code, people, sessions, objects, names)

    def _open(self) -> None:
        engine = self.alur.engine
        engine.run(OpenCity(_link(self.code)), self.system)
        deploy_shipped(self.alur, self.code)
        load_demo(engine, self.code, self.system)
        engine.run(DeployRelease(_queue_release(), self.alur.catalogue), self.system)
        engine.run(OpenQuarter(2026, 3), self.system)
        run_until_idle(self.alur.jobs)

    def _people(self) -> dict[str, int]:
        chosen = {key: self._key(person) for key, person in _cast(self.town).items()}
        chosen["newcomer"] = self._key(self.town.at(AGENCY, "staff3"))
        return chosen

    def _key(self, person: MadeUp) -> int:
        with self.alur.database.reading() as read:
            found = employee_by_nip(read, self.code, person.nip)
        assert found is not None
        return found.id

    def _give_roles(self, people: Mapping[str, int]) -> None:
        more = (
            ("inspector", Role.INSPECTOR),
            ("hr_head", Role.HR_HEAD),
            ("regional_head", Role.APPOINTING_AUTHORITY),
        )
        for key, role in more:
            self.alur.engine.run(GrantRole(people[key], role, SINCE), self.system)

    def _session(self, person: int, *, must_choose: bool) -> str:
        with self.alur.database.writing() as connection:
            return open_session(connection, self.alur, self.code, person, must_choose=must_choose)

    def _things(self, people: Mapping[str, int]) -> dict[str, Parameters]:
        """What is there before anybody has worked: people, grants, the quarter, a proposal, the first link."""
        with self.alur.database.reading() as read:
            (grant,) = roles_on(read, self.code, people["verifier"], OPENS)
            (own_grant,) = roles_on(read, self.code, people["admin"], OPENS)
            place = placement_on(read, self.code, people["employee"], OPENS)
        agency_hr = self._key(self.town.at(AGENCY, "general"))
        return {
            "admin": {"person": people["admin"]},
            "employee": {"person": people["employee"]},
            "unit_hr": {"person": people["unit_hr"]},
            "grant": {"grant": grant.id},
            "own_grant": {"grant": own_grant.id},
            "acting": {"head": self._acting(self._child_unit(people["superior"]), people["hr_head"])},
            "proposal": {"proposal": self._propose(people["employee"], people["superior"], people["unit_hr"])},
            "own_proposal": {"proposal": self._propose(people["verifier"], people["hr_head"], agency_hr)},
            "post": {"post": place.post_id if place is not None else None},
            "quarter": {"year": 2026, "quarter": 3},
            "asset": {"name": next(iter(manifest().values()), "tidak-ada.css")},
            "link": {"token": _link(self.code)},
            "feedback": {"feedback_id": self._feedback(people["colleague"], people["employee"])},
            **recognition_things(
                self.alur,
                self.code,
                self._actor(people["colleague"]),
                people["employee"],
                self._actor(people["verifier"]),
            ),
            **self._training(people["employee"]),
            **training_papers(self.alur, self._actor(people["employee"]), self._actor(people["verifier"])),
            **incentive_things(
                self.alur,
                self.code,
                people["employee"],
                self._actor(people["unit_hr"]),
                self._actor(people["verifier"]),
            ),
            **promotion_things(self.alur, self.code, people["employee"]),
            **studio_things(self.alur, self._actor(people["owner"]), self._actor(people["admin"]), people["colleague"]),
        }

    def _training(self, person: int) -> dict[str, Parameters]:
        """A session of the catalogue, a letter of assignment, and a goal that waits for the superior."""
        with self.alur.database.reading() as read:
            session = coming_sessions(read, self.code, OPENS)[0]
            place = placement_on(read, self.code, person, OPENS)
        assert place is not None
        row = {"tenant": self.code, "employee_id": person, "unit_id": place.unit_id, "session_id": session.id}
        kept = {"course": session.course, "need": "open", "gap": 0, "performance_gap": Decimal(0), "status": "chosen"}
        number = self.alur.engine.new_id()
        now = {"proposed_at": self.alur.clock(), "changed_at": self.alur.clock(), "letter": "ST-0001/BKPSDM/2026"}
        with self.alur.database.writing() as connection:
            connection.execute(training_nomination.insert(), {"case_id": number, **row, **kept, **now})
        goal = self.alur.engine.run(AddGoal(person, "Menyusun kontrak sendiri", OPENS), self._actor(person)).value
        return {
            "training_session": {"session_id": session.id},
            "letter": {"nomination_id": number},
            "goal": {"goal_id": goal},
        }

    def _propose(self, employee: int, appraiser: int, proposer: int) -> int:
        command = ProposeLine(employee, appraiser, OPENS, "Penilai pindah tugas")
        proposal: int = self.alur.engine.run(command, self._actor(proposer)).value
        return proposal

    def _acting(self, unit: int, person: int) -> int:
        """Somebody heads a unit as Plt."""
        head = self.alur.engine.new_id()
        own = {"id": head, "tenant": self.code, "unit_id": unit, "employee_id": person, "kind": HeadKind.ACTING.value}
        with self.alur.database.writing() as connection:
            connection.execute(unit_head.insert(), {**own, "valid_from": OPENS})
        return head

    def _feedback(self, giver: int, about: int) -> int:
        command = GiveFeedback(about, is_positive=True, text="Berkas selesai lebih cepat")
        feedback_id: int = self.alur.engine.run(command, self._actor(giver)).value
        return feedback_id

    def _actor(self, person: int) -> Actor:
        with self.alur.database.reading() as read:
            return Actor(self.code, person, groups_on(read, self.code, person, OPENS))

    def _stages(self, people: Mapping[str, int]) -> dict[str, Parameters]:
        """One case a stage, all of the same appraiser: just opened, to be rated, to be signed, objected to, stuck."""
        own, other = people["employee"], people["colleague"]
        rated, signed, reported = self._rest_of_team(people)
        child = self._child_unit(people["superior"])
        kept = self.alur.files.put(PDF, filename="bukti.pdf", limit=len(PDF))
        file = {"sha256": kept.sha256, "filename": kept.filename, "media_type": kept.media_type, "size": kept.size}
        for person in (other, rated, signed, reported):
            self._does(person, "record_realisation", person, evidence=[file] if person == other else [])
            self._does(people["appraiser"], "assess_behaviour", person, **_assessment())
        unit = self._unit_of(own)
        self._does(people["official"], "set_org_predicate", unit, UNIT_PROCESS, predicate="BAIK", note="Tercapai")
        for person in (other, signed, reported):
            self._does(people["appraiser"], "confirm_ratings", person, **_AS_EXPECTED)
        done, stuck = self._done(other), self._stuck(other)
        for person in (other, reported):
            self._does(people["appraiser"], "sign", person, confirmed=True, justification="Sesuai bukti")
            self._does(people["appraiser"], "hand_over", person, dialogue_on=OPENS, note="Baik")
        self._does(other, "respond", other, answer="object", reason="Bukti saya belum dihitung")
        self._does(reported, "respond", reported, answer="accept")
        return {
            "opened": self._task(own, "record_realisation"),
            "behaviour": self._task(own, "assess_behaviour"),
            "rating": self._task(rated, "confirm_ratings"),
            "signing": self._task(signed, "sign"),
            "objection": {**self._task(other, "decide_objection"), "sha256": kept.sha256},
            "done": done,
            "unit_case": self._task(child, "set_org_predicate", UNIT_PROCESS),
            "queue": self._queued("1"),
            "claimed": self._claimed(self._queued("2"), people["verifier"]),
            "stuck": stuck,
            "stuck_group": self._group(stuck),
            "reported": {"case_id": self._case(reported, EMPLOYEE_PROCESS)},
            **guest_things(self.alur, self.code, self._case(reported, EMPLOYEE_PROCESS), people["verifier"]),
            "move": self._move(),
        }

    def _move(self) -> dict[str, Any]:
        """A move of the queue's cases to a release with one step more: looked at, and begun but cut off."""
        engine = self.alur.engine
        engine.run(DeployRelease(_queue_release("tutup"), self.alur.catalogue), self.system)
        old, new = engine.read(find_releases, self.system, "antrean:1", "antrean:2")
        look = engine.run(BeginLook(old.id, new.id), self.system).value
        run_until_idle(self.alur.jobs)
        return {"look_id": look, "run_id": engine.run(BeginMigration(old.id, new.id), self.system).value}

    def _rest_of_team(self, people: Mapping[str, int]) -> tuple[int, int, int]:
        team = [self._key(person) for person in _team(self.town)]
        rest = [person for person in team if person not in (people["employee"], people["colleague"])]
        return rest[0], rest[1], rest[2]

    def _does(self, person: int, element: str, subject: int, process: str = EMPLOYEE_PROCESS, **answers: Any) -> None:
        task = self._task(subject, element, process)
        self.alur.engine.run(CompleteTask(task["case_id"], task["token"], answers), Actor(self.code, person))
        run_until_idle(self.alur.jobs)

    def _case(self, subject: int, process: str) -> int:
        found = case.select().where(case.c.tenant == self.code, case.c.subject == subject, case.c.process == process)
        with self.alur.database.reading() as read:
            return int(read.execute(found.order_by(case.c.started_at, case.c.id)).first().id)  # type: ignore[union-attr]  # it exists

    def _task(self, subject: int, element: str, process: str = EMPLOYEE_PROCESS) -> dict[str, Any]:
        case_id = self._case(subject, process)
        found = open_task.select().where(open_task.c.case_id == case_id, open_task.c.element == element)
        with self.alur.database.reading() as read:
            return {"case_id": case_id, "token": read.execute(found).one().token}

    def _done(self, subject: int) -> dict[str, Any]:
        """The task in which the realisation was entered, which waits no more."""
        case_id = self._case(subject, EMPLOYEE_PROCESS)
        with self.alur.database.reading() as read:
            waiting = {row.token for row in read.execute(open_task.select().where(open_task.c.case_id == case_id))}
        opened = self._task(self._key(_cast(self.town)["employee"]), "record_realisation")["token"]
        assert opened not in waiting, "the same diagram gives the same tokens"
        return {"case_id": case_id, "token": opened}

    def _unit_of(self, person: int) -> int:
        variables = self.alur.engine.read(view_case, self.system, self._case(person, EMPLOYEE_PROCESS))
        return int(variables.history[0].data["variables"]["unit"])

    def _child_unit(self, superior: int) -> int:
        """The unit whose predicate waits for the superior."""
        rows = self.alur.engine.read(my_tasks, Actor(self.code, superior)).rows
        found = next(row for row in rows if row.element == "set_org_predicate")
        with self.alur.database.reading() as read:
            return int(read.execute(case.select().where(case.c.id == found.case_id)).one().subject)

    def _queued(self, key: str) -> dict[str, Any]:
        started = self.alur.engine.run(StartCases("antrean", (NewCase(key, 1, f"Berkas {key}"),)), self.system)
        (case_id,) = started.value
        with self.alur.database.reading() as read:
            row = read.execute(open_task.select().where(open_task.c.case_id == case_id)).one()
        return {"case_id": case_id, "token": row.token}

    def _claimed(self, task: dict[str, Any], person: int) -> dict[str, Any]:
        self.alur.engine.run(ClaimTask(task["case_id"], task["token"]), self._actor(person))
        return task

    def _stuck(self, person: int) -> dict[str, Any]:
        """An evaluation of an earlier quarter that does not say which predicate of a unit it waits for."""
        view = self.alur.engine.read(view_case, self.system, self._case(person, EMPLOYEE_PROCESS))
        variables = {**view.history[0].data["variables"], "quarter": 2, "org_key": None}
        new = NewCase(f"macet:{person}", person, view.case.title.replace("TW 3", "TW 2"), variables)
        (case_id,) = self.alur.engine.run(StartCases(EMPLOYEE_PROCESS, (new,)), self.system).value
        (found,) = self.alur.engine.read(view_case, self.system, case_id).incidents
        return {"case_id": case_id, "token": found.token}

    def _group(self, stuck: Parameters) -> Parameters:
        """What is stuck for the cause of that case; the same in every city."""
        with self.alur.database.reading() as read:
            row = read.execute(incident.select().where(incident.c.case_id == stuck["case_id"])).one()
        return {"process": EMPLOYEE_PROCESS, "cause": row.cause}


def open_session(connection: Connection, alur: Alur, city: str, person: int, *, must_choose: bool = False) -> str:
    """Give somebody an account and a session; return the session's id."""
    row = {"id": person, "tenant": city, "employee_id": person, "fs_uniquifier": f"f{person}", "code_tries": 0}
    connection.execute(account.insert(), {**row, "active": True, "created_at": MORNING})
    return begin_session(connection, alur, city, person, must_choose=must_choose)


def _cast(town: Town) -> dict[str, MadeUp]:
    """Who plays which part; the first two are of the same team."""
    employee, colleague = _team(town)[:2]
    appraiser = town.appraiser(employee)
    assert appraiser is not None
    superior = town.appraiser(appraiser)
    assert superior is not None
    return {
        "employee": employee,
        "colleague": colleague,
        "appraiser": appraiser,
        "unrelated_appraiser": town.at(UNRELATED, "chief1"),
        "superior": superior,
        "official": town.at(TOP),
        "regional_head": town.at(TOP, "chief1"),
        "unit_hr": town.at(superior.unit.code, "general"),
        "unrelated_hr": town.at(UNRELATED, "general"),
        "verifier": town.at(AGENCY, "staff1"),
        "hr_head": town.at(AGENCY),
        "owner": town.at(AGENCY, "chief1"),
        "admin": town.at(AGENCY, "staff2"),
        "inspector": town.at(INSPECTORATE, "staff1"),
    }


def _team(town: Town) -> list[MadeUp]:
    """The people of one head of division, in an office that has units below it."""
    office = {"serang": "DISDIK", "mataram": "DINKES"}[town.plan.code]
    found = [one for one in town.people if one.unit.code == office and one.seat.reports_to == "chief1"]
    assert len(found) >= 5, "each stage needs somebody"
    return found


_AS_EXPECTED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}


def _assessment() -> dict[str, Any]:
    values = "BERORIENTASI_PELAYANAN AKUNTABEL KOMPETEN HARMONIS LOYAL ADAPTIF KOLABORATIF".split()
    marks = {f"behaviour__{value}__mark": "0" for value in values}
    return {**marks, "feedback_tone": "positive", "feedback_text": "Laporan selalu rapi dan tepat waktu"}


def _queue_release(*more: str) -> dict[str, bytes]:
    """A diagram with one task for whoever of the verifiers comes first, and some more tasks behind it."""
    names = ("periksa", *more)
    tasks = (user(name, "", candidate='"hr_verifier"').replace('key="any"', 'key="periksa"') for name in names)
    content = text(start(), *tasks, end(), path("begin", *names, "done"), process="antrean")
    words = {"id": "Catatan", "en": "Note"}
    field = {"name": "note", "type": "text", "label": words, "required": True}
    spec = {"version": 1, "title": words, "fields": [field]}
    return {"antrean.bpmn": content.encode(), "forms/periksa.json": json.dumps(spec).encode()}


def _link(code: str) -> str:
    return code.ljust(43, "L")


def _names(people: Mapping[str, int], objects: Mapping[str, Parameters]) -> dict[str, str]:
    found = {key: str(person) for key, person in people.items()}
    for name, parameters in objects.items():
        found |= {f"{name}_{key}": str(value) for key, value in parameters.items()}
    return found
