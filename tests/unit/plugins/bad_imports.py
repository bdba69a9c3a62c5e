"""Distributions of cities that do harm when they are imported."""

from pathlib import Path

_INFO = """
from plugins.api import CityInfo, hookimpl
@hookimpl
def asn_city_info():
    while True:
        pass
"""
#: Source by the code of its city.
MISDEEDS = {
    "loops": "while True:\n    pass\n",
    "loops-later": _INFO,
    "ends": "import os\nos._exit(0)\n",
    "exits": "import sys\nsys.exit(3)\n",
    "breaks": "import ctypes\nctypes.string_at(0)\n",
    "grows": "kept = bytearray(2 << 30)\n",
    "raises": "raise ValueError('\\u2026')\n",
    "talks": "import os\nprint('[]', flush=True)\nos.write(1, b'[]')\nos.read(0, 1)\nos._exit(4)\n",
}


def install(folder: Path, code: str, source: str) -> None:
    """Lay a distribution into a folder from which Python imports."""
    module = f"bad_import_{code.replace('-', '_')}"
    (folder / f"{module}.py").write_text(source)
    metadata = folder / f"{module}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: alur-{code}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[alur.city]\n{code} = {module}\n")
