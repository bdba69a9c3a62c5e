"""`python -m tests.differential [--count N] [--seed S]`: ask Alur and feelin, and print what differs and why."""

import argparse
import sys

from tests.differential.report import compare


def main() -> int:
    """Print a report; return 1 when a difference is not explained."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many expressions")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    options = parser.parse_args()
    report = compare(options.seed, options.count)
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return int(bool(report.unexplained))


if __name__ == "__main__":
    sys.exit(main())
