"""Backups of a whole installation, and the way back."""

from webapp.wiring.backups.archive import read_manifest
from webapp.wiring.backups.making import Source, make_backup
from webapp.wiring.backups.manifest import ArchiveError, Manifest
from webapp.wiring.backups.restoring import check_backup, restore_backup

__all__ = ["ArchiveError", "Manifest", "Source", "check_backup", "make_backup", "read_manifest", "restore_backup"]
