"""Ways that no scenario goes are found: what one scenario alone walks comes back when it is taken away."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from engine.scenarios import Scenario, Walk, look, play, propose
from tests.unit.engine.scenarios.ways import release_of, scenarios_of
from webapp.wiring.parts import shipped_releases

BEGINS = datetime(2026, 10, 5, 1, tzinfo=UTC)
SMALL = ("unit_evaluation", "incentive_dispute", "unit_award")


def regained(process: str, budget: int = 1500) -> tuple[int, int]:
    """Return how much only one scenario walks, and how much of that is proposed when it is gone."""
    release, scenarios = release_of(process), scenarios_of(process)
    walks = {name: look(release, scenario).walk for name, scenario in scenarios.items()}
    lost = found = 0
    for name in scenarios:
        rest = together(walk for other, walk in walks.items() if other != name)
        missing = size(together(walks.values())) - size(rest)
        if missing:
            others: list[Scenario] = [scenario for other, scenario in scenarios.items() if other != name]
            more = [play(release, one.scenario).walk for one in propose(release, others, BEGINS, budget)]
            lost += missing
            found += size(together([rest, *more])) - size(rest)
    return lost, found


def together(walks: Iterable[Walk]) -> Walk:
    """Return what walks walk together."""
    total = Walk()
    for walk in walks:
        total.add(walk)
    return total


def size(walk: Walk) -> int:
    """Return how many nodes, flows and rules are walked."""
    return len(walk.nodes) + len(walk.flows) + len(walk.rules)


@pytest.mark.parametrize("process", SMALL)
def test_what_only_one_scenario_walks_is_proposed_when_it_is_gone(process: str) -> None:
    lost, found = regained(process)

    assert found == lost > 0


@pytest.mark.long
@pytest.mark.parametrize("process", sorted(set(shipped_releases()) - set(SMALL)))
def test_of_every_process_most_of_what_is_lost_is_proposed(process: str) -> None:
    lost, found = regained(process)

    assert found / lost > 0.6, (lost, found)


def test_a_proposal_goes_as_it_says_and_names_what_it_adds() -> None:
    release = release_of("unit_evaluation")

    proposals = propose(release, [], BEGINS)

    assert proposals
    for proposal in proposals:
        assert play(release, proposal.scenario).problems == ()
        assert proposal.nodes or proposal.flows or proposal.rules
        assert proposal.scenario.names["id"].startswith("Usulan")


def test_of_a_diagram_without_scenarios_every_way_is_found_by_guessing() -> None:
    release = release_of("unit_evaluation")

    walked = together(play(release, one.scenario).walk for one in propose(release, [], BEGINS))

    assert walked.nodes == set(release.outline.elements)
    assert walked.flows == set(release.outline.flows)


def test_nothing_more_is_proposed_when_the_time_for_it_is_over() -> None:
    release = release_of("unit_evaluation")
    asked = iter([False] * 60)

    some = propose(release, [], BEGINS, is_over=lambda: next(asked, True))

    assert 0 < len(some) < len(propose(release, [], BEGINS))
    assert propose(release, [], BEGINS, is_over=lambda: True) == []


def test_nothing_is_proposed_where_nothing_is_missing() -> None:
    scenarios = list(scenarios_of("unit_evaluation").values())

    assert propose(release_of("unit_evaluation"), scenarios, BEGINS) == []
