"""Slides: every shipped view is shown, addresses hold what they say, hashes follow the figures."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from inteso_dash.catalogue import read_catalogue
from inteso_dash.city import City, load_city
from inteso_dash.measures.classes import Method
from inteso_dash.pages import slides
from inteso_dash.pages.karte.content import IndicatorMap
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import sequences
from inteso_dash.views.figures import Bars, Curve, Lines, Table
from inteso_dash.views.sequences import Slide
from inteso_dash.views.shown import ViewError
from tests.paths import ROOT
from tests.towns import made_up_accommodation
from tests.towns.restamp import restamp

SHIPPED, FINDINGS = sequences.shipped(ROOT, read_catalogue(ROOT))
every_slide = pytest.mark.parametrize(
    "slide",
    [slide for sequence in SHIPPED.values() for slide in sequence.slides],
    ids=lambda slide: f"{slide.address} {slide.figure}".strip(),
)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_three_sequences_ship_in_order() -> None:
    assert not FINDINGS
    assert [sequence.title for sequence in SHIPPED.values()] == [
        "Lage im Stadtbezirk 5",
        "Lage im Stadtbezirk 6",
        "Unterbringung in Düsseldorf",
    ]


@every_slide
def test_a_shipped_slide_says_what_it_shows_and_where_from(city: City, slide: Slide) -> None:
    shown = slides.show(city, slide)
    assert not shown.notes
    assert shown.headline.endswith(".")
    assert shown.title
    assert shown.sources
    assert "Stichtag" in shown.origin
    assert len(shown.data) == 16
    assert not slides.changed(slide, shown)


def test_headlines_of_the_shipped_views_are_those_of_the_publications(city: City) -> None:
    first, *_, last = SHIPPED["stadtbezirk_06"].slides
    assert plain(slides.show(city, first).headline) == (
        "Im Stadtbezirk 6 leben 66.957 Menschen, 5,1 % mehr als 2015; in der Stadt waren es 2,4 %."
    )
    assert plain(slides.show(city, last).headline) == (
        "Im Stadtbezirk 6 waren 1.820 Personen untergebracht, das sind 28,6 je 1.000 Einwohner "
        "vom 31.12.2015; in der Stadt 12,1 je 1.000."
    )


def test_a_slide_names_base_and_sources_of_what_it_works_out(city: City) -> None:
    address = "unterbringung?u_bereich=Verteilung&u_ebene=Stadtteile&u_gebiet=016"
    shown = slides.show(city, Slide(address=address))
    assert plain(shown.headline) == (
        "In Golzheim waren 772 Personen untergebracht, das sind 59,6 je 1.000 Einwohner vom "
        "31.12.2021."
    )
    assert shown.date == "01.11.2016, Einwohner vom 31.12.2021"
    assert shown.source_ids == ("wz_2016", "quartiersatlas_2024")
    assert shown.statuses.endswith("berechnet")
    fair = slides.show(city, Slide(address="unterbringung?u_bereich=Gerechtigkeit"))
    assert fair.date == "28.02.2017, Einwohner vom 31.12.2015"


def test_a_slide_cites_what_its_headline_compares_with(city: City) -> None:
    address = "karte?indikator=Bevölkerung&ebene=Stadtbezirke&gebiet=06"
    shown = slides.show(city, Slide(address=address))
    assert shown.source_ids == ("quartiersatlas_2024", "inteso_2017")


def test_welcome_points_are_counted_apart_from_other_points(city: City) -> None:
    shown = slides.show(city, Slide(address="unterbringung?u_bereich=Welcome Points"))
    assert shown.headline == (
        "In Düsseldorf waren 7 Welcome Points und 1 weitere Stelle (Welcome Center) verzeichnet."
    )


def test_figures_of_a_source_that_is_not_public_are_not_called_published(tmp_path: Path) -> None:
    for part in ("data", "geodata"):
        shutil.copytree(ROOT / part, tmp_path / part)
    sidecar = tmp_path / "data" / "stadtwerte_2021.yml"
    register = tmp_path / "data" / "sozialraeume_2021.yml"
    text = register.read_text("utf-8").replace("public: true", "public: false")
    register.write_text(text, "utf-8")
    assert "public" not in sidecar.read_text("utf-8")
    shown = slides.show(
        load_city(tmp_path), Slide(address="karte?indikator=SGB-II-Quote&ebene=Stadtbezirke")
    )
    assert shown.statuses == "geliefert, berechnet"


def test_a_headline_on_the_target_names_date_and_weighting(city: City) -> None:
    address = "unterbringung?u_bereich=Gerechtigkeit&u_ebene=Stadtbezirke"
    assert plain(slides.show(city, Slide(address=address)).headline) == (
        "Stadtbezirk 6 am 28.02.2017: 1.050 Personen über dem Soll (Einwohner 100 %)."
    )


def test_many_sources_are_cited_by_who_published_them(city: City) -> None:
    _, development, forms, *_ = SHIPPED["unterbringung"].slides
    shown = slides.show(city, development)
    brief = shown.in_brief("Titel im Handzettel")
    assert brief.startswith(
        "Quellen: INTESO, Hochschule Düsseldorf (2017); Rheinische Post (2016, 2017); "
    )
    assert "Stichtag 01.01.2015 bis 30.04.2018. Status: " in brief
    assert "; Titel im Handzettel. " in brief
    assert "Stadt plant 4000" not in brief
    assert "Stadt plant 4000" in shown.origin
    few = slides.show(city, forms)
    assert few.in_brief("nirgends") == few.origin


def test_signs_of_a_table_are_explained(city: City) -> None:
    points = slides.show(city, SHIPPED["unterbringung"].slides[5])
    assert points.content.note == "… keine Angabe"


def test_charts_carry_the_published_numbers(city: City) -> None:
    shown = [slides.show(city, slide) for slide in SHIPPED["unterbringung"].slides]
    charts = {each.title: each.content for each in shown}
    forms = charts["Plätze nach Form der Unterkunft"]
    assert isinstance(forms, Bars)
    assert {bar.label: bar.value for bar in forms.bars} == {
        "angemietetes Gebäude": 2577,
        "Wohnmodulanlage": 2030,
        "Hotel/Appartementhaus": 1056,
        "Leichtbauhalle": 768,
        "Eigentumsobjekt": 711,
        "Traglufthalle": 600,
        "Zelt": 152,
        "Form nicht genannt": 226,
    }
    development = charts["Untergebrachte und Plätze"]
    assert isinstance(development, Lines)
    persons = next(each for each in development.courses if each.name == "Untergebrachte")
    assert [point.value for point in persons.points][:3] == [2339, 3007, 5120]
    assert [type(each.content) for each in shown] == [ScreenMap, Lines, Bars, Bars, Curve, Table]


def test_an_address_is_followed(city: City) -> None:
    slide = Slide(
        address="karte?ebene=Stadtbezirke&indikator=Bevölkerung&gebiet=05&stichtag=2015-12-31"
        "&einteilung=Gleiche Schritte&klassen=4"
    )
    content = slides.show(city, slide).content
    assert isinstance(content, IndicatorMap)
    assert (content.shown[0].date.isoformat(), content.selected) == ("2015-12-31", "05")
    assert (content.choice.level, content.choice.method, content.choice.classes) == (
        "stadtbezirk",
        Method.EQUAL,
        4,
    )


@pytest.mark.parametrize(
    ("address", "figure", "expected"),
    [
        ("karte?ebene=Dörfer", "", "für Ebene „Dörfer“"),
        ("karte?gebiet=999999", "", "für Gebiet „999999“"),
        ("karte?stichtag=1848-03-18", "", "für Stichtag „1848-03-18“"),
        ("karte?stichtag=gestern", "", "für Stichtag „gestern“"),
        ("karte?klassen=99", "", "für Klassen „99“"),
        ("stadtteilprofil?vergleich=Unsinn", "", "für Vergleich „Unsinn“"),
        ("stadtteilprofil", "Wetter", "für den Teil „Wetter“"),
        ("veraenderung?v_gebiete=99 Unsinn", "", "für Gebiet „99 Unsinn“"),
        ("veraenderung?v_von=gestern", "", "für Beginn „gestern“"),
        ("unterbringung?u_bereich=Unsinn", "", "für Bereich „Unsinn“"),
        ("unterbringung?u_kreise=Unsinn", "", "für Darüber „Unsinn“"),
        ("unterbringung?u_gebiet=99", "", "Das Gebiet „99“"),
    ],
)
def test_nonsense_falls_back_with_a_note(
    city: City, address: str, figure: str, expected: str
) -> None:
    shown = slides.show(city, Slide(address=address, figure=figure))
    assert expected in " ".join(shown.notes)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("daten", "Die Seite „daten“ kann nicht vorgeführt werden"),
        ("karte?indikator=Unsinn", "Den Indikator „Unsinn“ gibt es nicht"),
        ("karte?indikator=Kinderarmut&ebene=Städte", "17,6"),
        ("veraenderung?v_indikator=Kinderarmut&v_ebene=Sozialräume", "erwartet wenigstens zwei"),
        ("stadtteilprofil?profil=99 Unsinn", "Das Gebiet „99 Unsinn“ gibt es"),
        ("unterbringung?u_bereich=Gerechtigkeit&u_population=0", "auf null"),
    ],
)
def test_what_cannot_be_shown_says_why(city: City, address: str, expected: str) -> None:
    try:
        said = slides.show(city, Slide(address=address)).headline
    except ViewError as error:
        said = str(error)
    assert expected in said


def changed_city(city: City, tmp_path: Path, table: str, before: str, after: str) -> City:
    """Load the shipped city with one cell changed."""
    for folder in ("data", "geodata"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "data" / table
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    restamp(path)
    return load_city(tmp_path)


def test_only_views_whose_figures_changed_say_so(city: City, tmp_path: Path) -> None:
    found = "stadtbezirk,06,unterbringung_personen,2017-02-28,1820"
    other = changed_city(
        city, tmp_path, "kurzprofil_2015.csv", found, found.replace("1820", "1821")
    )
    kept = {
        name: [
            slide.model_copy(update={"data": slides.show(city, slide).data})
            for slide in sequence.slides
        ]
        for name, sequence in SHIPPED.items()
    }
    assert [
        slides.changed(slide, slides.show(other, slide)) for slide in kept["stadtbezirk_06"]
    ] == [False, False, False, False, False, True]
    # the series and the forms of the whole city do not hold the figure of the district
    assert [slides.changed(slide, slides.show(other, slide)) for slide in kept["unterbringung"]][
        :3
    ] == [True, False, False]
    for every in kept.values():
        assert not any(slides.changed(slide, slides.show(city, slide)) for slide in every)


def test_a_slide_is_the_same_twice(city: City) -> None:
    slide = SHIPPED["stadtbezirk_06"].slides[0]
    first, second = slides.show(city, slide), slides.show(load_city(ROOT), slide)
    told = [
        (each.title, each.headline, each.date, each.sources, each.statuses, each.data)
        for each in (first, second)
    ]
    assert told[0] == told[1]


def test_the_development_has_its_resolutions(city: City) -> None:
    content = slides.show(city, SHIPPED["unterbringung"].slides[1]).content
    assert isinstance(content, Lines)
    assert dt.date(2015, 6, 1) in {mark.date for mark in content.marks}


def test_a_course_tells_of_the_first_area_and_breaks_where_the_series_does(city: City) -> None:
    address = "veraenderung?v_indikator=Bevölkerung&v_ebene=Stadtbezirke"
    slide = Slide(address=f"{address}&v_gebiete=06 Stadtbezirk 6&v_von=31.12.2015")
    shown = slides.show(city, slide)
    assert plain(shown.headline).startswith(
        "Bevölkerung, Stadtbezirk 6: von 63.721 (31.12.2015) auf 66.957 Personen (31.12.2021)"
    )
    assert isinstance(shown.content, Lines)
    own = next(each for each in shown.content.courses if each.name == "Stadtbezirk 6")
    assert [point.value for point in own.points] == [63721, 66957]
    whole = slides.show(city, Slide(address="veraenderung?v_ebene=Stadt")).content
    assert isinstance(whole, Lines)
    (course,) = whole.courses
    assert len(course.parts()) == 2, "2013 and 2014 are not joined"
    assert "Bruch" in whole.note


@pytest.mark.parametrize(
    "over", ["Untergebrachte", "Plätze", "Aufenthaltsstatus", "Einzelne Unterkünfte"]
)
def test_what_the_page_lays_over_its_map_stays_in_a_slide(tmp_path: Path, over: str) -> None:
    made_up = load_city(made_up_accommodation.build(tmp_path / "city", positions_public=True))
    shown = slides.show(made_up, Slide(address=f"unterbringung?u_kreise={over}"))
    assert isinstance(shown.content, ScreenMap)
    assert shown.content.circles is not None
    assert shown.content.circles.title == over
    assert not shown.notes
