"""Another city is another folder: a made-up town with its own levels, keys and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City, load_city
from inteso_dash.cli import main
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.intake import checking
from inteso_dash.language.findings import Severity
from inteso_dash.pages import PAGES, titles
from inteso_dash.pages.stadtteilprofil import profile
from inteso_dash.pages.stadtteilprofil.table import words
from inteso_dash.pages.veraenderung.comparison import Measure, compare
from inteso_dash.pages.veraenderung.series import series
from inteso_dash.pages.veraenderung.tables import comparison_file
from tests.paths import FRAME, ROOT
from tests.paths import page as script
from tests.towns.made_up_town import SOURCE, reseal, write_table, write_town


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up town of four squares, in use for one test."""
    write_town(tmp_path)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def test_the_folder_is_in_order(town: Path) -> None:
    assert [f for f in checking.check(town) if f.severity is Severity.ERROR] == []


def test_signs_become_statuses_and_the_total_says_what_is_missing(town: Path) -> None:
    city = load_city(town)
    (date,) = city.dates("quartier", "einwohner")
    states = city.values("quartier", "quote", date)["status"]
    assert states.tolist() == ["measured", "measured", "zero", "suppressed"]
    total = city.cell("gemeinde", "K1", "einwohner", date)
    assert total is not None
    assert total["status"] == "suppressed"
    assert total["note"] == "1 von 4 Teilgebieten geheim gehalten (Q04)."


def test_every_page_shows_the_other_city(town: Path) -> None:
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == "Musterquote"
    assert app.selectbox(key="ebene").options == ["Quartiere"]
    for page in ("stadtteilprofil", "daten"):
        app.switch_page(script(page)).run()
        assert not app.exception, page


def test_the_page_of_profiles_is_called_as_the_city_says(town: Path, city: City) -> None:
    assert titles(load_city(town).catalogue)["stadtteilprofil"] == "Gebietsprofil"
    assert titles(city.catalogue)["stadtteilprofil"] == "Stadtteilprofil"


def test_the_command_line_knows_the_other_city(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "Q02", "--data", str(town)]) == 0
    assert "3000" in capsys.readouterr().out


def test_a_city_whose_figures_cannot_be_read_still_opens(town: Path) -> None:
    (town / "data" / "zahlen.csv").write_bytes(b"\x00\x01")
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not app.exception
    assert load_city(town).figures.empty


def opened_pages() -> dict[str, list[str]]:
    """Open every page, of which none may fail; return what they point out."""
    app = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not app.exception
    said = {"karte": [each.value for each in app.info]}
    for page in [each.id for each in PAGES if each.id != "karte"]:
        app.switch_page(script(page)).run()
        assert not app.exception, page
        said[page] = [each.value for each in app.info]
    return said


def replace(path: Path, old: str, new: str) -> None:
    """Change a file of the town."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    reseal(path.parents[1])


def test_a_city_whose_sources_name_no_values(town: Path) -> None:
    for row in ("1.000;10,0", "3.000;20,0", "500;–", ".;."):
        replace(town / "data" / "zahlen.csv", row, ";")
    said = opened_pages()
    assert said["veraenderung"] == ["Die Quellen nennen keine Zahlen, die sich vergleichen ließen."]


def test_a_city_without_figures(town: Path) -> None:
    for name in ("zahlen.csv", "zahlen.yml"):
        (town / "data" / name).unlink()
    said = opened_pages()
    assert said["stadtteilprofil"] == ["Für Quartier 1 nennen die Quellen keine Zahlen."]


def test_boundaries_of_areas_that_the_register_does_not_name(town: Path) -> None:
    replace(town / "data" / "gebiete.csv", "quartier,heute,Q04,Quartier 4,K1,true\n", "")
    replace(town / "data" / "zahlen.csv", "Q04;.;.\n", "")
    opened_pages()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gemeinde,heute,K1,Musterstadt,,true\n", ""),
        ("quartier,heute,Q01,Quartier 1,K1,true", "quartier,heute,Q01,Quartier 1,K9,true"),
    ],
)
def test_an_area_whose_parent_the_register_does_not_name(town: Path, old: str, new: str) -> None:
    replace(town / "data" / "gebiete.csv", old, new)
    opened_pages()
    city = load_city(town)
    assert [area for _, area, _ in city.lineage("quartier", "Q01")] == ["Q01"]
    with pytest.raises(KeyError):
        city.lineage("quartier", "Q09")


BRANCHES = """
  - {id: bereich, title: {de: Bereich, en: Sector}, plural: Bereiche, parent: gemeinde,
     key_length: 5, divisions: [{id: heute, areas: 2}]}
  - {id: block, title: {de: Block, en: Block}, plural: Blöcke, parent: quartier, key_length: 4,
     divisions: [{id: alt, areas: 2}, {id: neu, areas: 3}]}
topics:"""
PLACES = [
    ("bereich", "heute", "B0001", "K1"),
    ("bereich", "heute", "B0002", "K1"),
    ("block", "alt", "1001", "Q01"),
    ("block", "alt", "1002", "Q02"),
    ("block", "neu", "2001", "Q01"),
    ("block", "neu", "2002", "Q02"),
    ("block", "neu", "2003", "Q03"),
]
FIGURES = [
    ("block", "alt", "1001", "einwohner", "2019-06-30", 5),
    ("block", "alt", "1002", "einwohner", "2019-06-30", 6),
    ("block", "alt", "1001", "einwohner", "2020-06-30", 7),
    ("block", "alt", "1002", "einwohner", "2020-06-30", 6),
    ("block", "neu", "2001", "quote", "2020-06-30", 10),
    ("block", "neu", "2002", "quote", "2020-06-30", 20),
    ("block", "neu", "2003", "quote", "2020-06-30", 30),
]


def write_branches(root: Path) -> None:
    """Add sectors beside the quarters, and blocks of which one Stichtag has two divisions."""
    data = root / "data"
    replace(data / "catalogue.yml", "\ntopics:", BRANCHES)
    register = (data / "gebiete.csv").read_text("utf-8")
    register += "".join(
        f"{level},{division},{area},Gebiet {area},{parent},true\n"
        for level, division, area, parent in PLACES
    )
    rows = len(register.splitlines()) - 1
    write_table(data, "gebiete", register, f"kind: register\nrows: {rows}\n{SOURCE}\n")
    head = "level,division,area_id,indicator_id,date,value\n"
    text = head + "".join(",".join(map(str, row)) + "\n" for row in FIGURES)
    sidecar = f"kind: figures\nlayout: long\nsource: erfunden\nrows: {len(FIGURES)}\n"
    write_table(data, "bloecke", text, sidecar)


def test_two_divisions_have_figures_of_one_stichtag(town: Path) -> None:
    write_branches(town)
    city = load_city(town)
    first, second = city.dates("block", "einwohner")
    points = series(city, "einwohner", [("block", "1001")])
    assert points["division"].tolist() == ["alt", "alt"]
    assert points["value"].tolist() == [5, 7]
    found = compare(city, "block", "einwohner", first, second)
    table = comparison_file(city, found, Measure.ABSOLUTE)
    assert set(table["Gliederung früher"]) == set(table["Gliederung später"]) == {"alt"}


@pytest.mark.parametrize(
    ("level", "area", "wanted", "found"),
    [
        ("bereich", "B0002", "quartier", "Q01"),
        ("bereich", "B0002", "block", "2001"),
        ("block", "2003", "bereich", "B0001"),
        ("quartier", "Q03", "block", "2003"),
    ],
)
def test_levels_may_branch(town: Path, level: str, area: str, wanted: str, found: str) -> None:
    write_branches(town)
    assert profile.nearby(load_city(town), level, area, wanted) == found


def test_a_population_rounded_to_zero_is_not_nobody(town: Path) -> None:
    replace(town / "data" / "zahlen.csv", "1.000;10,0", "0;10,0")
    replace(
        town / "data" / "zahlen.yml",
        "{name: einwohner, indicator: einwohner}",
        "{name: einwohner, indicator: einwohner, rounded_to: 3}",
    )
    city = load_city(town)
    said = words.sentence(city, profile.profile(city, "quartier", "Q01"))
    assert said == (
        "Im Quartier 1 leben so wenige Menschen, dass die Quelle auf null rundet (30.06.2020)."
    )


def test_no_code_knows_a_city() -> None:
    names = re.compile(r"Düsseldorf|Duesseldorf|05111")
    for path in (ROOT / "inteso_dash").rglob("*"):
        if path.suffix in {".py", ".js", ".css"}:
            outside_examples = "\n".join(
                line
                for line in path.read_text("utf-8").splitlines()
                if not line.lstrip().startswith((">>>", "...", "'", "(", "`", "["))
            )
            assert not names.search(outside_examples), path


@pytest.mark.usefixtures("town")
def test_files_of_another_city(tmp_path: Path) -> None:
    for kind in ("svg", "geojson", "xlsx"):
        target = tmp_path / f"karte.{kind}"
        assert main(["export", "map", "Musterquote", "--level", "quartier", "-o", str(target)]) == 0
        assert target.stat().st_size
    assert main(["export", "package", "-o", str(tmp_path / "paket.zip")]) == 0
    for area in ("Q01", "K1"):
        target = tmp_path / f"{area}.pdf"
        assert main(["report", area, "-o", str(target)]) == 0
        text = "".join(page.extract_text() for page in PdfReader(target).pages)
        assert "Musterstadt" in text
        assert "Unterbringung" not in text
        assert "Altersstruktur" not in text
