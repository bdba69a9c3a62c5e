"""Takes all measurements, one section after the other, each on fresh files."""

import os
import platform
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.bench.bars import (
    BULK_CPU_MS,
    INBOX_GROWTH,
    OVER_VIEWFLOW,
    Bar,
    byte_bar,
    ratio,
    statement_bars,
)
from tests.bench.bulk import alur_in_chunks, spiffworkflow_one_by_one
from tests.bench.city import City, open_city
from tests.bench.engine_report import engine_bars, measure_engine
from tests.bench.expressions import expression_bars, measure_expressions
from tests.bench.inbox import fill_inbox, inbox
from tests.bench.measure import Contender, count_statements, take_turns
from tests.bench.ours import alur, numbered_cases
from tests.bench.raw import RawStore, read_twin, spiffworkflow
from tests.bench.sizes import Sizes
from tests.bench.storage import measure_growth
from tests.bench.story import APPROVAL, PLAIN_APPRAISAL, Story
from tests.bench.web import Site, alur_on_the_web, appraisal_on_the_web
from tests.bench.world import DIAGRAMS, open_world
from tests.bench.yardstick import project
from tests.bench.yardstick.contender import viewflow

Section = dict[str, Any]

STAFF = 800
LIBRARIES = ("SQLAlchemy", "SpiffWorkflow", "Flask", "Django", "django-viewflow")
#: Service tasks that run after each human step of the appraisal that ends in an objection.
SERVICES = {
    "record_realisation": 1,
    "assess_behaviour": 1,
    "confirm_ratings": 1,
    "sign": 1,
    "hand_over": 1,
    "respond": 2,
    "decide_objection": 2,
}


def measure_all(sizes: Sizes) -> Section:
    """Return every figure, with the promises at the end."""
    sections = {
        "approval": measure_flow(sizes, APPROVAL, "approval_python.bpmn"),
        "appraisal": measure_appraisal(sizes),
        "web": measure_web(sizes),
        "storage": measure_storage(sizes),
        "bulk": measure_bulk(sizes),
        "inbox": measure_inbox(sizes),
        "engine": measure_engine(sizes),
        "expressions": measure_expressions(sizes),
    }
    return {"machine": describe_machine(), **sections, "bars": [bar.to_plain() for bar in collect_bars(sections)]}


def describe_machine() -> Section:
    """Return what the figures depend on; never the machine's name."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def measure_flow(sizes: Sizes, story: Story, twin: str) -> Section:
    """Return Alur's engine beside SpiffWorkflow on one story, with services that answer at once."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        store = RawStore(Path(folder) / "raw.db")
        contenders = {
            "alur": alur(world, story, numbered_cases(story)),
            "spiffworkflow": spiffworkflow(store, read_twin(DIAGRAMS / twin, story.process), story),
        }
        figures = take_turns(contenders, sizes.cases, sizes.rounds)
        figures["alur"]["statements"] = count_statements(contenders["alur"], world.counting)
        figures["spiffworkflow"]["statements"] = count_statements(contenders["spiffworkflow"], store.counting)
        store.close()
    return {**figures, "alur_over_spiffworkflow": compare(figures["alur"], figures["spiffworkflow"])}


def compare(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, float]:
    """Return the ratio of each CPU figure that both have."""
    return {name: ratio(one[name], other[name]) for name in one if name.startswith("cpu_ms_per_") and name in other}


def measure_appraisal(sizes: Sizes) -> Section:
    """Return the appraisal's flow beside its twin, and with the services and the rules of a real city."""
    figures = measure_flow(sizes, PLAIN_APPRAISAL, "appraisal_python.bpmn")
    with tempfile.TemporaryDirectory() as folder, open_city(Path(folder), STAFF) as city:
        contender = alur(city.world, city.story(is_objected=True), city.new_cases())
        figures["alur_with_a_city"] = take_turns({"alur": contender}, sizes.cases, sizes.rounds)["alur"]
        figures["alur_with_a_city"]["statements"] = count_statements(contender, city.world.counting)
    return figures


def measure_web(sizes: Sizes) -> Section:
    """Return the approval over HTTP beside viewflow, and the shipped appraisal over HTTP."""
    with tempfile.TemporaryDirectory() as folder, open_city(Path(folder), STAFF) as city:
        project.set_up(Path(folder))
        site = Site(city)
        approval = {"alur": alur_on_the_web(site), "viewflow": viewflow(APPROVAL)}
        figures = take_turns(approval, sizes.web_cases, sizes.rounds)
        figures["alur"]["statements"] = count_statements(approval["alur"], city.world.counting)
        figures["viewflow"]["statements"] = count_statements(approval["viewflow"], project.counting)
        appraisal = appraisal_on_the_web(site, city.story(is_objected=True), city.new_cases())
        figures["alur_appraisal"] = take_turns({"alur": appraisal}, sizes.web_cases, sizes.rounds)["alur"]
        figures["alur_appraisal"]["statements"] = count_statements(appraisal, city.world.counting)
        project.tear_down()
    return {**figures, "alur_over_viewflow": compare(figures["alur"], figures["viewflow"])}


def measure_storage(sizes: Sizes) -> Section:
    """Return the bytes that finished cases leave in all tables and indexes."""
    with tempfile.TemporaryDirectory() as folder, open_city(Path(folder), 3 * sizes.finished + STAFF) as city:
        new_cases = city.new_cases()
        stories = {
            "approval": (APPROVAL, numbered_cases(APPROVAL)),
            "appraisal_accepted": (city.story(is_objected=False), new_cases),
            "appraisal_after_objection": (city.story(is_objected=True), new_cases),
        }
        return {
            name: _growth(city, story, alur(city.world, story, cases), sizes.finished)
            for name, (story, cases) in stories.items()
        }


def _growth(city: City, story: Story, contender: Contender, cases: int) -> Section:
    def finish() -> None:
        for phase in contender(cases):
            phase.run()

    return measure_growth(city.alur.database, cases, story.human_steps, finish)


def measure_bulk(sizes: Sizes) -> Section:
    """Return what it costs to open a quarter, from reading the staff to the commit."""
    per_round = sizes.bulk // sizes.rounds
    # Some of the staff are heads, who have no case here.
    staff = sizes.bulk + sizes.bulk // 10 + STAFF
    with tempfile.TemporaryDirectory() as folder, open_city(Path(folder), staff) as city:
        store = RawStore(Path(folder) / "raw.db")
        spec = read_twin(DIAGRAMS / "appraisal_python.bpmn", EMPLOYEE_PROCESS)
        contenders = {
            "alur": alur_in_chunks(city.world, city.new_cases(), sizes.bulk_chunk),
            "spiffworkflow": spiffworkflow_one_by_one(store, spec),
        }
        figures = take_turns(contenders, per_round, sizes.rounds)
        store.close()
    return {
        "cases": per_round * sizes.rounds,
        "cases_in_a_transaction": sizes.bulk_chunk,
        **figures,
        "alur_over_spiffworkflow": compare(figures["alur"], figures["spiffworkflow"]),
    }


def measure_inbox(sizes: Sizes) -> Section:
    """Return queries and pages of the inbox with few and with many open tasks in the city."""
    counts = {"few": sizes.few_tasks, "many": sizes.many_tasks}
    with ExitStack() as stack:
        contenders = {name: inbox(_filled_site(stack, tasks)) for name, tasks in counts.items()}
        figures = take_turns(contenders, sizes.pages, sizes.rounds)
    few, many = (figures[name]["cpu_ms_by_step"] for name in ("few", "many"))
    growth = {name: ratio(many[name], few[name]) for name in few}
    return {"open_tasks": counts, "cpu_ms": {"few": few, "many": many}, "many_over_few": growth}


def _filled_site(stack: ExitStack, tasks: int) -> Site:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    city = stack.enter_context(open_city(folder, STAFF))
    fill_inbox(city, tasks)
    return Site(city)


def collect_bars(sections: Mapping[str, Section]) -> list[Bar]:
    """Return every promise with what was measured for it."""
    web, storage, inbox_growth = sections["web"], sections["storage"], sections["inbox"]["many_over_few"]
    bars = [
        Bar(f"web: {name.removeprefix('cpu_ms_per_')} over viewflow's", measured, OVER_VIEWFLOW)
        for name, measured in web["alur_over_viewflow"].items()
    ]
    started = sections["appraisal"]["alur_with_a_city"]["statements"]["start"]
    bars += statement_bars("appraisal", {"start": started}, {})
    bars += statement_bars("web approval", web["alur"]["statements"], {})
    bars += statement_bars("web appraisal", web["alur_appraisal"]["statements"], SERVICES)
    bars += [
        Bar(f"storage: bytes of {name}", found["bytes_per_case"], byte_bar(found["human_steps"]))
        for name, found in storage.items()
    ]
    bars.append(Bar("bulk: CPU ms per case", sections["bulk"]["alur"]["cpu_ms_per_start"], BULK_CPU_MS))
    # How many wait is counted, so the heading's counts grow with them; the lists must not.
    lists = {name: growth for name, growth in inbox_growth.items() if name != "counts"}
    bars += [Bar(f"inbox: {name}, many over few", growth, INBOX_GROWTH) for name, growth in lists.items()]
    return [*bars, *engine_bars(sections["engine"]), *expression_bars(sections["expressions"])]
