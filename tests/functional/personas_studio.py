"""Designs of a process, as the permission matrix asks for them: worked on, to be reviewed, approved."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.bpmn.release import digest_of
from engine.commands.ask_for_review import AskForReview
from engine.commands.ask_foresight import AskForesight
from engine.commands.begin_design import BeginDesign
from engine.commands.invite_to_design import InviteToDesign
from engine.commands.remark_on_design import RemarkOnDesign
from engine.commands.review_design import ReviewDesign
from engine.designs.reviewing import RemarkKind
from engine.foresight.inputs import Supposed
from engine.foresight.question import Question
from engine.policy.actor import Actor
from engine.records.design import Verdict
from processes.recognition.definitions import release_files
from processes.recognition.unit_awards.variables import PROCESS
from webapp.auth.commands.invite_guest import InviteGuestToDesign
from webapp.wiring import Alur, shipped_scenarios
from webapp.wiring.parts import shipped_releases


def studio_things(alur: Alur, owner: Actor, admin: Actor, colleague: int) -> dict[str, Mapping[str, Any]]:
    """Let an owner begin designs, one with an invited colleague and a guest, and return how addresses name them."""
    files = {**release_files(PROCESS), **shipped_scenarios(PROCESS)}
    design, shared, asked, approved = (alur.engine.run(BeginDesign(files), owner).value for _ in range(4))
    with_tables = alur.engine.run(BeginDesign(shipped_releases()["award"]), owner).value
    for number in (shared, with_tables):
        alur.engine.run(InviteToDesign(number, colleague), owner)
    who = "Prof. Indra Jaya", "Universitas Contoh", "indra@kampus.example"
    until = alur.now_in(owner.tenant).date() + timedelta(days=30)
    outsider = alur.engine.run(InviteGuestToDesign(shared, *who, until, alur.settings.pepper), owner).subject
    remark = alur.engine.run(RemarkOnDesign(shared, RemarkKind.REMARK, "Mengapa dua orang?"), owner).value
    question = Question(12, 1, 1, 1, Supposed(), {}, is_fitted=True)
    foresight = alur.engine.run(AskForesight(shared, question, {}), owner).value
    for number in (asked, approved):
        alur.engine.run(AskForReview(number, alur.catalogue), owner)
    alur.engine.run(ReviewDesign(approved, Verdict.APPROVED, digest_of(files)), admin)
    return {
        "design": {"design_id": design},
        "design_with_tables": {"design_id": with_tables},
        "design_table": {"design_id": with_tables, "name": "award_reward"},
        "shared_design": {"design_id": shared},
        "design_file": {"design_id": shared, "name": f"{PROCESS}.bpmn"},
        "design_step": {"design_id": shared, "element": "decide"},
        "design_form": {"design_id": shared, "key": "unit_award_decision"},
        "design_version": {"design_id": shared, "version": "bawaan"},
        "asked_design": {"design_id": asked},
        "approved_design": {"design_id": approved},
        "design_remark": {"design_id": shared, "remark_id": remark},
        "design_foresight": {"design_id": shared, "number": foresight},
        "design_guest": {"design_id": shared, "person": colleague},
        "design_outsider": {"guest": outsider},
        "designed": {"process": PROCESS},
        "designed_release": {"process": PROCESS, "number": 1},
    }
