"""What `alur migrate` says: what differs, what becomes of the cases, and why some stay."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from engine.bpmn.differences import Difference, added_elements, find_differences
from engine.bpmn.migrate import Verdict
from engine.bpmn.plan import Reason
from engine.commands.undo_migration import TakenBack
from engine.moving.judging import Judged
from engine.moving.runs import Route
from engine.queries.migration import RunView
from engine.records.migration import Fate
from webapp.texts import text_for
from webapp.texts.moving import ASPECTS

_FATES = {Fate.SAME: Verdict.SAME, Fate.MAPPED: Verdict.MAPPED, Fate.STUCK: Verdict.STUCK}
_WORDS: Mapping[str, str] = {
    Verdict.SAME: "sama: hanya rilisnya yang berganti",
    Verdict.MAPPED: "dipetakan: yang ditunggu dibawa serta",
    Verdict.STUCK: "tertahan: tetap di rilis lama",
}


class MoveReport:
    """Collects what becomes of the cases.

    :ivar run: its number; None for a dry run.
    :ivar running: cases on the old release before the first was moved.
    """

    def __init__(self, route: Route, *, with_cases: bool) -> None:
        """Begin with what differs between the releases."""
        self.route, self.running = route, 0
        self.run: int | None = None
        self._with_cases = with_cases
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[Reason] = Counter()
        self._remarks: Counter[Reason] = Counter()
        self._cases: list[dict[str, Any]] = []

    @property
    def has_stuck(self) -> bool:
        """A case stays where it is."""
        return self._counts[Verdict.STUCK] > 0

    def add(self, judged: Iterable[Judged]) -> None:
        """Take in what became of some cases."""
        for item in judged:
            self._counts[item.moved.verdict] += 1
            self._reasons.update(item.moved.reasons)
            self._remarks.update(item.moved.remarks)
            if self._with_cases:
                self._cases.append(self._case(item))

    def count_run(self, view: RunView) -> None:
        """Take the figures of the whole run, of which a part may have been done before it was cut off."""
        self._counts = Counter({_FATES[fate]: count for fate, count in view.fates.items() if fate in _FATES})
        self._reasons = Counter(reason for _, reasons in view.stuck for reason in reasons)

    def plain(self) -> dict[str, Any]:
        """Return everything for JSON."""
        return {
            "process": self.route.old.process,
            "old": self.route.old.number,
            "new": self.route.new.number,
            "run": self.run,
            "running": self.running,
            "counts": {str(verdict): self._counts[verdict] for verdict in Verdict},
            "differences": [_plain_difference(item) for item in find_differences(self.route.plan.pair)],
            "added": list(added_elements(self.route.plan.pair)),
            "reasons": [{**_plain(reason), "count": count} for reason, count in self._reasons.most_common()],
            "remarks": [{**_plain(remark), "count": count} for remark, count in self._remarks.most_common()],
            **({"cases": self._cases} if self._with_cases else {}),
        }

    def text(self) -> str:
        """Return everything in words."""
        old, new = self.route.old, self.route.new
        lines = [f"{old.process}: rilis {old.number} ke rilis {new.number}"]
        lines += _section("Yang berbeda:", self._differences())
        lines += _section(f"Kasus berjalan di rilis {old.number}: {self.running}", self._said_counts())
        lines += _section("Yang berubah bagi kasus:", self._counted(self._remarks))
        lines += _section("Sebab kasus tertahan:", self._counted(self._reasons))
        lines += _section("Kasus demi kasus:", [_said_case(case) for case in self._cases])
        return "\n".join([*lines, *self._what_next()])

    def _said_counts(self) -> list[str]:
        width = len(str(max(self._counts.values(), default=0)))
        return [f"{self._counts[verdict]:>{width}}  {words}" for verdict, words in _WORDS.items()]

    def _differences(self) -> list[str]:
        pair = self.route.plan.pair
        lines = [self._said_difference(item) for item in find_differences(pair)]
        return [*lines, *(f"{self._named(name)}: baru" for name in added_elements(pair))]

    def _said_difference(self, item: Difference) -> str:
        aspects = ", ".join(ASPECTS[aspect][0] for aspect in sorted(item.aspects))
        became = f" menjadi {item.target}" if item.target not in ("", item.element) else ""
        what = "tidak ada lagi" if item.is_gone else aspects
        end = "; yang menunggu di sini tertahan" if item.blocks else ""
        return f"{self._named(item.element)}{became}" + (f": {what}{end}" if what else end)

    def _named(self, name: str) -> str:
        """Return an element as a person finds it in the diagram: its id, and its name if it has one of its own."""
        pair = self.route.plan.pair
        found = pair.old.outline.elements.get(name) or pair.new.outline.elements.get(name)
        label = found.names["id"] if found is not None else ""
        return f"{name} (“{label}”)" if label not in ("", name) else name

    def _said(self, reason: Reason) -> str:
        params = {"element": self._named(reason.element), "target": reason.target}
        return text_for(reason.code, params, "id")

    def _counted(self, said: Counter[Reason]) -> list[str]:
        width = len(str(max(said.values(), default=0)))
        return [f"{count:>{width}}  {self._said(reason)}" for reason, count in said.most_common()]

    def _what_next(self) -> list[str]:
        is_unsaid = any(reason.code == "migration.gone" for reason in self._reasons)
        hints = ["Pengganti unsur ditentukan dengan --map LAMA=BARU."] if is_unsaid else []
        if self.run is None:
            return [*hints, "Tidak ada yang dipindahkan. Untuk memindahkan, jalankan lagi tanpa --dry-run."]
        return [*hints, f"Pemindahan nomor {self.run}. Untuk membatalkan: alur migrate --undo {self.run}"]

    def _case(self, item: Judged) -> dict[str, Any]:
        said = [*item.moved.reasons, *item.moved.remarks]
        return {
            "case": item.case_id,
            "key": item.business_key,
            "verdict": str(item.moved.verdict),
            "said": [_plain(reason) for reason in said],
        }


class UndoReport:
    """Collects what becomes of the cases of a run that is undone."""

    def __init__(self, view: RunView, *, with_cases: bool) -> None:
        """Begin with nothing."""
        self._view, self._with_cases = view, with_cases
        self._back = 0
        self._refused: list[tuple[int, Reason]] = []

    @property
    def has_refused(self) -> bool:
        """A case was not taken back."""
        return bool(self._refused)

    def add(self, taken: Iterable[TakenBack]) -> None:
        """Take in what became of some cases."""
        for item in taken:
            if item.reason is None:
                self._back += 1
            else:
                self._refused.append((item.case_id, item.reason))

    def plain(self) -> dict[str, Any]:
        """Return everything for JSON."""
        refused = [{"case": case, **_plain(reason)} for case, reason in self._refused]
        return {"run": self._view.run.id, "undone": self._back, "refused": refused}

    def text(self) -> str:
        """Return everything in words."""
        run = self._view.run
        lines = [f"{self._back} kasus {run.old.process} kembali ke rilis {run.old.number}, persis seperti sebelumnya."]
        lines += _section("Tidak dikembalikan:", _counted(Counter(reason for _, reason in self._refused)))
        cases = [f"kasus {case}: {_said(reason)}" for case, reason in self._refused] if self._with_cases else []
        return "\n".join([*lines, *_section("Kasus demi kasus:", cases)])


def print_runs(runs: Sequence[RunView], *, as_json: bool) -> None:
    """Print the latest runs."""
    if as_json:
        click.echo(json.dumps([_plain_run(view) for view in runs], ensure_ascii=False))
    elif not runs:
        click.echo("Belum pernah ada kasus yang dipindahkan.")
    else:
        click.echo("\n".join(_said_run(view) for view in runs))


def _plain_run(view: RunView) -> dict[str, Any]:
    run = view.run
    return {
        "run": run.id,
        "process": run.old.process,
        "old": run.old.number,
        "new": run.new.number,
        "started": run.started_at.isoformat(),
        "ended": run.ended_at.isoformat() if run.ended_at is not None else None,
        "kept_until": run.kept_until.isoformat(),
        "counts": {fate.name.lower(): count for fate, count in view.fates.items()},
    }


def _said_run(view: RunView) -> str:
    run, fates = view.run, view.fates
    moved = fates.get(Fate.SAME, 0) + fates.get(Fate.MAPPED, 0)
    counts = f"{moved} dipindahkan, {fates.get(Fate.STUCK, 0)} tertahan, {fates.get(Fate.UNDONE, 0)} dikembalikan"
    state = "selesai" if run.ended_at is not None else "belum selesai"
    when = f"{run.started_at:%Y-%m-%d %H:%M} UTC"
    return f"{run.id}  {when}  {run.old.process} rilis {run.old.number} ke {run.new.number}: {counts}; {state}"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _counted(said: Counter[Reason]) -> list[str]:
    width = len(str(max(said.values(), default=0)))
    return [f"{count:>{width}}  {_said(reason)}" for reason, count in said.most_common()]


def _said(reason: Reason) -> str:
    return text_for(reason.code, {"element": reason.element, "target": reason.target}, "id")


def _said_case(case: Mapping[str, Any]) -> str:
    texts = " ".join(item["texts"]["id"] for item in case["said"])
    return f"kasus {case['case']} ({case['key']}): {_WORDS[case['verdict']].split(':')[0]}. {texts}".rstrip()


def _plain(reason: Reason) -> dict[str, Any]:
    params = {"element": reason.element, "target": reason.target}
    return {
        "code": reason.code,
        **params,
        "texts": {"id": text_for(reason.code, params, "id"), "en": text_for(reason.code, params, "en")},
    }


def _plain_difference(item: Difference) -> dict[str, Any]:
    return {
        "element": item.element,
        "target": item.target,
        "gone": item.is_gone,
        "blocks": item.blocks,
        "aspects": sorted(map(str, item.aspects)),
    }
