"""Scores that colleagues give: they count and are shown as one mean, never singly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

#: Fewer colleagues could be told apart (dossier 8, SR-18): their mean is neither used nor shown.
ENOUGH_PEERS = 3

_PEER = re.compile(r"peer_\d+")


@dataclass(frozen=True, slots=True)
class PeerMean:
    """What may be said of the colleagues' scores: how many gave one, and their mean if enough did."""

    count: int
    mean: Decimal | None


def is_peer_score(name: str) -> bool:
    """Say whether a field of an indicator holds the score of one colleague: `peer_1`, `peer_2`, ..."""
    return _PEER.fullmatch(name) is not None


def peer_mean(fields: Mapping[str, Decimal]) -> PeerMean | None:
    """Return what may be said of the colleagues' scores among the fields of an indicator; None without any."""
    scores = [value for name, value in fields.items() if is_peer_score(name)]
    if not scores:
        return None
    return PeerMean(len(scores), sum(scores, Decimal(0)) / len(scores) if len(scores) >= ENOUGH_PEERS else None)
