"""Whatever JSON stands in a scenario's file, it is read, or refused in words; and what is read can be written."""

import json
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ElementFailed
from engine.scenarios import ScenarioRefused, read_file, scenario_bytes
from engine.scenarios.world import World

UNIT = "unit_evaluation"
TEXTS = st.sampled_from(
    ["", "a", "set_org_predicate", "WIB", "UTC", "P5D", "2026-01-05T08:00:00", "0001-01-01", "\ud800"]
)
TAGS = st.sampled_from([{"$datetime": "0001-01-01T00:00:00+07:00"}, {"$duration": "P1Y"}, {"$date": "9999-12-31"}])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | TAGS
NAMES = st.sampled_from(["throws", "payload", "fails", "error_code", "a"])
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=2), max_leaves=6
)
STEP_PARTS = ("complete", "answers", "place", "wait", "until", "message", "signal", "payload", "retry")
STEPS = st.sampled_from(STEP_PARTS).flatmap(lambda name: st.fixed_dictionaries({name: JSON}, optional={"key": JSON}))
EXPECTED = st.fixed_dictionaries(
    {}, optional={name: st.lists(TEXTS, max_size=2) | JSON for name in ("ended", "at", "failed", "sent", "variables")}
)
SCENARIOS = st.fixed_dictionaries(
    {"process": st.just(UNIT) | JSON, "at": st.just("2026-01-05T08:00:00") | JSON},
    optional={
        "name": JSON,
        "zone": JSON,
        "start": JSON,
        "start_event": JSON,
        "services": st.dictionaries(TEXTS, st.lists(JSON, max_size=2) | JSON, max_size=2) | JSON,
        "steps": st.lists(STEPS | JSON, max_size=2) | JSON,
        "expect": EXPECTED | JSON,
    },
)


@settings(max_examples=300)
@given(content=SCENARIOS)
def test_whatever_json_is_given_is_read_and_written_or_refused(content: Any) -> None:
    try:
        scenario = read_file(json.dumps(content))
    except ScenarioRefused as refused:
        assert all(refused.problem.texts.values())
        return
    assert scenario_bytes(scenario)


@pytest.mark.parametrize("payload", [5, None, ["a"]])
def test_an_error_whose_payload_is_no_object_fails_the_element(payload: Any) -> None:
    scenario = read_file(json.dumps({"process": UNIT, "at": "2026-01-05T08:00:00"}))
    world = World(scenario.begins, UTC, {"pay": [{"throws": "X", "payload": payload}]})

    with pytest.raises(ElementFailed, match="payload"):
        world.call("pay", {}, {})
