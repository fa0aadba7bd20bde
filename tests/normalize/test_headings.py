"""Headings of columns and what they name."""

from __future__ import annotations

import pytest

from lkjip.normalize.roles import period_of, role_of
from lkjip.records import Role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Belum Terealisasi (Rp)", Role.SISA),
        ("Tidak Terserap", Role.SISA),
        ("KURANG/(LEBIH) (Rp)", Role.SISA),
        ("Sisa Anggaran > (Rp)", Role.SISA),
        ("Saldo", Role.SISA),
        ("DPA-SKPD (Rp)", Role.ANGGARAN),
        ("Angaran Setelah Perubahan", Role.ANGGARAN),
        ("Relisasi (Rp)", Role.REALISASI),
        ("Realiasi s.d. Desember", Role.REALISASI),
        ("Realisasi > Sampai dengan Bulan Ini", Role.REALISASI),
        ("Realisasi > Sampai dengan Bulan Lalu", Role.OTHER),
        ("Realisasi > Bulan Ini", Role.OTHER),
        (
            "Realisasi sampai dengan Triwulan IV (Rp)",
            Role.REALISASI,
        ),  # "realisasisampai" ends …sisa
        ("Realisasi sampai dengan Desember > Rp", Role.REALISASI),
        ("Persentase Realisasi sampai dengan Desember", Role.CAPAIAN),
        # the form of Permendagri 86/2017 for the evaluation of a Renja
        ("Target Renstra SKPD pada Tahun 2026 (Akhir Periode Renstra) > Rp", Role.OTHER),
        ("Target Renstra SKPD pada Tahun 2026 (Akhir Periode Renstra) > K", Role.TARGET),
        ("Realisasi Capaian Kinerja Renstra SKPD s/d Renja SKPD Tahun Lalu > Rp", Role.OTHER),
        ("Target Kinerja dan Anggaran Renja SKPD Tahun Berjalan > Rp", Role.ANGGARAN),
        ("Realisasi Kinerja Pada Triwulan > II > Rp", Role.REALISASI),
        ("Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi > Rp", Role.REALISASI),
        ("Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2023 > Rp", Role.OTHER),
        ("Tingkat Capaian Kinerja dan Realisasi Anggaran Renja (%) > Rp", Role.CAPAIAN),
        ("Tingkat Capaian Kinerja dan Realisasi Anggaran Renja (%) > K", Role.CAPAIAN_KINERJA),
        ("Tingkat Capaian dan Realisasi Anggaran Renstra s/d 2023 (%) > Rp", Role.OTHER),
        ("Hasil Analisis Anggaran (Rp)", Role.ANGGARAN),
        ("Realisasi (Ton)", Role.REALISASI_KINERJA),
        ("Target (Ekor)", Role.TARGET),
        ("Daya Serap (%)", Role.CAPAIAN),
        ("Penyerapan", Role.CAPAIAN),
        ("Persentasi", Role.CAPAIAN),
        ("Fisik / Keuangan > Fisik (%)", Role.FISIK),
        ("Fisik / Keuangan > Keuangan (%)", Role.CAPAIAN),
        ("Fisik / Keuangan Fisik (%) Keuangan (%)", Role.OTHER),
        ("Nilai Perolehan (Rp)", Role.OTHER),
        ("Kd. Rek", Role.CODE),
    ],
)
def test_role_of(heading: str, role: Role) -> None:
    assert role_of(tuple(heading.split(" > "))) is role


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Realisasi s.d. Desember", "tahun"),
        ("REALISASI S / D 31 DESEMBER 2019", "2019"),
        ("Realisasi s.d. Triwulan IV", "tahun"),
        ("Realisasi > s/d TW IV", "tahun"),
        ("Realisasi s.d. Triwulan III", "triwulan_3"),
        ("Realisasi s/d September", "bulan_9"),
        ("Realisasi Bulan Desember", "bulan_12"),
        ("Realisasi > Triwulan IV", "triwulan_4"),
        ("Anggaran > Semula", "murni"),
        ("Anggaran > Menjadi", "perubahan"),
        ("Pagu Akhir", "perubahan"),
        ("PAGU DIPA (Rp.) > REVISI", "perubahan"),
        ("Pagu Sebelum Revisi", "murni"),
        ("Realisasi Akhir", "tahun"),
    ],
)
def test_period_of(heading: str, period: str) -> None:
    assert period_of(tuple(heading.split(" > "))) == period
