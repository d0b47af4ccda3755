"""Disks, folders and terminals as they should not be: a German sentence, nothing half done."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import streamlit as st

from inteso_dash.cli import main
from inteso_dash.cli.arguments import written
from inteso_dash.folders import write_whole
from inteso_dash.intake.delivery import folder as intake_folder
from inteso_dash.intake.delivery.draft import Answers
from inteso_dash.intake.delivery.folder import RefusedError
from inteso_dash.pages import own
from inteso_dash.session import store
from inteso_dash.session.controls import NOTES
from inteso_dash.views import own_sequences, sequences
from tests.e2e.harness import free_port
from tests.intake.test_import import NOW
from tests.pages.daten.test_upload_page import DELIVERED
from tests.paths import ROOT

SHARED = "/dev/shm"  # noqa: S108
FILES = [("l.csv", DELIVERED.encode())]


def put(town: Path) -> list[str]:
    """Import, and say what lies beside the folder and in its data."""
    stored = intake_folder.store(town, FILES, Answers(), NOW)
    assert stored.folder is not None
    assert len(list(stored.folder.glob("*.csv"))) == 1
    beside = [path.name for path in town.parent.iterdir() if path != town]
    return beside + [path.name for path in (town / "data").iterdir() if path.name[0] == "."]


def test_a_folder_below_a_mount_is_written_from_within(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    assert put(town) == []


def test_data_may_be_a_link_to_another_disk(town: Path) -> None:
    with tempfile.TemporaryDirectory(dir=SHARED if Path(SHARED).is_dir() else None) as other:
        elsewhere = Path(other) / "data"
        subprocess.run(["cp", "-r", town / "data", elsewhere], check=True)
        (town / "data").rename(town / "before")
        (town / "data").symlink_to(elsewhere)
        assert put(town) == []
        assert [path.name for path in Path(other).iterdir()] == ["data"]


def test_what_lies_beside_the_folder_under_such_a_name_is_left_alone(town: Path) -> None:
    name = f".{town.name}-import-x"
    (town.parent / name).write_text("von jemand anderem", "utf-8")
    assert put(town) == [name]


def test_a_folder_nobody_may_write_to_is_refused(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RefusedError, match="darf nichts geschrieben werden"):
        intake_folder.store(town, FILES, Answers(), NOW)


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "06.csv"
    target.write_text("vorher", "utf-8")
    monkeypatch.setattr("os.fdopen", lambda handle, mode: os.close(handle) or full())
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"x")
    monkeypatch.undo()
    monkeypatch.setattr(Path, "replace", full)
    assert not written(target, b"x")
    assert "nicht beschreibbar" in capsys.readouterr().err
    assert target.read_text("utf-8") == "vorher"
    assert list(tmp_path.iterdir()) == [target]


def test_files_have_the_rights_that_the_user_gives_new_ones(tmp_path: Path) -> None:
    target, usual = tmp_path / "a", tmp_path / "b"
    write_whole(target, b"x")
    usual.write_bytes(b"x")
    assert target.stat().st_mode == usual.stat().st_mode
    target.chmod(0o640)
    write_whole(target, b"y")
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_bytes() == b"y"


def test_profiles_that_cannot_be_written_end_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kurzprofil_05111_duesseldorf.pdf").mkdir()
    assert main(["report", "--all", "stadt", "-o", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "nicht beschreibbar" in said
    assert "Kurzprofilen, jedes vollständig" in said


def test_a_terminal_that_knows_no_quotation_marks_gets_the_rest() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "inteso_dash.cli", "profile", "gibt es nicht"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "latin-1:strict"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 2
    assert "gibt es nicht. Erwartet wird ein Schlüssel" in run.stderr.decode("latin-1").replace(
        "?", ""
    )
    assert b"Traceback" not in run.stderr


def test_an_own_folder_that_takes_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    barred = tmp_path / "datei"
    barred.write_text("", "utf-8")
    monkeypatch.setattr(sequences, "kept_folder", lambda _: barred / "sequences")
    city = store.shared_city()
    monkeypatch.setattr(store, "city", lambda: city)
    st.session_state.pop(NOTES, None)
    st.session_state[own.OWN] = own_sequences.read_all({}, city.catalogue)
    mine = sequences.Sequence(title="Meine", city=city.catalogue.city.id)
    own.set_own(own.own().add(mine)[0])
    st.session_state.pop(own.OWN)
    (said,) = st.session_state.pop(NOTES)
    assert "nicht in" in said
    assert "nur in dieser Browsersitzung" in said


@pytest.mark.parametrize("port", ["0", "65536", "-1", "1e3", "9" * 5_000])
def test_ports_out_of_range_are_named(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", f"--port={port}"])
    assert "erwartet eine ganze Zahl von 1 bis 65535" in capsys.readouterr().err


def test_a_port_in_use_and_a_foreign_address_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["run", "--port", port, "--address", "127.0.0.1"]) == 2
    assert "hört schon ein Programm" in capsys.readouterr().err
    assert main(["run", "--port", str(free_port()), "--address", "192.0.2.1"]) == 2
    assert "Diese Adresse hat der Rechner nicht" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--host=a b", "--embed=amt.example", "--embed=https://a;b"])
def test_names_that_are_none_are_refused(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", option])
    assert "erwartet" in capsys.readouterr().err
