"""Steps under a new id are known again, by what they are called, who does them, their form and what is around them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date

from engine.bpmn.model import Kind, Lane, Outline
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.inputs import Inputs, Origin, Supposed
from engine.foresight.likeness import gone_tasks, likely_same, new_tasks
from engine.foresight.simulating import simulate
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from tests.unit.engine.foresight.small_processes import element, outline

AXIS = WorkAxis(OfficeTime(WorkCalendar("test", frozenset(), 5), UTC), date(2026, 1, 5), 100)


def process(check: str, said: str, role: str = "Petugas", form: str = "f") -> Outline:
    """Return a choice behind a check that has this id and name."""
    task = element(check, Kind.USER_TASK, lane=f"lane_{check}", form=form)
    drawn = outline(
        [
            element("begin", Kind.START),
            replace(task, names={"id": said}),
            element(f"is_{check}", Kind.EXCLUSIVE_GATEWAY),
            element("mend", Kind.USER_TASK),
            element("end", Kind.END),
        ],
        f"begin > {check} > is_{check} > end",
        f"is_{check} > mend > end",
        conditions=True,
    )
    return replace(drawn, lanes=(Lane(f"lane_{check}", {"id": role}),))


OLD = process("check", "Periksa berkas usulan")


def test_a_step_of_the_same_name_is_known_again_with_its_choice_and_its_ways() -> None:
    new = process("verify", "Periksa berkas usulan")

    same = likely_same(OLD, new)

    assert (same["verify"], same["is_verify"]) == ("check", "is_check")
    assert same["is_verify_mend"] == "is_check_mend"


def test_a_step_with_another_name_is_known_by_its_role_form_and_neighbours() -> None:
    assert likely_same(OLD, process("verify", "Teliti kelengkapan dokumen"))["verify"] == "check"


def test_a_step_of_somebody_else_with_another_form_is_new() -> None:
    assert "verify" not in likely_same(OLD, process("verify", "Teliti dokumen", "Kepala", "other"))


def test_what_somebody_says_goes_before_what_is_likely() -> None:
    same, other = process("verify", "Periksa berkas usulan"), process("verify", "Teliti dokumen", "Kepala", "other")

    assert "verify" not in likely_same(OLD, same, {"verify": None})
    assert likely_same(OLD, other, {"verify": "check"})["verify"] == "check"


def test_what_has_kept_its_id_stands_for_itself() -> None:
    assert likely_same(OLD, OLD) == {}
    assert [one.id for one in gone_tasks(OLD, process("verify", "x"))] == ["check"]
    assert [one.id for one in new_tasks(OLD, process("verify", "x"))] == ["verify"]


def test_a_step_that_is_known_again_takes_its_figures_and_chances_along() -> None:
    new = process("verify", "Periksa berkas usulan")
    measured = {
        "check": Figures(working=Counter({40: 5})),
        "is_check_mend": Figures(left_count=1),
        "is_check_end": Figures(left_count=3),
    }
    before = Inputs(OLD, measured, OLD, Supposed(), AXIS)
    after = Inputs(new, measured, OLD, Supposed(), AXIS, likely_same(OLD, new))

    records = [simulate(one.model(), [0.0, 1.0, 2.0], AXIS.length, 1) for one in (before, after)]

    assert after.origin(new.elements["verify"]) is Origin.MEASURED
    assert after.shares_of(new.elements["is_verify"])[1] is Origin.MEASURED
    assert records[0].lasted == records[1].lasted
