"""Tables that a session loads: asked about, checked, shown to it alone, kept only if allowed."""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.folders import DATA_VARIABLE, STORE_UPLOADS
from inteso_dash.language.findings import RULES
from inteso_dash.pages.daten import upload
from inteso_dash.pages.daten.texts import UPLOAD
from inteso_dash.session import unpublished
from tests.intake.test_shapes import FLAT, LONG, YEARS
from tests.opened import open_page
from tests.paths import page as script
from tests.towns.killed_import import tree
from tests.towns.made_up_town import write_town

DELIVERED = (
    "Quartier;Einwohner;Hunde\n"
    "Q01;1.100;30\nQ02;3.100;40\nQ03;600;50\nQ04;450;60\n"
    "Stand: 31.12.2022\n"
)
SHOW, DISCARD, STORE = UPLOAD["show"], UPLOAD["discard"], UPLOAD["store"]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A made-up town in use for one test."""
    folder = tmp_path / "box" / "town"
    folder.mkdir(parents=True)
    write_town(folder)
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    monkeypatch.delenv(STORE_UPLOADS, raising=False)
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


def opened() -> AppTest:
    """The part of the data page where files are loaded."""
    return open_page("daten", bereich="Hochladen")


def load(app: AppTest, content: str | bytes = DELIVERED, name: str = "lieferung.csv") -> None:
    """Upload a file."""
    data = content.encode("cp1252") if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
    assert not app.exception, app.exception


def press(app: AppTest, label: str) -> None:
    """Press a button."""
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception, app.exception


def said(app: AppTest) -> str:
    """All that a page says."""
    parts = [*app.markdown, *app.warning, *app.error, *app.success, *app.info, *app.caption]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def dates(app: AppTest) -> str:
    """What the map says of the newest Stichtag."""
    app.switch_page(script("karte"))
    app.query_params["indikator"] = "Einwohner"
    app.run()
    assert not app.exception
    return said(app)


def test_a_file_is_previewed_beside_its_check_report(town: Path) -> None:
    app = opened()
    load(app)
    text = said(app)
    assert "4 Zahlen: 4 Quartiere, 1 Indikator, Stichtag 31.12.2022." in text
    preview = app.dataframe[0].value
    assert preview["Einwohner"].tolist() == ["1.100", "3.100", "600", "450"]
    assert preview["Quartier"].tolist()[0] == "Quartier 1"
    assert "0 Fehler, 0 Warnungen, 1 Hinweis." in text
    assert "Gelesen als 4 Gebiete der Ebene Quartier" in text
    assert RULES["recognised"].title in text
    assert text.count(RULES["recognised"].explanation) == 1


def test_only_this_session_shows_it_with_a_mark_until_it_is_discarded(town: Path) -> None:
    before = tree(town)
    app = opened()
    assert "Unveröffentlichte Daten" not in said(app)
    load(app)
    press(app, SHOW)
    assert "wird jetzt auf allen Seiten gezeigt" in said(app)
    for page in ("karte", "stadtteilprofil", "veraenderung", "daten"):
        app.switch_page(script(page)).run()
        assert not app.exception, page
        assert "Unveröffentlichte Daten" in said(app), page
    app.switch_page(script("runder_tisch")).run()
    assert "Unveröffentlichte Daten:" in said(app)
    text = dates(app)
    assert "31.12.2022" in text
    assert (
        "Hochgeladene Datei „lieferung.csv“: Lieferung „lieferung.csv“ (unveröffentlicht)" in text
    )
    other = open_page("karte")
    text = dates(other)
    assert "31.12.2022" not in text
    assert "Unveröffentlichte Daten" not in text
    app.button(key="unveroeffentlicht_verwerfen").click().run()
    text = dates(app)
    assert "31.12.2022" not in text
    assert "Unveröffentlichte Daten" not in text
    assert tree(town) == before


QUOTED = "Quartier;Quote\nQ01;33,3\nQ02;12,0\nQ03;23,4\nQ04;5,0\nStand: 31.12.2022\n"
QUOTE = """
quote:
  title: {de: Quote, en: Rate}
  short: {de: Quote, en: Rate}
  topic: menschen
  unit: "%"
  decimals: 1
  kind: intensive
  meaning: Erfundene Quote der Einwohner.
  range: [0, 100]
  weight: [einwohner]
"""


def test_what_will_be_withheld_is_said_before_and_after_loading(town: Path) -> None:
    indicators = town / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + QUOTE, "utf-8")
    app = opened()
    load(app, QUOTED)
    before = said(app)
    assert "3 von 4 Zahlen werden nicht gezeigt: 3 von 4 bei „Quote“." in before
    assert "Geheim gehalten: Zahlen unter 5, Anteile an weniger als 10 Personen" in before
    assert "Nennt die Datei auch „Einwohner“" in before
    press(app, SHOW)
    app.switch_page(script("karte")).run()
    assert "3 von 4 Zahlen werden nicht gezeigt: 3 von 4 bei „Quote“." in said(app)
    app.button(key="unveroeffentlicht_verwerfen").click().run()
    app.switch_page(script("daten")).run()
    app.segmented_control(key="bereich").set_value("Hochladen").run()
    load(app, QUOTED)
    next(each for each in app.checkbox if each.label == unpublished.TEXTS["public"]).check().run()
    assert "nicht gezeigt" not in said(app)
    press(app, SHOW)
    app.switch_page(script("karte")).run()
    assert "Unveröffentlichte Daten" in said(app)
    assert "nicht gezeigt" not in said(app)


def test_with_its_base_a_share_is_shown(town: Path) -> None:
    indicators = town / "data" / "indicators.yml"
    indicators.write_text(indicators.read_text("utf-8") + QUOTE, "utf-8")
    app = opened()
    load(
        app,
        "Quartier;Einwohner;Quote\nQ01;1200;33,3\nQ02;1300;12,0\nQ03;900;23,4\nQ04;700;5,0\n"
        "Stand: 31.12.2022\n",
    )
    assert "nicht gezeigt" not in said(app)


def test_what_is_not_recognised_can_be_said(town: Path) -> None:
    app = opened()
    load(app, DELIVERED.replace("Einwohner", "Leute").replace("Stand: 31.12.2022\n", ""))
    text = said(app)
    assert "Die Datei nennt keinen Stichtag." in text
    assert "Keine Spalte ist als Indikator erkannt; Spalten mit Zahlen: Leute und Hunde." in text
    assert next(each for each in app.button if each.label == SHOW).disabled
    next(each for each in app.selectbox if each.label == "Leute").select("einwohner").run()
    field = next(each for each in app.text_input if each.label == "Stichtag")
    field.input("gestern").run()
    assert "Gefunden „gestern“; erwartet ein Datum" in said(app)
    assert next(each for each in app.button if each.label == SHOW).disabled
    field.input("30.6.2023").run()
    assert "1 Indikator, Stichtag 30.06.2023" in said(app)
    press(app, SHOW)
    assert "30.06.2023" in dates(app)


def test_a_recognised_column_can_be_left_out(town: Path) -> None:
    app = opened()
    load(app)
    next(each for each in app.selectbox if each.label == "Hunde").select("quote").run()
    next(each for each in app.selectbox if each.label == "Einwohner").select("").run()
    preview = app.dataframe[0].value
    assert list(preview.columns) == ["Quartier", "Musterquote"]
    next(each for each in app.selectbox if each.label == "Einwohner").select("quote").run()
    assert "Zwei Spalten sind demselben Indikator zugeordnet: quote." in said(app)


def test_several_tables_can_be_shown_up_to_a_limit(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "MOST_TABLES", 3)
    app = opened()
    for year in range(2010, 2010 + upload.MOST_TABLES):
        load(app, DELIVERED.replace("2022", str(year)))
        press(app, SHOW)
    load(app, DELIVERED.replace("2022", "2009"))
    assert f"In einer Sitzung lassen sich {upload.MOST_TABLES} Tabellen zeigen" in said(app)
    assert next(each for each in app.button if each.label == SHOW).disabled
    press(app, DISCARD)
    assert "31.12.2010" in said(app)


def load_all(app: AppTest, files: list[tuple[str, str | bytes]]) -> None:
    """Upload several files at once."""
    app.file_uploader[0].set_value(
        [
            (name, each.encode("cp1252") if isinstance(each, str) else each, "text/csv")
            for name, each in files
        ]
    ).run()
    assert not app.exception, app.exception


def test_of_several_files_a_bad_one_loses_none_of_the_others(town: Path) -> None:
    app = opened()
    load(app, DELIVERED.replace("2022", "2019"))
    press(app, SHOW)
    load_all(
        app,
        [
            ("gut.csv", DELIVERED),
            ("kaputt.xlsx", workbook()[:200]),
            ("offen.csv", DELIVERED.replace("Stand: 31.12.2022\n", "")),
            ("auch_gut.csv", DELIVERED.replace("2022", "2023")),
        ],
    )
    assert "4 Dateien, davon vollständig: 2." in said(app)
    assert [each.label.replace("\\", "") for each in app.expander if " – " in each.label] == [
        "gut.csv – 0 Fehler, 0 Warnungen, 1 Hinweis",
        "kaputt.xlsx – nicht lesbar",
        "offen.csv – es fehlt noch eine Angabe",
        "auch_gut.csv – 0 Fehler, 0 Warnungen, 1 Hinweis",
    ]
    assert "ein unlesbares Archiv" in said(app)
    press(app, "Alle vollständigen zeigen (2)")
    text = said(app)
    assert "gut.csv“, „Quartiere 31.12.2023: auch_gut.csv“ werden jetzt" in text
    assert "2 Dateien, davon vollständig: 0." in text
    press(app, UPLOAD["discard_all"])
    text = dates(app)
    for year in ("2019", "2022", "2023"):
        assert f"31.12.{year}" in text, year


def test_two_files_that_say_the_same_figure_are_told_apart(town: Path) -> None:
    app = opened()
    load_all(app, [("a.csv", DELIVERED), ("b.csv", DELIVERED.replace("1.100", "1.200"))])
    press(app, "Alle vollständigen zeigen (2)")
    text = dates(app)
    assert "Von einer späteren Lieferung berichtigte Werte: 1." in text
    assert "Hochgeladene Datei „b.csv“" in text


def test_more_files_than_are_read_at_once_are_named(town: Path) -> None:
    app = opened()
    load_all(app, [(f"datei{at}.csv", DELIVERED) for at in range(upload.MOST_FILES + 1)])
    assert "nicht gelesen: datei8.csv." in said(app)


def test_a_long_table_is_shown_part_by_part(town: Path) -> None:
    app = opened()
    load(app, LONG, "lang.csv")
    assert "16 Zahlen in 2 Teilen (je Ebene und Stichtag)." in said(app)
    assert app.dataframe[0].value["Einwohner"].tolist() == ["1.200", "3.200", "700", "550"]
    choice = next(each for each in app.selectbox if each.label == "Teil der Datei")
    assert choice.options == ["31.12.2021 · Quartiere", "31.12.2022 · Quartiere"]
    choice.set_value(0).run()
    assert app.dataframe[0].value["Einwohner"].tolist() == ["1.100", "3.100", "600", "450"]
    press(app, SHOW)
    text = dates(app)
    assert "31.12.2021" in text
    assert "31.12.2022" in text


def test_what_the_layout_leaves_open_is_asked(town: Path) -> None:
    app = opened()
    load(app, YEARS.replace(", jeweils 31.12.", "").replace("Einwohner nach", "Menschen nach"))
    assert "Die Datei nennt Jahre ohne Tag: 2021 und 2022." in said(app)
    field = next(each for each in app.text_input if each.label.startswith("Tag im Jahr"))
    field.input("heute").run()
    assert "Gefunden „heute“; erwartet ein Tag" in said(app)
    next(each for each in app.text_input if each.label.startswith("Tag im Jahr")).input(
        "31.12."
    ).run()
    assert "Keine Spalte ist als Indikator erkannt; Spalten mit Zahlen: Wert." in said(app)
    next(each for each in app.selectbox if each.label == "Wert").select("einwohner").run()
    press(app, SHOW)
    assert "31.12.2022" in dates(app)


def test_rows_that_say_the_same_figure_are_asked_about(town: Path) -> None:
    app = opened()
    load(app, FLAT.replace("Insgesamt", "m und w"))
    assert "sie unterscheiden sich in „2_variable_attribute_code“" in said(app)
    choice = next(each for each in app.selectbox if each.label.startswith("Zeilen nach"))
    choice.select("GESW").run()
    assert app.dataframe[0].value["Einwohner"].tolist() == ["550", "1.550", "300", "225"]


def test_figures_of_a_file_replace_the_published_ones_and_say_so(town: Path) -> None:
    app = opened()
    load(app, DELIVERED.replace("31.12.2022", "30.06.2020"))
    press(app, SHOW)
    app.switch_page(script("karte"))
    app.query_params["indikator"] = "Einwohner"
    app.run()
    assert "Von einer späteren Lieferung berichtigte Werte: 3." in said(app)
    app.switch_page(script("daten")).run()
    app.segmented_control(key="bereich").set_value("Quellen").run()
    revised = [each.value for each in app.dataframe if "bisher" in each.value.columns]
    assert len(revised) == 1
    first = revised[0].iloc[0]
    assert (first["Gebiet"], first["bisher"], first["jetzt"]) == (
        "Q01 Quartier 1",
        "1.000",
        "1.100",
    )


def test_cities_of_former_sessions_do_not_pile_up(town: Path) -> None:
    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, City) for each in gc.get_objects())

    counts = []
    for year in range(2001, 2009):
        app = opened()
        load(app, DELIVERED.replace("2022", str(year)))
        press(app, SHOW)
        for page in ("karte", "stadtteilprofil", "veraenderung", "daten"):
            app.switch_page(script(page)).run()
        del app
        counts.append(alive())
    assert len(set(counts[-4:])) == 1, counts


def workbook(*, formulas: bool = False) -> bytes:
    """An XLSX of made-up figures; formulas have no stored result."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Quartier", "Einwohner"])
    for at in range(1, 5):
        sheet.append([f"Q0{at}", f"=SUM({at},100)" if formulas else 100 * at])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """An XLSX whose sheet unpacks to far more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    return out.getvalue()


WIDE = "Quartier;" + ";".join(f"S{at}" for at in range(upload.LIMITS.columns)) + "\nQ01;1\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("leer.csv", b"", "eine leere Datei"),
        ("kaputt.xlsx", workbook()[:200], "ein unlesbares Archiv"),
        ("bombe.xlsx", bomb(), "ein Archiv, das sich von"),
        ("bild.csv", b"\x89PNG\x00\x01", "Bytes, die kein Text sind"),
        ("seite.csv", b"<!doctype html><p>Fehler 404", "eine Webseite, XML oder JSON"),
        ("breit.csv", WIDE.encode(), f"mehr als 20000 Zeilen oder {upload.LIMITS.columns} Spalten"),
        ("lang.csv", b"Quartier;Einwohner\n" + b"Q01;1\n" * 20_001, "mehr als 20000 Zeilen"),
        ("gross.csv", b"x" * (upload.LIMITS.size + 1), "höchstens 10485760 Bytes"),
        ("fremd.csv", b"Gebiet;Zahl\nNord;1\nOst;2\n", "stehen Schlüssel von Gebieten"),
    ],
)
def test_bad_files_are_explained_and_lose_nothing(
    town: Path, name: str, content: bytes, expected: str
) -> None:
    app = opened()
    load(app)
    press(app, SHOW)
    load(app, content, name)
    text = said(app)
    assert expected in text
    assert not [each for each in app.button if each.label == SHOW and not each.disabled]
    assert "Unveröffentlichte Daten" in text
    app.switch_page(script("karte")).run()
    assert not app.exception


def test_formulas_without_a_result_and_broken_umlauts_are_reported(town: Path) -> None:
    app = opened()
    load(app, workbook(formulas=True), "formeln.xlsx")
    assert "4 Formeln haben in der Datei kein gespeichertes Ergebnis" in said(app)
    press(app, DISCARD)
    garbled = DELIVERED.replace("Hunde", "Hündinnen").encode().decode("cp1252").encode()
    load(app, garbled)
    assert "falsche Zeichenkodierung" in said(app)


def test_nothing_can_be_stored_unless_the_operator_allows_it(town: Path) -> None:
    app = opened()
    load(app)
    assert "Auf dem Server wird nichts gespeichert." in said(app)
    assert STORE not in [each.label for each in app.button]


def test_an_operator_may_allow_storing(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STORE_UPLOADS, "1")
    app = opened()
    load(app)
    press(app, STORE)
    assert "Abgelegt als lieferung_" in said(app)
    assert len(list((town / "data").glob("lieferung_*/quartier_2022-12-31.csv"))) == 1
    before = tree(town)
    answers = []
    for people in ("1.100", "1.101"):
        load(app, DELIVERED.replace("1.100", people))
        press(app, STORE)
        answers.append(next(str(each.value) for each in app.error))
        assert tree(town) == before
        press(app, DISCARD)
    assert answers[0] == answers[1], "what the folder holds cannot be tried out"
    assert "4 dieser Zahlen schon aus Quellen, die nicht öffentlich sind" in answers[0]
    assert "kreuzen Sie das an" in answers[0]
    load(app, DELIVERED.replace("1.100", "1.101"))
    app.checkbox[0].check().run()
    press(app, STORE)
    assert "Abgelegt als lieferung_" in said(app)


def test_a_file_with_errors_is_not_stored(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STORE_UPLOADS, "1")
    before = tree(town)
    app = opened()
    load(app, DELIVERED.replace("1.100", "viele"))
    press(app, STORE)
    assert "Die Prüfung hat 1 Fehler gefunden. Berichtigen Sie die Datei." in said(app)
    assert tree(town) == before
