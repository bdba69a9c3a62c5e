"""Things of promotions and of talent that the permission matrix asks for."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from engine.records.case import case
from processes.people.follow_ups import talent_follow_up
from processes.people.queries import placement_on
from processes.people.records import placement, post
from processes.promotion.board.records import board_candidate
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.records import promotion_decree
from processes.promotion.selection.records import (
    selection,
    selection_candidate,
    selection_file,
    selection_member,
    selection_stage,
)
from processes.promotion.selection.variables import SELECTION_PROCESS
from processes.promotion.succession.records import succession_list
from webapp.wiring import Alur

DAY = date(2026, 10, 1)
CURRICULUM = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def promotion_things(alur: Alur, code: str, employee: int) -> dict[str, dict[str, Any]]:
    """Let a batch of one decree be there, and return how addresses name it."""
    with alur.database.reading() as read:
        place = placement_on(read, code, employee, DAY)
    assert place is not None, "the employee of the tour works somewhere"
    row = {"case_id": alur.engine.new_id(), "tenant": code, "employee_id": employee, "unit_id": place.unit_id}
    decree = {"year": 2026, "number": 1, "batch": "2026-11", "decreed_on": DAY, "effective_on": date(2026, 11, 1)}
    ranks = {"route": "regular", "from_grade": "III/a", "to_grade": "III/b", "signed_by": "for_head"}
    approval = {"approval_number": "KP-1", "approval_on": DAY, "issued_at": alur.clock()}
    with alur.database.writing() as connection:
        connection.execute(promotion_decree.insert(), {**row, **decree, **ranks, **approval})
    return {
        "decrees": {"year": 2026, "month": 11},
        "post_decrees": {"year": 2026},
        "filling": {"case_id": _filling(alur, code, employee)},
        **_selection_things(alur, code, employee),
        **_talent_things(alur, code, employee),
    }


def _filling(alur: Alur, code: str, employee: int) -> int:
    """Let the board fill a post, with the employee as a candidate."""
    number = alur.engine.new_id()
    with alur.database.writing() as connection:
        seat = {"tenant": code, "code": "KOSONG", "name": "Kepala Seksi", "level": "supervisor", "family": "general"}
        unit = connection.execute(select(post.c.unit_id).where(post.c.tenant == code)).scalars().first()
        connection.execute(post.insert(), {"id": number, "unit_id": unit, **seat})
        any_case = connection.execute(case.select().where(case.c.tenant == code).order_by(case.c.id)).mappings().first()
        assert any_case is not None, "the quarter is open"
        about = {"id": number, "process": BOARD_PROCESS, "subject": number, "business_key": f"{number}:1"}
        connection.execute(case.insert(), {**any_case, **about, "title": "Kepala Seksi"})
        known = {"misses": "", "predicates": "2024:BAIK 2025:BAIK", "levels_asked": 5, "levels_had": 4}
        figures = dict.fromkeys(("performance", "competency", "total"), Decimal(80))
        row = {"tenant": code, "case_id": number, "round": 1, "employee_id": employee}
        connection.execute(board_candidate.insert(), {**row, **known, **figures})
    return number


def _selection_things(alur: Alur, code: str, employee: int) -> dict[str, dict[str, Any]]:
    """Let a post be announced for which the employee has applied, with somebody else on the panel."""
    kept = alur.files.put(CURRICULUM, filename="riwayat.pdf", limit=10_000)
    alur.files.claim(kept.sha256)
    number = alur.engine.new_id()
    with alur.database.writing() as connection:
        seat = {"tenant": code, "code": "KOSONG-JPT", "name": "Kepala Badan", "level": "high_leadership_post"}
        unit = connection.execute(select(post.c.unit_id).where(post.c.tenant == code)).scalars().first()
        connection.execute(post.insert(), {"id": number, "unit_id": unit, "family": "general", **seat})
        any_case = connection.execute(case.select().where(case.c.tenant == code).order_by(case.c.id)).mappings().first()
        assert any_case is not None, "the quarter is open"
        about = {"id": number, "process": SELECTION_PROCESS, "subject": number, "business_key": f"{number}:2"}
        connection.execute(case.insert(), {**any_case, **about, "title": "Kepala Badan"})
        last = date(2026, 12, 31)
        announced = {"post_id": number, "opened_on": DAY, "closes_on": last, "panel_decree": "800/1"}
        weights = {"record": 20, "assessment": 25, "paper": 20, "interview": 35}
        of = {"tenant": code, "case_id": number}
        connection.execute(
            selection.insert(),
            {
                **of,
                **announced,
                **{f"weight_{name}": Decimal(one) for name, one in weights.items()},
                "opened_at": alur.clock(),
            },
        )
        stage = {"number": 1, "stage": "receiving", "began_at": alur.clock(), "until": last}
        connection.execute(selection_stage.insert(), {**of, **stage})
        who = {**of, "employee_id": employee}
        connection.execute(selection_candidate.insert(), {**who, "number": 1, "applied_at": alur.clock()})
        file = {"sha256": kept.sha256, "filename": kept.filename, "media_type": kept.media_type, "size": kept.size}
        connection.execute(selection_file.insert(), {**who, "kind": "cv", **file})
        people = (
            select(placement.c.employee_id).where(placement.c.tenant == code).order_by(placement.c.employee_id.desc())
        )
        member = next(key for key in connection.execute(people).scalars() if key != employee)
        seat_of = {**of, "person": member, "is_internal": True, "added_at": alur.clock()}
        connection.execute(selection_member.insert(), seat_of)
    return {
        "selection": {"case_id": number},
        "selection_file": {"case_id": number, "number": 1, "kind": "cv"},
        "selection_member": {"case_id": number, "person": member},
    }


def _talent_things(alur: Alur, code: str, employee: int) -> dict[str, dict[str, Any]]:
    """Let a succession list of the head of the agency's post and a follow-up of the employee be there."""
    number, follow_up = alur.engine.new_id(), alur.engine.new_id()
    with alur.database.writing() as connection:
        head = select(post.c.id).where(post.c.tenant == code, post.c.level == "administrator").order_by(post.c.id)
        key = connection.execute(head).scalars().first()
        drawn = {"version": 1, "rules": "2026.1", "drawn_on": date(2026, 9, 1), "drawn_at": alur.clock()}
        connection.execute(succession_list.insert(), {"id": number, "tenant": code, "post_id": key, **drawn})
        chosen = {"action": "guidance", "box": 5, "due_on": date(2027, 3, 31), "state": "planned"}
        row = {"id": follow_up, "tenant": code, "employee_id": employee, "chosen_at": alur.clock()}
        connection.execute(talent_follow_up.insert(), {**row, **chosen})
    return {
        "key_post": {"post": key},
        "succession": {"succession": number},
        "follow_up": {"person": employee, "follow_up": follow_up},
    }
