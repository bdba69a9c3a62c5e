"""Reads a request to score from a JSON file, and refuses what in a case no plan and no form would let through."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from plugins.manager import CityPlugin
from processes.appraisal.rules import ScoreRequest, Severity, apply_targets
from processes.people.city import InvalidPlain


def read_request(city: CityPlugin, path: Path) -> ScoreRequest:
    """Return the request in a file.

    :raise InvalidPlain: the file is not JSON, not a request, or asks what could never be asked of this city.
    :raise CityError: the city has no rule for the period, or fails.
    :raise OSError: the file cannot be read.
    """
    request = ScoreRequest.from_plain(_read_json(path))
    request.check()
    _check_plan(city, request)
    return request


def _read_json(path: Path) -> object:
    try:
        # Decimal, so that 62.4 typed without quotes is 62.4 and not the nearest binary fraction.
        data: object = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise _bad_json(
            f"baris {error.lineno}, kolom {error.colno}", f"line {error.lineno}, column {error.colno}"
        ) from None
    except UnicodeDecodeError:
        raise _bad_json("teksnya bukan UTF-8", "its text is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _bad_json("terlalu dalam atau angkanya terlalu panjang", "too deep, or a number too long") from None
    return data


def _bad_json(why_id: str, why_en: str) -> InvalidPlain:
    return InvalidPlain("", f"berkas bukan JSON yang sah ({why_id})", f"the file is not valid JSON ({why_en})")


def _check_plan(city: CityPlugin, request: ScoreRequest) -> None:
    """Refuse what a rule would pass over in silence, because in a case it cannot come so far (dossier 9.1).

    :raise InvalidPlain: a code or field of no indicator of the position, a plan that could not be made, an index from
        no answers.
    """
    own = {item.code: item for item in city.indicators(request.position, request.period)}
    given = {name: getattr(request, name) for name in ("targets", "measured", "not_measurable", "not_delivered")}
    for part, codes in given.items():
        _refuse_unknown(part, codes, own)
    for code, fields in request.measured.items():
        _refuse_unknown(f"measured.{code}", fields, [field.name for field in own[code].inputs])
    findings = city.check_plan(request.position, request.period, apply_targets(tuple(own.values()), request.targets))
    wrong = [finding.message for finding in findings if finding.severity is Severity.ERROR]
    if wrong:
        raise InvalidPlain(
            "targets", " ".join(text.text_id for text in wrong), " ".join(text.text_en for text in wrong)
        )
    if request.unit_figures.get("n") == 0:
        raise InvalidPlain("unit_figures.n", "harus lebih dari 0, atau dihapus", "must be above 0, or left out")


def _refuse_unknown(part: str, given: Iterable[str], known: Iterable[str]) -> None:
    names = list(known)
    for name in given:
        if name not in names:
            shown = ", ".join(names)
            raise InvalidPlain(
                f"{part}.{name}", f"tidak dikenal (yang dikenal: {shown})", f"is unknown (known: {shown})"
            )
