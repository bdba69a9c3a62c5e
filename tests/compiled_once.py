"""Templates and addresses of the web application, compiled once for all applications of a test process.

Nearly every test of a page has an application of its own, and to compile costs more than all that it answers.
"""

from types import CodeType
from typing import Any, Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class _TemplatesInMemory(BytecodeCache):
    """Keeps the code of templates by their name, file and source."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code


class _AddressCompiledOnce(Rule):
    """Shares what an address is made of, its converters and the functions that write it: all are asked, never changed.

    The functions are given the rule whose converters they ask.
    """

    _known: Final[dict[tuple[object, ...], Any]] = {}

    def compile(self) -> None:
        if self.defaults:
            super().compile()
            return
        key = (self.rule, self.subdomain, self.host, self.map.host_matching, self.merge_slashes)
        if key not in self._known:
            super().compile()
            bound: Any = (self._build, self._build_unknown)
            writing = [method.__func__ for method in bound]
            self._known[key] = (self._parts, self._trace, self._converters, self.arguments, writing)
        self._parts, self._trace, self._converters, self.arguments, writing = self._known[key]
        self._build, self._build_unknown = (function.__get__(self) for function in writing)


def compile_once() -> None:
    """Let every application that is made in this process from now on share what is compiled."""
    Flask.jinja_options = {"bytecode_cache": _TemplatesInMemory()}
    Flask.url_rule_class = _AddressCompiledOnce
