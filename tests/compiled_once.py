"""Templates and addresses of the web application, compiled once for all applications of a test process.

Nearly every test of a page has an application of its own, and to compile costs more than all that it answers.
"""

from collections.abc import Callable
from types import CodeType
from typing import Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


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
    """Shares the function that writes an address, which is given the rule whose converters it asks."""

    _known: Final[dict[tuple[object, ...], Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, *self._trace, append_unknown)
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


def compile_once() -> None:
    """Let every application that is made in this process from now on share what is compiled."""
    Flask.jinja_options = {"bytecode_cache": _TemplatesInMemory()}
    Flask.url_rule_class = _AddressCompiledOnce
