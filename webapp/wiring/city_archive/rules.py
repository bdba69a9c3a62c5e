"""Which rows of each table belong to a city, and which stay with their installation; every table has a line here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, ColumnExpressionArgument, LargeBinary, String, Table, or_, select

from engine.records.schema import metadata


@dataclass(frozen=True, slots=True)
class Own:
    """The rows name their city.

    :param column: that does.
    :param blank: columns that are left empty, with what stands in them instead.
    :param files: the column with the hash of a kept file.
    """

    column: str = "tenant"
    blank: Mapping[str, Any] = field(default_factory=dict)
    files: str | None = None


@dataclass(frozen=True, slots=True)
class Via:
    """The rows refer to one of a table whose rows are the city's.

    :param parents: table by column; one of them is enough.
    """

    parents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shared:
    """Rows are made of their content and serve every city; those that the city's rows refer to go along."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Nothing of it goes along.

    :param why: in a sentence.
    """

    why: str


Rule = Own | Via | Shared | Stays

OF_A_CASE: Final = Via({"case_id": "process_case"})
#: Keyed with the secrets of the installation, they open nothing in another one.
NO_WAY_IN: Final = {"password": None, "code_hash": None, "code_until": None, "code_tries": 0}
OF_THE_QUEUE: Final = Stays("Jobs go along by their city, not by their table: each kind of database has its own.")

RULES: Final[Mapping[str, Rule]] = {
    "account": Own(blank=NO_WAY_IN),
    "adjustment_proposal": Own(),
    "allowance_adjustment": Own(),
    "allowance_ceiling": Own(),
    "allowance_payment": Own(),
    "allowance_run": Own(),
    "allowance_signal": Own(),
    "allowance_slip": Own(),
    "area_factor": Own(),
    "assessment": Own(),
    "attendance": Own(),
    "attendance_correction": Own(files="sha256"),
    "audit": Own(),
    "audit_seal": Stays("It proves the rows that this installation wrote; where the city goes, it is sealed anew."),
    "award": Own(),
    "award_nomination": Own(),
    "award_outcome": Own(),
    "award_panel": Own(),
    "award_program": Own(),
    "board_candidate": Own(),
    "board_criteria": Own(),
    "board_outcome": Own(),
    "board_place": Own(),
    "board_voice": Own(),
    "case_state": OF_A_CASE,
    "citizen_thanks": Own(),
    "competency": Own(),
    "competency_level": Own(),
    "competency_plan": Own(),
    "context_figure": Own(),
    "counter_figure": Own(),
    "credit_score": Own(),
    "delivery": Via({"outbox_id": "outbox"}),
    "design": Own(),
    "design_invitation": Own(),
    "design_remark": Own(),
    "design_review": Own(),
    "design_revision": Via({"design_id": "design"}),
    "draft": OF_A_CASE,
    "education": Own(),
    "element_figure": Own(),
    "element_standing": Own(),
    "employee": Own(),
    "enactment": Own(),
    "evaluation": Own(),
    "evidence": Own(files="sha256"),
    "external_deduction": Own(),
    "feedback": Own(),
    "first_link": Stays("The way in for a first administrator is good at the address that it was printed for."),
    "foresight": Own(),
    "guest": Own(),
    "guest_account": Own(blank=NO_WAY_IN),
    "guest_session": Stays("Whoever is signed in here is not signed in elsewhere."),
    "holiday": Own(),
    "import_run": Own(),
    "incident": Own(),
    "incident_data": OF_A_CASE,
    "innovation": Own(),
    "innovation_file": Own(files="sha256"),
    "innovation_step": Own(),
    "innovation_voice": Own(),
    "installation": Stays("It says which files and secrets belong to this installation."),
    "job_analysis": Own(),
    "job_duty": Own(),
    "journal": OF_A_CASE,
    "kinship": Own(),
    "kudos": Own(),
    "leave": Own(),
    "line_proposal": Own(),
    "merit_mark": Own(),
    "message": Own(),
    "migrated_case": Via({"migration_id": "migration"}),
    "migration": Own(),
    "migration_look": Own(),
    "mined_case": Own(),
    "mining_mark": Own(),
    "need_plan": Own(),
    # Somebody without a row of his own is told of cases only.
    "notice": Via({"person": "employee", "case_id": "process_case"}),
    "open_task": Own(),
    "org_predicate": Own(),
    "outbox": Own(),
    "parameter_set": Own(),
    "period": Own(),
    "placement": Own(),
    "post": Own(),
    "post_decree": Own(),
    "post_standard": Own(),
    "process_case": Own(),
    "procrastinate_jobs": OF_THE_QUEUE,
    "procrastinate_periodic_defers": Stays("When this installation's clock ticked last."),
    "procrastinate_workers": Stays("Who works in this installation."),
    "promotion_decree": Own(),
    "promotion_document": Own(files="sha256"),
    "rank": Own(),
    "realisation": Own(),
    "recommendation": OF_A_CASE,
    "record_proof": Stays("It proves rows by their numbers here; where the city goes, they are proved anew."),
    "release": Own(),
    "reporting_line": Own(),
    "result": Own(),
    "role_grant": Own(),
    "sanction": Own(),
    "selection": Own(),
    "selection_candidate": Own(),
    "selection_check": Own(),
    "selection_file": Own(files="sha256"),
    "selection_member": Own(),
    "selection_outcome": Own(),
    "selection_rank": Own(),
    "selection_score": Own(),
    "selection_stage": Own(),
    "service_figure": Own(),
    "sign_in_session": Stays("Whoever is signed in here is not signed in elsewhere."),
    "sign_in_throttle": Stays("Failed attempts, keyed with the secrets of this installation."),
    "service_term": Own(),
    "start_event": Own(),
    "subscription": Own(),
    "succession_list": Own(),
    "succession_name": Own(),
    "taken_default": Own(),
    "talent_assessment": Own(),
    "talent_follow_up": Own(),
    "target": Own(),
    "tenant": Own("code", blank={"standing": None, "since": None, "archive": None}),
    "timer": Own(),
    "training_attendance": Own(),
    "training_choice": Own(),
    "training_claim": Own(files="sha256"),
    "training_course": Own(),
    "training_document": Own(files="sha256"),
    "training_evaluation": Own(),
    "training_need": Own(),
    "training_nomination": Own(),
    "training_plan": Own(),
    "training_record": Own(),
    "training_round": Own(),
    "training_session": Own(),
    "training_target": Own(),
    "unit": Own(),
    "unit_award": Own(),
    "unit_award_outcome": Own(),
    "unit_figure": Own(),
    "unit_head": Own(),
    "wordbook": Shared(),
}

#: Tables to whose rows no other row refers, in no column and in nothing that is stored as bytes.
NAMED_BY_NONE: Final = frozenset({"audit", "notice"})
#: Files that are only named here still wait for their form.
OF_DRAFTS: Final = frozenset({"draft", "migrated_case"})


def city_tables() -> list[Table]:
    """Return the tables with rows of cities, those that others refer to first."""
    return [table for table in metadata.sorted_tables if isinstance(RULES[table.name], Own | Via)]


def belongs(table: Table, city: str) -> ColumnElement[bool]:
    """Return the condition that a row of a table is the city's."""
    rule = RULES[table.name]
    if isinstance(rule, Own):
        return table.c[rule.column] == city
    assert isinstance(rule, Via), f"the rows of {table.name} belong to no city"
    return or_(*(_refers(table.c[name], metadata.tables[parent], city) for name, parent in rule.parents.items()))


def in_order(table: Table, dialect: str) -> list[ColumnExpressionArgument[Any]]:
    """Return the key of a table to order by, so that both kinds of database give its rows in the same order."""
    is_sorted_by_words = dialect == "postgresql"
    return [
        column.collate("C") if is_sorted_by_words and isinstance(column.type, String) else column
        for column in table.primary_key
    ]


def numbered(table: Table) -> Column[int] | None:
    """Return the column by which rows of a table are known by a number of their own; None if there is none."""
    keys = list(table.primary_key)
    return keys[0] if len(keys) == 1 and keys[0].name == "id" else None


def own_parent(table: Table) -> str | None:
    """Return the column by which a row refers to another one of the same table; None if there is none."""
    return next((key.parent.name for key in table.foreign_keys if key.column.table is table), None)


def packed_places(table: Table) -> list[int]:
    """Return where in a row of a table stored bytes stand; a length says that a column holds a hash instead."""
    is_packed = (isinstance(column.type, LargeBinary) and column.type.length is None for column in table.columns)
    return [place for place, found in enumerate(is_packed) if found]


def file_places(table: Table) -> tuple[list[int], list[int]]:
    """Return where in a row of a table stored bytes stand, which may name files, and the hash of one itself."""
    rule = RULES[table.name]
    file = rule.files if isinstance(rule, Own) else None
    return packed_places(table), [place for place, column in enumerate(table.columns) if column.name == file]


def _refers(column: Column[Any], parent: Table, city: str) -> ColumnElement[bool]:
    (key,) = parent.primary_key
    return column.in_(select(key).where(belongs(parent, city)))
