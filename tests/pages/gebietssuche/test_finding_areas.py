"""What the page finds: conditions and likeness, sentences, figures, files, slides, secrets."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from scipy.spatial.distance import pdist, squareform

from inteso_dash.boundaries.layers import read_boundaries
from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import picture
from inteso_dash.files.geodata import outlined, to_geojson
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.measures.conditions import BoundKind, Outcome
from inteso_dash.pages.gebietssuche import conditions, content, files, similar, view
from inteso_dash.pages.gebietssuche.columns import PAGE
from inteso_dash.pages.gebietssuche.conditions import AreaSearch
from inteso_dash.pages.gebietssuche.similar import Similar
from inteso_dash.views.dated import level_statement
from inteso_dash.views.figures import Bars, Table
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.city.test_indices import deliver, secret
from tests.towns.made_up_town import reseal, write_town

DAY = dt.date(2021, 12, 31)
HASSELS, RATH = "098002", "063"
TWO = (
    ("bed", "sgb2_quote.ueber.15"),
    ("bed", "anteil_auslaender.zwischen.20-bis-35"),
    ("g_ausschnitt", "stadtbezirk.09"),
)


def search(city: City, *pairs: tuple[str, str]) -> AreaSearch:
    notes: list[str] = []
    found = conditions.search(city, conditions.read(city, Address(PAGE, pairs), notes))
    assert not notes
    return found


def alike(city: City, *pairs: tuple[str, str]) -> Similar:
    return similar.similar(city, similar.read(city, Address(PAGE, pairs), []))


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.fixture
def town(tmp_path: Path) -> City:
    """Quarters with 10.0, 20.0, no and no quote; 1000, 3000, 500 inhabitants and no number."""
    write_town(tmp_path)
    rows = "Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;500;…\nQ04;.;.\n"
    deliver(tmp_path, "spaeter", rows, dt.date(2021, 6, 30))
    return load_city(tmp_path)


def test_areas_that_miss_a_condition_alike_are_named_together(tmp_path: Path) -> None:
    write_town(tmp_path)
    rows = "Q01;1.000;10,0\nQ02;3.000;20,0\nQ03;1.000;12,0\nQ04;500;2,0\n"
    deliver(tmp_path, "spaeter", rows, dt.date(2021, 6, 30))
    town = load_city(tmp_path)
    found = search(town, ("bed", "einwohner.ueber.2000"))
    assert list(found.near.index) == ["Q01", "Q03", "Q04"]
    assert plain(conditions.near_words(town, found)) == (
        "Am knappsten verfehlt: Quartier 1 (Einwohner 1.000 Personen) und Quartier 3 "
        "(Einwohner 1.000 Personen)."
    )


def test_conditions_are_joined_by_and(city: City) -> None:
    found = search(city, *TWO)
    rate = city.values("sozialraum", "sgb2_quote", DAY)["value"].astype(float)
    share = city.values("sozialraum", "anteil_auslaender", DAY)["value"].astype(float)
    inside = rate.index.str[:2] == "09"
    met = rate.index[(rate > 15) & share.between(20, 35) & inside]
    assert set(found.areas(Outcome.MET)) == set(met)
    assert len(met) == 4
    said = plain(conditions.sentence(city, found))
    assert said.startswith(
        "4 von 171 Sozialräumen erfüllen alle Bedingungen: SGB-II-Quote über 15,0 % und "
        "Ausländeranteil zwischen 20,0 und 35,0 % und im Stadtbezirk 9."
    )
    measured, alone = conditions.beside(city, found, 0)
    assert plain(measured) == "31.12.2021 · Düsseldorf 10,5 % · Gebiete 0,2 % bis 48,7 %"
    assert alone == f"allein erfüllt von {(rate > 15).sum()}, bei 2 nicht zu entscheiden"


def test_conditions_can_be_of_several_stichtage(city: City) -> None:
    found = search(
        city,
        ("g_ebene", "stadtbezirk"),
        ("bed", "bevoelkerung.ueber.60000"),
        ("bed", "bevoelkerung.unter.65000-am-2015-12-31"),
    )
    now = city.values("stadtbezirk", "bevoelkerung", DAY)["value"]
    then = city.values("stadtbezirk", "bevoelkerung", dt.date(2015, 12, 31))["value"]
    assert set(found.areas(Outcome.MET)) == set(now.index[(now > 60000) & (then < 65000)])
    said = plain(conditions.sentence(city, found))
    assert "Bevölkerung über 60.000 Personen und Bevölkerung am 31.12.2015 unter 65.000" in said
    table = files.search_file(city, found)
    assert {"Bevölkerung (Personen)", "Bevölkerung am 31.12.2015 (Personen)"} <= set(table)
    assert table["Bevölkerung am 31.12.2015: Stichtag"].eq(dt.date(2015, 12, 31)).all()
    drawn = content.search_map(city, found, "06")
    assert drawn.when == "31.12.2015 bis 31.12.2021"
    assert drawn.card is not None
    assert [label for label, _ in drawn.card] == ["Bevölkerung", "Bevölkerung am 31.12.2015"]
    notes: list[str] = []
    unknown = Address(PAGE, (("bed", "sgb2_quote.ueber.9-am-1999-12-31"),))
    conditions.read(city, unknown, notes)
    assert "Die Bedingung „sgb2_quote.ueber.9-am-1999-12-31“" in notes[0]


def test_what_is_missing_is_neither_found_nor_dropped(town: City) -> None:
    found = search(town, ("bed", "quote.ueber.15"), ("bed", "einwohner.ueber.900"))
    # Q03 has 500 inhabitants: decided, whatever its quote is. Of Q04 nothing is known.
    assert found.outcome.to_dict() == {
        "Q01": Outcome.MISSED,
        "Q02": Outcome.MET,
        "Q03": Outcome.MISSED,
        "Q04": Outcome.OPEN,
    }
    assert "Bei 1 ist das nicht zu entscheiden, weil ein Wert fehlt." in conditions.sentence(
        town, found
    )
    assert conditions.why(town, found, "Q04") == (
        "nicht zu entscheiden: Musterquote (geheim gehalten), Einwohner (geheim gehalten)"
    )
    assert plain(conditions.why(town, found, "Q03")) == "verfehlt: Einwohner 500 Personen"
    assert conditions.why(town, found, "Q02") == ""
    assert list(found.near.index) == ["Q01"]
    assert plain(conditions.near_words(town, found)) == (
        "Am knappsten verfehlt: Quartier 1 (Musterquote 10,0 %)."
    )
    drawn = content.search_map(town, found, "Q02")
    assert drawn.scale.kinds is not None
    assert drawn.scale.kinds.names == ("nicht erfüllt", "≈ knapp verfehlt", "erfüllt")
    assert drawn.shown[0].values["value"].fillna(-1).tolist() == [1, 2, 0, -1]
    assert drawn.missing == "nicht zu entscheiden"
    assert drawn.remarks is not None
    assert "geheim gehalten" in drawn.remarks["Q04"]
    assert [(each.sign, each.areas) for each in drawn.all_marks] == [("≈", ("Q01",))]
    table = content.search_table(town, found)
    assert table["Ergebnis"].to_dict() == {
        "Q02": "erfüllt",
        "Q01": "knapp verfehlt",
        "Q04": "nicht zu entscheiden",
        "Q03": "nicht erfüllt",
    }
    assert table.loc["Q04", "Musterquote (%)"] == "."
    assert table.loc["Q02", "Musterquote (%)"] == "20,0 ✓"


def test_the_first_condition_orders_what_is_found(city: City) -> None:
    upwards = search(city, ("bed", "sgb2_quote.unter.5"))
    met = list(upwards.areas(Outcome.MET))
    order = upwards.order[: len(met)]
    values = upwards.columns[0].values
    assert values[order].is_monotonic_increasing
    assert sorted(order) == sorted(met)
    downwards = search(city, ("bed", "sgb2_quote.ueber.20"))
    assert downwards.order[0] == HASSELS
    assert sorted(downwards.order) == sorted(downwards.outcome.index)


@pytest.mark.parametrize(
    "text",
    [
        "unsinn",
        "unsinn.ueber.20",
        *(f"sgb2_quote.{rest}" for rest in ("gleich.20", "ueber", "ueber.x", "ueber.inf")),
        *(f"sgb2_quote.{rest}" for rest in ("zwischen.1", "ueber.1-bis-2", "ueber.1e300")),
    ],
)
def test_what_is_no_condition_is_named(city: City, text: str) -> None:
    notes: list[str] = []
    choice = conditions.read(city, Address(PAGE, (("bed", text), TWO[0])), notes)
    assert [each.text for each in choice.conditions] == ["sgb2_quote.ueber.15"]
    assert f"Die Bedingung „{text}“ aus der Adresse gibt es" in notes[0]
    assert "Erwartet wird etwa „sgb2_quote.ueber.10.5“" in notes[0]


def test_without_conditions_the_page_begins_with_the_city(city: City) -> None:
    notes: list[str] = []
    choice = conditions.read(city, Address(PAGE, (("g_ausschnitt", "dorf.1"),)), notes)
    (begun,) = choice.conditions
    assert (begun.indicator_id, begun.bound.comparison) == ("sgb2_quote", BoundKind.ABOVE)
    assert begun.bound.low == city.reference("sgb2_quote", DAY)
    assert choice.within is None
    assert "Den Ausschnitt „dorf.1“" in notes[0]
    many = [("bed", f"sgb2_quote.ueber.{bound}") for bound in range(8)]
    limited = conditions.read(city, Address(PAGE, tuple(many)), notes)
    assert len(limited.conditions) == conditions.MOST
    assert "mehr als 6 Bedingungen" in notes[-1]
    again = conditions.begun(city, "sozialraum", "bevoelkerung").bound.low
    assert again == city.values("sozialraum", "bevoelkerung", DAY)["value"].median()


def test_what_is_the_same_everywhere_is_missed_by_so_much(tmp_path: Path) -> None:
    write_town(tmp_path)
    rows = "Q01;1.000;33,3\nQ02;3.000;33,3\nQ03;500;33,3\nQ04;700;33,3\n"
    deliver(tmp_path, "spaeter", rows, dt.date(2021, 6, 30))
    found = search(load_city(tmp_path), ("bed", "quote.ueber.34"))
    assert found.near.tolist() == pytest.approx([0.7] * 4)


def test_a_condition_reads_back_as_it_is_written() -> None:
    texts = ("a.ueber.1234567.25", "a.zwischen.-3-bis-8.5", "a.unter.9-am-2015-12-31")
    for text in texts:
        found = conditions.parsed(text)
        assert found is not None
        assert found.text == text
    turned = conditions.parsed("a.zwischen.9-bis-3")
    assert turned is not None
    assert turned.text == "a.zwischen.3-bis-9"


def test_the_most_alike_areas(city: City) -> None:
    shown = alike(city, ("g_ebene", "stadtteil"), ("g_gebiet", RATH))
    features = ["bevoelkerung", "anteil_auslaender", "sgb2_quote"]
    assert [each.indicator.id for each in shown.columns] == features
    table = similar.table_of(city, "stadtteil", tuple(features))
    whole = table.dropna()
    assert len(table) - len(whole) == 1
    pairs = pdist(whole, "seuclidean", V=table.var(ddof=0)) / np.sqrt(3)
    far = pd.Series(squareform(pairs)[whole.index.get_loc(RATH)], index=whole.index).drop(RATH)
    assert shown.nearest == list(far.sort_values(kind="stable").index[:10])
    assert RATH not in shown.found.distance.index
    first = shown.nearest[0]
    assert shown.farther[first] == pytest.approx((pairs > far[first] + 1e-9).mean(), abs=0.02)
    said = plain(similar.sentence(city, shown))
    share = similar.share_words(float(shown.farther[first]))
    assert said.startswith(f"Rath am ähnlichsten ist {city.name('stadtteil', first)}: Abstand ")
    assert f"näher als {plain(share)} aller Paare von Stadtteilen" in said
    drawn = content.similar_map(city, shown)
    assert [(each.sign, each.areas) for each in drawn.all_marks] == [
        (str(rank), (area,)) for rank, area in enumerate(shown.nearest, 1)
    ]
    assert drawn.shown[0].values["value"][RATH] == 2
    assert drawn.note.startswith("1 Holthausen, 2 ")
    assert (drawn.shown[0].values["value"] == 0).sum() == 50 - 1 - 10 - len(shown.left_out)
    rows = content.similar_table(city, shown)
    assert list(rows.index) == [RATH, *shown.nearest]
    assert "gemeinsame Merkmale" not in rows
    bars = content.distances(city, shown)
    assert [bar.value for bar in bars.bars] == pytest.approx(list(far[shown.nearest]))


def test_paper_names_classes_and_numbers_too(city: City) -> None:
    shown = alike(city, ("g_ebene", "stadtteil"), ("g_gebiet", RATH))
    figure = picture(city, content.similar_map(city, shown))
    assert figure is not None
    written = [each.get_text() for each in figure.texts]
    assert {"übrige Gebiete", "das verglichene Gebiet"} <= set(written)
    assert "die 10 ähnlichsten" in written
    on_map = [each.get_text() for each in figure.axes[0].texts]
    assert {str(rank) for rank in range(1, 11)} <= set(on_map)


def test_an_outlier_is_said_to_have_nothing_like_it(city: City) -> None:
    said = similar.sentence(city, alike(city, ("g_gebiet", HASSELS)))
    assert "Wirklich ähnlich ist ihm also keines" in said


def test_areas_that_are_as_alike_are_named_together(tmp_path: Path) -> None:
    write_town(tmp_path)
    figures = tmp_path / "data" / "zahlen.csv"
    figures.write_text(figures.read_text("utf-8").replace("20,0", "10,0").replace("–", "10,0"))
    reseal(tmp_path)
    town = load_city(tmp_path)
    said = plain(similar.sentence(town, alike(town, ("g_merkmal", "quote"), ("g_gebiet", "Q01"))))
    assert said == (
        "Quartier 1 am ähnlichsten sind Quartier 2 und Quartier 3: Abstand 0,00, näher als 0,0 % "
        "aller Paare von Quartieren. In den gewählten Merkmalen gleichen sie sich."
    )


def test_what_lacks_too_much_is_not_compared(town: City) -> None:
    shown = alike(town, ("g_merkmal", "quote"), ("g_merkmal", "einwohner"), ("g_gebiet", "Q01"))
    assert shown.choice.least == 1
    assert shown.left_out == ["Q04"]
    rows = content.similar_table(town, shown)
    assert rows["gemeinsame Merkmale"].to_dict() == {
        "Q01": "2 von 2",
        "Q02": "2 von 2",
        "Q03": "1 von 2",
    }
    assert rows.loc["Q03", "Musterquote (%)"] == "…"
    with pytest.raises(ViewError, match="Für Quartier 4 nennen die Quellen 0 von 2 Merkmalen"):
        alike(town, ("g_merkmal", "quote"), ("g_merkmal", "einwohner"), ("g_gebiet", "Q04"))
    with pytest.raises(ViewError, match="wenigstens ein Merkmal"):
        similar.similar(town, similar.AlikeChoice("quartier", "Q01", ()))
    notes: list[str] = []
    similar.read(town, Address(PAGE, (("g_merkmal", "unsinn"), ("g_gebiet", "Q09"))), notes)
    assert "Das Merkmal „unsinn“" in notes[1]
    assert "für Gebiet „Q09“" in notes[0]


def test_a_secret_decides_neither_a_condition_nor_a_distance(tmp_path: Path) -> None:
    told = []
    for last in (41, 97):
        folder = tmp_path / str(last)
        folder.mkdir()
        write_town(folder)
        city = secret(folder, last)
        assert city.values("quartier", "einwohner", dt.date(2021, 6, 30))["status"]["Q04"] == (
            "suppressed"
        )
        found = search(city, ("bed", "einwohner.ueber.50"))
        assert found.outcome["Q04"] == Outcome.OPEN
        both = (("g_merkmal", "quote"), ("g_merkmal", "einwohner"))
        shown = alike(city, *both)
        assert shown.found.common.get("Q04", 0) < 2
        told.append((files.search_file(city, found), files.similar_file(city, shown)))
    pd.testing.assert_frame_equal(told[0][0], told[1][0])
    pd.testing.assert_frame_equal(told[0][1], told[1][1])


def test_files_say_how_was_searched(city: City) -> None:
    found = search(city, *TWO)
    told = level_statement(city, "sozialraum", "Suche", found.columns, address="gebietssuche?bed=a")
    table = files.search_file(city, found)
    written = table_file(city, table, told, FileKind.XLSX)
    rows = list(load_workbook(io.BytesIO(written)).worksheets[0].iter_rows(values_only=True))
    text = "\n".join(str(cell) for row in rows for cell in row)
    for part in ("1. Bedingung: SGB-II-Quote über 15,0", "knapp verfehlt", "Rezept"):
        assert part in text
    assert len(table) == 171
    assert (table["Ergebnis"] == "erfüllt").sum() == 4
    assert table["SGB-II-Quote (%)"].isna().sum() == 2
    bounds = table.set_index("Schlüssel").loc[HASSELS]
    assert (bounds["SGB-II-Quote: Untere Grenze"], bounds["SGB-II-Quote: Obere Grenze"]) == (
        Decimal("47.1"),
        Decimal("50.3"),
    )
    assert bounds["SGB-II-Quote: Art der Grenzen"].startswith("Wilson, 95")
    assert table["SGB-II-Quote: Untere Grenze"].isna().sum() == 2
    outlines = city.layers["sozialraum", "2021"]
    shapes = read_boundaries(outlines).set_index("area_id").geometry
    features = json.loads(to_geojson(outlined(table, shapes), told))["features"]
    own = {each["id"]: each["properties"] for each in features}
    assert len(own) == 171
    assert own[HASSELS]["sgb_ii_quote"] == 48.7
    assert own[HASSELS]["ergebnis"] == "nicht erfüllt"


def test_the_file_of_likeness_holds_all_areas_and_what_makes_up_the_distance(city: City) -> None:
    shown = alike(city, ("g_gebiet", RATH), ("g_ebene", "stadtteil"))
    table = files.similar_file(city, shown)
    assert len(table) == 50
    shares = table.filter(like="Anteil am Abstand").dropna().astype(float)
    assert shares.sum(axis=1).to_numpy() == pytest.approx(100.0, abs=0.16)
    assert "quadratische Mittel" in table["Rezept"][0]
    assert table["Rang der Ähnlichkeit"][0] is None


@pytest.mark.parametrize(
    ("pairs", "figure", "kind"),
    [
        (TWO, "karte", "ScreenMap"),
        (TWO, "tabelle", "Table"),
        ((("g_bereich", "aehnlich"), ("g_gebiet", HASSELS)), "karte", "NumberedMap"),
        ((("g_bereich", "aehnlich"), ("g_gebiet", HASSELS)), "tabelle", "Table"),
        ((("g_bereich", "aehnlich"), ("g_gebiet", HASSELS)), "abstaende", "Bars"),
    ],
)
def test_every_part_is_a_slide(
    city: City, pairs: tuple[tuple[str, str], ...], figure: str, kind: str
) -> None:
    address = Address(PAGE, pairs)
    assert figure in view.figures_of(city, address).values()
    slide = view.show(city, address, figure)
    assert type(slide.content).__name__ == kind
    assert slide.headline
    assert "Quartiersatlas 2024" in slide.sources
    assert slide.date == "31.12.2021"
    if isinstance(slide.content, Table):
        assert len(slide.content.rows) > 10
    if isinstance(slide.content, Bars):
        assert len(slide.content.bars) == 10
