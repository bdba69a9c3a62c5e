"""What can be wrong with a cell of an imported file, said so that the officer who made the file can mend it."""

from dataclasses import dataclass

from engine.errors import EngineError

#: Sentences by code, Indonesian and English; `{name}` is filled in.
TEXTS: dict[str, tuple[str, str]] = {
    # The file as a whole.
    "file_too_big": (
        "Berkas terlalu besar: paling besar {limit} MB. Bagi menjadi beberapa berkas.",
        "The file is too big: at most {limit} MB. Please split it.",
    ),
    "file_type": (
        "Berkas ini bukan .xlsx dan bukan .csv. Simpan sebagai Excel Workbook (.xlsx) atau CSV UTF-8.",
        "This file is neither .xlsx nor .csv. Save it as Excel Workbook (.xlsx) or CSV UTF-8.",
    ),
    "file_damaged": (
        "Berkas rusak atau terkunci kata sandi sehingga tidak dapat dibaca. Simpan ulang tanpa kata sandi.",
        "The file is damaged or locked by a password and cannot be read. Save it again without a password.",
    ),
    "file_bomb": (
        "Isi berkas setelah dibuka jauh lebih besar daripada yang wajar. Simpan ulang hanya data yang diperlukan.",
        "The unpacked file is far larger than is reasonable. Save it again with the needed data only.",
    ),
    "file_encoding": (
        "Teks berkas bukan UTF-8. Di Excel pilih Simpan Sebagai > CSV UTF-8.",
        "The text of the file is not UTF-8. In Excel choose Save As > CSV UTF-8.",
    ),
    "file_empty": (
        "Berkas tidak berisi data. Isi judul kolom pada baris pertama dan data di bawahnya.",
        "The file holds no data. Put the column titles in the first row and the data below.",
    ),
    "too_many_rows": (
        "Baris terlalu banyak: paling banyak {limit}. Bagi menjadi beberapa berkas.",
        "Too many rows: at most {limit}. Please split the file.",
    ),
    # The header.
    "column_missing": (
        "Kolom '{name}' tidak ada. Tambahkan kolom itu; kolom yang dikenal: {known}.",
        "Column '{name}' is missing. Please add it; known columns: {known}.",
    ),
    "column_twice": (
        "Kolom '{name}' ada dua kali. Hapus salah satunya.",
        "Column '{name}' appears twice. Please remove one.",
    ),
    # A cell by itself.
    "required": ("Sel kosong. Kolom ini wajib diisi.", "The cell is empty. This column is required."),
    "formula": (
        "Sel berisi rumus. Salin, lalu tempel sebagai nilai.",
        "The cell holds a formula. Copy it and paste it as a value.",
    ),
    "error_value": (
        "Sel berisi galat Excel ({value}). Perbaiki nilainya.",
        "The cell holds an Excel error ({value}). Please correct the value.",
    ),
    "too_long": (
        "Teks terlalu panjang: paling banyak {limit} huruf.",
        "The text is too long: at most {limit} characters.",
    ),
    "control_characters": (
        "Teks memuat karakter yang tidak terlihat dan tidak dapat disimpan. Ketik ulang sel ini.",
        "The text holds invisible characters that cannot be kept. Please type the cell again.",
    ),
    "not_code": (
        "'{value}' bukan kode. Pakai huruf, angka, titik, garis miring, atau tanda hubung, tanpa spasi.",
        "'{value}' is no code. Use letters, digits, dots, slashes or hyphens, without spaces.",
    ),
    "not_choice": (
        "'{value}' tidak dikenal. Pilihan: {choices}.",
        "'{value}' is not known. Choices: {choices}.",
    ),
    "not_date": (
        "'{value}' bukan tanggal. Tulis tanggal/bulan/tahun, misalnya 17/08/2026, atau 2026-08-17.",
        "'{value}' is no date. Write day/month/year, for example 17/08/2026, or 2026-08-17.",
    ),
    "no_such_day": (
        "Tanggal '{value}' tidak ada di kalender. Periksa kembali.",
        "The date '{value}' does not exist. Please check it.",
    ),
    "not_number": (
        "'{value}' bukan angka. Tulis misalnya 1234,5 tanpa %, Rp, atau spasi.",
        "'{value}' is no number. Write for example 1234,5 without %, Rp or spaces.",
    ),
    "ambiguous_number": (
        "'{value}' dapat berarti {whole} atau {fraction}. Tulis {whole} atau {fraction}.",
        "'{value}' can mean {whole} or {fraction}. Write {whole} or {fraction}.",
    ),
    "not_whole": (
        "'{value}' bukan bilangan bulat. Tulis tanpa koma.",
        "'{value}' is not a whole number. Write it without a decimal comma.",
    ),
    "number_too_large": (
        "{value} terlalu besar; paling besar {limit}. Periksa apakah ada angka yang tertulis dua kali.",
        "{value} is too large; at most {limit}. Check whether digits were typed twice.",
    ),
    "too_low": ("{value} terlalu kecil; paling sedikit {low}.", "{value} is too small; at least {low}."),
    "too_high": ("{value} terlalu besar; paling banyak {high}.", "{value} is too large; at most {high}."),
    "out_of_range": (
        "{value} di luar batas {low} sampai {high}.",
        "{value} is outside {low} to {high}.",
    ),
    "nip_as_number": (
        "Excel menyimpan NIP ini sebagai angka sehingga digit terakhirnya hilang. "
        "Ubah format kolom menjadi Teks, lalu ketik ulang NIP-nya.",
        "Excel stored this NIP as a number, so its last digits are lost. Format the column as Text and type it again.",
    ),
    # A row among its neighbours and the records.
    "duplicate": (
        "Baris ini sama kuncinya dengan baris {other} ({key}). Satu baris saja untuk setiap {key}.",
        "This row has the same key as row {other} ({key}). One row only for each {key}.",
    ),
    "unknown_employee": (
        "NIP {value} tidak ditemukan. Impor pegawai ini lebih dahulu atau perbaiki NIP-nya.",
        "NIP {value} is not known. Import this employee first or correct the NIP.",
    ),
    "unknown_unit": (
        "Unit '{value}' tidak ditemukan. Impor unit ini lebih dahulu atau perbaiki kodenya.",
        "Unit '{value}' is not known. Import it first or correct the code.",
    ),
    "unknown_post": (
        "Jabatan '{value}' tidak ditemukan. Impor jabatan ini lebih dahulu atau perbaiki kodenya.",
        "Post '{value}' is not known. Import it first or correct the code.",
    ),
    "unknown_competency": (
        "Kompetensi '{value}' tidak ada di katalog. Impor katalog kompetensi lebih dahulu atau perbaiki kodenya.",
        "Competency '{value}' is not in the catalogue. Import the catalogue first or correct the code.",
    ),
    "future_day": (
        "Tanggal {day} belum tiba. Isi tanggal penilaiannya, paling lambat hari ini.",
        "{day} is still to come. Give the day of the assessment, today at the latest.",
    ),
    "level_of_step": (
        "Penilaian {day} berasal dari sebuah proses di Alur dan tidak diganti oleh impor. Pakai tanggal lain.",
        "The assessment of {day} comes from a process in Alur and is not replaced by an import. Use another day.",
    ),
    "unit_circle": (
        "Unit '{value}' menjadi induk dirinya sendiri melalui {path}. Perbaiki kode induknya.",
        "Unit '{value}' becomes its own parent through {path}. Please correct the parent code.",
    ),
    "kind_differs": (
        "Jenis pegawai {value} tidak cocok dengan NIP, yang menunjukkan {other}.",
        "The kind {value} does not match the NIP, which says {other}.",
    ),
    "post_elsewhere": (
        "Jabatan '{value}' ada pada unit lain ({other}). Perbaiki jabatan atau unitnya.",
        "Post '{value}' belongs to another unit ({other}). Please correct the post or the unit.",
    ),
    "nip_taken": (
        "NIP {value} sudah dipakai pegawai lain. Periksa kolom NIP dan NIP lama.",
        "NIP {value} already belongs to another employee. Please check the NIP and the old NIP.",
    ),
    "ends_before_start": (
        "Tanggal akhir {last} lebih awal daripada tanggal mulai {first}.",
        "The last day {last} is before the first day {first}.",
    ),
    "overlaps": (
        "Masa ini bertumpang tindih dengan masa yang mulai {other}. Perbaiki salah satu tanggalnya.",
        "This span overlaps the one that starts {other}. Please correct one of the dates.",
    ),
    "own_relative": (
        "Pegawai tidak dapat menjadi keluarga dirinya sendiri; periksa NIP keluarganya.",
        "Nobody is family of himself; check the NIP of the relative.",
    ),
    "own_appraiser": (
        "Pegawai tidak dapat menjadi penilai dirinya sendiri.",
        "An employee cannot be their own appraiser.",
    ),
    "line_circle": (
        "Garis penilaian melingkar: {path}. Perbaiki penilai salah satu dari mereka.",
        "The reporting lines form a circle: {path}. Please correct one appraiser.",
    ),
    "quarter_not_over": (
        "Triwulan {quarter} tahun {year} belum berakhir, jadi hasilnya belum dapat diimpor.",
        "Quarter {quarter} of {year} is not over, so its results cannot be imported yet.",
    ),
    "quarter_opened": (
        "Triwulan {quarter} tahun {year} dijalankan di Alur; predikat unitnya ditetapkan di sana. Hapus baris ini dari "
        "berkas.",
        "Quarter {quarter} of {year} is carried out in Alur, where the units' predicates are set. Please remove this "
        "row from the file.",
    ),
    "result_from_case": (
        "Hasil triwulan ini sudah ditetapkan melalui Alur dan tidak diganti oleh impor.",
        "The result of this quarter was set in Alur and is not replaced by an import.",
    ),
    "case_open": (
        "Penilaian pegawai ini untuk triwulan {quarter} tahun {year} sedang berjalan di Alur; hasilnya ditetapkan "
        "di sana. Hapus baris ini dari berkas.",
        "This employee's appraisal for quarter {quarter} of {year} is under way in Alur, which sets the result. "
        "Please remove this row from the file.",
    ),
    "predicate_differs": (
        "Hasil kerja '{work_id}' dengan perilaku '{behaviour_id}' berarti predikat '{expected_id}', bukan "
        "'{value_id}'. Perbaiki predikat atau ratingnya.",
        "Work result '{work_en}' with behaviour '{behaviour_en}' makes the predicate '{expected_en}', not "
        "'{value_en}'. Please correct the predicate or the ratings.",
    ),
    "unknown_family": (
        "Rumpun jabatan '{value}' tidak dikenal di daerah ini. Pilihan: {choices}.",
        "Job family '{value}' is not known in this city. Choices: {choices}.",
    ),
    "no_position": (
        "Pegawai ini belum mempunyai jabatan pada {day}, jadi indikatornya tidak diketahui. Impor jabatannya dahulu.",
        "This employee has no post on {day}, so the indicators are not known. Please import the post first.",
    ),
    "unknown_indicator": (
        "Indikator '{value}' tidak ada untuk jabatan pegawai ini. Pilihan: {choices}.",
        "Indicator '{value}' does not exist for this employee's post. Choices: {choices}.",
    ),
    "unknown_field": (
        "Isian '{value}' tidak ada pada indikator {indicator}. Pilihan: {choices}.",
        "Field '{value}' does not exist in indicator {indicator}. Choices: {choices}.",
    ),
    "appraiser_field": (
        "Isian '{value}' diisi oleh penilai dan tidak dapat diimpor.",
        "Field '{value}' is the appraiser's and cannot be imported.",
    ),
    "unit_field": (
        "Isian '{value}' adalah angka unit, bukan angka seorang pegawai. Impor sebagai angka unit dengan Nama Angka "
        "'{name}'.",
        "Field '{value}' is a figure of the unit, not of one employee. Import it as a unit figure with the name "
        "'{name}'.",
    ),
    "not_participant": (
        "Pegawai ini bukan peserta sesi ini. Periksa NIP, atau hapus baris ini.",
        "This employee is no participant of this session. Please check the NIP, or drop this row.",
    ),
    "participants_missing": (
        "Peserta yang tidak ada di dalam berkas: {count}. Isi barisnya di formulir sebelum mengirim.",
        "Participants who are not in the file: {count}. Fill in their rows in the form before you send it.",
    ),
    "nothing_given": (
        "Baris ini tidak berisi angka. Isi sedikitnya satu dari: {choices}.",
        "This row holds no number. Fill at least one of: {choices}.",
    ),
    "value_and_reason": (
        "Isi nilai, atau alasan tidak dapat diukur: salah satu saja.",
        "Give the value or the reason why it cannot be measured: one of the two.",
    ),
    "plan": ("{text_id}", "{text_en}"),
    "recommended": (
        "Nilai pegawai ini untuk triwulan {quarter} tahun {year} sudah dihitung dan sedang dinilai atasannya; "
        "realisasinya tidak dapat diubah lagi. Bila ada angka yang salah, sampaikan kepada pejabat penilainya.",
        "This employee's score for quarter {quarter} of {year} has been computed and is with the appraiser; the "
        "realisation cannot be changed any more. If a number is wrong, please tell the appraiser.",
    ),
    "locked": (
        "Evaluasi pegawai ini untuk triwulan {quarter} tahun {year} sudah terkunci; realisasinya tidak dapat diubah.",
        "This employee's evaluation for quarter {quarter} of {year} is locked; its realisation cannot be changed.",
    ),
    "no_holiday": (
        "{day} bukan hari libur yang tercatat, jadi tidak ada yang dihapus. Periksa tanggalnya, atau hapus baris ini.",
        "{day} is not a holiday on record, so there is nothing to remove. Please check the date, or drop this row.",
    ),
    "holidays_removed": (
        "Hari libur yang dihapus: {names}. Tenggat yang sudah berjalan baru berubah setelah Anda menyetujuinya.",
        "Holidays removed: {names}. Deadlines that are already running change only once you approve it.",
    ),
    "of_case": (
        "Baris ini berasal dari keputusan yang sudah selesai di Alur dan tidak diganti lewat berkas. "
        "Hapus baris ini dari berkas.",
        "This row comes from a decision made in Alur, which no file replaces. Drop the row from the file.",
    ),
    "own_row": (
        "Baris ini mengubah data Anda sendiri. Hapus baris ini dari berkas, lalu minta verifikator atau admin lain "
        "mengimpornya.",
        "This row changes your own record. Drop it from the file, and ask another verifier or administrator to import "
        "it.",
    ),
    "keeps_figures": (
        "Evaluasi yang rekomendasinya sudah dihitung: {count}. Evaluasi itu tetap memakai angka sebelumnya; angka baru "
        "berlaku untuk evaluasi yang belum dihitung. Bila angka sebelumnya keliru, sampaikan kepada penilainya.",
        "Evaluations whose recommendation is computed already: {count}. They keep the figures from before; the new "
        "ones count for evaluations that are not computed yet. If a figure was wrong, please tell the appraiser.",
    ),
}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One bad cell: where it is, what is wrong and what to do.

    :param row: as the spreadsheet counts, from 1; 0 for the file or sheet as a whole.
    :param column: the title as the file has it; empty for the row as a whole.
    """

    sheet: str
    row: int
    column: str
    code: str
    text_id: str
    text_en: str

    def line(self, language: str = "id") -> str:
        """Return the problem as one line of a report."""
        words = ("Lembar", "baris", "kolom") if language == "id" else ("Sheet", "row", "column")
        parts = [f"{words[0]} {self.sheet}"] if self.sheet else []
        parts += [f"{words[1]} {self.row}"] if self.row else []
        parts += [f"{words[2]} {self.column}"] if self.column else []
        place = ", ".join(parts)
        text = self.text_id if language == "id" else self.text_en
        return f"{place[0].upper()}{place[1:]}: {text}" if place else text


class BadCell(ValueError):
    """A cell cannot be read; `code` names the sentence in `TEXTS`, `params` fill it."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep what the sentence needs."""
        super().__init__(code)
        self.code = code
        self.params = params


class BadFile(BadCell):
    """The file as a whole cannot be read."""


class ImportRefused(EngineError):
    """The rows do not fit the records as they are now; `problems` say where, and nothing was imported."""

    code = "import_refused"

    def __init__(self, problems: tuple[CellProblem, ...]) -> None:
        """Keep every problem; the message counts them only, because they may name people."""
        super().__init__(f"{len(problems)} cells cannot be imported.", count=len(problems))
        self.problems = problems


def make_problem(sheet: str, row: int, column: str, bad: BadCell) -> CellProblem:
    """Return the problem of a place with its sentences filled in."""
    text_id, text_en = TEXTS[bad.code]
    params = {name: _shorten(str(value)) for name, value in bad.params.items()}
    return CellProblem(sheet, row, column, bad.code, text_id.format_map(params), text_en.format_map(params))


def _shorten(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:297]}..."
