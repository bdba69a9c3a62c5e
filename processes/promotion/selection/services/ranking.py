"""The service that makes one list out of four stages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.records.changes import Write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.promotion.parameters import SELECTION_PANEL, numbers_on
from processes.promotion.selection.ranking import Ranked, Stage, compose, mean_score, name_best, rank
from processes.promotion.selection.reading import candidates_of
from processes.promotion.selection.records import selection_rank, selection_score
from processes.promotion.selection.services.announcing import post_name, today
from processes.promotion.selection.variables import read_case, scores_of

#: In place of a member where nobody of the panel gave a score.
NOBODY = 0

Scores = dict[Stage, dict[int, Decimal]]


def rank_candidates(call: ServiceContext) -> ServiceResult:
    """Keep all scores and the ranking of those who have not withdrawn; return the list with who is named.

    Values are unrounded; those that are the same share a place.
    """
    numbers = {item.employee: item.number for item in candidates_of(call.read, call.tenant, call.case_id)}
    given = {
        person: scores
        for person, scores in _all_scores(call.variables).items()
        if person in numbers and len(scores) == len(Stage)
    }
    means = {
        str(person): {stage: mean_score(list(found.values())) for stage, found in scores.items()}
        for person, scores in given.items()
    }
    weights = read_case(call.variables).weights
    ranked = rank((person, compose(scores, weights)) for person, scores in means.items())
    rules = numbers_on(call.read, call.tenant, SELECTION_PANEL, today(call), call.city)
    named = name_best(ranked, means, int(rules.values["names"]))
    value = {
        "rows": [_row(item, means[item.candidate], numbers, item.candidate in named) for item in ranked],
        "names": [int(person) for person in named],
    }
    writes = (_scores_write(call, given), _ranks_write(call, ranked, named)) if ranked else ()
    told = tuple(Notice(int(item.candidate), "selection.ranked", {"post": post_name(call)}) for item in ranked)
    return ServiceResult(value, writes, told)


def _all_scores(variables: Mapping[str, Any]) -> dict[int, Scores]:
    """Return everybody's scores by stage and member."""
    found: dict[int, Scores] = {}
    for stage in (Stage.PAPER, Stage.INTERVIEW):
        for item in scores_of(variables, stage):
            for row in item["rows"]:
                _scores_in(found, row, stage)[int(item["member"])] = Decimal(row["score"])
    for stage, rows in ((Stage.ASSESSMENT, variables["assessed"]), (Stage.RECORD, variables["rated"])):
        # Whoever did not pass may have no point at all, and is ranked nowhere.
        for row in (row for row in rows if row["score"] is not None):
            _scores_in(found, row, stage)[NOBODY] = Decimal(row["score"])
    return found


def _scores_in(found: dict[int, Scores], row: Mapping[str, Any], stage: Stage) -> dict[int, Decimal]:
    return found.setdefault(int(row["employee"]), {}).setdefault(stage, {})


def _row(item: Ranked, means: Mapping[Stage, Decimal], numbers: Mapping[int, int], is_named: bool) -> dict[str, Any]:
    person = int(item.candidate)
    return {
        "employee": person,
        "number": numbers[person],
        "value": item.value,
        "place": item.place,
        "is_named": is_named,
        **{str(stage): means[stage] for stage in Stage},
    }


def _scores_write(call: ServiceContext, given: Mapping[int, Scores]) -> Write:
    rows = [
        {**_of(call, person), "stage": str(stage), "member": member, "score": score}
        for person, scores in given.items()
        for stage, found in scores.items()
        for member, score in found.items()
    ]
    return Write(selection_score.insert(), rows)


def _ranks_write(call: ServiceContext, ranked: tuple[Ranked, ...], named: tuple[str, ...]) -> Write:
    rows = [
        {
            **_of(call, int(item.candidate)),
            "value": item.value,
            "place": item.place,
            "is_named": item.candidate in named,
        }
        for item in ranked
    ]
    return Write(selection_rank.insert(), rows)


def _of(call: ServiceContext, person: int) -> dict[str, Any]:
    return {"tenant": call.tenant, "case_id": call.case_id, "employee_id": person}
