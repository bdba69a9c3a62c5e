"""Try out FEEL expressions: one, or a list of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from engine.feel import Environment, Evaluation, FeelError, compile_expression, special_names
from webapp.commands.tagged import read_json, read_variables, to_json
from webapp.commands.words import IndonesianCommand, Refused

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("feel", cls=IndonesianCommand)
@click.argument("expression", metavar="[UNGKAPAN]", required=False)
@click.option("--context", "file", metavar="BERKAS", type=_FILE, help="Variabel sebagai objek JSON.")
@click.option(
    "--batch", metavar="BERKAS", type=_FILE, help='Hitung daftar JSON berisi {"id", "expression", "context"}.'
)
@click.option("--tags", is_flag=True, help='Cetak angka, tanggal, dan durasi bertanda, misalnya {"$date": …}.')
def command(expression: str | None, file: Path | None, batch: Path | None, tags: bool) -> None:
    """Hitung UNGKAPAN FEEL dan cetak hasilnya sebagai JSON.

    Catatan mengatakan mengapa bagian tertentu menjadi null. Di dalam JSON, tanggal dan desimal ditulis
    {"$date": "2026-03-31"} dan {"$decimal": "0.10"}; juga $time, $datetime, dan $duration.
    """
    if (expression is None) == (batch is None):
        raise Refused("Berikan satu UNGKAPAN, atau sebuah berkas dengan --batch.")
    if batch is not None:
        click.echo(to_json([_answer(item) for item in _items(batch)], with_tags=tags))
    else:
        _print_one(expression or "", read_variables(read_json(file), file.name) if file else {}, tags)


def _print_one(expression: str, variables: dict[str, object], tags: bool) -> None:
    try:
        evaluation = _evaluate(expression, variables)
    except FeelError as error:
        raise Refused(error.message("id")) from error
    click.echo(to_json(evaluation.value, with_tags=tags))
    for note in evaluation.notes:
        click.echo(f"Catatan: {note.message('id')}", err=True)


def _evaluate(expression: str, variables: dict[str, object]) -> Evaluation:
    """Return what an expression gives, within a budget of its own; what can only be null is null, with a note."""
    compiled = compile_expression(expression, frozenset(variables), strict=False, members=special_names(variables))
    return compiled.evaluate(variables, Environment(datetime.now(UTC)))


def _items(file: Path) -> list[Any]:
    content = read_json(file)
    if not isinstance(content, list):
        raise Refused(f'{file.name} harus berisi daftar JSON dari {{"id", "expression", "context"}}.')
    return content


def _answer(item: Any) -> dict[str, object]:
    """Return the value of one of a list, or why it has none; the others go on."""
    id_ = item.get("id") if isinstance(item, dict) else None
    try:
        if not isinstance(item, dict) or not isinstance(item.get("expression"), str):
            raise Refused('Setiap butir memerlukan "expression" berupa teks.')
        evaluation = _evaluate(item["expression"], read_variables(item.get("context") or {}, "context"))
    except Refused as error:
        return {"id": id_, "error": error.message}
    except FeelError as error:
        return {"id": id_, "error": error.message("id"), "code": error.code}
    notes = [note.message("id") for note in evaluation.notes]
    return {"id": id_, "value": evaluation.value, **({"notes": notes} if notes else {})}
