"""Headlines: published figures in correct German, and nothing that figures do not say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.views import headlines

END_2021, END_2015 = dt.date(2021, 12, 31), dt.date(2015, 12, 31)
JUDGEMENTS = ("weil", "durch", "leider", "gut", "schlecht", "dramatisch", "Problem", "sollte")


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def made_up(**changes: object) -> Indicator:
    declared = {
        "id": "erfunden",
        "title": {"de": "Erfunden", "en": "Made up"},
        "short": {"de": "Erfunden", "en": "Made up"},
        "topic": "t",
        "unit": "Personen",
        "decimals": 0,
        "kind": "extensive",
        "meaning": "Erfunden.",
    }
    return Indicator.model_validate({**declared, **changes})


@pytest.mark.parametrize(
    ("indicator", "level", "area", "date", "expected"),
    [
        (
            "bevoelkerung",
            "stadtbezirk",
            "06",
            END_2021,
            (
                "Im Stadtbezirk 6 leben 66.957 Menschen, 5,1 % mehr als 2015; "
                "in der Stadt waren es 2,4 %."
            ),
        ),
        (
            "bevoelkerung",
            "stadtbezirk",
            "05",
            END_2015,
            "Im Stadtbezirk 5 lebten 34.318 Menschen; in der Stadt 628.437.",
        ),
        (
            "anteil_auslaender",
            "stadtbezirk",
            "06",
            END_2021,
            (
                "Im Stadtbezirk 6 liegt der Ausländeranteil bei 24,7 %, 3,2 Prozentpunkte höher "
                "als 2015; in der Stadt bei 23,8 %, 2,3 Prozentpunkte höher."
            ),
        ),
        (
            "sgb2_quote",
            "sozialraum",
            "098002",
            END_2021,
            (
                "Im Sozialraum Hassels-Nord liegt die SGB-II-Quote bei 48,7 %; in der "
                "Stadt bei 10,5 %."
            ),
        ),
        (
            "sgb2_quote",
            "sozialraum",
            "063008",
            END_2021,
            (
                "Im Sozialraum Rath · Südlich … (063008) liegt die SGB-II-Quote bei 27,1 %; in der "
                "Stadt bei 10,5 %."
            ),
        ),
        (
            "auslaender",
            "stadt",
            "05111",
            END_2015,
            "In Düsseldorf lebten rund 135.000 Menschen ohne deutsche Staatsangehörigkeit.",
        ),
        (
            "auslaender",
            "stadt",
            "05111",
            END_2021,
            (
                "In Düsseldorf leben etwa 153.000 Menschen ohne deutsche Staatsangehörigkeit, etwa "
                "13 % mehr als 2015."
            ),
        ),
        (
            "auslaender",
            "stadtbezirk",
            "06",
            dt.date(2010, 12, 31),
            (
                "Im Stadtbezirk 6 lebten etwa 10.150 Menschen ohne deutsche Staatsangehörigkeit; "
                "in der Stadt etwa 102.300."
            ),
        ),
        (
            "beschaeftigtenquote",
            "stadtbezirk",
            "05",
            END_2015,
            "Im Stadtbezirk 5 lag die Beschäftigtenquote bei 47,4 %; in der Stadt bei etwa 54 %.",
        ),
        (
            "standorte_zelte",
            "stadt",
            "05111",
            dt.date(2016, 8, 31),
            "Düsseldorf: Standorte: Zelte 1.",
        ),
        (
            "anteil_auslaender",
            "stadt",
            "05111",
            END_2015,
            "In Düsseldorf lag der Ausländeranteil bei 21,5 %.",
        ),
        (
            "unterbringung_personen",
            "stadt",
            "05111",
            dt.date(2017, 2, 28),
            "In Düsseldorf waren 7.590 Personen untergebracht, 1,5 % weniger als am 31.01.2017.",
        ),
        (
            "einwohnerdichte",
            "stadtbezirk",
            "06",
            END_2021,
            (
                "Im Stadtbezirk 6 liegt die Einwohnerdichte bei 3.403 Personen je km², 165 "
                "Personen je km² höher als 2015 (aus Bevölkerung und Fläche berechnet); in der "
                "Stadt bei 2.961 Personen je km², 69 Personen je km² höher."
            ),
        ),
        (
            "einwohnerdichte",
            "stadtbezirk",
            "06",
            END_2015,
            (
                "Im Stadtbezirk 6 lag die Einwohnerdichte bei 3.118 Personen je km²; in der "
                "Stadt bei 2.850 Personen je km²."
            ),
        ),
        (
            "flaeche",
            "stadtbezirk",
            "06",
            END_2021,
            (
                "Stadtbezirk 6: Fläche etwa 1.968 ha, gerundet unverändert gegenüber 2015; in der "
                "Stadt ebenso."
            ),
        ),
        (
            "kinderarmut",
            "sozialraum",
            "071009",
            END_2021,
            ("Glasmacherviertel: Kinderarmut, 31.12.2021: unbewohnt."),
        ),
    ],
)
def test_published_figures_in_words(
    city: City, indicator: str, level: str, area: str, date: dt.date, expected: str
) -> None:
    drafted = headlines.of_area(city, city.catalogue.indicator(indicator), level, area, date)
    assert plain(drafted) == expected


@pytest.mark.parametrize(
    ("level", "area", "expected"),
    [
        ("stadtteil", "063", "in Rath"),
        ("stadtteil", "011", "in der Altstadt"),
        ("stadtteil", "033", "im Hafen"),
        ("stadtbezirk", "06", "im Stadtbezirk 6"),
        ("stadt", "05111", "in Düsseldorf"),
    ],
)
def test_places_have_their_preposition(city: City, level: str, area: str, expected: str) -> None:
    assert headlines.locative(city, level, area) == expected


def test_declared_exceptions_name_areas_that_exist(city: City) -> None:
    for level in city.catalogue.levels:
        assert all(city.has_area(level.id, area) for area in level.locatives)


def test_a_map_is_put_into_words(city: City) -> None:
    rate = city.catalogue.indicator("sgb2_quote")
    assert plain(headlines.of_level(city, rate, "sozialraum", END_2021)) == (
        "In Düsseldorf liegt die SGB-II-Quote bei 10,5 %; die Sozialräume reichen von 0,2 % "
        "(Lotharstraße) bis 48,7 % (Hassels-Nord)."
    )
    share = city.catalogue.indicator("anteil_auslaender")
    assert plain(headlines.of_level(city, share, "stadtbezirk", END_2021)).endswith(
        "; die Stadtbezirke reichen von 15,2 % (Stadtbezirk 7) bis 27,5 % (Stadtbezirk 1 und "
        "Stadtbezirk 3)."
    )
    persons = city.catalogue.indicator("bevoelkerung")
    assert plain(headlines.of_level(city, persons, "stadtbezirk", END_2021)) == (
        "In Düsseldorf leben 643.753 Menschen, 1,3 % mehr als 2016."
    )


def test_no_comparison_across_a_break_of_the_series(city: City) -> None:
    persons = city.catalogue.indicator("bevoelkerung")
    asked = ("stadt", city.catalogue.city.id)
    assert headlines.earlier_date(city, persons, *asked, dt.date(2014, 12, 31)) is None
    assert headlines.earlier_date(city, persons, *asked, END_2015) == dt.date(2014, 12, 31)


def test_no_comparison_across_a_break_of_what_the_figure_rests_on(city: City) -> None:
    share = city.catalogue.indicator("anteil_auslaender")
    assert not share.breaks
    asked = ("stadt", city.catalogue.city.id)
    assert dt.date(2010, 12, 31) in city.dates("stadt", share.id)
    assert headlines.earlier_date(city, share, *asked, END_2015) is None
    assert headlines.earlier_date(city, share, *asked, END_2021) == END_2015


@pytest.mark.parametrize(
    ("now", "before", "changes", "expected"),
    [
        (66957, 63721, {}, "5,1 % mehr"),
        (95, 100, {}, "5,0 % weniger"),
        (100_001, 100_000, {}, "gerundet unverändert"),
        (12, 0, {}, "12 mehr"),
        (0, 0, {}, "gerundet unverändert"),
        (24.7, 21.5, {"unit": "%", "decimals": 1, "kind": "intensive"}, "3,2 Prozentpunkte höher"),
        (21, 22, {"unit": "%", "kind": "intensive"}, "1 Prozentpunkt niedriger"),
        (24.2, 24.0, {"unit": "je 100", "decimals": 1, "kind": "intensive"}, "0,2 höher"),
        (
            -0.6,
            1.4,
            {"unit": "‰", "decimals": 1, "kind": "intensive"},
            ("2,0 Promillepunkte niedriger"),
        ),
        (3403, 3118, {"unit": "Personen je km²", "kind": "intensive"}, "285 Personen je km² höher"),
    ],
)
def test_differences_by_kind(now: float, before: float, changes: dict, expected: str) -> None:
    rate = {"not_aggregable": "erfunden"} if changes.get("kind") == "intensive" else {}
    found = headlines.difference(now, before, made_up(**changes, **rate))
    assert plain(found.text) == expected


FIGURES = st.integers(0, 10_000_000).map(lambda tenths: tenths / 10)


@given(FIGURES, FIGURES, st.sampled_from(["extensive", "intensive"]))
def test_the_direction_is_that_of_the_figures(now: float, before: float, kind: str) -> None:
    indicator = made_up(kind=kind, unit="%" if kind == "intensive" else "Personen", decimals=1)
    found = headlines.difference(now, before, indicator)
    if found.word in ("mehr", "höher"):
        assert now > before
    elif found.word:
        assert now < before
    else:
        size = abs(now - before) / (before or 1) * (100 if kind == "extensive" else 1)
        assert kind == "intensive" or before == 0 or not formats.rounded(size, 1)
    if kind == "intensive" and found.word:
        assert "Prozentpunkt" in found.amount
        assert "%" not in found.amount


def test_every_figure_of_every_level_gets_a_headline_without_cause_or_judgement(city: City) -> None:
    for level in city.catalogue.levels:
        area = str(city.areas(level.id).index[-1])
        for indicator in city.catalogue.indicators:
            for day in city.dates(level.id, indicator.id):
                for drafted in (
                    headlines.of_area(city, indicator, level.id, area, day),
                    headlines.of_level(city, indicator, level.id, day),
                ):
                    assert drafted[0].isupper()
                    assert drafted.endswith(".")
                    assert "  " not in drafted
                    assert "{" not in drafted
                    assert not re.search(r"\b1 (Menschen|Personen|Haushalte|Plätze)\b", drafted)
                    if day < city.newest:
                        assert not {"leben", "liegt", "gibt", "reichen"} & set(drafted.split())
                    assert not set(JUDGEMENTS) & set(drafted.replace(",", "").split())


@pytest.mark.parametrize(
    ("now", "before", "errors", "expected"),
    [
        (153_038, 135_000, (322.0, 500.0), "etwa 13 % mehr"),
        (135_400, 135_000, (0.0, 500.0), "gerundet unverändert"),
        (5097.3, 5097.0, (0.05, 0.5), "gerundet unverändert"),
        (66957, 63721, (0.0, 0.0), "5,1 % mehr"),
    ],
)
def test_a_difference_is_no_surer_than_its_figures(
    now: float, before: float, errors: tuple[float, float], expected: str
) -> None:
    assert plain(headlines.difference(now, before, made_up(), errors).text) == expected


def test_a_ratio_reads_as_rounded_until_its_last_digit_means_nothing() -> None:
    rate = made_up(kind="intensive", unit="%", decimals=1, not_aggregable="erfunden")
    assert not headlines.meaningless(rate, 1, 0.2)
    assert headlines.meaningless(rate, 1, 0.5)
    assert headlines.meaningless(made_up(), 0, 1.0)


def test_what_a_headline_tells_names_all_its_sources(city: City) -> None:
    persons = city.catalogue.indicator("bevoelkerung")
    told = headlines.figures(city, persons, "stadtbezirk", "06", END_2021)
    assert [each.value for each in told] == [66957, 643753, 63721, 628437]
    assert [each.source_id for each in told] == ["quartiersatlas_2024"] * 2 + ["inteso_2017"] * 2


def test_a_verb_that_is_not_known_has_no_past(city: City) -> None:
    odd = made_up(id="auslaender", statement="tanzen {value} Menschen")
    assert headlines.of_area(city, odd, "stadtbezirk", "05", END_2015) == (
        "Stadtbezirk 5: Erfunden 5.673\u202fPersonen; in der Stadt rund 135.000."
    )


@pytest.mark.parametrize("declared", [{"midpoint": 0}, {}])
def test_balances_differ_by_their_number_and_never_by_per_cent(declared: dict) -> None:
    balance = made_up(**declared, range=[None, None])
    found = headlines.difference(-5, 10, balance)
    assert (found.amount, found.word) == ("15", "weniger")
