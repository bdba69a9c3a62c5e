"""What Kota Tanjungbalai asks of its allowances (TPP): they pay for work, at least three fifths of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugins.api import ParameterSet

SPLIT = ParameterSet(
    key="incentive.split",
    version="tanjungbalai-2024.1",
    valid_from=date(2024, 1, 1),
    source="Naskah Kota Tanjungbalai: produktivitas paling sedikit 60%; menunggu Peraturan Wali Kota tentang TPP",
    values={"productivity": Decimal("0.60"), "discipline": Decimal("0.40")},
)
