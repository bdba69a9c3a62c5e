"""Run by pm4py's own Python: reads a folder with a log in each format and a net, and prints what it finds."""

import contextlib
import importlib
import io
import json
import sys
from pathlib import Path
from typing import Any


def main(folder: Path) -> dict[str, Any]:
    """Return how many cases, events and objects the files hold, and how well the cases that have ended fit."""
    pm4py: Any = importlib.import_module("pm4py")  # not installed where Alur is
    log = pm4py.read_xes(str(folder / "log.xes"), return_legacy_log_object=False)
    objects = pm4py.read_ocel2_json(str(folder / "log.ocel.json"))
    same = pm4py.read_ocel2_xml(str(folder / "log.ocel.xml"))
    net = pm4py.read_pnml(str(folder / "net.pnml"))
    ended = log[log["case:alur:status"] == "finished"]
    done = ended[ended["lifecycle:transition"] == "complete"]
    found = pm4py.fitness_alignments(done, *net)
    return {
        "cases": int(log["case:concept:name"].nunique()),
        "ended": int(ended["case:concept:name"].nunique()),
        "events": len(log),
        "ocel_events": len(objects.events),
        "ocel_objects": len(objects.objects),
        "xml_events": len(same.events),
        "xml_objects": len(same.objects),
        "fitness": found["average_trace_fitness"],
        "fitting": found["percentage_of_fitting_traces"],
    }


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):  # pm4py greets
        answer = main(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(answer))
