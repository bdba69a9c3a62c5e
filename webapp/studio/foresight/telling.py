"""What a look ahead says in sentences: the answer, where cases are held up, and whether to rely on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.foresight.answer import Answer
from engine.foresight.forecast import Forecast, Range
from engine.foresight.trust import BOUND, LEAST_CASES, Check, Trust
from webapp.studio.foresight.asking import called
from webapp.studio.watching.wording import percent, working_time
from webapp.texts import gettext as _
from webapp.texts import ngettext

#: From this share of their time on people have no slack, and heaps grow.
FULL: Final = 0.85
_LATE_CASES: Final = 0.5


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of an answer."""

    answer: Answer

    @property
    def forecast(self) -> Forecast:
        """What is expected."""
        return self.answer.forecast

    @property
    def check(self) -> Check | None:
        """How far the simulated past is from the measured one; None without a release in force."""
        return self.answer.check

    def role(self, lane: str) -> str:
        """Return what a role is called."""
        return called(self.answer.lanes.get(lane, {}), lane) or _("Petugas")

    def headline(self) -> str:
        """Return the answer in one sentence."""
        before, after = self.forecast.before, self.forecast.after
        if after.lasted is None:
            return _("Tidak satu pun kasus selesai dengan rancangan ini. Periksa lama dan bagian yang diperkirakan.")
        if before is None or before.lasted is None or self.forecast.change is None:
            return _("Dengan rancangan ini separuh kasus selesai dalam %(time)s.", time=self.time(after.lasted.middle))
        return self._changed(before.lasted, after.lasted, self.forecast.change)

    def sentences(self) -> Iterator[str]:
        """Yield what else matters: where cases are held up, who has too little time, what does not end."""
        yield from self._bottleneck()
        after = self.forecast.after
        if after.unfinished >= _LATE_CASES:
            yield ngettext(
                "Dari satu masa, %(count)s kasus tidak selesai dalam waktu yang disimulasikan.",
                "Dari satu masa, %(count)s kasus tidak selesai dalam waktu yang disimulasikan.",
                round(after.unfinished),
            )

    def trusted(self) -> tuple[str, str, str]:
        """Return the tone, the title and the text about whether to rely on what is said."""
        if self.check is None:
            return "info", _("Belum dapat dibandingkan"), _("Proses ini belum pernah berjalan, jadi semuanya dugaan.")
        if self.check.trust is Trust.UNKNOWN:
            return "info", _("Belum dapat dibandingkan"), self._too_few()
        if self.check.trust is Trust.FAR:
            return "warning", _("Jangan jadikan pegangan"), f"{self._gap()} {self._over_bound()}"
        if self.check.trust is Trust.NEAR or self.check.off:
            return "info", _("Dapat dipakai dengan hati-hati"), f"{self._gap()} {self._steps_off()}".strip()
        return "success", _("Cocok dengan kenyataan"), self._gap()

    def fitted(self) -> Iterator[str]:
        """Yield which suppositions were made to match what was measured."""
        fit = self.answer.fit
        for lane, share in fit.shares.items():
            role, asked = self.role(lane), percent(self.answer.shares[lane], 1)
            if lane in fit.too_busy:
                yield _(
                    "%(role)s: antrean yang dihitung lebih panjang daripada yang terukur, juga bila seluruh waktunya "
                    "dipakai. Periksa jumlah orang dan waktu mengerjakannya.",
                    role=role,
                )
            else:
                yield _(
                    "%(role)s: waktu untuk proses ini dinaikkan dari %(asked)s menjadi %(share)s, karena dengan "
                    "%(asked)s antreannya lebih panjang daripada yang terukur.",
                    role=role,
                    asked=asked,
                    share=percent(share, 1),
                )

    def time(self, minutes: float) -> str:
        """Return a duration as people say it."""
        return working_time(minutes, self.answer.day_minutes)

    def _changed(self, before: Range, after: Range, change: Range) -> str:
        told = {"before": self.time(before.middle), "after": self.time(after.middle)}
        gap = self._between(*sorted((abs(change.low), abs(change.high))))
        is_told = told["before"] != told["after"]
        if change.high < 0 and is_told:
            return _(
                "Lebih cepat: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam %(after)s "
                "(lebih cepat %(gap)s).",
                **told,
                gap=gap,
            )
        if change.low > 0 and is_told:
            return _(
                "Lebih lama: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam %(after)s "
                "(lebih lama %(gap)s).",
                **told,
                gap=gap,
            )
        return _(
            "Tidak ada perbedaan yang jelas: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam "
            "%(after)s.",
            **told,
        )

    def _between(self, least: float, most: float) -> str:
        low, high = self.time(least), self.time(most)
        return low if low == high else _("%(low)s sampai %(high)s", low=low, high=high)

    def _bottleneck(self) -> Iterator[str]:
        after = self.forecast.after
        if after.slowest is not None:
            step = next(one for one in self.answer.steps if one.id == after.slowest)
            yield _(
                "Kasus paling lama tertahan di langkah “%(name)s” (%(role)s): separuhnya %(time)s atau lebih.",
                name=called(step.names, step.id),
                role=self.role(step.lane),
                time=self.time(after.steps[after.slowest].stays.middle),
            )
        for lane, load in after.loads.items():
            if load.middle >= FULL:
                yield _(
                    "%(role)s terpakai %(share)s dari waktunya: pekerjaan akan menumpuk di sini.",
                    role=self.role(lane),
                    share=percent(load.middle, 1),
                )

    def _too_few(self) -> str:
        assert self.check is not None, "there is a release in force"
        return _(
            "Baru %(count)s kasus pada masa itu selesai; pembandingan memerlukan sedikitnya %(least)s, dari "
            "sedikitnya lima orang.",
            count=self.check.cases,
            least=LEAST_CASES,
        )

    def _gap(self) -> str:
        check = self.check
        if check is None or (gap := check.gap) is None:
            return _("Pada masa itu kasus selesai, tetapi dalam hitungan tidak satu pun selesai.")
        told = {"measured": self.time(gap.measured), "simulated": self.time(gap.simulated)}
        if not gap.share:
            return _("Masa lalu yang dihitung ulang sama dengan yang terukur: %(measured)s.", **told)
        share = percent(abs(gap.share), 1)
        if check.is_of_nine_tenths:
            return _(
                "Masa lalu yang dihitung ulang meleset %(share)s: 90%% kasus selesai dalam %(measured)s menurut "
                "catatan, dalam %(simulated)s menurut hitungan.",
                share=share,
                **told,
            )
        return _(
            "Masa lalu yang dihitung ulang meleset %(share)s: separuh kasus selesai dalam %(measured)s menurut "
            "catatan, dalam %(simulated)s menurut hitungan.",
            share=share,
            **told,
        )

    def _steps_off(self) -> str:
        off = self.check.off if self.check is not None else {}
        if not off:
            return ""
        return ngettext(
            "Pada %(count)s langkah hitungan meleset lebih dari %(bound)s; langkah itu ditandai.",
            "Pada %(count)s langkah hitungan meleset lebih dari %(bound)s; langkah itu ditandai.",
            len(off),
            bound=percent(BOUND, 1),
        )

    def _over_bound(self) -> str:
        return _(
            "Itu lebih dari %(bound)s. Perbaiki dahulu jumlah orang, waktunya, dan lama yang diperkirakan di bawah.",
            bound=percent(BOUND, 1),
        )
