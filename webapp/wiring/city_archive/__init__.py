"""One city in one file: taken out of an installation while people work, and into another one."""

from webapp.wiring.city_archive.exporting import Source, export_city
from webapp.wiring.city_archive.importing import Imported, Target, import_city, look_at
from webapp.wiring.city_archive.manifest import CityManifest
from webapp.wiring.city_archive.reading import check_archive, read_manifest

__all__ = [
    "CityManifest",
    "Imported",
    "Source",
    "Target",
    "check_archive",
    "export_city",
    "import_city",
    "look_at",
    "read_manifest",
]
