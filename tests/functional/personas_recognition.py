"""What the pages of recognition are about in the world of the personas: a colleague thanks, tries and nominates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.policy.actor import Actor, system_actor
from processes.people.queries import placement_on
from processes.recognition.commands.add_idea import AddIdea
from processes.recognition.commands.attach_evidence import AttachEvidence
from processes.recognition.commands.change_thanks import AnswerThanks
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.propose_unit import ProposeUnitAward
from processes.recognition.commands.record_citizen_thanks import RecordCitizenThanks
from processes.recognition.commands.thank import Thank
from processes.recognition.records import Kind, Shown, award_program
from webapp.wiring import Alur

OPENS = date(2026, 10, 1)
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
REASON = "Menyelesaikan laporan triwulan sebelum batas waktu dan tanpa kesalahan."


def recognition_things(
    alur: Alur, city: str, giver: Actor, person: int, verifier: Actor
) -> dict[str, Mapping[str, Any]]:
    """Return what a colleague made about an employee: thanks on the wall, an idea, a nomination for an award.

    A rule proposes the employee's unit for its service, and the verifier records the thanks of a citizen.
    """
    run = alur.engine.run
    thanks = run(Thank(person, "Terima kasih sudah membantu menyusun laporan."), giver).value
    run(AnswerThanks(thanks, Shown.SHOWN), Actor(city, person))
    idea = run(AddIdea(Kind.INNOVATION, "Antrean daring", "Warga memilih jam datang."), giver).value
    with alur.database.reading() as read:
        found = select(award_program.c.id).where(award_program.c.tenant == city)
        program = read.execute(found).scalars().one()
    case = run(NominateForAward(program, person, REASON, "Laporan TW 3"), giver).value
    with alur.database.reading() as read:
        place = placement_on(read, city, person, OPENS)
    assert place is not None
    proposed = ProposeUnitAward(place.unit_id, 2026, 2, "Unit layanan terbaik", REASON, "IKM TW 2")
    written = RecordCitizenThanks(place.unit_id, None, "Dilayani cepat dan ramah.", "Kotak saran", OPENS)
    kept = alur.files.put(LETTER, filename="bukti.pdf", limit=10_000)
    alur.files.claim(kept.sha256)
    run(AttachEvidence(idea, kept), giver)
    return {
        "idea_file": {"innovation_id": idea, "sha256": kept.sha256},
        "report": {"report": "kesetaraan"},
        "file_kind": {"kind": "holidays"},
        "file_sent": {"ticket": "0" * 32},
        "unit_award": {"case_id": run(proposed, system_actor(city)).value},
        "unit_to_award": {"unit_id": place.unit_id},
        "citizen_thanks": {"thanks_id": run(written, verifier).value},
        "thanks": {"kudos_id": thanks},
        "idea": {"innovation_id": idea},
        "award_program": {"program_id": program},
        "award_person": {"program_id": program, "person": giver.person},
        "nomination": {"case_id": case},
        "siasn": {"year": 2026},
    }
