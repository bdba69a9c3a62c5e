"""One city in one file: taken out of an installation while people work, into another one, and away where it was."""

from webapp.wiring.city_archive.exporting import Source, export_city
from webapp.wiring.city_archive.importing import Imported, Target, import_city, look_at
from webapp.wiring.city_archive.manifest import CityManifest
from webapp.wiring.city_archive.reading import check_archive, read_manifest, sha256_of
from webapp.wiring.city_archive.removing import Removed, check_removable, remove_city
from webapp.wiring.city_archive.standing import CityStanding, close_city, reopen_city

__all__ = [
    "CityManifest",
    "CityStanding",
    "Imported",
    "Removed",
    "Source",
    "Target",
    "check_archive",
    "check_removable",
    "close_city",
    "export_city",
    "import_city",
    "look_at",
    "read_manifest",
    "remove_city",
    "reopen_city",
    "sha256_of",
]
