"""Training taken elsewhere, for the personas: one that counts, with its certificate, and one that waits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from processes.training.commands.claim_training import ClaimTraining, Taken
from processes.training.commands.decide_claim import ConfirmClaim
from webapp.wiring import Alur

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TAKEN = Taken("Kursus arsip", "Administrasi", 6, date(2026, 9, 30), "ANRI", "LUAR-1")


def training_papers(alur: Alur, employee: Actor, verifier: Actor) -> dict[str, Mapping[str, Any]]:
    """Let the employee hand in two trainings, of which one is confirmed."""
    file, person = alur.files.put(PDF, filename="sertifikat.pdf", limit=len(PDF)), employee.person or 0
    alur.files.claim(file.sha256)
    first = alur.engine.run(ClaimTraining(person, TAKEN, file), employee).value
    record = alur.engine.run(ConfirmClaim(first), verifier).value
    claim = alur.engine.run(ClaimTraining(person, replace(TAKEN, certificate="LUAR-2"), file), employee).value
    return {"certificate": {"record": record, "sha256": file.sha256}, "claim": {"claim_id": claim}}
