"""What the engine itself promises: a step, what is done very often, bulk, durability, a million cases, memory."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engine.records.history import journal
from tests.bench.bars import Bar, ratio
from tests.bench.cycle import PROCESS, TABLE, cycle_story, decision_tables, write_cycle
from tests.bench.durable import ONE_TASK, deploy_one_task, measure_durable
from tests.bench.instructions import count_instructions
from tests.bench.machine import RawMachine, alur_machine, load_ours, spiffworkflow_machine
from tests.bench.measure import START, Contender, Phase, take_turns
from tests.bench.memory import measure_memory
from tests.bench.ours import alur, numbered_cases, start_cases, take
from tests.bench.raw import RawRow
from tests.bench.rounds import PROCESSES, alur_walker, raw_walker, walk
from tests.bench.sizes import Sizes
from tests.bench.story import PLAIN_APPRAISAL, Story
from tests.bench.waiting import measure_waiting
from tests.bench.world import World, open_world

Section = dict[str, Any]


def measure_engine(sizes: Sizes) -> Section:
    """Return every figure of the engine alone."""
    return {
        "cycle": measure_cycle(sizes),
        "often": {name: measure_often(sizes, name) for name in PROCESSES},
        "instructions": measure_growth(sizes),
        "bulk": measure_starts(sizes),
        "durable": measure_durability(sizes),
        "waiting": measure_million(sizes),
    }


def measure_cycle(sizes: Sizes) -> Section:
    """Return the 22-element appraisal: machine beside machine, then our whole step with all that it writes."""
    twins, story, (ours, theirs) = write_cycle(), cycle_story(), decision_tables()
    release = load_ours(twins, PROCESS, {TABLE: ours})
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        world.deploy({f"{PROCESS}.bpmn": twins.feel, f"{TABLE}.dmn": ours})
        raw = RawMachine(Path(folder), twins, PROCESS, {TABLE: theirs})
        whole = alur(world, story, numbered_cases(story))
        contenders: dict[str, Contender] = {
            "machine": alur_machine(release, story),
            "engine": whole,
            "spiffworkflow": spiffworkflow_machine(raw, story),
        }
        figures: Section = take_turns(contenders, sizes.cycles, sizes.rounds)
        stored = measure_stored(world, whole)
    machine, engine, naive = (figures[name]["cpu_ms_per_completion"] for name in contenders)
    return {
        **figures,
        "elements": len(release.outline.elements),
        "spiffworkflow_over_machine": ratio(naive, machine),
        "engine_over_spiffworkflow": ratio(engine, naive),
        "stored": stored,
        "memory": measure_memory(release, story),
    }


def measure_stored(world: World, contender: Contender) -> Section:
    """Return bytes of the largest state of one more case, and of a journal entry of a person's step."""
    sizes = []
    for phase in contender(1):
        phase.run()
        sizes.append(world.state_bytes())
    mean = select(func.avg(func.length(journal.c.entry))).where(journal.c.actor.is_not(None))
    with world.database.reading() as read:
        return {
            "largest_state_bytes": max(sizes),
            "journal_bytes_per_human_step": round(read.execute(mean).scalar_one()),
        }


def measure_often(sizes: Sizes, process: str) -> Section:
    """Return a case with very many steps: ours through `Engine.run`, SpiffWorkflow with one row and a commit a step.

    Each carries a case of a fifth of the size before, so that code is loaded and files have the size that they keep.
    Ours is carried several times, in front of SpiffWorkflow's long one and behind it: the middle one counts.
    """
    twins, variables = PROCESSES[process]
    few, many = (_of_people(variables, number) for number in (sizes.assessors // 5, sizes.assessors))
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        world.deploy({f"{process}.bpmn": twins.feel})
        if process == "revision":  # SpiffWorkflow ends such a case too early after 333 rounds
            walk(alur_walker(world, process, many, "short", sizes.loop_rounds // 5))
            return {"alur": walk(alur_walker(world, process, many, "long", sizes.loop_rounds)).to_plain()}
        walk(alur_walker(world, process, few, "short"))
        ours = [walk(alur_walker(world, process, many, f"before {turn}")) for turn in range(sizes.rounds // 2)]
        row, machine = RawRow(Path(folder) / "raw.db"), RawMachine(Path(folder), twins, process)
        walk(raw_walker(row, machine, few))
        naive = walk(raw_walker(row, machine, many))
        row.close()
        ours += [walk(alur_walker(world, process, many, f"behind {turn}")) for turn in range(sizes.rounds - len(ours))]
    middle = sorted(ours, key=lambda walked: walked.cpu)[len(ours) // 2]
    return {
        "alur": middle.to_plain(),
        "spiffworkflow": naive.to_plain(),
        "spiffworkflow_over_alur": ratio(naive.cpu, middle.cpu),
    }


def _of_people(variables: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {name: people[:number] for name, people in variables.items()}


def measure_growth(sizes: Sizes) -> Section:
    """Return machine instructions of an early and of a late step: counted, so the same on a busy machine."""
    late = {"revision": sizes.loop_rounds, "sequential": sizes.assessors - 30, "parallel": sizes.assessors - 30}
    steps = {name: (10, max(last, 11)) for name, last in late.items()}
    counted = {
        name: [count_instructions("rounds", name, str(before), units=10) for before in points]
        for name, points in steps.items()
    }
    return {
        name: {"steps_before": steps[name], "instructions": found, "late_over_early": ratio(found[1], found[0])}
        for name, found in counted.items()
    }


def measure_starts(sizes: Sizes) -> Section:
    """Return seconds of CPU for 10,000 starts in chunks, of one task and of the plain appraisal."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        deploy_one_task(world)
        contenders = {story.process: _starting(world, story, sizes.bulk_chunk) for story in (ONE_TASK, PLAIN_APPRAISAL)}
        figures = take_turns(contenders, sizes.bulk // sizes.rounds, sizes.rounds)
    seconds = {name: round(10 * found["cpu_ms_per_start"], 2) for name, found in figures.items()}
    return {name: {"cpu_seconds_per_10000": spent} for name, spent in seconds.items()}


def _starting(world: World, story: Story, chunk: int) -> Contender:
    new_cases = numbered_cases(story)

    def turn(cases: int) -> Iterator[Phase]:
        new = take(new_cases, cases)
        yield Phase(START, "bulk", cases, lambda: start_cases(world, story.process, new, chunk))

    return turn


def measure_durability(sizes: Sizes) -> Section:
    """Return what eight people at once get on the disk."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        deploy_one_task(world)
        return measure_durable(world, Path(folder), sizes.seconds, sizes.rounds)


def measure_million(sizes: Sizes) -> Section:
    """Return a completion and the inbox among few and among very many waiting cases."""
    counts = {"few": sizes.few_cases, "many": sizes.many_cases}
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        return measure_waiting(Path(few), Path(many), counts, sizes.rounds, sizes.pages)


def engine_bars(section: Section) -> list[Bar]:
    """Return what the engine promises with what was measured for it."""
    cycle, often, bulk, durable = (section[name] for name in ("cycle", "often", "bulk", "durable"))
    waiting, growth = section["waiting"], section["instructions"]
    naive = cycle["spiffworkflow"]["cpu_ms_per_completion"]
    parallel, sequential, revision = (often[name] for name in ("parallel", "sequential", "revision"))
    return [
        Bar("cycle: machine over SpiffWorkflow, a step", ratio(1, cycle["spiffworkflow_over_machine"]), 1 / 8),
        Bar("cycle: CPU ms of Engine.run", cycle["engine"]["cpu_ms_per_completion"], min(2.0, naive)),
        Bar("cycle: bytes of the largest state", cycle["stored"]["largest_state_bytes"], 2048),
        Bar("cycle: journal bytes of a person's step", cycle["stored"]["journal_bytes_per_human_step"], 512),
        Bar("cycle: KiB of a loaded case", cycle["memory"]["at_most"], 40),
        Bar("500 at once: over SpiffWorkflow", ratio(1, parallel["spiffworkflow_over_alur"]), 1 / 35),
        Bar("500 at once: last tenth over first", parallel["alur"]["last_tenth_over_first"], 1),
        Bar("500 at once: MB of state written", parallel["alur"]["written_state_bytes"] / 1e6, 10),
        Bar("500 one by one: over SpiffWorkflow", ratio(1, sequential["spiffworkflow_over_alur"]), 1 / 200),
        Bar("500 one by one: instructions, late over early", growth["sequential"]["late_over_early"], 2),
        Bar("10,000 rounds: instructions, late over early", growth["revision"]["late_over_early"], 1.3),
        Bar("10,000 rounds: bytes of the largest state", revision["alur"]["largest_state_bytes"], 1024),
        Bar("10,000 starts: CPU s, appraisal", bulk[PLAIN_APPRAISAL.process]["cpu_seconds_per_10000"], 8),
        Bar("10,000 starts: CPU s, one task", bulk[ONE_TASK.process]["cpu_seconds_per_10000"], 2),
        Bar("durable: fdatasync over completions", ratio(1, durable["completions_over_fdatasync"]), 1 / 0.4),
        Bar("durable: CPU ms of a completion", durable["cpu_ms_per_completion"], 4),
        Bar("durable: largest over smallest share", durable["largest_over_smallest_share"], 1.2),
        Bar("1,000,000 waiting: plans that differ", waiting["plans_that_differ"], 0),
        Bar("1,000,000 waiting: instructions of a completion", waiting["instructions_many_over_few"], 1.2),
        Bar("1,000,000 waiting: own tasks", waiting["cpu_many_over_few"]["mine"], 1.5),
    ]
