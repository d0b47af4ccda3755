"""Two indicators and all others: reading an address, classes, sentences, figures, files, slides."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook
from scipy import stats

from inteso_dash.city import City, load_city
from inteso_dash.drawing.paper.pictures import written
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.pages.muster import choice, content, files, strongest, two, view
from inteso_dash.pages.muster.strongest import Strongest
from inteso_dash.pages.muster.two import Related, shared_parts
from inteso_dash.views.dated import level_statement
from inteso_dash.views.dots import Scatter
from inteso_dash.views.figures import Table
from inteso_dash.views.maps import Map
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError
from tests.towns.made_up_town import write_town

HASSELS, HAFEN = "098002", "033001"
POVERTY = ("m_zweiter", "kinderarmut")


def address(*pairs: tuple[str, str]) -> Address:
    return Address(choice.PAGE, pairs)


def shown(city: City, *pairs: tuple[str, str]) -> Related:
    return two.related(city, two.read(city, address(*pairs), []))


@pytest.fixture(scope="module")
def poverty(city: City) -> Related:
    return shown(city, POVERTY)


@pytest.fixture(scope="module")
def all_others(city: City) -> Strongest:
    return strongest.strongest(city, strongest.read(city, address(), []))


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_an_empty_address_relates_two_shares(city: City) -> None:
    found = two.read(city, address(), [])
    assert (found.level, found.first, found.second) == (
        "sozialraum",
        "sgb2_quote",
        "anteil_auslaender",
    )
    assert not found.weighted


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("m_ebene", "dorf"), "für Ebene „dorf“"),
        (("m_indikator", "glück"), "für Erster Indikator „glück“"),
        (("m_zweiter", "sgb2_quote"), "für Zweiter Indikator „sgb2_quote“"),
        (("m_stichtag", "1999-12-31"), "für Stichtag „1999-12-31“"),
        (("m_klassen", "viele"), "für Klassen „viele“"),
    ],
)
def test_what_does_not_exist_is_named(city: City, pair: tuple[str, str], said: str) -> None:
    notes: list[str] = []
    two.read(city, address(pair), notes)
    assert said in "\n".join(notes)


def test_areas_and_classes_that_do_not_exist_are_named(city: City) -> None:
    notes: list[str] = []
    wanted = address(
        ("m_gebiet", "99"), ("m_gebiete", HAFEN), ("m_gebiete", "x"), ("m_klasse", "9")
    )
    assert two.marked(city, "sozialraum", wanted, notes) == two.Marked(None, (HAFEN,), None)
    assert len(notes) == 3
    assert two.marked(city, "sozialraum", address(("m_klasse", "8")), []).lit == 8


def test_coefficients_are_those_of_the_figures(city: City, poverty: Related) -> None:
    days = {each: city.dates("sozialraum", each)[-1] for each in ("sgb2_quote", "kinderarmut")}
    table = pd.DataFrame(
        {key: city.values("sozialraum", key, day)["value"] for key, day in days.items()}
    ).dropna()
    assert len(table) == poverty.ranked.count == 161
    ranks = stats.spearmanr(table["sgb2_quote"], table["kinderarmut"]).statistic
    assert poverty.ranked.value == pytest.approx(ranks)
    said = plain(two.sentence(city, poverty))
    assert said == (
        "Sozialräume mit höherem Wert bei „SGB-II-Quote“ haben meist auch einen höheren Wert bei "
        "„Kinderarmut“ (Rangkorrelation nach Spearman +0,98; 95-%-Intervall +0,97 bis +0,98; 161 "
        "Sozialräume)."
    )


def test_weak_and_falling_relations_are_told_so(city: City) -> None:
    none = shown(city, ("m_ebene", "stadtbezirk"))
    assert "ist in den 10 Stadtbezirken kein Zusammenhang zu erkennen" in two.sentence(city, none)
    falling = two.sentence(city, shown(city, ("m_zweiter", "wohnflaeche_je_einwohner")))
    assert "haben meist auch einen niedrigeren Wert bei „Wohnfläche je Person“" in falling


def test_details_say_line_and_common_parts(city: City, poverty: Related) -> None:
    said = plain(" ".join(two.details(city, poverty)))
    assert "Linear (Pearson): +0,96 (" in said
    assert "je 10 Prozentpunkte mehr bei „SGB-II-Quote“ +" in said
    assert "Beide haben Teile gemeinsam (gleiche Bezugsgröße: unter 6 Jahre" in said
    weighed = shown(city, POVERTY, ("m_gewichtet", "1"))
    assert "nach seinen Einwohnern gewichtet" in plain(" ".join(two.details(city, weighed)))
    assert weighed.ranked.value == poverty.ranked.value
    assert weighed.linear.value != poverty.linear.value


def test_every_area_without_both_values_says_which_lacks(poverty: Related) -> None:
    missing = poverty.missing()
    assert len(missing) == 10
    assert missing.loc[HAFEN, "note"] == "ohne SGB-II-Quote und Kinderarmut"
    assert set(missing["note"]) == {"ohne SGB-II-Quote und Kinderarmut", "ohne Kinderarmut"}
    drawn = content.two_map(poverty, two.Marked())
    cells, remarks = drawn.shown[0].values, drawn.remarks
    assert remarks is not None
    assert cells["value"].isna().sum() == 10
    assert remarks[missing.index].tolist() == missing["note"].tolist()


def test_classes_are_thirds_and_names_fit(poverty: Related) -> None:
    drawn = content.two_map(poverty, two.Marked(HASSELS, lit=8))
    kinds = drawn.scale.kinds
    assert kinds is not None
    assert kinds.names[8] == "SGB-II-Quote hoch, Kinderarmut hoch"
    assert kinds.names[2] == "SGB-II-Quote hoch, Kinderarmut niedrig"
    assert poverty.kinds[HASSELS] == 8
    rows, columns = poverty.kinds.dropna() // 3, poverty.kinds.dropna() % 3
    for counts in (rows.value_counts(), columns.value_counts()):
        assert counts.between(45, 62).all()
    assert [len(each) for each in kinds.bounds] == [2, 2]


def test_dots_are_the_map(city: City, poverty: Related) -> None:
    marks = two.Marked(HASSELS, ("101001",), lit=8)
    drawn = content.dots(city, poverty, marks)
    assert len(drawn.dots) == 161
    assert sum(not dot.faint for dot in drawn.dots) == (poverty.kinds == 8).sum()
    assert {dot.label for dot in drawn.dots if dot.named} == {
        city.name("sozialraum", each) for each in (HASSELS, "101001")
    }
    hassels = next(dot for dot in drawn.dots if dot.label == "Hassels-Nord")
    assert hassels.colour == content.two_map(poverty, marks).scale.colours[8]
    assert poverty.line is not None
    assert drawn.line[0][1] == pytest.approx(poverty.line.at(drawn.line[0][0]))


def test_the_table_holds_the_same_numbers(city: City, poverty: Related) -> None:
    table = content.rows(city, poverty)
    assert len(table) == 171
    assert table["SGB-II-Quote (%)"].dropna().is_monotonic_decreasing
    assert table.loc[HASSELS, "Klasse"] == "hoch – hoch"
    assert table.loc[HAFEN, "Klasse"] == "ohne SGB-II-Quote und Kinderarmut"
    made = table_file(city, files.two_table(city, poverty), told(city, poverty), FileKind.XLSX)
    rows = list(load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(values_only=True))
    heads = next(row for row in rows if row[0] == "Schlüssel")
    body = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    own = body[HASSELS]
    assert own["SGB-II-Quote (%)"] == pytest.approx(table.loc[HASSELS, "SGB-II-Quote (%)"])
    low, high = own["SGB-II-Quote: Untere Grenze"], own["SGB-II-Quote: Obere Grenze"]
    assert (low, high) == (47.1, 50.3)
    assert own["Spearman"] == pytest.approx(poverty.ranked.value, abs=1e-4)
    assert body[HAFEN]["Kinderarmut (%)"] is None


def told(city: City, found: Related):
    return level_statement(city, "sozialraum", two.title(found), [found.first, found.second])


@pytest.mark.parametrize("level", ["sozialraum", "stadtteil", "stadtbezirk"])
@pytest.mark.parametrize("classes", ["quantiles", "natural", "equal", "deviation"])
def test_every_way_to_class_draws(city: City, level: str, classes: str) -> None:
    found = shown(city, ("m_ebene", level), ("m_klassen", classes))
    drawn = content.two_map(found, two.Marked())
    assert found.kinds.dropna().between(0, 8).all()
    assert drawn.scale.classes.size == len(drawn.scale.colours) == 9


@pytest.mark.parametrize("level", ["sozialraum", "stadtbezirk"])
def test_every_indicator_can_be_related(city: City, level: str) -> None:
    for each in choice.usable(city, level).values():
        try:
            found = shown(city, ("m_ebene", level), ("m_indikator", each))
        except ViewError as error:
            said = str(error)
        else:
            said = two.sentence(city, found)
            assert two.details(city, found)
        assert any(part in said for part in ("haben", "ist in den", "nur für", "überall"))


def test_all_others_are_each_alone(city: City, all_others: Strongest) -> None:
    table = all_others.table
    assert len(table) == len(choice.usable(city, "sozialraum")) - 1
    one = shown(city, POVERTY)
    row = table.loc["kinderarmut"]
    assert row["spearman"] == pytest.approx(one.ranked.value)
    assert row["pearson"] == pytest.approx(one.linear.value)
    assert row["count"] == one.ranked.count
    assert table["spearman"].abs().is_monotonic_decreasing


def test_what_is_sure_and_what_is_shared_is_said(city: City, all_others: Strongest) -> None:
    assert strongest.sentence(all_others).startswith(
        "Am engsten geht „SGB-II-Quote“ mit „Mindestsicherungsquote“ zusammen"
    )
    sure = int((all_others.table["q"] <= 0.05).sum())
    assert f"Von {len(all_others.table)} Vergleichen sind {sure} " in strongest.counted(all_others)
    free = strongest.strongest(city, strongest.read(city, address(("m_ohne", "1")), []))
    assert (free.listed["shared"] == "").all()
    assert 0 < len(free.listed) < len(all_others.listed)
    foreign = strongest.read(city, address(("m_indikator", "anteil_auslaender")), [])
    said = plain(strongest.sentence(strongest.strongest(city, foreign)))
    assert "hat damit aber Teile gemeinsam (" in said
    assert "Ohne gemeinsame Teile: „" in said


def test_where_all_have_parts_in_common_that_is_said(
    city: City, all_others: Strongest, monkeypatch: pytest.MonkeyPatch
) -> None:
    related = replace(all_others, table=all_others.table.assign(shared="gleicher Zähler: Alle"))
    said = strongest.sentence(related)
    assert said.endswith(
        "Beide haben Teile gemeinsam (gleicher Zähler: Alle), so wie alle, die sich vergleichen "
        "lassen."
    )
    monkeypatch.setattr(strongest, "shared_parts", lambda *_: "gleicher Zähler: Alle")
    free = strongest.read(city, address(("m_ohne", "1"), ("m_ebene", "stadtbezirk")), [])
    with pytest.raises(ViewError, match="Ohne gemeinsame Teile lässt sich mit „SGB-II-Quote“"):
        strongest.strongest(city, free)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("sgb2_quote", "sgb2_personen", "„SGB II (Zahl)“ ist Teil von „SGB-II-Quote“"),
        ("anteil_alter_0_5", "jugendquotient", "gleicher Zähler: unter 6 Jahre"),
        ("anteil_alter_0_5", "anteil_alter_80", "Teile desselben Ganzen"),
        ("anteil_alter_0_5", "sgb2_quote", "Zähler des einen, Bezugsgröße des anderen"),
        ("anteil_auslaender", "anteil_weiblich", "gleiche Bezugsgröße: "),
        ("haushalte", "arbeitslose", "beide sind Anzahlen"),
        ("sgb2_quote", "anteil_gymnasium", ""),
    ],
)
def test_common_parts_are_those_of_the_catalogue(
    city: City, one: str, other: str, said: str
) -> None:
    found = shared_parts(city.catalogue, one, other)
    assert said in found
    assert bool(said) == bool(found)
    assert bool(shared_parts(city.catalogue, other, one)) == bool(found)


def test_parts_of_an_index_are_marked(city: City) -> None:
    index = city.catalogue.indices[0]
    for part in index.counting:
        assert "ist Teil von" in shared_parts(city.catalogue, index.id, part.indicator)


def test_slides_of_every_part(city: City) -> None:
    for title, part in view.figures_of(city, address()).items():
        found = view.show(city, address(POVERTY, ("m_gebiet", HASSELS)), part)
        assert found.headline.startswith("Sozialräume mit höherem Wert")
        assert "Quartiersatlas" in found.origin, title
        kind = {"karte": Map, "punkte": Scatter, "tabelle": Table}[part]
        assert isinstance(found.content, kind)
    table = view.show(city, address(POVERTY, ("m_gebiet", HASSELS)), "tabelle").content
    assert isinstance(table, Table)
    assert table.rows[1][0] == "Hassels-Nord (098002)"
    listed = view.show(city, address(("m_bereich", "staerkste")))
    assert isinstance(listed.content, Table)
    assert listed.content.rows[1][0] == "Mindestsicherungsquote"
    assert view.figures_of(city, address(("m_bereich", "staerkste"))) == {}
    assert view.figures_of(city, address(("m_bereich", "x"))) == {}


def test_a_slide_of_all_others_names_all_their_stichtage(
    city: City, all_others: Strongest, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = next(iter(all_others.others.items()))
    earlier = {key: replace(other, day=dt.date(2015, 12, 31))}
    found = replace(all_others, others=all_others.others | earlier)
    monkeypatch.setattr(strongest, "strongest", lambda *_: found)
    slide = view.show(city, address(("m_bereich", "staerkste")))
    assert slide.date == "31.12.2015 bis 31.12.2021"


def test_the_hash_of_a_slide_follows_its_figures(city: City) -> None:
    one, other = (
        view.show(city, address(("m_zweiter", each))) for each in ("kinderarmut", "haushalte")
    )
    assert one.data != other.data
    assert view.show(city, address(POVERTY)).data == one.data


def test_a_section_that_does_not_exist_is_said(city: City) -> None:
    with pytest.raises(ViewError, match="Den Teil „x“ hat die Seite Zusammenhänge nicht"):
        view.show(city, address(("m_bereich", "x")))


@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_pictures(city: City, poverty: Related, kind: str) -> None:
    marks = two.Marked(HASSELS, lit=8)
    for figure in (content.two_map(poverty, marks), content.dots(city, poverty, marks)):
        assert written(city, figure, told(city, poverty), kind, "Titel")


def test_files_of_all_others(city: City, all_others: Strongest) -> None:
    table = files.strongest_table(all_others)
    assert len(table) == len(all_others.table)
    assert list(table["Kennung"]) == list(all_others.table.index)
    assert float(table["Spearman"].iloc[0]) == pytest.approx(
        all_others.table["spearman"].iloc[0], abs=1e-4
    )


def test_a_town_with_too_little_says_so(tmp_path) -> None:
    write_town(tmp_path)
    with pytest.raises(ViewError, match="genug Gebiete"):
        view.show(load_city(tmp_path), address())
