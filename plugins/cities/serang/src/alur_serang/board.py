"""What Kota Serang asks of the ranking by which its promotion board fills posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugins.api import ParameterSet

#: Performance weighs at least half, whatever the board sets (SR-04); nothing that is imported later undercuts it.
BOARD = ParameterSet(
    key="promotion.board",
    version="2025.1",
    valid_from=date(2025, 1, 1),
    source="Rancangan Alur untuk Kota Serang; menunggu penetapan Peraturan Wali Kota",
    values={
        "performance.least": Decimal(50),
        "performance.most": Decimal(80),
        "predicate.SANGAT_BAIK": Decimal(100),
        "predicate.BAIK": Decimal(80),
        "predicate.BUTUH_PERBAIKAN": Decimal(60),
        "predicate.KURANG": Decimal(40),
        "predicate.SANGAT_KURANG": Decimal(20),
        "quorum": Decimal(3),
    },
)
