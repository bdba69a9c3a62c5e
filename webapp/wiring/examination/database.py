"""Looks at the database: that it keeps what it acknowledged, and lets nobody hold it for ever."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, text

from engine.records.database import Database
from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged

#: A write-ahead log that does not shrink any more: somebody has read for hours.
LARGE_LOG: Final = 256 << 20  # bytes
#: Settings of a PostgreSQL server that may lose what was acknowledged, and of our sessions, with what they must be.
DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
STRONGER: Final = {"synchronous_commit": frozenset({"on", "remote_apply", "remote_write", "local"})}
LIMITED: Final = ("idle_in_transaction_session_timeout", "lock_timeout")
WATCHED: Final = ("tcp_keepalives_idle", "tcp_user_timeout")
OLDEST_SERVER: Final = 130000
RESTORE: Final = "Hentikan Alur dan pulihkan cadangan terakhir: alur restore. Periksa juga disknya."


def examine_database(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of the database."""
    yield from _examine_file(alur.database) if alur.database.is_sqlite else _examine_server(alur.database)


def _examine_file(database: Database) -> Iterator[Finding]:
    with database.write.connect() as connection:
        yield from _examine_settings(connection)
    with database.reading() as read:
        check = str(_ask(read, "PRAGMA quick_check(3)"))
        orphan = read.exec_driver_sql("PRAGMA foreign_key_check").first()
    yield judged("database.pages", "Isi basis data", "utuh" if check == "ok" else check, RESTORE, is_good=check == "ok")
    found = "lengkap" if orphan is None else f"baris di {orphan[0]} menunjuk ke {orphan[2]} yang tidak ada"
    yield judged("database.references", "Rujukan antarbaris", found, RESTORE, is_good=orphan is None)
    yield _examine_log(database)


def _examine_settings(connection: Connection) -> Iterator[Finding]:
    mode = str(_ask(connection, "PRAGMA journal_mode"))
    yield judged(
        "database.journal",
        "Catatan tulis (WAL)",
        mode,
        "Basis data harus di disk lokal, bukan di folder jaringan. Pindahkan ALUR_HOME.",
        is_good=mode == "wal",
    )
    level = int(_ask(connection, "PRAGMA synchronous"))
    keys = int(_ask(connection, "PRAGMA foreign_keys"))
    broken = "Versi Alur ini tidak menyetel basis datanya. Pasang ulang Alur."
    yield judged(
        "database.synchronous",
        "Simpanan tahan mati listrik (FULL)",
        "ya" if level >= 2 else f"tidak ({level})",
        broken,
        is_good=level >= 2,
    )
    yield judged("database.keys", "Kunci asing dijaga", "ya" if keys else "tidak", broken, is_good=bool(keys))


def _examine_log(database: Database) -> Finding:
    assert database.path is not None
    log = database.path.with_name(f"{database.path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    return judged(
        "database.log",
        "Ukuran catatan tulis",
        f"{size / (1 << 20):.1f} MiB",
        "Ada yang membaca basis data berjam-jam. Cari proses lain yang membukanya, atau mulai ulang Alur.",
        is_good=size < LARGE_LOG,
        state=State.WARNING,
    )


def _examine_server(database: Database) -> Iterator[Finding]:
    with database.write.connect() as writer:
        yield from _examine_durability(writer)
        yield from _examine_limits(writer)
        isolation = str(_ask(writer, "SHOW transaction_isolation"))
    with database.reading() as read:
        yield from _examine_reader(read, isolation)


def _examine_durability(writer: Connection) -> Iterator[Finding]:
    version = int(_ask(writer, "SHOW server_version_num"))
    yield judged(
        "database.version",
        "Versi PostgreSQL",
        str(_ask(writer, "SHOW server_version")),
        "Perbarui PostgreSQL ke versi 13 atau yang lebih baru.",
        is_good=version >= OLDEST_SERVER,
    )
    for name, wanted in DURABLE.items():
        found = str(_ask(writer, f"SHOW {name}"))
        is_good = found in STRONGER.get(name, frozenset({wanted}))
        advice = f"Setel {name} = {wanted} di postgresql.conf: tanpa itu mati listrik menghapus pekerjaan orang."
        yield judged(f"database.{name}", f"PostgreSQL {name}", found, advice, is_good=is_good)


def _examine_limits(writer: Connection) -> Iterator[Finding]:
    is_local = writer.execute(text("SELECT inet_server_addr() IS NULL")).scalar_one()
    for name in LIMITED if is_local else LIMITED + WATCHED:
        found = str(_ask(writer, f"SHOW {name}"))
        advice = f"{name} tidak dibatasi: komputer yang terputus dapat menahan kunci. Periksa ALUR_DATABASE_URL."
        yield judged(f"database.{name}", f"PostgreSQL {name}", found, advice, is_good=found != "0", state=State.WARNING)


def _examine_reader(read: Connection, isolation: str) -> Iterator[Finding]:
    reading = str(_ask(read, "SHOW transaction_isolation"))
    is_read_only = str(_ask(read, "SHOW transaction_read_only"))
    found = f"tulis: {isolation}; baca: {reading}, hanya baca: {is_read_only}"
    yield judged(
        "database.isolation",
        "Tingkat isolasi",
        found,
        "Pengaturan koneksi di ALUR_DATABASE_URL mengubah isolasi. Hapus pengaturan itu.",
        is_good=(isolation, reading, is_read_only) == ("read committed", "repeatable read", "on"),
    )


def _ask(connection: Connection, question: str) -> Any:
    return connection.exec_driver_sql(question).scalar()
