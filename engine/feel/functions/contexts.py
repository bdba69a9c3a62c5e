"""Built-ins on contexts: get value, get entries, context, context put, context merge (DMN 1.5, 10.3.4.7)."""

from engine.feel.errors import NoValue, first_names
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.values import kind_of

_Context = dict[str, object]


def _get_value(run: Run, context: _Context, key: str) -> object:
    if key not in context:
        raise NoValue("unknown_key", name=key, known=first_names(context))
    return context[key]


def _get_entries(run: Run, context: _Context) -> list[object]:
    run.allocate(2 * len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(run: Run, entries: list[object]) -> _Context:
    context: _Context = {}
    run.allocate(len(entries))
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) and "value" in entry else None
        if not isinstance(key, str) or not isinstance(entry, dict) or key in context:
            raise NoValue("context_entries", kind=kind_of(entry))
        context[key] = entry["value"]
    return context


def _put(run: Run, context: _Context, key: str, value: object) -> _Context:
    run.allocate(len(context) + 1)
    return {**context, key: value}


def _put_deep(run: Run, context: _Context, keys: list[object], value: object) -> _Context:
    if not keys:
        raise argument_error("context put", "keys", keys, "keys")
    run.charge(1 + len(context))
    key, *rest = keys
    if not isinstance(key, str):
        raise argument_error("context put", "keys", key, "keys")
    if not rest:
        return _put(run, context, key, value)
    inner = context.get(key)
    if not isinstance(inner, dict):
        raise argument_error("context put", "keys", key, "keys")
    return _put(run, context, key, _put_deep(run, inner, rest, value))


def _put_any(run: Run, context: _Context, keys: str | list[object], value: object) -> _Context:
    if isinstance(keys, str):
        return _put(run, context, keys, value)
    run.deeper(len(keys) - 1)
    return _put_deep(run, context, keys, value)


def _merge(run: Run, contexts: list[object]) -> _Context:
    merged: _Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise NoValue(
                "argument_kind",
                function="context merge",
                parameter="contexts",
                expected_kind="context",
                kind=kind_of(context),
            )
        run.charge(len(context))
        run.allocate(len(context))
        merged.update(context)
    return merged


CONTEXT_FUNCTIONS = (
    Builtin("get value", "m: context, key: string", _get_value),
    Builtin("get entries", "m: context", _get_entries),
    Builtin("context", "entries: list", _context),
    Builtin("context put", "context: context, key or keys: string|list, value: any", _put_any),
    Builtin("context put", "context: context, key: string, value: any", _put_any),
    Builtin("context put", "context: context, keys: list, value: any", _put_any),
    Builtin("context merge", "contexts: list", _merge),
)
