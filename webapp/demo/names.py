"""Name parts of five regions, from which demonstration people are put together. Nobody real is meant."""

from dataclasses import dataclass
from random import Random

from processes.people.nip import Sex


@dataclass(frozen=True, slots=True)
class Region:
    """First and last names of a region, and the words that may stand before a name, by sex."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    last: tuple[str, ...]
    before_male: tuple[str, ...] = ()
    before_female: tuple[str, ...] = ()

    def draw(self, chance: Random, sex: Sex) -> str:
        """Return a name; about a third has the region's own word in front, if there is one."""
        first, before = (self.male, self.before_male) if sex is Sex.MALE else (self.female, self.before_female)
        name = f"{chance.choice(first)} {chance.choice(self.last)}"
        return f"{chance.choice(before)} {name}" if before and chance.random() < 0.35 else name


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_COMMON_MALE = "Ahmad Rizky Dedi Hendra Yusuf Fajar Andi Bayu Agus Irfan Taufan Rahmat Eko Arif Doni Surya Wahyu Ilham"
_COMMON_FEMALE = "Siti Dewi Rina Fitri Nurul Yuni Lestari Mega Ratna Wulan Indah Putri Maya Nadia Rahmi Desi Eka Tuti"

NORTH_SUMATRA = Region(
    _words(f"{_COMMON_MALE} Jonathan Parlin Binsar Togar Ramlan Zulkifli Syahrul Bonar Edison"),
    _words(f"{_COMMON_FEMALE} Tiurma Rosita Duma Lamria Sondang Masriana Nurhayati Rotua Melva Halimah Juliana Ester"),
    _words(
        "Siregar Nasution Harahap Lubis Simanjuntak Sitorus Hutapea Manurung Saragih Purba Damanik Sinaga Tarigan "
        "Ginting Sembiring Panjaitan Marpaung Rangkuti Batubara Daulay Pohan Hasibuan Sihombing Tambunan Girsang"
    ),
)
TANJUNGBALAI = Region(
    _words(f"{_COMMON_MALE} Syafril Khairul Azhari Mulkan Ridwan Safrizal Zainal Hamdan Faisal Irwansyah Jamal"),
    _words(f"{_COMMON_FEMALE} Asmah Khairani Zuraida Salmah Nurlela Faridah Rohani Aisyah Maimunah Hafsah Latifah"),
    _words(
        "Marpaung Sitorus Manurung Panjaitan Sinaga Margolang Simangunsong Siagian Nasution Lubis Rambe Ritonga "
        "Dalimunthe Hasibuan Butarbutar Silalahi Pasaribu Munthe Sambas Ramadhani Hidayat Pratama Azmi"
    ),
)
BULUNGAN = Region(
    _words(f"{_COMMON_MALE} Markus Yohanes Ungau Lawai Datu Hanafi Baharuddin Syamsul Rusdi Ibau Jalung Bilung"),
    _words(f"{_COMMON_FEMALE} Lidia Urai Pelawi Norbaya Hasnah Sulastri Margareta Bulan Ahau Rosdiana Marlina Tipung"),
    _words(
        "Apui Ajang Lawing Usat Merang Ingan Jau Bilung Anyeq Impang Sakti Alamsyah Maulana Hasanuddin Rahman Latif "
        "Tamrin Idris Wahab Mappangara Santoso Prasetyo Wibowo Nugroho Saputra"
    ),
)
SERANG = Region(
    _words(f"{_COMMON_MALE} Asep Ujang Maman Encep Jajang Sarip Mulyadi Suherman Juhdi Ade Dadang Hasuri"),
    _words(f"{_COMMON_FEMALE} Euis Neneng Iis Enok Cucu Aan Yayah Titin Uum Mimin Herlina Komariah"),
    _words(
        "Sanjaya Supriatna Hidayatullah Komarudin Mulyana Sutisna Permana Fathoni Suhendar Kurniawan Rohman Nurjaman "
        "Gumilar Saepudin Solihin Maulana Firdaus Setiadi Hermawan Nugraha Sobari Jamhuri Baihaqi Wijaya Rosadi"
    ),
    ("Tubagus",),
    ("Ratu",),
)
MATARAM = Region(
    _words(f"{_COMMON_MALE} Satria Nuraksa Jaya Zulhadi Muhasim Sahabudin Mahsun Wire Karya Suparman Hadi Saleh"),
    _words(f"{_COMMON_FEMALE} Hartini Laela Nurhasanah Suhartini Zohriah Mahnim Ayu Sukma Kartini Novi Widya Rohana"),
    _words(
        "Wiranata Hidayat Mahendra Sasmita Gunadi Sukarta Wirawan Anggara Suparta Kusuma Pradnyana Yudana Artawan "
        "Sudiarta Akbar Fahrurrozi Muliadi Hamdi Azhar Sopian Ramdani Iskandar Purnama Samsuri Juaini"
    ),
    ("Lalu", "I Gede", "I Made", "I Nyoman"),
    ("Baiq", "Ni Luh", "Ni Made", "Ni Nyoman"),
)
