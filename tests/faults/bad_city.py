"""A city whose rules misbehave as the request asks them to: what `N1` says picks how."""

import ctypes
import os
import sys
from decimal import Decimal
from typing import Any

from plugins.api import CityInfo, ScoreRequest, ScoreResult, hookimpl


class Smuggled:
    """A type of the plugin's own, which no answer may hold."""


def loop() -> None:
    """Never end."""
    while True:
        pass


def _close_answers() -> None:
    os.closerange(3, 100)


#: By the value of `N1`.
MISDEEDS: dict[int, Any] = {
    1: loop,
    2: lambda: os._exit(1),
    3: lambda: ctypes.string_at(0),
    4: lambda: 1 / 0,
    5: lambda: bytearray(10 << 30),
    6: lambda: sys.exit(0),
    7: _close_answers,
    8: Smuggled,
    9: lambda: "x" * (100 << 20),
}


@hookimpl
def asn_city_info() -> CityInfo:
    return CityInfo(
        code="kupang",
        name="Kota Kupang",
        government="Pemerintah Kota Kupang",
        province="Nusa Tenggara Timur",
        head_label_id="Wali Kota",
        head_label_en="Mayor",
        zone="Asia/Makassar",
        zone_label="WITA",
        families=(),
        rules=(),
    )


@hookimpl
def asn_score(request: ScoreRequest) -> ScoreResult | None:
    print("noise", flush=True)  # noqa: T201  # what a plugin prints must not be taken for an answer
    misdeed = MISDEEDS.get(int(request.measured.get("N1", {}).get("value", Decimal(0))))
    return misdeed() if misdeed is not None else None
