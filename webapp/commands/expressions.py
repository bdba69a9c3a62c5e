"""Try out a FEEL expression."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine.feel import Environment, FeelBudgetExceeded, FeelSyntaxError, compile_expression
from webapp.commands.words import IndonesianCommand, Refused


@click.command("feel", cls=IndonesianCommand)
@click.argument("expression", metavar="UNGKAPAN")
@click.option(
    "--context",
    "file",
    metavar="BERKAS",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Variabel sebagai objek JSON.",
)
def command(expression: str, file: Path | None) -> None:
    """Hitung UNGKAPAN FEEL dan cetak hasilnya.

    Catatan mengatakan mengapa bagian tertentu menjadi null.
    """
    try:
        compiled = compile_expression(expression)
        evaluation = compiled.evaluate(_variables(file), Environment(now=datetime.now(UTC)))
    except (FeelSyntaxError, FeelBudgetExceeded) as error:
        raise Refused(error.message("id")) from error
    click.echo(_shown(evaluation.value))
    for note in evaluation.notes:
        click.echo(f"Catatan: {note.message('id')}", err=True)


def _variables(file: Path | None) -> dict[str, object]:
    """Return the variables of a JSON file, numbers exact.

    :raise Refused: it is not JSON, or no object.
    """
    if file is None:
        return {}
    try:
        content: Any = json.loads(file.read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    except json.JSONDecodeError as error:
        place = f"baris {error.lineno}, kolom {error.colno}"
        raise Refused(f"{file.name} bukan JSON yang sah; perbaiki {place}.") from error
    except ValueError as error:
        raise Refused(f"{file.name} bukan teks UTF-8. Simpan lagi sebagai UTF-8.") from error
    if not isinstance(content, dict):
        raise Refused(f"{file.name} harus berisi satu objek JSON.")
    return content


def _shown(value: object) -> str:
    if isinstance(value, dict | list | str | bool) or value is None:
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
