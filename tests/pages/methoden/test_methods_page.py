"""The page Methoden in a session, as PDF, and where a help leads to."""

from __future__ import annotations

import datetime as dt
import io

from pypdf import PdfReader

from inteso_dash.city import City
from inteso_dash.files import methods
from inteso_dash.files.package import files
from inteso_dash.measures.methods import METHODS
from inteso_dash.pages.unterbringung.texts import HELP
from tests.opened import open_page

DAY = dt.date(2026, 11, 28)


def test_all_methods_are_explained() -> None:
    app = open_page("methoden")
    titles = [each.value for each in app.subheader]
    assert titles == [each.title for each in METHODS.values()]
    assert [each.value for each in app.code] == [each.formula for each in METHODS.values()]


def test_an_address_opens_one_method_before_those_of_its_group() -> None:
    app = open_page("methoden", methode="dissimilaritaet")
    group = [each for each in METHODS.values() if each.group == METHODS["gini"].group]
    assert [each.value for each in app.header] == [
        "Dissimilaritätsindex",
        "Ebenfalls: Verteilung und Segregation",
    ]
    titles = {each.value for each in app.subheader}
    assert titles | {"Dissimilaritätsindex"} == {each.title for each in group}
    app.selectbox(key="methode").select("Morans I").run()
    assert app.header[0].value == "Morans I"
    assert app.query_params["methode"] in ("moran", ["moran"])
    nonsense = open_page("methoden", methode="unsinn")
    assert "„unsinn“" in str([each.value for each in nonsense.info])


def test_a_help_says_where_more_stands() -> None:
    assert "](methoden?methode=gini)" in HELP["gini"]
    assert "](methoden?methode=dissimilaritaet)" in HELP["dissimilarity"]


def test_paper_says_the_same_and_is_the_same_every_time() -> None:
    made = methods.to_pdf("Musterstadt", DAY)
    assert made == methods.to_pdf("Musterstadt", DAY)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    flat = "".join(text.split()).replace("-", "")
    for each in METHODS.values():
        assert "".join(each.title.split()).replace("-", "") in flat
    assert "Musterstadt" in text


def test_the_package_holds_the_methods(city: City) -> None:
    made = files(city, DAY)
    assert made[methods.NAME].decode() == methods.markdown()
    assert b"`methoden.md`" in made["README.md"]
