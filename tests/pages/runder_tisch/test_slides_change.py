"""Slides of the page on change: every section becomes one, on screen and on paper."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdf
import pytest
from matplotlib.text import Text
from pptx import Presentation

from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import picture
from inteso_dash.drawing.screen.charts import draw
from inteso_dash.pages import slides
from inteso_dash.pages.runder_tisch.handout import to_pdf, to_pptx
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.figures import Bars, Lines, Pairs, Table
from inteso_dash.views.sequences import Address, Sequence, Slide
from inteso_dash.views.shown import ViewError
from tests.towns import made_up_divisions, made_up_years

DAY = dt.date(2026, 11, 25)
BOTH = "Beide Stichtage nebeneinander"
BOUNDS = "veraenderung?v_bereich=Grenzen&v_ebene=Sozialräume"


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> City:
    return load_city(made_up_divisions.write_city(tmp_path_factory.mktemp("divisions")))


def slide(section: str, figure: str = "", level: str = "Stadtteile", more: str = "") -> Slide:
    return Slide(address=f"veraenderung?v_bereich={section}&v_ebene={level}{more}", figure=figure)


def headline(city: City, view: Slide) -> str:
    shown = slides.show(city, view)
    assert not shown.notes
    assert shown.sources
    assert len(shown.data) == 16
    return shown.headline.replace("\u202f", " ").replace("\u00a0", " ")


def test_two_stichtage_are_put_into_words(city: City) -> None:
    expected = (
        "Bevölkerung, 2015 bis 2021: 4 Stadtteile höher, 2 niedriger, 44 ohne Vergleichswert; "
        "in der Stadt 2,4 % mehr."
    )
    assert headline(city, slide("Zwei Stichtage")) == expected
    assert headline(city, slide("Zwei Stichtage", BOTH)) == expected
    assert headline(city, slide("Karten")) == expected
    assert headline(city, slide("Zwei Stichtage", more="&v_gebiet=033")) == (
        "Hafen, Bevölkerung, 2015 bis 2021: von 131 auf 268 Personen, 104,6 % mehr, kleine "
        "Grundzahl; in der Stadt 2,4 % mehr."
    )
    assert headline(city, slide("Zwei Stichtage", more="&v_gebiet=011")) == expected
    rates = slide("Zwei Stichtage", level="Stadtbezirke", more="&v_indikator=Ausländeranteil")
    assert headline(city, rates) == (
        "Ausländeranteil, 2015 bis 2021: 2 Stadtbezirke höher, 8 ohne Vergleichswert; in der "
        "Stadt 2,3 Prozentpunkte höher."
    )
    assert headline(city, slide("Zwei Stichtage", level="Stadt")) == (
        "Düsseldorf, Bevölkerung, 2014 bis 2021: von 619.651 auf 643.753 Personen, 3,9 % mehr."
    )


def test_what_stands_out_is_put_into_words(city: City) -> None:
    assert headline(city, slide("Auffällig")) == (
        "Bevölkerung, 2015 bis 2021, gegenüber der Stadt: am höchsten Hubbelrath "
        "(+6,6 Prozentpunkte), am niedrigsten Eller (−4,3 Prozentpunkte); ohne Hafen (kleine "
        "Grundzahl)."
    )


def test_the_only_area_with_values_is_no_highest(city: City) -> None:
    address = (
        "veraenderung?v_bereich=Auffällig&v_indikator=Arbeitslose&v_ebene=Stadtbezirke"
        "&v_von=31.12.2010&v_bis=31.12.2021"
    )
    assert headline(city, Slide(address=address)) == (
        "Stadtbezirk 6, Arbeitslose, 2010 bis 2021: von 2.998 auf 2.671 Personen, 10,9 % weniger; "
        "in der Stadt 15,7 % weniger."
    )


def test_who_only_fell_less_than_the_city_did_not_rise(city: City) -> None:
    address = (
        "veraenderung?v_bereich=Auffällig&v_indikator=Bevölkerung&v_ebene=Stadtbezirke"
        "&v_von=31.12.2015&v_bis=31.12.2021"
    )
    assert headline(city, Slide(address=address)).endswith(
        "am niedrigsten Stadtbezirk 5 (−2,0 Prozentpunkte, für sich +0,5 %)."
    )


def test_areas_that_stand_out_alike_are_told_together(city: City) -> None:
    days = "&v_indikator=Bevölkerung&v_von=31.12.2015&v_bis=31.12.2016"
    assert headline(city, slide("Auffällig", more=days)) == (
        "Bevölkerung, 2015 bis 2016, gegenüber der Stadt: am höchsten Hubbelrath "
        "(+11,0 Prozentpunkte), am niedrigsten Bilk und Eller (−0,8 Prozentpunkte, für sich "
        "+0,3 %); ohne Hafen (kleine Grundzahl)."
    )


def test_an_index_speaks_of_an_area_that_is_drawn(city: City) -> None:
    address = (
        "veraenderung?v_bereich=Verlauf&v_indikator=Bevölkerung&v_ebene=Stadtteile"
        "&v_gebiete=063 Rath&v_gebiete=036 Bilk&v_darstellung=Index&v_basis=31.12.2015"
    )
    shown = slides.show(city, Slide(address=address))
    assert isinstance(shown.content, Lines)
    assert [each.name for each in shown.content.courses] == ["Bilk", "Düsseldorf"]
    assert headline(city, Slide(address=address)).startswith(
        "Bevölkerung, Bilk: von 39.899 (31.12.2015)"
    )


def test_a_comparison_without_the_city_and_with_one_side_only(tmp_path: Path) -> None:
    town = load_city(made_up_years.build(tmp_path / "town"))
    more = "&v_indikator=Musterquote&v_von=31.12.2010&v_bis=31.12.2012"
    assert headline(town, slide("Auffällig", level="Quartiere", more=more)).startswith(
        "Musterquote, 2010 bis 2012, gegenüber der Stadt: am höchsten Quartier 1 "
    )
    up = "&v_indikator=Musterquote&v_von=31.12.2010&v_bis=31.12.2012&v_grundzahl=0"
    assert "ohne" not in headline(town, slide("Auffällig", level="Quartiere", more=up))


@pytest.mark.parametrize(
    ("section", "figure", "kind"),
    [
        ("Zwei Stichtage", "", ScreenMap),
        ("Zwei Stichtage", "Karte", ScreenMap),
        ("Zwei Stichtage", BOTH, Pairs),
        ("Karten", "", ScreenMap),
        ("Karten&v_karten=Eine Karte mit Datumsregler", "", ScreenMap),
        ("Auffällig", "", Bars),
    ],
)
def test_every_section_has_its_figure(city: City, section: str, figure: str, kind: type) -> None:
    assert isinstance(slides.show(city, slide(section, figure)).content, kind)


def test_charts_carry_the_published_numbers(city: City) -> None:
    both = slides.show(city, slide("Zwei Stichtage", BOTH)).content
    assert isinstance(both, Pairs)
    assert both.note == "◊ Grundzahl unter 200"
    assert both.names == ("31.12.2015", "31.12.2021")
    first = both.pairs[0]
    assert (first.label, first.first, first.second) == ("Hafen ◊", 131.0, 268.0)
    content = slides.show(city, slide("Auffällig")).content
    assert slides.show(city, slide("Auffällig")).title == (
        "Bevölkerung: Veränderung gegenüber der Stadt (Prozentpunkte), Stadtteile"
    )
    assert isinstance(content, Bars)
    assert content.bars[0].value == pytest.approx(6.62, abs=0.01)
    assert draw(content).data[0].text[0].strip() == "+6,6"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("veraenderung?v_bereich=Unsinn", "möglich: Verlauf, Zwei Stichtage, Karten"),
        ("veraenderung?v_bereich=Karten&v_ebene=Sozialräume", "gefunden 1 Stichtag(e)"),
        ("veraenderung?v_bereich=Karten&v_ebene=Stadt", "ein einziges Gebiet"),
        ("veraenderung?v_bereich=Auffällig&v_ebene=Stadt", "ein einziges Gebiet"),
        ("veraenderung?v_bereich=Karten&v_von=31.12.2021", "liegt nicht vor dem Ende"),
        (
            "veraenderung?v_bereich=Zwei Stichtage&v_ebene=Stadt&v_von=31.12.2013&v_bis=31.12.2014",
            "Bevölkerungsfortschreibung auf anderer Basis",
        ),
        (BOUNDS, "Grenzen liegen für 1 Gliederung(en) vor"),
    ],
)
def test_what_cannot_be_compared_says_why(city: City, address: str, expected: str) -> None:
    with pytest.raises(ViewError) as raised:
        slides.show(city, Slide(address=address))
    assert expected in str(raised.value)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("Zwei Stichtage&v_mass=Unsinn", "für Veränderung als „Unsinn“"),
        ("Zwei Stichtage&v_gebiet=99", "für Gebiet „99“"),
        ("Zwei Stichtage&v_grundzahl=viel", "für kleine Grundzahlen „viel“"),
        ("Karten&v_karten=Unsinn", "für Ansicht „Unsinn“"),
    ],
)
def test_nonsense_falls_back_with_a_note(city: City, more: str, expected: str) -> None:
    assert expected in " ".join(slides.show(city, slide(more)).notes)


def test_what_a_slide_can_show_is_offered(city: City) -> None:
    offered = [
        slides.viewer("veraenderung").figures_of(
            city, Address.read(f"veraenderung?v_bereich={section}")
        )
        for section in ("Verlauf", "Zwei Stichtage", "Karten", "Grenzen")
    ]
    paired = {"Karte": "karte", "Beide Stichtage nebeneinander": "paare"}
    assert offered == [{}, paired, {}, {"Karte": "karte", "Tabelle": "tabelle"}]
    assert "Altersstruktur" in slides.viewer("stadtteilprofil").figures_of(
        city, Address("stadtteilprofil")
    )


def test_redrawn_boundaries_become_a_map_or_a_table(divided: City) -> None:
    shown = slides.show(divided, Slide(address=BOUNDS))
    assert shown.headline.startswith(
        "Aus 179 Sozialräumen (2017) wurden 171 (2021): 144 unverändert"
    )
    assert isinstance(shown.content, ScreenMap)
    assert "Open Data Düsseldorf" in shown.origin
    assert "Gliederungen 2017 bis 2021." in shown.origin
    assert "nennen nicht beide Gliederungen." in shown.origin
    assert not shown.notes
    table = slides.show(divided, Slide(address=BOUNDS, figure="Tabelle"))
    assert isinstance(table.content, Table)
    heads, *rows = table.content.rows
    assert heads == ("Art", "2017", "2021", "darunter")
    assert [row[:3] for row in rows] == [
        ("unverändert", "144", "144"),
        ("umbenannt oder umnummeriert", "4", "4"),
        ("geteilt", "3", "6"),
        ("zusammengelegt", "22", "11"),
        ("neu geschnitten", "6", "6"),
    ]
    assert rows[2][3].startswith(
        "Stadtmitte · Rund um die Königsallee bis … (013001), Östlich der Oststraße"
    )
    assert table.data == shown.data


@pytest.mark.usefixtures("shown_once")
def test_they_are_handed_out(city: City) -> None:
    views = (
        slide("Zwei Stichtage"),
        slide("Zwei Stichtage", BOTH),
        slide("Karten"),
        slide("Karten&v_karten=Eine Karte mit Datumsregler"),
        slide("Auffällig"),
    )
    sequence = Sequence(title="Veränderung", city=city.catalogue.city.id, slides=views)
    read = pypdf.PdfReader(io.BytesIO(to_pdf(city, sequence, DAY)))
    pages = [" ".join(page.extract_text().split()) for page in read.pages]
    assert len(pages) == len(views)
    assert all("Quelle: " in page for page in pages)
    deck = Presentation(io.BytesIO(to_pptx(city, sequence, DAY)))
    kinds = [
        [
            "chart" if shape.has_chart else "picture"
            for shape in page.shapes
            if shape.has_chart or shape.shape_type == 13
        ]
        for page in deck.slides
    ]
    assert kinds == [["picture"], ["chart"], ["picture"], ["picture"], ["chart"]]


def drawn(city: City, view: Slide) -> str:
    """Return all words of a slide's picture."""
    figure = picture(city, slides.show(city, view).content)
    assert figure is not None
    return " | ".join(text.get_text() for text in figure.findobj(Text) if text.get_text())


def test_pictures_say_what_they_show(city: City, divided: City) -> None:
    mapped = drawn(city, slide("Zwei Stichtage", more="&v_gebiet=033"))
    for words in ("nicht an beiden Stichtagen", "+6,0 bis +104,6", "Grundzahl unter 200", "Hafen"):
        assert words in mapped
    assert "+137 (+104,6\u202f%)" in drawn(city, slide("Zwei Stichtage", BOTH))
    small = drawn(city, slide("Karten"))
    assert small.count(" von 50") == 3
    assert "Grundzahl an einem" in small
    one = drawn(city, slide("Karten&v_karten=Eine Karte mit Datumsregler"))
    assert "Grundzahl an einem Stichtag" in one
    assert "+6,6" in drawn(city, slide("Auffällig"))
    assert "60 bis 100" in drawn(divided, Slide(address=BOUNDS))
