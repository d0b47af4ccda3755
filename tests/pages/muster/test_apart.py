"""How far groups live apart: which groups, sentences, bars, course, table, slides, files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import written
from inteso_dash.measures.distribution import dissimilarity
from inteso_dash.pages.muster import apart, choice, files, view
from inteso_dash.pages.muster.apart import Apart
from inteso_dash.views.figures import Bars, Lines, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

DAY = dt.date(2021, 12, 31)


def address(*pairs: tuple[str, str]) -> Address:
    return Address(choice.PAGE, ((choice.SECTION, choice.APART), *pairs))


@pytest.fixture(scope="module")
def shown(city: City) -> Apart:
    return apart.read(city, address(), [])


def earlier(shown: Apart) -> Apart:
    """The same groups five years before, as if nothing had changed; made up."""
    before = [replace(each, day=dt.date(2016, 12, 31)) for each in shown.groups]
    return replace(shown, groups=(*before, *shown.groups))


def test_groups_are_shares_whose_parts_are_counted(city: City, shown: Apart) -> None:
    ids = [each.indicator.id for each in shown.now]
    assert {"sgb2_quote", "anteil_auslaender", "anteil_migrationshintergrund"} < set(ids)
    assert {f"anteil_alter_{each}" for each in ("0_5", "6_17", "80")} < set(ids)
    assert not {"jugendquotient", "kinderarmut", "einwohnerdichte"} & set(ids)


def test_d_is_that_of_the_counts(city: City, shown: Apart) -> None:
    own = next(each for each in shown.now if each.indicator.id == "anteil_auslaender")
    group, whole = (city.known("sozialraum", each, DAY) for each in ("auslaender", "bevoelkerung"))
    rest = (whole - group).dropna()
    assert own.found.dissimilarity == pytest.approx(dissimilarity(group[rest.index], rest))
    assert own.found.areas == len(rest)
    assert own.found.share == pytest.approx(group.sum() / whole.sum())


def test_a_day_with_few_areas_is_none(city: City) -> None:
    assert len(city.known("stadtbezirk", "auslaender", dt.date(2015, 12, 31))) == 2
    found = apart.measured(city, "stadtbezirk")
    assert {each.day for each in found} == {DAY}


def test_a_group_larger_than_its_whole_is_named(city: City) -> None:
    assert not apart.left_out(city, "sozialraum", DAY)
    group = (city.figures["indicator_id"] == "auslaender") & (city.figures["area_id"] == "063007")
    changed = city.figures["value"].mask(group, 10_000_000.0)
    other = replace(city, figures=city.figures.assign(value=changed))
    area = city.name("sozialraum", "063007")
    assert any(f"({area})" in each for each in apart.left_out(other, "sozialraum", DAY))
    kept = {each.indicator.id for each in apart.measured(other, "sozialraum")}
    assert "anteil_auslaender" not in kept
    assert "sgb2_quote" in kept
    slide = view.show(other, address(("m_ebene", "sozialraum")), "")
    assert any("durch Rundung größer als das Ganze" in each for each in slide.notes)


def test_it_says_who_lives_most_apart(city: City, shown: Apart) -> None:
    said = apart.sentence(city, shown).replace("\u202f", " ")
    assert said.startswith(
        "Am ungleichsten über die Sozialräume verteilt: „Personen in Bedarfsgemeinschaften nach "
        "SGB II“. 33 % davon müssten umziehen"
    )


@pytest.mark.parametrize("measure", ["dissimilarity", "adjusted", "isolation", "interaction"])
def test_bars_and_table_hold_the_measure(city: City, measure: str) -> None:
    found = apart.read(city, address(("m_mass", measure)), [])
    drawn = apart.bars(city, found)
    values = [bar.value for bar in drawn.bars]
    assert values == sorted(values, reverse=True)
    column = {"dissimilarity": "D", "adjusted": "D(adj)", "isolation": "Isolation"}
    assert apart.rows(found)[column.get(measure, "Begegnung")].tolist() == values


def test_one_stichtag_has_no_course(city: City, shown: Apart) -> None:
    assert apart.course(city, shown) is None
    assert set(view.figures_of(city, address()).values()) == {"balken", "tabelle"}
    with pytest.raises(ViewError, match="nur zu einem Stichtag"):
        view.show(city, address(), "verlauf")


def test_a_course_joins_what_is_comparable(city: City, shown: Apart) -> None:
    drawn = apart.course(city, earlier(shown))
    assert isinstance(drawn, Lines)
    assert len(drawn.courses) == len(shown.now)
    assert drawn.days == [dt.date(2016, 12, 31), DAY]
    for each in drawn.courses:
        assert each.points[0].value == each.points[1].value


def test_slides_of_every_part(city: City, shown: Apart) -> None:
    for part, kind in (("balken", Bars), ("tabelle", Table)):
        slide = view.show(city, address(), part)
        assert isinstance(slide.content, kind)
        assert "Quartiersatlas" in slide.origin
    assert written(city, apart.bars(city, shown), files.apart_told(city, shown), "png", "D")


def test_a_slide_names_the_sources_of_the_stichtage_that_it_shows(
    city: City, shown: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = earlier(shown)
    groups = tuple(
        each if each.day == DAY else replace(each, source_id="presse_2016") for each in both.groups
    )
    monkeypatch.setattr(apart, "read", lambda *_: replace(both, groups=groups))
    for part, named in (("balken", False), ("tabelle", False), ("verlauf", True)):
        slide = view.show(city, address(), part)
        assert ("presse_2016" in slide.source_ids) == named
        assert "quartiersatlas_2024" in slide.source_ids


def test_the_file_holds_all_groups(city: City, shown: Apart) -> None:
    table = files.apart_table(city, shown)
    assert len(table) == len(shown.groups)
    assert set(table["Stichtag"]) == {DAY}
    first = table.set_index("Kennung").loc["sgb2_quote"]
    assert float(first["Segregationsindex D"]) == pytest.approx(0.3279, abs=1e-4)


def test_a_town_without_counted_groups_says_so(town: Path) -> None:
    with pytest.raises(ViewError, match="sind Gruppen und ihr Ganzes"):
        apart.read(load_city(town), address(), [])
