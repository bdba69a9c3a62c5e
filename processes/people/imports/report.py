"""What the command line and the page say about an import, line by line."""

from collections.abc import Sequence

from processes.people.imports.problems import CellProblem
from processes.people.imports.reading import ImportPlan


def report_lines(
    outcome: ImportPlan | Sequence[CellProblem], *, is_done: bool = False, language: str = "id"
) -> list[str]:
    """Return the printable report: every problem on its line, or what is (or was) imported, counted, with warnings.

    :param is_done: the rows have been written; otherwise it was a dry run.
    """
    if isinstance(outcome, ImportPlan):
        return _plan_lines(outcome, is_done, language)
    lines = [problem.line(language) for problem in outcome]
    if language == "id":
        return [*lines, f"{len(outcome)} masalah ditemukan. Tidak ada yang diimpor; perbaiki berkas lalu ulangi."]
    return [*lines, f"{len(outcome)} problems found. Nothing was imported; please correct the file and try again."]


def _plan_lines(plan: ImportPlan, is_done: bool, language: str) -> list[str]:
    summary = plan.summary
    if language == "id":
        ending = "Sudah diimpor." if is_done else "Uji coba: belum ada yang diimpor."
        counts = f"{summary.new} baru, {summary.changed} berubah, {summary.unchanged} tetap"
        ignored, title, rows = "Kolom tidak dipakai", plan.kind.title_id, "baris"
    else:
        ending = "Imported." if is_done else "Dry run: nothing was imported."
        counts = f"{summary.new} new, {summary.changed} changed, {summary.unchanged} unchanged"
        ignored, title, rows = "Columns not used", plan.kind.title_en, "rows"
    warnings = [warning.line(language) for warning in summary.warnings]
    lines = [f"{title}: {summary.total} {rows} ({counts}).", *warnings, ending]
    return [f"{ignored}: {', '.join(plan.ignored)}.", *lines] if plan.ignored else lines
