"""Names that were cut off or broken, and keys that contradict the areas above; all made up."""

from __future__ import annotations

import pandas as pd
import pytest

from inteso_dash.intake.checks import run_checks
from inteso_dash.intake.checks.names import is_cut_off
from inteso_dash.intake.checks.structure import key_table
from inteso_dash.language.findings import Finding
from tests.intake.test_checks import consistent, context, found, keys, serious


@pytest.mark.parametrize(
    "name",
    [
        "Rund um den Musterplatz bis",
        "Zwischen Nordpark und Jo-",
        "Südlich",
        "Zwischen",
        "Links und rechts der",
        "Musterpark - Südliches",
        "Zwischen alter Schule",
        "Musterviertel (alt",
    ],
)
def test_cut_off_names_are_recognised(name: str) -> None:
    assert is_cut_off(name)


@pytest.mark.parametrize(
    "name",
    [
        "Am Bahnhof",
        "An der Musterstraße",
        "Zwischen Nordpark und Südpark",
        "Musterstadt-Mitte",
        "Rund um den Musterplatz bis …",
        "Muster (Nord)",
        "Um die Siedlung",
        "",
    ],
)
def test_whole_names_are_left_alone(name: str) -> None:
    assert not is_cut_off(name)


def test_many_cut_off_names_are_one_finding() -> None:
    names = pd.Series([f"Straße {key} und" for key in keys()[:7]], keys()[:7])
    (finding,) = found(consistent(), "cut_off_name", text_columns={"Name": names})
    assert finding.column == "Name"
    assert all(f"{key}: „Straße {key} und“" in finding.message for key in names.index)


def test_broken_ligatures_are_guessed_from_words_around() -> None:
    names = pd.Series(
        {"0101": "Freih(cid:7)che", "0102": "Freifläche Ost", "0103": "Gewerbe(cid:192)äche"}
    )
    findings = found(consistent(), "broken_ligature", text_columns={"Name": names})
    assert [(each.row, each.expected) for each in findings] == [
        ("0101", "fl, fi oder ff an dieser Stelle"),
        ("0103", "Gewerbefläche"),
    ]
    sign = pd.Series({"0104": "Au\ufb02auf"})
    (finding,) = found(consistent(), "broken_ligature", text_columns={"Name": sign})
    assert finding.expected == "Auflauf"


def structure(keys_found: list[str], parents: list[str] | None = None) -> list[Finding]:
    """Return what the structural rules say about these keys."""
    table = key_table(range(2, 2 + len(keys_found)), keys_found, [""] * len(keys_found))
    if parents is not None:
        table["bezirk"] = parents
    frame = pd.DataFrame({"jung": 1.0}, pd.Index(list(dict.fromkeys(filter(None, keys_found)))))
    return serious(run_checks(frame, context(keys=table)))


def test_a_whole_division_is_in_order() -> None:
    assert structure(keys(), [key[:2] for key in keys()]) == []
    assert structure(keys(), [str(int(key[:2])) for key in keys()]) == []


def test_keys_that_are_wrong_are_named() -> None:
    delivered = [*keys()[:-2], "0499", "0101", ""]
    findings = {(each.rule, each.row) for each in structure(delivered)}
    assert findings == {
        ("area_count", ""),
        ("unknown_area", "0499"),
        ("duplicate_area", "0101"),
        ("missing_area", "0408"),
        ("missing_area", "0409"),
        ("area_key", "42"),
    }


def test_a_key_that_contradicts_its_higher_area_is_named() -> None:
    parents = [key[:2] for key in keys()]
    parents[15] = "3"
    (finding,) = structure(keys(), parents)
    assert (finding.rule, finding.row) == ("parent_contradiction", "0205")
    assert (finding.found, finding.expected) == ("03", "02")


def test_duplicate_areas_in_the_frame_are_refused() -> None:
    frame = pd.concat([consistent(), consistent()])
    with pytest.raises(ValueError, match="doppelte Zeilen"):
        run_checks(frame, context())
