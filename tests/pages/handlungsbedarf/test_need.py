"""What the page works out: reading an address, classes, sentences, figures, files, slides."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from inteso_dash.city import City, load_city
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.measures.index import IndexPart, IndexRecipe, compose
from inteso_dash.pages.handlungsbedarf import content, files, index, view
from inteso_dash.pages.handlungsbedarf.index import Need, NeedChoice
from inteso_dash.pages.handlungsbedarf.texts import SIGN
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.dots import Swarm
from inteso_dash.views.figures import Bars, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.towns.made_up_town import write_town

DAY = dt.date(2021, 12, 31)
HASSELS = "098002"
OWN = (
    ("h_teil", "kinderarmut"),
    ("h_teil", "wohnflaeche_je_einwohner"),
    ("h_gewicht_kinderarmut", "3"),
    ("h_richtung_wohnflaeche_je_einwohner", "less"),
    ("h_mindestens", "2"),
)


def read(city: City, *pairs: tuple[str, str]) -> tuple[NeedChoice, list[str]]:
    notes: list[str] = []
    return index.read(city, Address(index.PAGE, pairs), notes), notes


def shown(city: City, *pairs: tuple[str, str]) -> Need:
    return index.need(city, read(city, *pairs)[0])


@pytest.fixture(scope="module")
def declared(city: City) -> Need:
    return shown(city)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_an_empty_address_is_the_declared_index(city: City, declared: Need) -> None:
    choice, notes = read(city)
    assert choice.declared == city.catalogue.indices[0]
    assert not choice.changed
    assert (choice.level, choice.date, notes) == ("sozialraum", DAY, [])
    table = city.values("sozialraum", "handlungsbedarf", DAY)
    assert declared.values.to_numpy() == pytest.approx(
        table["value"].round(2).to_numpy(), nan_ok=True
    )


def test_the_choices_of_the_controls_name_the_declared_index_too(city: City) -> None:
    told = [("h_teil", part.indicator) for part in city.catalogue.indices[0].parts]
    told += [("h_mindestens", "3"), ("h_ab", "300"), ("h_massstab", "z"), ("h_nochmal", "zweimal")]
    choice, _ = read(city, *told)
    assert not choice.changed


def test_a_composed_index_is_what_the_measure_gives(city: City) -> None:
    found = shown(city, *OWN)
    assert found.choice.changed
    assert found.choice.declared.title.de == "Eigener Index"
    table = pd.DataFrame(
        {
            each: city.values("sozialraum", each, DAY)["value"].astype(float)
            for each in ("kinderarmut", "wohnflaeche_je_einwohner")
        }
    )
    parts = (IndexPart("kinderarmut", 3), IndexPart("wohnflaeche_je_einwohner", rising=False))
    expected = compose(table, IndexRecipe(parts, least=2)).value
    assert found.index.composed.value.to_numpy() == pytest.approx(expected.to_numpy(), nan_ok=True)
    assert found.values.notna().sum() == 161


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("h_teil", "unsinn"), "Den Indikator „unsinn“ gibt es auf dieser Ebene nicht"),
        (("h_ebene", "dorf"), "für Ebene „dorf“"),
        (("h_massstab", "elle"), "für Maßstab „elle“"),
        (("h_klassen", "viele"), "für Klassen „viele“"),
        (("h_streuung", "1000"), "für Streuung „1000“"),
        (("h_stichtag", "1999-12-31"), "für Stichtag „1999-12-31“"),
    ],
)
def test_what_does_not_exist_is_named(city: City, pair: tuple[str, str], said: str) -> None:
    more = [("h_teil", "kinderarmut")] if pair[0] == "h_teil" else []
    _, notes = read(city, pair, *more)
    assert said in "\n".join(notes)


def test_parts_that_a_level_does_not_have_are_none_to_begin_with(
    city: City, declared: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, *begun = [part.indicator for part in declared.choice.declared.parts]
    offered = index.offered_parts(city, "sozialraum")
    there = {title: each for title, each in offered.items() if each != gone}
    monkeypatch.setattr(index, "offered_parts", lambda *_: there)
    assert [part.indicator for part in read(city)[0].declared.parts] == begun


@pytest.mark.parametrize("value", ["viel", "-1", "nan", "1e9"])
def test_numbers_that_are_none_are_the_declared_ones(city: City, value: str) -> None:
    choice, _ = read(
        city, ("h_gewicht_kinderarmut", value), ("h_ab", value), ("h_mindestens", value)
    )
    assert [part.weight for part in choice.declared.parts] == [1.0] * 4
    assert choice.declared.least == 3


def test_without_a_part_there_is_nothing(city: City) -> None:
    nothing = [("h_teil", "kinderarmut"), ("h_gewicht_kinderarmut", "0")]
    with pytest.raises(ViewError, match="wenigstens einen Indikator"):
        read(city, *nothing)
    counted = [("h_teil", "unterbringung_personen"), ("h_ebene", "sozialraum")]
    with pytest.raises(ViewError, match="wenigstens einen Indikator"):
        read(city, *counted)


@pytest.mark.parametrize("level", ["stadtteil", "stadtbezirk"])
@pytest.mark.parametrize("scale", ["z", "weighted", "rank", "range"])
@pytest.mark.parametrize("classes", ["abweichungen", "fuenftel", "eigene"])
def test_every_choice_draws(city: City, level: str, scale: str, classes: str) -> None:
    pairs = [("h_ebene", level), ("h_massstab", scale), ("h_klassen", classes)]
    found = shown(city, *pairs, ("h_nochmal", "einmal"), ("h_grenzen", "0; 0,5"))
    names = found.choice.declared.classes.names
    assert len(names) == len(found.bounds) + 1
    assert found.classes.dropna().between(0, len(names) - 1).all()
    assert len(found.scale.colours) == found.scale.classes.size
    assert content.distribution(city, found, None).values
    assert index.sentence(city, found)


def test_drawn_classes_are_those_that_are_named(declared: Need) -> None:
    drawn = declared.drawn_classes
    for area, value in declared.values.dropna().items():
        assert drawn.index_of(value) == declared.classes[area]
    assert drawn.counts == (24, 116, 17, 12)


@pytest.mark.parametrize("classes", ["erklaert", "abweichungen", "fuenftel"])
@pytest.mark.parametrize("level", ["sozialraum", "stadtteil", "stadtbezirk"])
def test_areas_are_drawn_in_the_class_that_the_table_names(
    city: City, level: str, classes: str
) -> None:
    made = shown(city, ("h_ebene", level), ("h_klassen", classes))
    known = made.values.dropna()
    drawn = [made.drawn_classes.index_of(value) for value in known]
    pairs = set(zip(made.classes[known.index], drawn, strict=True))
    assert len(pairs) == len({klass for klass, _ in pairs}) == len({own for _, own in pairs})


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1; 1,5", (1.0, 1.5)),
        ("−1;1", (-1.0, 1.0)),
        ("2; 1", None),
        ("1; 1", None),
        ("viel", None),
        ("1;2;3;4;5;6;7", None),
        ("", None),
    ],
)
def test_own_bounds(text: str, steps: tuple[float, ...] | None) -> None:
    assert index.own_steps(text) == steps


def test_what_is_said(city: City, declared: Need) -> None:
    assert plain(index.sentence(city, declared)) == (
        "Am höchsten liegt Hassels-Nord mit +3,80. 12 von 169 Sozialräumen liegen in der Klasse "
        "„sehr hoch“."
    )
    said = plain(index.answer(city, declared))
    many = f"{len(declared.shaky)} von 169 Sozialräumen (≈): "
    assert said.startswith(f"Ja, für {many}")
    assert "10.000 zufälligen Gewichtungen" in said
    assert "Hassels-Nord steht in neun von zehn auf Rang 1." in said
    without = (declared.stability.without == False).sum()  # noqa: E712 - or missing
    title = city.catalogue.indicator(without.idxmax()).title.de
    assert f"Am meisten hängt an {title}: ohne diesen Teil wechseln {without.max()} " in said
    (one,) = [OWN[0]]
    assert index.answer(city, shown(city, one)).startswith("Der Index hat nur einen Teil")


def test_areas_with_the_same_value_are_told_and_ranked_together(city: City) -> None:
    """Of eight Sozialräume the published share is 100."""
    found = shown(city, ("h_teil", "uebergang_gymnasium"))
    assert len(found.tops) == 8
    first, second = (city.name("sozialraum", each) for each in found.tops[:2])
    said = index.sentence(city, found)
    assert said.startswith(f"Am höchsten liegen {first}, {second} und 6 weitere mit +")
    assert set(content.ranked(city, found, 8)["Rang von–bis"]) == {"1"}


def test_areas_that_hang_on_the_weights_are_marked_everywhere(city: City, declared: Need) -> None:
    kept = declared.stability.kept
    assert set(declared.shaky) == set(kept.index[kept < 0.9])
    drawn = content.index_map(city, declared, HASSELS)
    assert drawn.marks is not None
    assert drawn.marks.areas == declared.shaky
    table = content.ranked(city, declared)
    marked = table["Klasse bleibt"].str.startswith(SIGN)
    assert set(table.index[marked]) == set(declared.shaky)
    written = files.table(city, declared).set_index("Schlüssel")
    share = written["Klasse bleibt (% der Gewichtungen)"].astype(float)
    assert set(share.index[share < 90]) == set(declared.shaky)


def test_it_is_compared_with_what_is_published(city: City, declared: Need) -> None:
    rows = [tuple(map(plain, row)) for row in index.compared(city, declared)]
    assert rows == [
        ("Angabe", "veröffentlicht", "hier", "Unterschied"),
        ("Sozialräume ab +1", "28", "29", "+1"),
        ("Sozialräume ab +1,5", "12", "12", "0"),
        ("Index: Hassels-Nord", "+4,3", "+3,80", "−0,5"),
        ("höchster Wert", "Hassels-Nord", "Hassels-Nord", "gleich"),
    ]
    assert index.compared(city, shown(city, ("h_ebene", "stadtteil"))) == ()


def test_contributions_add_up_to_the_index(city: City, declared: Need) -> None:
    bars = content.contributions(city, declared, HASSELS)
    assert sum(bar.value for bar in bars.bars) == pytest.approx(
        declared.index.composed.value[HASSELS], abs=0.005
    )
    assert [bar.tone for bar in bars.bars[:4]] == ["above"] * 4
    lacking = declared.index.parts.index[declared.index.parts["kinderarmut"].isna()]
    area = next(each for each in lacking if not np.isnan(declared.values[each]))
    labels = [bar.label for bar in content.contributions(city, declared, area).bars]
    assert not [label for label in labels if label.startswith("Kinderarmut")]
    assert content.ranked(city, declared).at[area, "Kinderarmut"] == "ohne"


def test_the_file_says_how_the_index_is_made(city: City, declared: Need) -> None:
    told = files.told(city, declared, address="handlungsbedarf?h_ebene=sozialraum")
    book = load_workbook(
        io.BytesIO(table_file(city, files.table(city, declared), told, FileKind.XLSX))
    )
    sheet = book.worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for said in (
        "Kinderarmut, Mindestsicherungsquote und Wohnfläche je Person (weniger ist mehr)",
        "10.000 Ziehungen aus der Dirichlet-Verteilung",
        "Index ohne Kinderarmut, aus 3 von 4 Teilen",
        "Beitrag Kinderarmut",
        "Klasse bleibt ohne Kinderarmut",
    ):
        assert said in text
    table = files.table(city, declared).set_index("Schlüssel")
    assert len(table) == 171
    assert float(table.at[HASSELS, "Wert"]) == 3.80
    assert table.at["071009", "Wert"] is None
    assert table.at["071009", "Status"] == "unbewohnt"


def test_slides_show_every_part(city: City) -> None:
    address = Address(index.PAGE, (("h_gebiet", HASSELS),))
    kinds = {"verteilung": Swarm, "beitraege": Bars, "rangliste": Table, "": ScreenMap}
    for part, kind in kinds.items():
        found = view.show(city, address, part)
        assert isinstance(found.content, kind)
        assert found.date == "31.12.2021"
        assert found.notes == ()
    assert plain(view.show(city, address).headline) == (
        "Am höchsten liegt Hassels-Nord mit +3,80. 12 von 169 Sozialräumen liegen in der Klasse "
        "„sehr hoch“. Gebiete, deren Klasse von den Gewichten abhängt (≈): 13."
    )
    assert plain(view.show(city, address, "beitraege").headline) == (
        "Hassels-Nord: +3,80. Am meisten trägt Mindestsicherungsquote bei (+1,18)."
    )
    assert set(view.figures_of(city, address).values()) == set(view.PARTS.values())
    nowhere = view.show(city, Address(index.PAGE, (("h_gebiet", "999999"),)))
    assert "„999999“" in nowhere.notes[0]
    other = view.show(city, Address(index.PAGE, OWN))
    assert other.data != view.show(city, address).data
    assert other.title == "Eigener Index, Sozialräume"


def test_a_city_without_an_index_begins_with_one_of_its_own(tmp_path) -> None:
    root = tmp_path / "stadt"
    root.mkdir()
    write_town(root)
    town = load_city(root)
    (begun,) = index.presets(town).values()
    assert [part.indicator for part in begun.parts] == ["quote"]
    assert begun.title.de == "Eigener Index"
    found = shown(town)
    assert found.values.notna().sum() == 3
    assert index.compared(town, found) == ()
