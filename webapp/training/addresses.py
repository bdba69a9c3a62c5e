"""Addresses of the training pages, and which day it is."""

from datetime import date

from webapp.current import current_actor, current_alur

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
_NUMBER = "int(max=9223372036854775807)"
CATALOGUE = "/pelatihan"
SESSION = f"{CATALOGUE}/sesi/<{_NUMBER}:session_id>"
LETTER = f"{CATALOGUE}/surat-tugas/<{_NUMBER}:nomination_id>"
ATTENDANCE = f"{SESSION}/kehadiran"
CERTIFICATES = f"{SESSION}/sertifikat"
DOCUMENT = f"{CATALOGUE}/sertifikat/<{_NUMBER}:record>/<string(length=64):sha256>"
CLAIMS = f"{CATALOGUE}/konfirmasi"
CLAIM = f"{CLAIMS}/<{_NUMBER}:claim_id>"
MONTH = f"{CATALOGUE}/kalender/<int(min=2000, max=2100):year>/<int:month>"
SIASN = f"{CATALOGUE}/rw-kursus/<int(min=2000, max=2100):year>/<int:quarter>/siasn.csv"
PLAN = "/pengembangan"
PERSON = f"{PLAN}/<{_NUMBER}:person>"
OWN_CLAIMS = f"{PLAN}/pelatihan-luar"
GOAL = f"{PLAN}/sasaran/<{_NUMBER}:goal_id>"


def today() -> date:
    """Return the day in the city."""
    return current_alur().now_in(current_actor().tenant).date()
