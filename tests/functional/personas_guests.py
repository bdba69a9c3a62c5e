"""A guest and a selection that was announced, as the permission matrix asks for them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from processes.people.guests import guest
from processes.people.records import post
from processes.promotion.selection.records import Step, selection, selection_stage
from webapp.auth.records import guest_account
from webapp.wiring import Alur

OPENED, CLOSES = date(2026, 9, 1), date(2026, 12, 1)
QUARTER_OF_ALL = Decimal(25)


def guest_things(alur: Alur, code: str, case_id: int, invited_by: int) -> dict[str, dict[str, int]]:
    """Let a selection be announced and somebody be invited to a case, and return how addresses name them."""
    number, now = alur.engine.new_id(), alur.clock()
    who = {"name": "Prof. Ratna Dewi", "institution": "Universitas Contoh", "email": "ratna@kampus.example"}
    row = {"case_id": case_id, "valid_until": date(2026, 12, 31), "invited_by": invited_by, "invited_at": now}
    with alur.database.writing() as connection:
        connection.execute(guest.insert(), {"id": number, "tenant": code, **who, **row})
        connection.execute(guest_account.insert(), {"guest_id": number, "tenant": code})
    return {"guest": {"guest": number}, "public_selection": {"case_id": announce(alur, code)}}


def announce(alur: Alur, code: str, *steps: Step) -> int:
    """Let a selection be announced that has come to some steps, and return its number."""
    number, now = alur.engine.new_id(), alur.clock()
    names = ("weight_record", "weight_assessment", "weight_paper", "weight_interview")
    days = {"opened_on": OPENED, "closes_on": CLOSES, "opened_at": now, "panel_decree": "821/1/2026"}
    with alur.database.writing() as connection:
        first = connection.execute(select(post.c.id).where(post.c.tenant == code).order_by(post.c.id)).scalars().first()
        row = {"case_id": number, "tenant": code, "post_id": first, **dict.fromkeys(names, QUARTER_OF_ALL), **days}
        connection.execute(selection.insert(), row)
        for place, step in enumerate((Step.RECEIVING, *steps), start=1):
            stage = {"number": place, "stage": str(step), "began_at": now, "until": CLOSES if place == 1 else None}
            connection.execute(selection_stage.insert(), {"tenant": code, "case_id": number, **stage})
    return number
