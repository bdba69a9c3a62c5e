"""A Procrastinate we do not know is refused at import, not at night."""

import pytest
from procrastinate import sql

from engine.errors import EngineError
from engine.jobs import UnsupportedProcrastinate, listing
from engine.jobs.named import QUERIES
from engine.jobs.upstream import check_procrastinate


def test_every_named_query_of_the_installed_version_has_an_answer() -> None:
    assert set(sql.queries) - set(QUERIES) == {"listen_queue"}


@pytest.mark.parametrize(
    ("installed", "queries", "complaint"),
    [
        ("3.11.0", {}, "only 3.10 is supported"),
        ("4.0", {}, "only 3.10 is supported"),
        ("3.10.1", {"sing_song": "SELECT 1"}, "'sing_song' has no answer"),
        ("3.10.1", {"finish_job": "SELECT %(job_id)s, %(mood)s"}, "'finish_job' has other parameters"),
    ],
)
def test_what_differs_is_named(installed: str, queries: dict[str, str], complaint: str) -> None:
    with pytest.raises(UnsupportedProcrastinate, match=complaint):
        check_procrastinate(QUERIES, answered_by=[listing], installed=installed, queries={**sql.queries, **queries})


def test_a_query_that_is_gone_is_named_with_the_way_out() -> None:
    fewer = {name: query for name, query in sql.queries.items() if name != "list_locks"}

    with pytest.raises(EngineError, match=r"'list_locks' is gone.*adapt engine\.jobs\.listing"):
        check_procrastinate(QUERIES, answered_by=[listing], queries=fewer)
