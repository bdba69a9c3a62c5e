"""`python -m tests.bench [--quick]`: measures and prints JSON."""

import argparse
import json
import sys

from tests.bench.report import measure_all
from tests.bench.sizes import FULL, QUICK


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few cases: shows that everything runs, not how fast")
    sizes = QUICK if parser.parse_args().quick else FULL
    json.dump(measure_all(sizes), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
