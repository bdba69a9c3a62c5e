"""Finds the installed city plugins, checks each on its own, and asks exactly one named city.

Every city has a pluggy manager of its own that holds the national rules and that city, nothing else: so a broken or
meddling plugin cannot reach another city, and what a city leaves out falls back to the national rules. In-process
plugins are trusted code: this contains faults, not malice.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

import pluggy

from engine.contained import ends_the_process, said_by
from engine.patience import may_take_long
from plugins import answers, hookspecs, national
from plugins.apart import START_SECONDS, CityProcess, NoAnswer, RaisedThere
from plugins.trial import failures
from processes.appraisal.rules import (
    Finding,
    Indicator,
    Period,
    PositionFacts,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    apply_targets,
    from_plain,
    to_plain,
)
from processes.people.city import CityFailed, CityInfo, CityUnavailable, FormSpec, ParameterSet, RuleMismatch

T = TypeVar("T")

GROUP = "alur.city"
CACHED_SETS = 1024


class CityPlugin:
    """One city's rules as the `City` protocol: typed, checked questions to its hooks, national answers behind them."""

    def __init__(self, code: str, plugin: object) -> None:
        """Connect a plugin.

        :raise PluginRefused: it misspells a hook, wraps one, or says something about itself that cannot be.
        """
        self.code = code
        self.plugin = plugin
        self._hooks = connect(code, plugin)
        self._info = answers.check_info(code, self._hooks.hook.asn_city_info())
        self._rules = self._info.rules or national.RULES
        # Pure by contract, asked for at every form and score, and costly to check: kept per position and period.
        self._indicators = lru_cache(maxsize=CACHED_SETS)(self._ask_indicators)
        self._process: CityProcess | None = None

    def keep_apart(self, process: CityProcess | None) -> None:
        """Ask the rules in a process of their own from now on; None asks them here again."""
        if self._process is not None:
            self._process.close()
        self._process = process

    @property
    def info(self) -> CityInfo:
        """The city's labels, zone, families and rule versions."""
        return self._info

    @property
    def hooks(self) -> tuple[str, ...]:
        """The names of the hooks this city implements itself."""
        return tuple(sorted(caller.name for caller in self._hooks.get_hookcallers(self.plugin) or ()))

    def rule(self, on: date) -> ScoreRule:
        """Return the newest rule version in force on that day.

        :raise RuleMismatch: none was.
        """
        in_force = [rule for rule in self._rules if rule.in_force(on)]
        if not in_force:
            raise RuleMismatch(self.code, f"no rule version is in force on {on} (known: {self._known_rules()})")
        return max(in_force, key=lambda rule: rule.valid_from)

    def indicators(
        self, position: PositionFacts, period: Period, rule: ScoreRule | None = None
    ) -> tuple[Indicator, ...]:
        """Return the position's indicator set."""
        return self._indicators(position, period, self._pinned(rule, period))

    def score(self, request: ScoreRequest, rule: ScoreRule | None = None) -> ScoreResult:
        """Return the indicative value and the recommended ratings."""
        by = self._pinned(rule, request.period)
        # A copy checked like data from outside: the city cannot reach the caller's dictionaries.
        copy = from_plain(ScoreRequest, to_plain(request))
        copy.check()
        indicators = apply_targets(self.indicators(copy.position, copy.period, by), copy.targets)
        return self._ask("asn_score", answers.result_check(by), request=copy, indicators=indicators, rule=by)

    def form(
        self, task: str, position: PositionFacts, period: Period, indicators: Sequence[Indicator] | None = None
    ) -> FormSpec | None:
        """Return the form of a task key; None if neither the city nor the nation has one."""
        own = self.indicators(position, period) if indicators is None else tuple(indicators)
        return self._ask("asn_forms", answers.check_form, task=task, position=position, period=period, indicators=own)

    def parameters(self, on: date) -> Mapping[str, ParameterSet]:
        """Return the parameter sets in force on that day, by key; the city's go before the national ones."""
        by_plugin = self._ask("asn_parameters", answers.check_parameters)
        # pluggy answers with the city first, so the national sets are laid down before it.
        return {item.key: item for sets in reversed(by_plugin) for item in sets if item.in_force(on)}

    def check_plan(
        self, position: PositionFacts, period: Period, indicators: Sequence[Indicator]
    ) -> tuple[Finding, ...]:
        """Return what is wrong with a plan, national findings first."""
        by_plugin = self._ask(
            "asn_validate_plan",
            answers.check_findings,
            position=position,
            period=period,
            indicators=tuple(indicators),
        )
        return tuple(finding for findings in reversed(by_plugin) for finding in findings)

    def _ask_indicators(self, position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...]:
        return self._ask("asn_indicators", answers.check_indicators, position=position, period=period, rule=rule)

    def _pinned(self, rule: ScoreRule | None, period: Period) -> ScoreRule:
        if rule is None:
            return self.rule(period.end)
        known = next((item for item in self._rules if (item.id, item.version) == (rule.id, rule.version)), None)
        if known is None:
            raise RuleMismatch(
                self.code, f"rule {rule.id} {rule.version} is not installed (known: {self._known_rules()})"
            )
        if known.content_hash != rule.content_hash:
            raise RuleMismatch(
                self.code, f"the content of rule {rule.id} {rule.version} has changed since the case began"
            )
        return known

    def _known_rules(self) -> str:
        return ", ".join(f"{rule.id} {rule.version}" for rule in self._rules)

    def _ask(self, hook: str, check: Callable[[Any], T], **arguments: object) -> T:
        may_take_long()
        # SystemExit and its kind as well: a plugin must not be able to end the server.
        try:
            if self._process is not None:
                return check(self._process.ask(hook, arguments))
            return check(getattr(self._hooks.hook, hook)(**arguments))
        except BaseException as error:
            if ends_the_process(error):
                raise
            what = (
                said_by(error)
                if isinstance(error, RaisedThere | NoAnswer)
                else f"{type(error).__name__}: {said_by(error)}"
            )
            raise CityFailed(self.code, f"{hook}: {what}") from error


@dataclass(frozen=True, slots=True)
class CityEntry:
    """One installed plugin: the city it serves, its distribution, and either a working plugin or why there is none.

    :param rivals: distributions that work and claim the same city; all of them are refused then.
    :param entry: what the entry point names, for another process to load.
    """

    code: str
    distribution: str
    version: str
    plugin: CityPlugin | None
    problem: str = ""
    rivals: tuple[str, ...] = ()
    entry: str = ""


class Cities:
    """The installed cities; looks up one by its code."""

    def __init__(self, entries: Iterable[CityEntry], others: Iterable[str] = ()) -> None:
        """Keep the entries: a working plugin goes before a broken one for the same city, two working ones are refused.

        Which of two would answer is chance, and nobody's rating may hang on that.

        :param others: codes of cities that are installed as well but were not loaded.
        """
        given = list(entries)
        claims = Counter(entry.code for entry in given if entry.plugin is not None)
        self._entries = [_refused(entry, given) if claims[entry.code] > 1 else entry for entry in given]
        # The last one of a code stays: the working ones come last.
        self._by_code = {entry.code: entry for entry in sorted(self._entries, key=lambda item: item.plugin is not None)}
        self._known = tuple(dict.fromkeys([*self._by_code, *others]))

    @classmethod
    def installed(cls, only: Iterable[str] | None = None) -> Cities:
        """Return the cities found through installed distributions; a broken one stops neither start-up nor another.

        :param only: load these codes and no others.
        """
        found, wanted = _installed(only)
        return cls((load_entry(entry) for entry in wanted), others=[entry.name for entry in found])

    @classmethod
    def tried(cls, only: Iterable[str] | None = None, *, seconds: float = START_SECONDS) -> Cities:
        """Return the same, each tried in a process of its own first: one that loops or ends there is not loaded here.

        What this process has imported already needs no trial.

        :param only: load these codes and no others.
        :param seconds: that each has, beside the others.
        """
        found, wanted = _installed(only)
        new = [entry for entry in wanted if entry.module not in sys.modules]
        failed = failures(((entry.name, entry.value) for entry in new), seconds)
        loaded = (
            _without_plugin(entry, failed[entry.name, entry.value])
            if (entry.name, entry.value) in failed
            else load_entry(entry)
            for entry in wanted
        )
        return cls(loaded, others=[entry.name for entry in found])

    def keep_apart(self) -> None:
        """Ask the rules of every city in a process of its own from now on: for a server, whose threads all share."""
        for entry in self._by_code.values():
            if entry.plugin is not None and entry.entry:
                entry.plugin.keep_apart(CityProcess(entry.code, entry.entry))

    def close(self) -> None:
        """End the processes of the cities."""
        for entry in self._by_code.values():
            if entry.plugin is not None:
                entry.plugin.keep_apart(None)

    @property
    def entries(self) -> tuple[CityEntry, ...]:
        """Every plugin found, working or broken, by code."""
        return tuple(self._entries)

    @property
    def known(self) -> tuple[str, ...]:
        """The codes of all installed cities, working or broken, loaded or not."""
        return tuple(sorted(self._known))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the cities that work."""
        return tuple(entry.code for entry in self._entries if entry.plugin is not None)

    def city(self, code: str) -> CityPlugin:
        """Return the named city.

        :raise CityUnavailable: it is not installed, or broken.
        """
        entry = self._by_code.get(code)
        if entry is None:
            raise CityUnavailable(code, f"no plugin is installed (installed: {', '.join(self.known) or 'none'})")
        if entry.plugin is None:
            raise CityUnavailable(code, f"its plugin is broken: {entry.problem}")
        return entry.plugin


def _installed(only: Iterable[str] | None) -> tuple[list[EntryPoint], list[EntryPoint]]:
    """Return all entry points of cities in order, and those of the named codes."""
    wanted = None if only is None else frozenset(only)
    found = sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.dist.name if entry.dist else ""))
    return found, [entry for entry in found if wanted is None or entry.name in wanted]


def load_entry(entry: EntryPoint) -> CityEntry:
    """Return the entry point's plugin, connected and checked, or the reason why it cannot be."""
    # Whatever goes wrong in a foreign module at import must stay with that module.
    try:
        return replace(_without_plugin(entry, ""), plugin=CityPlugin(entry.name, entry.load()), entry=entry.value)
    except (Exception, SystemExit) as error:
        return _without_plugin(entry, f"{type(error).__name__}: {error}")


def _without_plugin(entry: EntryPoint, problem: str) -> CityEntry:
    distribution = entry.dist.name if entry.dist else ""
    version = entry.dist.version if entry.dist else ""
    return CityEntry(entry.name, distribution, version, None, problem)


def connect(code: str, plugin: object) -> pluggy.PluginManager:
    """Return a pluggy manager that holds the national rules and this one city.

    :raise PluginRefused: the plugin wraps a hook, or a hook's mark was forgotten.
    :raise pluggy.PluginValidationError: a hook is misspelt or has arguments the specification does not.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(national, "national")
    manager.register(plugin, code)
    manager.check_pending()
    callers = manager.get_hookcallers(plugin) or []
    for caller in callers:
        if any(impl.plugin is plugin and (impl.wrapper or impl.hookwrapper) for impl in caller.get_hookimpls()):
            raise answers.PluginRefused(f"{caller.name} is a wrapper; a city may only answer for itself")
    marked = {caller.name for caller in callers}
    unmarked = [name for name in dir(plugin) if name.startswith("asn_") and name not in marked]
    if unmarked:
        raise answers.PluginRefused(f"{', '.join(unmarked)}: decorate with @hookimpl or rename")
    return manager


def _refused(entry: CityEntry, entries: Sequence[CityEntry]) -> CityEntry:
    """Return a working entry as one that is refused for its rivals; a broken one as it is."""
    if entry.plugin is None:
        return entry
    working = [item for item in entries if item.code == entry.code and item.plugin is not None]
    rivals = tuple(item.distribution or "another plugin" for item in working if item is not entry)
    problem = f"{', '.join(rivals)} also serves {entry.code!r}; uninstall all but one"
    return replace(entry, plugin=None, problem=problem, rivals=rivals)
