"""Numbers as printed in real reports, and what the parser promises for any text."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip.normalize.numbers import (
    Style,
    column_style,
    format_money,
    is_blank,
    parse_decimal,
    parse_money,
    parse_percent,
)
from lkjip.records import Source


@pytest.mark.parametrize(
    ("raw", "value", "seen"),
    [
        ("2.671.018.687", 2_671_018_687, "kalianget 2020, Tabel 3.1"),
        ("2.671.018.687,-", 2_671_018_687, "kalianget 2020, Bab III"),
        ("Rp. 11.099.000,-", 11_099_000, "kalianget 2020, running text"),
        ("0", 0, "kalianget 2020, Tabel 3.1"),
        ("0,00", 0, "cianjur 2015, p50"),
        ("33.030.490.451,00", 33_030_490_451, "dpmdesa 2016, p27"),
        ("113,187,358,00", 113_187_358, "inspektorat 2016, p16: commas in a column of dots"),
        ("641,773,572,00", 641_773_572, "dispenda 2016"),
        ("67,811,725,837", 67_811_725_837, "disnakertrans 2016, p47"),
        ("5,247,161,860.00", 5_247_161_860, "bp3akb 2016, p66"),
        ("64,507,779,475,-", 64_507_779_475, "disnakertrans 2016, p4"),
        ("1250000", 1_250_000, "no separators at all"),
        ("900.000", 900_000, "one group"),
        ("1.250.000,5", Decimal("1250000.5"), "one decimal, as spreadsheets print"),
        ("(1.500.000)", -1_500_000, "accountants' negative"),
        ("-1.500.000,00", -1_500_000, "minus"),
        ("−1.500.000", -1_500_000, "typographic minus"),
        ("Rp-1.500.000", -1_500_000, "minus behind the currency"),
        ("1.250.\n000", 1_250_000, "wrapped in its cell"),
        ("1.250.000.00\n0,00", 1_250_000_000, "wrapped in its cell"),
        ("\xa012.500.000 ", 12_500_000, "hard space"),
        ("1.234.567*)", 1_234_567, "a footnote's mark"),
        ("1.234.567,00 **", 1_234_567, "a footnote's mark"),
        ("1.234.567²", 1_234_567, "a footnote's mark"),
    ],
)
def test_well_formed_money(raw: str, value: int, seen: str) -> None:
    amount = parse_money(raw)
    assert (amount.value, amount.source, amount.candidates) == (value, Source.PARSED, ()), seen
    assert amount.raw == raw


@pytest.mark.parametrize(
    ("raw", "first", "also", "seen"),
    [
        ("50.0000.000", 50_000_000, [500_000_000], "kalianget 2020, Tabel 3.1"),
        ("6.675.0000", 6_675_000, [66_750_000], "kalianget 2020, Tabel 3.1"),
        ("3.8000.000.000,00", 3_800_000_000, [38_000_000_000], "dpmdesa 2016, p27"),
        ("227.199732,00", 227_199_732, [], "dpmdesa 2016, p27"),
        ("37.664.381200,00", 37_664_381_200, [], "dpmdesa 2016, p30"),
        ("10.924024.550,-", 10_924_024_550, [], "cianjur 2015, p22"),
        ("133.825.00,00", 133_825_000, [13_382_500], "cianjur 2015, p54"),
        ("2.60.247.000,00", 2_060_247_000, [260_247_000, 2_600_247_000], "diskanlaut, p22"),
        ("9.871.1466.000", 9_871_146_000, [98_711_466_000, 9_871_466_000], "grobogan 2021, p47"),
        ("2.8766.522.000", 2_876_522_000, [28_766_522_000], "grobogan 2021, p47"),
        ("1,011.080.000", 1_011_080_000, [], "issue 2"),
        ("3.436,893.000,00", 3_436_893_000, [], "diskanlaut 2016, p21"),
        ("2.000,000,000,-", 2_000_000_000, [], "dpmdesa 2016, p17"),
        ("48. 592.221.203,-", 48_592_221_203, [], "dpmdesa 2016, p27"),
        ("294 166 463 728", 294_166_463_728, [], "sda 2016, scan: lost dots"),
        ("650.290.147.50", Decimal("650290147.50"), [650_290_147_500], "cianjur 2015, p49"),
        ("2.807.870.000.00", 2_807_870_000, [2_807_870_000_000], "cianjur 2015, p50"),
        ("4.430.638.,00", 4_430_638, [], "diskanlaut 2016, p19"),
        ("275.000,000", 275_000_000, [275_000], "renja binamarga, p3"),
        ("750,000", 750_000, [750], "thousands or decimals"),
        ("12.34", Decimal("12.34"), [1_234], "thousands or decimals"),
        ("00,0", 0, [], "cianjur 2015, p51"),
        ("125.000.00000", 12_500_000_000, [125_000_000], "lost decimal mark"),
        ("1.250.000-", 1_250_000, [-1_250_000], "a minus, or a dash that lost its comma"),
        ("- 1.250.000", -1_250_000, [1_250_000], "a minus, or a bullet"),
        ("(1.250.000", -1_250_000, [1_250_000], "half a pair of parentheses"),
        ("12\n5.000", 125_000, [], "two numbers, or one wrapped"),
        ("1.25O.000", 1_250_000, [], "a letter for a digit"),
        ("SE. 148.269.000", 148_269_000, [], "rfk grobogan 2021: the next cell's text overlaps"),
    ],
)
def test_damaged_money_gives_candidates(
    raw: str, first: Decimal | int, also: list[int], seen: str
) -> None:
    amount = parse_money(raw)
    assert amount.value is None, seen
    assert amount.source is None
    assert amount.candidates[0] == first, seen
    assert set(also) <= set(amount.candidates), seen


@pytest.mark.parametrize("raw", ["", "-", "–", "Rp -", "Rp. -", "Rp.-", "nihil", "NaN", "inf", "…"])
def test_blank_is_neither_zero_nor_doubt(raw: str) -> None:
    assert is_blank(raw)
    for amount in (parse_money(raw), parse_percent(raw)):
        assert (amount.value, amount.candidates) == (None, ())


@pytest.mark.parametrize(
    "raw", ["١٢٣٤", "１２３", "1²3", "9" * 40, "1.000 dan 2.000", "12 Bulan", "Tahun 2021"]
)
def test_no_amount_and_no_candidates(raw: str) -> None:
    assert (parse_money(raw).value, parse_money(raw).candidates) == (None, ())


def test_unit_multiplies_value_and_candidates() -> None:
    assert parse_money("1.250,5", unit=1000).value == 1_250_500
    assert parse_money("50.0000", unit=1000).candidates[0] == 50_000_000


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1.250.000", "900.000,00", "-"], Style.INDONESIAN),
        (["67,811,725,837", "360,032,000", "95.13"], Style.ENGLISH),
        (["641.773.572.00", "1.141.250.000.00", "95.500.000.00"], Style.ALL_DOT),
        (["641,773,572,00", "196,054,000,00", "5.000"], Style.ALL_COMMA),
        (["2.807.870.000.00", *["131.050.000,00"] * 9], Style.INDONESIAN),
        (["113,187,358,00", *["6.788.500,00"] * 9], Style.INDONESIAN),
        (["650.290.147.50"], Style.INDONESIAN),
        (["1 234 567", "98 000 000", "100 000", "-"], Style.SPACED),
        (["48. 592.221.203", "1.250.000", "12.000.000"], Style.INDONESIAN),
        (["", "-", "1250000", "0"], Style.INDONESIAN),
        ([], Style.INDONESIAN),
    ],
)
def test_column_style(texts: list[str], style: Style) -> None:
    assert column_style(texts) is style


@pytest.mark.parametrize(
    ("raw", "style", "value"),
    [
        ("641.773.572.00", Style.ALL_DOT, 641_773_572),
        ("1.250.000", Style.ALL_DOT, 1_250_000),
        ("641,773,572,00", Style.ALL_COMMA, 641_773_572),
        ("1,250", Style.ENGLISH, 1_250),
        ("1.250", Style.ENGLISH, None),
        ("1.250.000", Style.ENGLISH, 1_250_000),
        ("1.250.000,00", Style.ENGLISH, 1_250_000),
        ("1 234 567", Style.SPACED, 1_234_567),
        ("1\xa0234\xa0567,50", Style.SPACED, Decimal("1234567.5")),
        ("1 234 567", Style.INDONESIAN, None),
    ],
)
def test_money_in_its_columns_style(raw: str, style: Style, value: int | None) -> None:
    assert parse_money(raw, style).value == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("98,64", "98.64"),
        ("100.00", "100"),
        ("99.03 %", "99.03"),
        ("109.91%", "109.91"),
        ("100", "100"),
        ("0.00", "0"),
        ("1.234,56", "1234.56"),
        ("(5,00)", "-5"),
        ("98,6375", "98.6375"),
        ("98,50 persen", "98.5"),
        ("100,00%*)", "100"),
        ("00,0", None),
        ("9864", None),  # a lost mark
        ("98 64", None),
        ("25.000", None),  # an amount in the wrong column?
    ],
)
def test_percent(raw: str, value: str | None) -> None:
    amount = parse_percent(raw)
    assert amount.value == (None if value is None else Decimal(value))
    assert value is not None or amount.candidates


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12 bulan", "12"),
        ("≥ 80", "80"),
        ("80 %", "80"),
        ("72,35", "72.35"),
        ("83.87", "83.87"),
        ("1.234 orang", "1234"),
        ("2.345.678 ha", "2345678"),
        ("1.000,5 km", "1000.5"),
        ("100 m2", "100"),
        ("12 (dua belas)", "12"),
        ("0.125", "0.125"),
        ("-5", "-5"),
        ("WTP", None),
        ("B (65,12)", None),
        ("80-90", None),
        ("5 s/d 6 hari", None),
        ("12/15", None),
        ("1:15", None),
        ("12 dari 15", None),
        ("2 dokumen 3 laporan", None),
        ("1,234", None),
        ("98.123 %", None),
        ("", None),
    ],
)
def test_plain_decimal(raw: str, value: str | None) -> None:
    assert parse_decimal(raw) == (None if value is None else Decimal(value))


MONEY = st.decimals(
    min_value=-(10**15), max_value=10**15, places=2, allow_nan=False, allow_infinity=False
)
NUMBERISH = st.text("0123456789.,-()% \nRp", max_size=60)


@given(MONEY, st.sampled_from(Style))
@settings(deadline=None, max_examples=300)
def test_what_is_formatted_parses_to_itself(value: Decimal, style: Style) -> None:
    assert parse_money(format_money(value, style), style).value == value


@given(
    st.decimals(min_value=-9999, max_value=9999, places=2, allow_nan=False, allow_infinity=False)
)
@settings(deadline=None, max_examples=200)
def test_formatted_percent_parses_to_itself(value: Decimal) -> None:
    assert parse_percent(f"{value:.2f}".replace(".", ",")).value == value


@given(st.one_of(st.text(max_size=80), NUMBERISH), st.sampled_from(Style))
@settings(deadline=None, max_examples=500)
def test_any_text_is_safe(raw: str, style: Style) -> None:
    for amount in (parse_money(raw, style), parse_percent(raw)):
        values = [amount.value, *amount.candidates]
        assert amount.raw == raw
        assert len(amount.candidates) <= 40
        assert all(value is None or value.is_finite() for value in values)
        assert amount.value is None or not amount.candidates
        assert (amount.source is None) == (amount.value is None)
    number = parse_decimal(raw)
    assert number is None or number.is_finite()


@given(NUMBERISH)
@settings(deadline=None, max_examples=500)
def test_a_value_keeps_every_digit(raw: str) -> None:
    value = parse_money(raw).value
    if value is not None:
        printed = "".join(char for char in raw if char.isdigit()).lstrip("0")
        assert f"{abs(value):f}".replace(".", "").lstrip("0") == printed


@given(st.lists(NUMBERISH, max_size=20))
@settings(deadline=None, max_examples=200)
def test_style_of_any_column(texts: list[str]) -> None:
    assert column_style(texts) in Style
