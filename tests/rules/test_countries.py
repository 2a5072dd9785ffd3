"""Countries and their parts by what people call them."""

from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.countries import country_named, nearest_country
from handlers.rules.workdays import Calendar, _year

NAMED = {
    "CN": "CN|cn|China|中国|中國|PRC|CHN",
    "DE": "de|Germany|Deutschland|DEU|德国|ドイツ|the Germany",
    "DE-BY": "DE-BY|de by|De_By|de/by|Bavaria|Bayern|BAYERN|巴伐利亚|巴伐利亚州|德国巴伐利亚|德国 巴伐利亚州|Bavaria, Germany|Germany Bayern| DE-by ",
    "DE-BE": "Berlin|德国柏林|DE-BE",
    "DE-NW": "NRW|North Rhine-Westphalia|Nordrhein-Westfalen|北威州",
    "US": "US|usa|U.S.|United States|America|美国",
    "US-CA": "US-CA|us ca|California|加州|加利福尼亚州|California (US)",
    "US-GA": "Georgia, US|US-GA",
    "GE": "Georgia|GE",
    "GB": "GB|UK|u.k.|United Kingdom|Great Britain|英国",
    "GB-SCT": "Scotland|苏格兰|UK Scotland|gb-sct",
    "TW": "TW|Taiwan|台湾|台灣|臺灣",
    "HK": "HK|Hong Kong|香港|Hongkong",
    "MO": "Macau|澳门",
    "AE": "UAE|United Arab Emirates|阿联酋",
    "AT": "Österreich|osterreich|Austria|奥地利",
    "CH-ZH": "Zürich|zurich|CH Zürich",
    "NL": "The Netherlands|Holland|荷兰",
    "KR": "South Korea|韩国|한국",
    "JP": "Japan|日本",
    "IL": "Israel|以色列",
    "AU-NSW": "New South Wales|新南威尔士州|AU-NSW",
    "TR": "Turkey|Türkiye",
}


@pytest.mark.parametrize(("typed", "code"), [(typed, code) for code, names in NAMED.items() for typed in names.split("|")])
def test_a_country_by_its_names(typed: str, code: str) -> None:
    assert country_named(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        "!!",
        "Atlantis",
        "none",
        "off",
        "DE-XX",
        "ZZ",
        "CN-BJ",
        "北京",
        "Santa Cruz",
        "La Rioja",
        "DD",
        "17:40",
        "x" * 5000,
        "德" * 5000,
    ],
)
def test_what_has_no_calendar_or_two(typed: str) -> None:
    assert country_named(typed) is None
    assert country_named(nearest_country(typed)) == nearest_country(typed)


def test_every_calendar_is_found_by_its_code_and_can_be_had() -> None:
    for country in holidays.list_supported_countries(include_aliases=False):
        parts = holidays.country_holidays(country).subdivisions
        for code in (country, *(f"{country}-{part}" for part in parts)):
            assert country_named(code) == country_named(code.lower()) == code
        assert _year(f"{country}-{parts[-1]}" if parts else country, 2026) is not None


def test_every_name_leads_to_a_calendar_that_can_be_had() -> None:
    for code in NAMED:
        assert _year(code, 2026) is not None
    assert Calendar(country="CH-Stadt Zurich").count(date(2026, 1, 1), date(2026, 12, 31)) > 200


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Germny", "DE"),
        ("Bavria", "DE-BY"),
        ("Chinna", "CN"),
        ("DE-XX", "DE"),
        ("CN-BJ", "CN"),
        ("Scotlnd", "GB-SCT"),
        ("Atlantis", "DE-BY"),
        ("", "DE-BY"),
    ],
)
def test_the_nearest_is_an_example(typed: str, near: str) -> None:
    assert nearest_country(typed) == near


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    found = country_named(text)
    assert found is None or country_named(found) == found
    assert country_named(nearest_country(text)) is not None
