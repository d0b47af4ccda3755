"""A city with a table that is not public: nothing secret leaves it; every figure is made up."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import yaml

from inteso_dash.city import City, load_city
from inteso_dash.cli import main
from inteso_dash.files.text import Dialect, labelled, to_csv
from inteso_dash.folders import DATA_VARIABLE
from inteso_dash.language.findings import Severity
from inteso_dash.pages import PAGES
from inteso_dash.pages.daten.kept import findings
from inteso_dash.pages.unterbringung.situation import accommodation, dates, situation
from inteso_dash.views import map_view
from tests.opened import open_page
from tests.towns import made_up_accommodation

DISTRICTS = [f"{number:02}" for number in range(1, 11)]
SMALL, PARTNER = 4_718, 5_713
"""Secret because it is small, and so that this cannot be worked out: no other figure is like it."""
COUNTS = [SMALL, PARTNER, *range(20_000, 100_000, 10_000)]
ORDER = [str(each) for each in Severity]
RULE = {"counts_below": 5_000, "shares_below": 10}


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def write(folder: Path, **source: Any) -> Path:
    """The shipped city with a table of a date of its own."""
    made_up_accommodation.build(folder)
    head = "level,area_id,indicator_id,date,value,unit,status,source_id,note\n"
    rows = [
        f"stadtbezirk,{area},bevoelkerung,2031-12-31,{count},,,amtsintern,davon {count - 7} Frauen"
        for area, count in zip(DISTRICTS, COUNTS, strict=True)
    ]
    rows.append(f"stadtbezirk,01,bevoelkerung,2031-12-31,{SMALL + 1},,,amtsintern,")
    content = head + "\n".join(rows) + "\n"
    table = {
        "id": "geheim",
        "title": "Erfunden",
        "file": "geheim.csv",
        "kind": "figures",
        "layout": "long",
        "rows": len(rows),
        "sha256": digest(content),
        "note": f"Aus einer Datei (SHA-256 {digest(content)}).",
        "corrections": [
            {
                "column": "value",
                "row": "01",
                "found": str(SMALL),
                "corrected": str(SMALL),
                "reason": "Erfunden.",
            }
        ],
        "sources": [
            {
                "id": "amtsintern",
                "title": "Erfunden",
                "producer": "Niemand",
                "licence": "keine",
                **source,
            }
        ],
    }
    (folder / "data/geheim.csv").write_text(content, "utf-8")
    (folder / "data/geheim.yml").write_text(yaml.safe_dump(table), "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("secret") / "city", protection=RULE)


@pytest.fixture(scope="module")
def city(folder: Path) -> City:
    return load_city(folder)


def tells(text: object) -> bool:
    """Say whether a text holds one of the secret numbers, however it is written."""
    digits = re.sub(r"(?<=\d)[.\u202f\u00a0\u2009](?=\d{3})", "", str(text))
    return any(re.search(rf"(?<!\d){n}(?!\d)", digits) for n in (SMALL, SMALL + 1, PARTNER))


def test_the_test_notices_a_leak(tmp_path: Path) -> None:
    public = load_city(write(tmp_path / "city", public=True))
    assert tells(public.figures.to_csv(index=False))
    assert tells(public.printed["geheim"].to_csv(index=False))
    assert tells(public.catalogue.table("geheim").corrections)
    assert tells("4.718 Personen")
    assert not tells("14.718 und 47180")


def test_nothing_that_a_city_carries_tells_a_secret(city: City) -> None:
    for name in ("figures", "replaced", "sites", "points"):
        assert not tells(getattr(city, name).to_csv(index=False)), name
    assert not tells(city.printed["geheim"].to_csv(index=False))
    assert not tells(city.catalogue.table("geheim").corrections)
    assert not tells([each.as_row() for each in city.findings])
    for level in city.catalogue.levels:
        for indicator in city.catalogue.indicators:
            for day in city.all_dates(level.id, indicator.id):
                assert not tells(city.values(level.id, indicator.id, day).to_csv())


def test_the_reason_stands_beside_the_gap(city: City) -> None:
    (day,) = (d for d in city.all_dates("stadtbezirk", "bevoelkerung") if d.year == 2031)
    cells = city.values("stadtbezirk", "bevoelkerung", day)
    assert cells["value"].isna().tolist() == [True, True, *[False] * 8]
    assert set(cells["status"][:2]) == {"suppressed"}
    assert set(cells["note"][:2]) == {
        (
            "Geheim gehalten: Zahlen unter 5000, Anteile an weniger als 10 Personen und Werte, "
            "aus denen man sie zurückrechnen könnte."
        )
    }
    assert city.reference("bevoelkerung", day) == sum(COUNTS)
    printed = city.printed["geheim"]
    assert printed["value"].tolist() == [".", ".", *map(str, COUNTS[2:]), "."]
    assert set(printed["note"]) == {""}


def test_maps_and_files_show_the_gap_and_nothing_else(city: City) -> None:
    choice = map_view.Choice("stadtbezirk", "bevoelkerung")
    shown = map_view.view(city, choice)
    layer = next(each for each in shown.layers if each.date.year == 2031)
    assert layer.ranks.dropna().tolist() == list(range(8, 0, -1))
    rows = map_view.rows(city, choice, layer)
    content = to_csv(labelled(rows, city), Dialect.RFC4180)
    assert b"geheim gehalten" in content
    assert b"Geheim gehalten: Zahlen unter 5000" in content
    assert not tells(content.decode())
    assert not tells(map_view.sentence(city, shown, layer, "stadtbezirk"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(folder))
        st.cache_resource.clear()
        yield folder
        st.cache_resource.clear()


def test_the_report_of_the_checks_tells_nothing(served: Path) -> None:
    found = [each for each in findings() if each.file == "geheim.csv"]
    assert {each.rule for each in found} >= {"duplicate_figure"}
    assert not any(tells(each.as_row()) for each in findings())
    assert all("nicht öffentlich" in each.message for each in found)


def test_page_and_command_say_what_public_figures_tell_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "city", protection=RULE)
    name, path = "geheim", folder / "data/geheim.csv"
    lines = path.read_text("utf-8").splitlines()
    public = [each.replace("amtsintern", "erfunden") for each in lines[2:-1]]
    whole = f"stadt,05111,bevoelkerung,2031-12-31,{sum(COUNTS)},,,erfunden,"
    content = "\n".join([*lines[:2], *public, whole]) + "\n"
    path.write_text(content, "utf-8")
    sidecar = yaml.safe_load((folder / f"data/{name}.yml").read_text("utf-8"))
    sidecar["sha256"] = digest(content)
    (folder / f"data/{name}.yml").write_text(yaml.safe_dump(sidecar), "utf-8")
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    st.cache_resource.clear()
    (found,) = (each for each in findings() if each.rule == "disclosure")
    assert (found.row, found.column) == ("01", "bevoelkerung")
    assert not tells(found.as_row())
    main(["check", str(folder), "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    assert [each for each in printed if each["rule"] == "disclosure"] == [found.as_row()]
    assert sorted(printed, key=lambda each: ORDER.index(each["severity"])) == printed
    st.cache_resource.clear()


@pytest.mark.parametrize("page", [each.id for each in PAGES])
def test_no_page_tells_a_secret(served: Path, page: str) -> None:
    address = {"thema": "Bevölkerung", "indikator": "Bevölkerung", "ebene": "Stadtbezirke"}
    app = open_page(page, **address, profilebene="Stadtbezirk", profil="01")
    assert not tells([str(each.proto) for each in app.main])


@pytest.mark.parametrize("public", [True, False])
def test_the_hash_of_a_file_is_shown_of_public_tables_only(
    public: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "city", public=public)
    held = digest((folder / "data/geheim.csv").read_text("utf-8"))
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    st.cache_resource.clear()
    app = open_page("daten")
    st.cache_resource.clear()
    assert not app.exception
    (caption,) = (each.value for each in app.caption if "geheim.csv" in each.value)
    assert (held[:16] in caption) is public
    texts = [each.value for each in app.markdown]
    note = f"Aus einer Datei (SHA-256 {held if public else 'nicht gezeigt'})."
    assert note in texts
    assert (held[:16] in str([each.proto for each in app.main])) is public


def accommodated(folder: Path, protection: dict[str, Any] | None, *, laxer: int = 0) -> City:
    """The made-up accommodation, its sites public or under a protection.

    The first ``laxer`` sites of each area are of a source whose rules tell every sum.
    """

    def sourced(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        seen: Counter[str] = Counter()
        for row in rows:
            seen[row["area_id"]] += 1
            row["source_id"] = "offener" if seen[row["area_id"]] <= laxer else "heime"
        return rows

    made_up_accommodation.build(folder, sites=sourced, indices=False)
    path = folder / "data/unterkuenfte.yml"
    sidecar = yaml.safe_load(path.read_text("utf-8"))
    source = {"id": "heime", "title": "Erfunden", "producer": "Niemand", "licence": "keine"}
    said = {"public": True} if protection is None else {"protection": protection}
    sidecar["sources"] = [{**source, **said}]
    if laxer:
        lax = {"counts_below": 0, "p_percent": None}
        sidecar["sources"].append({**source, "id": "offener", "protection": lax})
    path.write_text(yaml.safe_dump(sidecar), "utf-8")
    (folder / "data/unterbringung.yml").unlink()
    return load_city(folder)


def test_the_occupation_of_single_sites_is_not_shown_but_its_sums_are(tmp_path: Path) -> None:
    public = accommodated(tmp_path / "public", None)
    secret = accommodated(tmp_path / "secret", {"p_percent": 1})
    assert public.sites["occupied"].notna().all()
    assert secret.sites["occupied"].isna().all()
    assert secret.sites["places"].equals(public.sites["places"])
    level = accommodation(public).level
    (day,) = dates(public, level)
    assert dates(secret, level) == (day,)
    there = situation(public, level, day).areas["persons"]
    shown = situation(secret, level, day)
    known = shown.areas["persons"].dropna()
    assert len(known) >= 5
    assert known.equals(there[known.index])
    assert shown.total["persons"] == there.sum()


def test_a_sum_over_one_site_is_not_shown(tmp_path: Path) -> None:
    secret = accommodated(tmp_path / "secret", {"p_percent": 10, "largest": [1, 40]})
    level = accommodation(secret).level
    (day,) = dates(secret, level)
    rows = made_up_accommodation.read("unterkuenfte")
    for area, gap in situation(secret, level, day).areas["persons"].isna().items():
        sizes = [int(row["occupied"]) for row in rows if row["area_id"] == area]
        dominated = max(sizes) > 0.4 * sum(sizes)
        assert gap or not dominated
    cells = secret.values(level, accommodation(secret).persons, day)
    assert (cells["status"] == "suppressed").any()
    assert secret.reference(accommodation(secret).persons, day) == 7_590
    assert not secret.dates("sozialraum", accommodation(secret).persons)


def test_the_strictest_of_several_rules_of_the_sites_of_an_area_holds(tmp_path: Path) -> None:
    """A site of a laxer source that stands first frees no sum."""
    strict = {"p_percent": 10, "largest": [1, 40]}
    alone = accommodated(tmp_path / "alone", strict)
    mixed = accommodated(tmp_path / "mixed", strict, laxer=1)
    level, persons = accommodation(alone).level, accommodation(alone).persons
    (day,) = dates(alone, level)
    kept = situation(alone, level, day).areas["persons"].isna()
    assert kept.any()
    assert situation(mixed, level, day).areas["persons"].isna()[kept].all()
    assert mixed.reference(persons, day) == 7_590
