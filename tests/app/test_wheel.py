"""The wheel holds everything and works where there is no repository."""

import csv
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from tests.paths import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed, without network."""
    pytest.importorskip("pip", reason="building a wheel needs pip in this environment")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    built = subprocess.run(
        [*command, "--wheel-dir", folder, ROOT], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone; its dependencies come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", folder, wheel], check=True, capture_output=True)
    return folder


def run(installed: Path, elsewhere: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command from another directory."""
    environment = {"PYTHONPATH": str(installed), "PYTHONUTF8": "1", "PATH": ""}
    script = "import inteso_dash, sys; print(inteso_dash.__file__, file=sys.stderr);"
    script += "from inteso_dash.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_package_and_city(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "inteso_dash").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    city = {
        f"inteso_dash/shipped/{path.relative_to(ROOT).as_posix()}"
        for folder in ("data", "geodata")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert package | city <= names
    assert {f"inteso_dash/shipped/{name}" for name in ("app.py", ".streamlit/config.toml")} <= names
    assert {Path(name).suffix for name in names} >= {
        ".js",
        ".css",
        ".csv",
        ".yml",
        ".geojson",
        ".typ",
    }


@pytest.mark.slow
def test_the_installed_wheel_finds_its_data_in_order(installed: Path, tmp_path: Path) -> None:
    checked = run(installed, tmp_path, "check")
    assert str(installed) in checked.stderr
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_the_installed_wheel_prints_a_profile(installed: Path, tmp_path: Path) -> None:
    printed = run(installed, tmp_path, "profile", "06", "--format", "csv")
    assert str(installed) in printed.stderr
    assert printed.returncode == 0, printed.stderr
    rows = list(csv.reader(StringIO(printed.stdout)))
    assert len(rows) > 40
    assert any("66957" in row for row in rows)
