"""Incidents say their cause: those with the same one are one line on the operators' page."""

import re
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As `engine.causes` had it when this step was written.
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|“([^”]*)”")
_NAME = re.compile(r"[a-z_][a-z0-9_.]*")
_NUMBER = re.compile(r"\d[\d.,:]*")
_incident = sa.table(
    "incident",
    *(sa.column(name) for name in ("case_id", "token", "code", "element", "text", "cause")),
)


def upgrade() -> None:
    with op.batch_alter_table("incident") as batch:
        batch.add_column(sa.Column("cause", sa.String(length=16), nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("incident") as batch:
        batch.alter_column("cause", existing_type=sa.String(length=16), nullable=False)
        batch.create_index("ix_incident_cause", ["tenant", "cause"], unique=False)


def _fill(connection: sa.Connection) -> None:
    rows = connection.execute(sa.select(_incident)).all()
    statement = (
        _incident.update()
        .where(_incident.c.case_id == sa.bindparam("of_case"), _incident.c.token == sa.bindparam("of"))
        .values(cause=sa.bindparam("new_cause"))
    )
    for row in rows:
        of = {"of_case": row.case_id, "of": row.token}
        connection.execute(statement, {**of, "new_cause": _cause(row.code, row.element, row.text)})


def _cause(code: str, element: str, text: str) -> str:
    said = _NUMBER.sub("#", _QUOTED.sub(_kept_name, text))
    return blake2b("\0".join((code, element, said)).encode(), digest_size=8).hexdigest()


def _kept_name(found: re.Match[str]) -> str:
    quoted = next((part for part in found.groups() if part is not None), "")
    return found[0] if _NAME.fullmatch(quoted) else "'…'"
