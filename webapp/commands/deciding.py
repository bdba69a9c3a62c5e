"""Ask a DMN file."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from engine.dmn import DmnUnreadable, Model, Outcome, link, read_definitions
from engine.dmn.graph import GraphFile, Needed
from engine.dmn.model import DecisionNode, DecisionService, Definitions
from engine.dmn.requirements import find_problems
from engine.feel import Environment, FeelError
from webapp.commands.decision_input import notes_on_input, with_requirements
from webapp.commands.decision_output import checked, explained
from webapp.commands.tagged import read_json, read_variables, to_json
from webapp.commands.words import IndonesianCommand, Refused

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("decide", cls=IndonesianCommand)
@click.argument("file", metavar="BERKAS.dmn", type=_FILE)
@click.option("--input", "inputs", metavar="BERKAS", type=_FILE, help="Data masukan sebagai objek JSON menurut nama.")
@click.option("--decision", "names", metavar="NAMA", multiple=True, help="Keputusan atau layanan yang ditanyakan.")
@click.option("--explain", is_flag=True, help="Tambahkan aturan yang berlaku, dan mengapa yang lain tidak.")
@click.option("--check", "only_check", is_flag=True, help="Periksa tabelnya saja: celah, tumpang tindih, aturan mati.")
@click.option("--tags", is_flag=True, help='Cetak angka, tanggal, dan durasi bertanda, misalnya {"$date": …}.')
def command(
    file: Path, *, inputs: Path | None, names: tuple[str, ...], explain: bool, only_check: bool, tags: bool
) -> None:
    """Tanyakan keputusan dalam BERKAS.dmn dan cetak hasilnya sebagai JSON.

    Tanpa --decision, yang ditanyakan adalah keputusan yang tidak diperlukan keputusan lain; bila lebih dari satu,
    hasilnya menurut nama. Berkas yang diimpor dicari di folder yang sama. Layanan keputusan ditanyakan dengan namanya.
    """
    graph = _read(file)
    given = read_variables(read_json(inputs), inputs.name) if inputs else {}
    asked = [_find(graph, name) for name in names] or _results(graph, file)
    if only_check:
        click.echo(to_json(_check(asked), with_tags=tags))
        return
    if len(asked) == 1:  # of several, a faulty one is null and says why
        _refuse_faulty(asked)
    outcomes = {needed.element.name: _ask(Model(graph), needed, given) for needed in asked}
    values = {name: outcome.value for name, outcome in outcomes.items()}
    result = next(iter(values.values())) if len(values) == 1 else values
    click.echo(to_json(explained(result, outcomes.values()) if explain else result, with_tags=tags))
    notes = (note.message("id") for outcome in outcomes.values() for note in outcome.notes)
    for said in (*notes_on_input(asked, given, inputs.name if inputs else ""), *notes):
        click.echo(f"Catatan: {said}", err=True)


def _read(file: Path) -> GraphFile:
    definitions = _definitions(file)
    others = sorted(file.parent.glob("*.dmn")) if definitions.imports else []
    return link([definitions, *_readable(path for path in others if path.name != file.name)])[0]


def _readable(files: Iterable[Path]) -> Iterator[Definitions]:
    """Yield what the files beside it define; one that is none is missed only if it is imported."""
    for file in files:
        with suppress(DmnUnreadable):
            yield read_definitions(file.read_bytes())


def _definitions(file: Path) -> Definitions:
    try:
        return read_definitions(file.read_bytes())
    except DmnUnreadable as error:
        raise Refused(f"{file.name}: {error.message('id')}") from error


def _find(graph: GraphFile, name: str) -> Needed:
    found = graph.find(name, DecisionNode) or graph.find(name, DecisionService)
    if found is None:
        known = ", ".join(decision.name for decision in graph.definitions.decisions)
        raise Refused(f"Tidak ada keputusan atau layanan '{name}'. Yang ada: {known}.")
    return found


def _results(graph: GraphFile, file: Path) -> list[Needed]:
    """Return the decisions that no other decision of the file requires."""
    decisions = list(graph.definitions.decisions)
    needs = (requirement for decision in decisions for requirement in decision.requires)
    required = {requirement.id for requirement in needs if not requirement.namespace}
    found = [Needed("", graph, decision) for decision in decisions if decision.id not in required]
    if not found and decisions:  # each is required by another: a circle
        _refuse_faulty([Needed("", graph, decision) for decision in decisions])
    if not found:
        raise Refused(f"{file.name} tidak memuat keputusan yang dapat ditanyakan. Sebutkan namanya dengan --decision.")
    return found


def _refuse_faulty(asked: Iterable[Needed]) -> None:
    """Refuse decisions that have mistakes, all of which are said."""
    faulty = [problem for needed in asked for problem in find_problems(needed)]
    if faulty:
        raise Refused("\n".join(dict.fromkeys(problem.message("id") for problem in faulty)))


def _check(asked: Iterable[Needed]) -> list[dict[str, object]]:
    """Return what the analysis of all tables on the way finds, unless something there has a mistake."""
    elements = {one.key: one for needed in asked for one in with_requirements(needed)}.values()
    _refuse_faulty(one for one in elements if isinstance(one.element, DecisionNode))
    return list(checked(elements))


def _ask(model: Model, needed: Needed, given: dict[str, object]) -> Outcome:
    inputs = {("", name): value for name, value in given.items()}
    try:
        if isinstance(needed.element, DecisionNode):
            return model.decide(needed.element.id, inputs, Environment(datetime.now(UTC)))
        return _of_one(model.serve(needed.element.id, inputs, Environment(datetime.now(UTC))))
    except FeelError as error:
        raise Refused(error.message("id")) from error


def _of_one(outcome: Outcome) -> Outcome:
    """Return what a service gives: of a single output decision its value, of several a context."""
    outputs = outcome.value
    return (
        replace(outcome, value=next(iter(outputs.values())))
        if isinstance(outputs, dict) and len(outputs) == 1
        else outcome
    )
