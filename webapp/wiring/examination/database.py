"""Looks at the database: that it keeps what it acknowledged, and lets nobody hold it for ever."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlalchemy.engine.interfaces import DBAPICursor

from engine.records.database import Database
from engine.records.holders import find_holder
from engine.records.pooler import PoolMode, find_mode
from engine.records.superseding import mark_of
from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged

#: A write-ahead log that does not shrink any more: somebody has read for hours.
LARGE_LOG: Final = 256 << 20  # bytes
#: Settings of a PostgreSQL server that may lose what was acknowledged, and of our sessions, with what they must be.
DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
STRONGER: Final = {"synchronous_commit": frozenset({"on", "remote_apply", "remote_write", "local"})}
LIMITED: Final = ("idle_in_transaction_session_timeout", "lock_timeout")
WATCHED: Final = ("tcp_keepalives_idle", "tcp_user_timeout")
#: How long one process may hold the turn to write before it is worth a word: a step takes some milliseconds.
PATIENCE_SECONDS: Final = 2.0
OLDEST_SERVER: Final = 130000
MODES: Final = {PoolMode.SESSION: "sesi", PoolMode.TRANSACTION: "transaksi"}
RESTORE: Final = "Hentikan Alur dan pulihkan cadangan terakhir: alur restore. Periksa juga disknya."


def examine_database(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of the database."""
    yield from _examine_file(alur.database) if alur.database.is_sqlite else _examine_server(alur.database)


def _examine_file(database: Database) -> Iterator[Finding]:
    assert database.path is not None
    mark = mark_of(database.path)
    found = "arsip: isinya sudah disalin ke PostgreSQL" if mark.exists() else "dipakai"
    advice = f"Setel ALUR_DATABASE_URL ke PostgreSQL itu. Bila berkas ini memang harus dipakai lagi, hapus {mark}."
    yield judged("database.archive", "Kedudukan berkas", found, advice, is_good=not mark.exists())
    yield _examine_turn(database)
    with closing(database.write.raw_connection()) as connection:  # begins nothing, so it waits for no writer
        yield from _examine_settings(connection.cursor())
    with database.reading() as read:
        check = str(_ask(read, "PRAGMA quick_check(3)"))
        orphan = read.exec_driver_sql("PRAGMA foreign_key_check").first()
    yield judged("database.pages", "Isi basis data", "utuh" if check == "ok" else check, RESTORE, is_good=check == "ok")
    found = "lengkap" if orphan is None else f"baris di {orphan[0]} menunjuk ke {orphan[2]} yang tidak ada"
    yield judged("database.references", "Rujukan antarbaris", found, RESTORE, is_good=orphan is None)
    yield _examine_log(database)


def _examine_turn(database: Database) -> Finding:
    """Say who writes, if it is the same one all the time that a person would wait."""
    assert database.path is not None
    topic, what = "database.turn", "Giliran menulis"
    holder = find_holder(database.path, PATIENCE_SECONDS)
    if holder is None:
        return Finding(topic, what, State.GOOD, "bebas")
    who = f"proses {holder.process}" if holder.process else "proses yang tidak terlihat dari sini"
    since = f", yang dijalankan {holder.began:%Y-%m-%d %H.%M.%S} UTC," if holder.began else ""
    found = f"ditahan {who}{since} selama lebih dari {PATIENCE_SECONDS:.0f} detik"
    if holder.is_stopped:
        return Finding(
            topic,
            what,
            State.ERROR,
            f"{found}; proses itu sedang dihentikan sementara",
            (
                f"Lanjutkan: kill -CONT {holder.process}. Bila tidak diperlukan lagi, hentikan sesudah itu: kill "
                f"{holder.process}"
            ),
        )
    advice = "Tunggu bila itu impor, pencadangan, atau pembaruan yang sedang berjalan. Bila tidak, periksa proses itu."
    return Finding(topic, what, State.WARNING, found, advice)


def _examine_settings(connection: DBAPICursor) -> Iterator[Finding]:
    mode = str(_pragma(connection, "journal_mode"))
    yield judged(
        "database.journal",
        "Catatan tulis (WAL)",
        mode,
        "Basis data harus di disk lokal, bukan di folder jaringan. Pindahkan ALUR_HOME.",
        is_good=mode == "wal",
    )
    level = int(_pragma(connection, "synchronous"))
    keys = int(_pragma(connection, "foreign_keys"))
    broken = "Versi Alur ini tidak menyetel basis datanya. Pasang ulang Alur."
    yield judged(
        "database.synchronous",
        "Simpanan tahan mati listrik",
        "ya" if level >= 1 else f"tidak ({level})",
        broken,
        is_good=level >= 1,  # 1 keeps the log in order; Alur flushes it itself before anybody is told
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
    yield _examine_way(database)
    with database.write.connect() as writer:
        yield from _examine_durability(writer)
        yield from _examine_limits(writer, database)
        isolation = str(_ask(writer, "SHOW transaction_isolation"))
    with database.reading() as read:
        yield from _examine_reader(read, isolation)


def _examine_way(database: Database) -> Finding:
    """A mode that refuses transactions is no finding: with it the database cannot even be opened, and says so."""
    topic, what = "database.pooler", "Jalan ke PostgreSQL"
    if not database.is_pooled:
        return Finding(topic, what, State.GOOD, "langsung")
    mode = find_mode(database.url)
    found = f"lewat pooler, mode {MODES[mode]}"
    if mode is PoolMode.SESSION:
        advice = (
            "Dalam mode sesi setiap koneksi Alur menahan satu koneksi server, dan yang tidak kebagian menunggu. "
            "Setel pool_mode = transaction pada pooler, atau arahkan ALUR_DATABASE_URL langsung ke server PostgreSQL."
        )
        return Finding(topic, what, State.WARNING, found, advice)
    advice = (
        "Isi ALUR_DATABASE_DIRECT_URL dengan alamat server PostgreSQL itu sendiri: tanpa itu pekerjaan latar terlambat "
        "sampai satu detik, dan alur backup serta alur restore menolak."
    )
    is_good = database.direct is not None
    there = f"{found}; pekerjaan latar dan cadangan langsung" if is_good else f"{found}; jalan langsung tidak diketahui"
    return judged(topic, what, there, advice, is_good=is_good, state=State.WARNING)


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


def _examine_limits(writer: Connection, database: Database) -> Iterator[Finding]:
    # Whether a host behind a pooler still lives, the pooler has to watch.
    is_near = database.is_pooled or writer.execute(text("SELECT inet_server_addr() IS NULL")).scalar_one()
    for name in LIMITED if is_near else LIMITED + WATCHED:
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


def _pragma(cursor: DBAPICursor, name: str) -> Any:
    cursor.execute(f"PRAGMA {name}")
    row = cursor.fetchone()
    return row[0] if row else None


def _ask(connection: Connection, question: str) -> Any:
    return connection.exec_driver_sql(question).scalar()
