"""What the pages of recognition are about in the world of the personas: a colleague thanks, tries and nominates."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.policy.actor import Actor
from processes.recognition.commands.add_idea import AddIdea
from processes.recognition.commands.change_thanks import AnswerThanks
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.thank import Thank
from processes.recognition.records import Kind, Shown, award_program
from webapp.wiring import Alur

REASON = "Menyelesaikan laporan triwulan sebelum batas waktu dan tanpa kesalahan."


def recognition_things(alur: Alur, city: str, giver: Actor, person: int) -> dict[str, Mapping[str, Any]]:
    """Return what a colleague made about an employee: thanks on the wall, an idea, a nomination for an award."""
    run = alur.engine.run
    thanks = run(Thank(person, "Terima kasih sudah membantu menyusun laporan."), giver).value
    run(AnswerThanks(thanks, Shown.SHOWN), Actor(city, person))
    idea = run(AddIdea(Kind.INNOVATION, "Antrean daring", "Warga memilih jam datang."), giver).value
    with alur.database.reading() as read:
        found = select(award_program.c.id).where(award_program.c.tenant == city)
        program = read.execute(found).scalars().one()
    case = run(NominateForAward(program, person, REASON, "Laporan TW 3"), giver).value
    return {
        "thanks": {"kudos_id": thanks},
        "idea": {"innovation_id": idea},
        "award_program": {"program_id": program},
        "award_person": {"program_id": program, "person": giver.person},
        "nomination": {"case_id": case},
        "siasn": {"year": 2026},
    }
