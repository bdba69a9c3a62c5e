"""A newcomer's afternoon in the studio: a second approver above ten million, tried, recorded, released, taken back."""

from re import compile as pattern

from playwright.sync_api import Locator, Page, expect

from tests.browser.arrival import settle
from tests.browser.conftest import Staff
from tests.browser.hands import Hands, leave
from tests.browser.studio_model import Drawing, middle

CITY = "serang"
PROCESS = "Usulan pelatihan"
APPROVE = "Setujui usulan pelatihan"
SECOND = "Persetujuan kedua"
#: What a drawn element is called from its name on.
GATEWAY, STEP = "di_atas_10_juta", "persetujuan_kedua"
BEGINS_LIKE = "Kesenjangan sampai sertifikat"
RECORDED = "Biaya besar disetujui dua orang"
# What the older scenarios leave empty is not above anything.
ABOVE = "approval.estimated_cost != null and approval.estimated_cost > 10000000"
REASON = "Ambang sepuluh juta dibahas lagi bulan depan."


class Newcomer:
    """Somebody who looks after processes and opens the studio for the first time, and who reviews what he made."""

    def __init__(self, staff: Staff, hands: type[Hands]) -> None:
        self.owner = hands(staff.page(CITY, "owner"))  # type: ignore[call-arg]
        self.other = hands(staff.page(CITY, "admin"))  # type: ignore[call-arg]
        self.design = ""

    @property
    def page(self) -> Page:
        return self.owner.page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def open_process(self) -> None:
        """Find the training process in the menu's studio."""
        self.owner.press(self.page.locator("#own-menu > summary"))
        leave(self.owner, self.page.locator("#own-menu").get_by_role("link", name="Studio", exact=True))
        leave(self.owner, self.main.get_by_role("link", name=PROCESS, exact=True))

    def begin(self) -> None:
        """Begin a design of it, which opens as a drawing."""
        self.open_process()
        leave(self.owner, self.button("Mulai rancangan baru"))
        self.design = self.page.url
        expect(self.main.locator(".djs-container")).to_be_visible()

    def ask_for_the_cost(self) -> None:
        """Let the superior enter what the training costs."""
        self.tab("Formulir")
        leave(self.owner, self.main.get_by_role("link", name="Persetujuan usulan pelatihan", exact=True))
        self.add_field("Rupiah", "Perkiraan biaya", "Estimated cost")

    def make_a_form(self) -> None:
        """Make the form of the second approver."""
        self.tab("Formulir")
        self.owner.write(self.main.get_by_label("Judul (Indonesia)"), SECOND)
        self.owner.write(self.main.get_by_label("Judul (Inggris)"), "Second approval")
        leave(self.owner, self.button("Buat formulir"))
        self.add_field("Teks panjang", "Pertimbangan", "Considerations")

    def add_field(self, kind: str, title: str, english: str) -> None:
        """Add a field of a kind to the form that is open, and name it."""
        self.main.get_by_label("Isian atau bagian baru").select_option(label=kind)
        leave(self.owner, self.button("Tambah"))
        self.owner.write(self.main.get_by_label("Judul isian (Indonesia)"), title)
        self.owner.write(self.main.get_by_label("Judul isian (Inggris)"), english)
        leave(self.owner, self.button("Simpan"))
        expect(self.main).to_contain_text(title)

    def add_the_approver(self) -> None:
        """Add a step behind the superior's that only dear trainings go through, done by the head of the agency."""
        self.tab("Langkah")
        leave(self.owner, self.main.get_by_role("link", name=pattern(f"^Tambah – sesudah {APPROVE}$")))
        leave(self.owner, self.main.get_by_role("link", name=pattern("^Langkah tambahan, hanya bila")))
        self.owner.tick(self.main.get_by_label("hanya bila syaratnya benar"))
        self.owner.write(self.main.get_by_label("Pertanyaan di gerbang"), "Di atas 10 juta?")
        self.owner.write(self.main.get_by_label("Syarat (FEEL)"), ABOVE)
        self.owner.write(self.main.get_by_label("Nama", exact=False).first, SECOND)
        self.owner.write(self.main.get_by_label("Nama dalam bahasa Inggris"), "Second approval")
        leave(self.owner, self.button("Tambahkan"))
        leave(self.owner, self.main.get_by_role("link", name=pattern(f"^Ubah – {SECOND}$")))
        self.owner.tick(self.main.get_by_label("Siapa pun yang memegang peran"))
        self.main.get_by_role("combobox", name="Peran").select_option(label="Kepala BKPSDM")
        self.main.get_by_role("combobox", name="Formulir").select_option(label=SECOND)
        leave(self.owner, self.button("Simpan"))
        expect(self.main).to_contain_text("Tidak ada masalah")

    def draw_the_approver(self) -> None:
        """Draw the same with the mouse: a gateway, the step, the flows between, and what each of them says."""
        self.tab("Diagram")
        settle(self.page)
        drawing = Drawing(self.page, 0)
        drawing.find(APPROVE)
        drawing.pad("append.gateway").click()
        drawing.name_it("Di atas 10 juta?")
        gateway, lane = (middle(drawing.shape(name)) for name in (GATEWAY, "lane_employee"))
        drawing.drag(self.page.locator(".djs-palette [data-action='create.user-task']"), (gateway[0], lane[1]))
        drawing.name_it(SECOND)
        drawing.connect(GATEWAY, STEP)
        drawing.connect(STEP, "is_approved")
        self._say_when(drawing)
        self._say_who(drawing)
        expect(drawing.problems).to_contain_text("Tidak ada masalah")
        drawing.wait_saved()

    def _say_who(self, drawing: Drawing) -> None:
        drawing.pick(STEP)
        panel = drawing.panel
        panel.get_by_label("Nama dalam bahasa Inggris").fill("Second approval")
        panel.get_by_label("Peran").select_option(label="Kepala BKPSDM")
        panel.get_by_role("combobox", name="Formulir").select_option(label=SECOND)

    def _say_when(self, drawing: Drawing) -> None:
        drawing.pick(GATEWAY)
        drawing.panel.get_by_label("Nama dalam bahasa Inggris").fill("Above 10 million?")
        drawing.panel.get_by_label("Jalan bila").select_option(label="ke Disetujui?")
        drawing.panel.get_by_role("button", name=f"Syarat ke {SECOND}").click()
        drawing.panel.get_by_label("Dilalui bila").fill(ABOVE)

    def play_and_record(self) -> None:
        """Try it with a dear training, and keep the play as a scenario."""
        self.tab("Uji coba")
        self.main.get_by_label("Mulai dengan data dari").select_option(label=BEGINS_LIKE)
        leave(self.owner, self.button("Mulai uji coba"))
        self.owner.tick(self.main.get_by_label("Setuju: pegawai dapat mengikuti"))
        self.owner.write(self.main.get_by_label("Perkiraan biaya"), "20.000.000")
        leave(self.owner, self.button("Kirim tugas"))
        expect(self.main.get_by_role("heading", name=f"Tugas: {SECOND}")).to_be_visible()
        self.owner.write(self.main.get_by_label("Pertimbangan"), "Sesuai rencana kebutuhan.")
        leave(self.owner, self.button("Kirim tugas"))
        self.owner.write(self.main.get_by_label("Nama skenario"), RECORDED)
        leave(self.owner, self.button("Simpan sebagai skenario"))
        expect(self.main).to_contain_text("14 dari 14 skenario berjalan sebagaimana tertulis")

    def release(self) -> None:
        """Have a second person read it, and release it; no running case is touched."""
        self.tab("Tinjauan")
        expect(self.main).to_contain_text(f"«{SECOND}» ditambahkan")
        leave(self.owner, self.button("Minta tinjauan"))
        self.approve()
        self.page.reload()
        leave(self.owner, self.main.get_by_role("link", name="Lanjut ke rilis"))
        leave(self.owner, self.button("Rilis sekarang"))
        self.owner.page.goto(f"/{CITY}/studio/proses/training_nomination")
        self.expect_in_force(2)

    def approve(self) -> None:
        """Read what changed, and approve it."""
        self.other.page.goto(f"{self.design}/tinjauan")
        main = self.other.page.get_by_role("main")
        expect(main).to_contain_text(f"«{SECOND}» ditambahkan")
        self.other.tick(main.get_by_label("Setuju", exact=False).first)
        leave(self.other, main.get_by_role("button", name="Kirim keputusan"))

    def roll_back(self) -> None:
        """Put the release before in force again."""
        leave(self.owner, self.main.get_by_role("link", name=pattern("^Berlakukan kembali")).first)
        self.owner.write(self.main.get_by_label("Alasan"), REASON)
        leave(self.owner, self.button("Berlakukan kembali"))
        self.expect_in_force(1)
        expect(self.main).to_contain_text(REASON)

    def expect_in_force(self, number: int) -> None:
        """See which release is in force, and that the cases of the demonstration run on the first one as before."""
        expect(self.main).to_contain_text(pattern(rf"Rilis {number} berlaku sejak"))
        first = self.main.get_by_role("row", name=pattern("^Rilis 1"))
        expect(first.first.get_by_role("cell", name="3", exact=True).first).to_be_visible()

    def tab(self, name: str) -> None:
        """Look at another side of the design."""
        tabs = self.page.get_by_role("navigation", name="Bagian rancangan")
        leave(self.owner, tabs.get_by_role("link", name=name, exact=True))

    def button(self, name: str) -> Locator:
        """Return a button of the page."""
        return self.main.get_by_role("button", name=name, exact=True)
