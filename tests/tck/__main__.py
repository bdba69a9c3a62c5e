"""``python -m tests.tck FOLDER [-v] [--results FILE]``: run the kit in a folder and print what passed."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.tck.cases import read_kit
from tests.tck.results import Result, below_bar, summary, write_results
from tests.tck.running import run_file


def main() -> int:
    """Return 0 when enough test cases passed, 1 when too few did, 2 when there are none."""
    options = _options()
    results = list(_run(options.folder))
    if not results:
        _say(f"No test cases of the DMN TCK in {options.folder}. Say where they are: make tck TCK=FOLDER")
        return 2
    write_results(results, options.results)
    for result in results if options.verbose else ():
        if not result.has_passed:
            _say(f"{result.case.folder} {result.case.id} {result.detail}"[:400])
    _say(*summary(results), f"Results file: {options.results}")
    for level in (missed := below_bar(results)):
        _say(f"Too few of {level} passed.")
    return int(bool(missed))


def _run(folder: Path) -> Iterator[Result]:
    for file in read_kit(folder):
        yield from run_file(file)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tck", description=__doc__)
    parser.add_argument("folder", type=Path, help="the kit's TestCases, or any part of it")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each failing test case")
    parser.add_argument("--results", type=Path, default=Path("build/tck_results.csv"), help="the results file")
    return parser.parse_args()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


sys.exit(main())
