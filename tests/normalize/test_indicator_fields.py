"""What header paths of performance tables name."""

from __future__ import annotations

import pytest

from lkjip.normalize.indicators.fields import Field, field_of, period_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("Kinerja", "Target"), Field.TARGET),
        (("Anggaran (Rp)", "Target"), Field.OTHER),
        (("Tahun 2016", "% Realisasi"), Field.CAPAIAN),
        (("Realisasi (%)",), Field.REALISASI),
        (("Hasil Th 2015",), Field.REALISASI),
        (("REALI- SASI",), Field.REALISASI),
        (("Tingkat Kemajuan",), Field.CAPAIAN),
        (("Tercapai/ Tidak",), Field.OTHER),
        (("Target Capaian Kinerja",), Field.TARGET),
        (("SASARAN", "INDIKATOR SASARAN"), Field.INDIKATOR),
        (("Target RENSTRA 2018",), Field.TARGET),
        (("Sasaran Strategis",), Field.SASARAN),
        (("Target Kinerja dan Anggaran Renja", "K"), Field.TARGET),
        (("Target Kinerja dan Anggaran Renja", "Rp"), Field.OTHER),
        (("2018",), Field.OTHER),
        (("Realisasi", "2018"), Field.REALISASI),
    ],
)
def test_header_paths_name_fields(path: tuple[str, ...], name: Field) -> None:
    assert field_of(path) is name


@pytest.mark.parametrize(
    ("path", "period"),
    [
        (("Tahun 2016", "Target"), (2016, "tahun")),
        (("Target", "TW III"), (None, "triwulan_3")),
        (("Realisasi Kinerja Pada Triwulan I - IV Tahun 2023", "II", "K"), (2023, "triwulan_2")),
        (("Realisasi s/d Bulan", "Maret"), (None, "bulan_3")),
    ],
)
def test_header_paths_name_periods(path: tuple[str, ...], period: tuple[int | None, str]) -> None:
    assert period_of(path) == period
