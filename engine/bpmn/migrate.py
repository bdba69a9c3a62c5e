"""Takes one case from its release to another: what it waits for is carried over, and nothing of it is run."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from engine.bpmn.differences import Aspect
from engine.bpmn.hearing import Earlier
from engine.bpmn.notes import DUE, HELD, KEY, LEFT, PAYLOAD, RACE, SINCE
from engine.bpmn.outcome import Outcome
from engine.bpmn.performing import Surroundings
from engine.bpmn.placed import Placed
from engine.bpmn.placing import place_case
from engine.bpmn.plan import Plan, Reason
from engine.bpmn.run import CaseRun
from engine.bpmn.state import ROOT, CaseState, Scope, Token, decode_state, encode_state
from engine.bpmn.undoings import carry_undoings, carry_undoings_of
from engine.bpmn.waiting import Waiting, waiting_tokens
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed
from engine.records.packing import NotStorable, Unreadable, check_storable


class Verdict(StrEnum):
    """What becomes of a case."""

    SAME = "same"
    """Only its release changes: nothing differs where it stands."""
    MAPPED = "mapped"
    """What it waits for is carried over."""
    STUCK = "stuck"
    """It stays on its release; the reasons say why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of one case.

    :param outcome: its new state, and what it begins to wait for or waits for anew; None unless it is mapped.
    :param waiting: the tokens that wait afterwards.
    :param elements: where its tokens stand afterwards, by token.
    :param reassigned: tasks whose people the diagram says otherwise than before; they are among those opened.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()
    outcome: Outcome | None = None
    waiting: Waiting | None = None
    elements: Mapping[int, str] | None = None
    reassigned: frozenset[int] = frozenset()


SAME = Moved(Verdict.SAME)


def move_case(plan: Plan, state: bytes, surroundings: Surroundings) -> Moved:
    """Return what becomes of a case, with its new state if that differs.

    :param surroundings: asked for the instant, the zone and the working days only; no service is called.
    """
    try:
        placed = place_case(plan, decode_state(state))
    except (Unreadable, KeyError):
        return Moved(Verdict.STUCK, (Reason("migration.damaged", ""),))
    if placed.is_same:
        return SAME
    if placed.reasons:
        return Moved(Verdict.STUCK, tuple(placed.reasons))
    return _carried_over(placed, surroundings)


def _carried_over(case: Placed, surroundings: Surroundings) -> Moved:
    run = _Run(case.plan.pair.new, _Still(surroundings), encode_state(_carried_state(case)))
    run.begin(case)
    outcome = run.outcome()
    failed = [Reason("migration.cannot_begin", item.element, item.text) for item in outcome.incidents]
    if run.refusals or failed or outcome.state is None:
        return Moved(Verdict.STUCK, (*run.refusals, *failed))
    return Moved(
        Verdict.MAPPED,
        remarks=(*case.remarks, *(Reason("migration.given", "", name) for name in case.plan.values)),
        outcome=outcome,
        waiting=run.waiting,
        elements=run.elements,
        reassigned=frozenset(number for number in case.renewed if _is_reassigned(case, number)),
    )


def _is_reassigned(case: Placed, number: int) -> bool:
    old, new = case.old_element(case.tokens[number]), case.new.elements[case.elements[number]]
    return Aspect.PEOPLE in case.plan.aspects(old, new)


def _carried_state(case: Placed) -> CaseState:
    """Return the state under the names of the new release, before anything begins to wait."""
    scopes = tuple(_carried_scope(case, scope) for scope in case.state.scopes)
    tokens = (_carried_token(case, token) for token in case.state.tokens if token.number not in case.dropped)
    return CaseState(scopes, tuple(tokens), case.state.last_number)


def _carried_scope(case: Placed, scope: Scope) -> Scope:
    return replace(
        scope,
        container=case.containers[scope.number],
        arrivals=case.arrivals.get(scope.number, {}),
        done=carry_undoings(case.plan.pair, scope.done),
        heard=case.carried_heard(scope),
    )


def _carried_token(case: Placed, token: Token) -> Token:
    notes = dict(token.notes)
    carry_undoings_of(case.plan.pair, notes)
    if PAYLOAD in notes:
        start = case.plan.pair.target(notes[PAYLOAD][0])
        notes[PAYLOAD] = [start.id if start is not None else notes[PAYLOAD][0], *notes[PAYLOAD][1:]]
    if token.number in case.races:
        race = case.races[token.number]
        notes.pop(RACE, None)
        notes |= {RACE: race} if race is not None else {}
    return replace(token, element=case.elements[token.number], notes=notes)


@dataclass(frozen=True)
class _Still:
    """Surroundings in which nothing happens: a case that is moved does not go on by it."""

    around: Surroundings

    @property
    def now(self) -> datetime:
        """The instant of the move."""
        return self.around.now

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the city counts its days."""
        return self.around.zone

    @property
    def absent(self) -> frozenset[int]:
        """Nobody: whether those are there who are asked from now on is seen for many cases at once."""
        return frozenset()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the case."""
        return self.around.calendar(variables)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Refuse: nothing runs."""
        raise ElementFailed(f"Service '{service}' is not called while a case is moved.")

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return none: what was sent before is delivered after the move."""
        return None


class _Run(CaseRun):
    """A case under its new names, in which some things begin to wait."""

    refusals: tuple[Reason, ...] = ()

    def begin(self, case: Placed) -> None:
        """Set variables, and let wait what waits from now on, or for something else than before."""
        workflow = self._workflow
        try:
            self._set(case.plan.values)
            for number in sorted(case.restarted):
                self._wait_anew(workflow.tokens[number])
        except (ElementFailed, NotStorable) as error:
            self.refusals = (Reason("migration.cannot_begin", "", str(error)),)
            return
        for item in case.openings:
            workflow.open(item.element, workflow.scopes[item.scope], item.stand, **item.notes)
        for number in sorted(case.renewed):
            workflow.wait_anew(workflow.tokens[number])
        self._reopened |= case.renewed

    def _set(self, values: Mapping[str, str]) -> None:
        given = {name: self._performer.evaluate(text, self.variables) for name, text in values.items()}
        check_storable(given)
        self._workflow.assign(ROOT, given)

    def _wait_anew(self, token: Token) -> None:
        if KEY in token.notes:  # what is on its way to it was sent under another name or key, and must not reach it
            self._workflow.last_number += 1
            token.notes[SINCE] = self._workflow.last_number
        for name in (DUE, LEFT, KEY, HELD):
            token.notes.pop(name, None)
        self._reopened.add(token.number)
        self._workflow.wait(token, self._outline.elements[token.element])

    @property
    def waiting(self) -> Waiting:
        """The tokens that wait now."""
        return waiting_tokens(self._workflow.tokens.values())

    @property
    def elements(self) -> Mapping[int, str]:
        """Where the tokens stand now."""
        return {token.number: token.element for token in self._workflow.tokens.values()}
