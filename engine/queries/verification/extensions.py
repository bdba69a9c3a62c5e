"""What processes tell the history checker of what is theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select

from engine.queries.verification.dossier import Dossier
from engine.queries.verification.findings import Finding

#: Proves what a process keeps beside its cases.
CaseCheck = Callable[[Connection, Dossier], Iterable[Finding]]
#: Proves what belongs to no case.
WholeCheck = Callable[[Connection], Iterable[Finding]]
#: Says when the working days of a city were changed last; None if they never were.
DaysChanged = Callable[[Connection, str], datetime | None]


@dataclass(frozen=True, slots=True)
class Extensions:
    """What processes know beside what holds for every case.

    :param checks: prove what they keep beside their cases.
    :param whole: prove what belongs to no case.
    :param made_by: their own commands that name a case, by the kind of step that each of them makes of it.
    :param file_rows: statements that give `sha256` and `size` of files that their rows name.
    :param days_changed: None if nobody can say.
    """

    checks: Sequence[CaseCheck] = ()
    whole: Sequence[WholeCheck] = ()
    made_by: Mapping[str, str] = field(default_factory=dict)
    file_rows: Sequence[Select[*tuple[Any, ...]]] = ()
    days_changed: DaysChanged | None = None
