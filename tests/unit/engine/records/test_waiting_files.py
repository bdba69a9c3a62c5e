"""A file waits until its form is sent; what waits too long goes, and never what somebody has claimed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import NotFound
from engine.records.files import FileStore

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


class Days:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Days:
    return Days()


@pytest.fixture
def store(tmp_path: Path, clock: Days) -> FileStore:
    return FileStore(tmp_path / "files", clock)


def put(store: FileStore) -> str:
    return store.put(PDF, filename="laporan.pdf", limit=1 << 20).sha256


def test_what_waits_longer_than_it_may_is_gone(store: FileStore, clock: Days) -> None:
    digest = put(store)

    clock.now += WEEK + DAY

    assert store.sweep(clock.now - WEEK) == 1
    assert not store.exists(digest)
    assert not [path for path in store.root.rglob("*") if path.is_file()]


def test_what_was_claimed_stays_however_old_it_is(store: FileStore, clock: Days) -> None:
    digest = put(store)
    store.claim(digest)

    clock.now += 100 * WEEK

    assert store.sweep(clock.now) == 0
    assert store.verify(digest)


def test_what_is_uploaded_anew_waits_anew(store: FileStore, clock: Days) -> None:
    digest = put(store)
    clock.now += WEEK
    put(store)

    clock.now += DAY

    assert store.sweep(clock.now - WEEK) == 0
    assert store.exists(digest)


def test_what_is_held_waits_anew_and_what_is_gone_cannot_be_held(store: FileStore, clock: Days) -> None:
    digest = put(store)
    clock.now += WEEK

    assert store.hold(digest)
    assert store.sweep(clock.now - DAY) == 0
    assert store.sweep(clock.now + DAY) == 1
    assert not store.hold(digest)


def test_what_a_draft_names_stays(store: FileStore, clock: Days) -> None:
    digest = put(store)

    assert store.sweep(clock.now + WEEK, {digest}) == 0
    assert store.exists(digest)


def test_what_is_gone_cannot_be_claimed(store: FileStore, clock: Days) -> None:
    digest = put(store)
    store.sweep(clock.now + DAY)

    with pytest.raises(NotFound):
        store.claim(digest)


def test_a_content_that_is_claimed_twice_or_uploaded_again_afterwards_is_kept_once(store: FileStore) -> None:
    digest = put(store)
    store.claim(digest)
    store.claim(digest)

    put(store)

    assert [path.name for path in store.root.rglob("*") if path.is_file()] == [digest]


def test_what_a_broken_upload_left_goes_with_the_rest(store: FileStore, clock: Days) -> None:
    left = store.root / "incoming" / "half"
    left.write_bytes(b"%PDF")

    assert store.sweep(datetime.fromtimestamp(left.stat().st_mtime, UTC) + DAY) == 1


def test_a_claim_finds_its_file_or_is_told_however_close_the_sweeping_is(store: FileStore, clock: Days) -> None:
    for _round in range(60):
        digest = put(store)
        with ThreadPoolExecutor(2) as pool:
            swept = pool.submit(store.sweep, clock.now + DAY)
            claimed = pool.submit(store.claim, digest)

        assert (claimed.exception() is None) is store.verify(digest)
        assert swept.exception() is None
        (store.root / digest[:2] / digest[2:4] / digest).unlink(missing_ok=True)
