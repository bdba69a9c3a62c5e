"""Posts of administrators and supervisors, filled by the promotion board (Tim Penilai Kinerja)."""
