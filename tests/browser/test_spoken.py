"""The whole quarter of one employee as a screen reader speaks it, compared with a file that people have read."""

import os
from difflib import unified_diff
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Staff
from tests.browser.hands import leave
from tests.browser.quarter import Quarter
from tests.browser.speech import spoken

REVIEWED = Path(__file__).parent / "spoken" / "quarter.txt"
#: Set to 1 to write the file anew; then read it aloud before it is committed (README.md).
REWRITE = "ALUR_REWRITE_SPOKEN"


class Recorder:
    """Writes down what is said on each page."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.inboxes: set[str] = set()

    def __call__(self, name: str, page: Page) -> None:
        """Write down one page; the frame around it is the same everywhere and spoken once, like each inbox."""
        if name in self.inboxes:
            return
        self.inboxes |= {name} if name.startswith("tugas ") else set()
        is_first = not self.lines
        self.lines += ["" if not is_first else "# Satu triwulan, seperti dibacakan pembaca layar", f"== {name} =="]
        self.lines += spoken(page, whole=is_first)


def test_the_quarter_is_spoken_as_it_was_reviewed(staff: Staff, tmp_path: Path) -> None:
    recorder = Recorder()
    quarter = Quarter(staff, "serang", tmp_path, seen=recorder)

    hands = quarter.open_task("employee", "Isi realisasi dan bukti dukung")
    leave(hands, hands.page.get_by_role("button", name="Kirim", exact=True))
    recorder("Isi realisasi dan bukti dukung, galat", hands.page)
    quarter.until_handed_over()
    quarter.respond("accept")
    quarter.open_result()

    now = [line + "\n" for line in recorder.lines]
    if os.environ.get(REWRITE) == "1":
        REVIEWED.write_text("".join(now), encoding="utf-8")
    before = REVIEWED.read_text(encoding="utf-8").splitlines(keepends=True)
    changes = "".join(unified_diff(before, now, "reviewed", "now", n=2))
    assert not changes, f"Spoken differently; if that is meant, run with {REWRITE}=1 and read the file:\n{changes}"
