"""The command line, as a planner would use it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from inteso_dash.boundaries import layers
from inteso_dash.city import drawn
from inteso_dash.city.compiled import opened
from inteso_dash.cli import main
from inteso_dash.folders import DATA_VARIABLE, STORE_VARIABLE
from tests.paths import ROOT


@pytest.fixture(autouse=True)
def _keep_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT))


def profile_rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    """Print a profile and read it back."""
    assert main(["profile", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_level_may_be_called_by_its_plural(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for level in ("stadtbezirk", "Stadtbezirk", "stadtbezirke"):
        assert main(["profile", "06", "--level", level]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == told[2] != ""


def test_profile_names_population_source_and_date(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        row
        for row in profile_rows(capsys, "06", "--format", "csv")
        if row["Kennung"] == "bevoelkerung" and row["Schlüssel"] == "06"
    ]
    found = {row["Stichtag"]: row["Wert"] for row in rows}
    assert found == {"2021-12-31": "66957", "2015-12-31": "63721", "2010-12-31": "59018"}
    assert all(row["Quelle"] for row in rows)
    assert "Quartiersatlas 2024" in next(r["Quelle"] for r in rows if r["Wert"] == "66957")


def test_profile_of_one_date_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "Rath", "--date", "31.12.2021", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["Stichtag"] for row in rows} == {"2021-12-31"}
    assert rows[0]["Name"] == "Rath"


def test_unknown_and_ambiguous_areas_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "Köln"]) == 2
    assert "Ein Gebiet „Köln“ gibt es nicht" in capsys.readouterr().err
    assert main(["profile", "Angermund"]) == 2
    assert "--level stadtteil" in capsys.readouterr().err
    assert main(["profile", "Angermund", "--level", "stadtteil"]) == 0


def test_a_wrong_date_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["profile", "06", "--date", "gestern"])
    assert "erwartet wie 2021-12-31" in capsys.readouterr().err


def test_a_broken_folder_is_named_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--data", str(tmp_path)]) == 2
    assert "catalogue.yml: Datei fehlt" in capsys.readouterr().err


def test_the_shipped_data_passes_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert [f for f in findings if f["severity"] == "error"] == []
    assert [
        f["message"] for f in findings if f["severity"] == "warning" and not f["explained"]
    ] == []


def test_check_of_a_spoiled_folder_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("data", "geodata"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    table = tmp_path / "data" / "sozialraeume_2021.csv"
    table.write_text(table.read_text("utf-8").replace("098002,09", "098002,08"), "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "sozialraeume_2021.csv · 098002" in printed
    assert printed.strip().endswith("Hinweise.")


def test_build_geodata_refuses_what_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "geodata", tmp_path / "geodata")
    wrong = tmp_path / "falsch.geojson"
    wrong.write_text("{}", "utf-8")
    before = {path.name: path.read_bytes() for path in (tmp_path / "geodata").iterdir()}
    assert main(["build-geodata", str(wrong), "--data", str(tmp_path)]) == 1
    assert "falsch.geojson" in capsys.readouterr().err
    after = {path.name: path.read_bytes() for path in (tmp_path / "geodata").iterdir()}
    assert after == before


@pytest.mark.parametrize("command", ["run", "check", "profile", "build-geodata", "fetch"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "--data ORDNER" in capsys.readouterr().out


def test_a_single_user_is_only_believed_on_the_own_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr("inteso_dash.cli.run.serve", lambda *arguments: started.append(arguments))
    monkeypatch.delenv("INTESO_DASH_SINGLE_USER", raising=False)
    assert main(["run", "--single-user", "--address", "0.0.0.0"]) == 2  # noqa: S104
    assert "erwartet eine Adresse nur dieses Rechners" in capsys.readouterr().err
    assert not started


def test_a_faulty_site_is_told_with_what_was_found_and_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unterkuenfte.csv"
    path.write_text(
        "name,form,places,usable,occupied,opened,closed,date,level,area_id,state,source_id,note\n"
        "A,Luftschloss,100,90,120,,,2017-02-28,stadtbezirk,06,in Betrieb,,erfunden\n",
        "utf-8",
    )
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out
    expected = said.partition("Gefunden Luftschloss; erwartet ")[2].partition(".")[0]
    assert {"Wohnmodulanlage", "Leichtbauhalle"} <= set(expected.split(", "))
    assert "Mehr Untergebrachte als Plätze. Gefunden 120; erwartet höchstens 100." in said


def test_build_keeps_a_city_and_says_where(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setenv(STORE_VARIABLE, "")
    arguments = ["build", "--data", str(town), "--store", str(store)]
    assert main(arguments) == 0
    *steps, kept = capsys.readouterr().out.splitlines()
    assert [step.split("s  ")[1] for step in steps] == [
        "Tabellen lesen und prüfen …",
        "Quoten und Summen bilden …",
        "Kleine Zahlen schützen …",
        "Ablegen …",
        "Grenzen für den Browser aufbereiten …",
    ]
    assert Path(kept.split("s  ")[1]).is_relative_to(store)
    monkeypatch.setattr(layers, "read_boundaries", None)
    found = opened(town)
    assert found is not None
    assert set(drawn.geometries(found)) == set(found.layers) != set()
    assert main(arguments) == 0
    assert "Ist schon abgelegt" in capsys.readouterr().out


def test_build_says_why_it_keeps_nothing(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, "")
    (tmp_path / "file").touch()
    wrong = str(tmp_path / "file" / "store")
    assert main(["build", "--data", str(town), "--store", wrong]) == 2
    assert f"{wrong}: nicht beschreibbar" in capsys.readouterr().err
    for sidecar in (town / "data").glob("*.yml"):
        text = sidecar.read_text("utf-8")
        sidecar.write_text(text.replace("public: true", "public: false"), "utf-8")
    assert main(["build", "--data", str(town), "--store", str(tmp_path / "store")]) == 0
    assert "Nicht abgelegt" in capsys.readouterr().out
