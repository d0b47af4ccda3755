"""What every test may use, and what the end of the output must say."""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from inteso_dash import folders
from inteso_dash.city import City, load_city
from inteso_dash.folders import STORE_VARIABLE, folder_hash, store_folder
from inteso_dash.views.sequences import Slide
from inteso_dash.views.shown import Shown
from tests.paths import ROOT
from tests.remembered import remember
from tests.towns.made_up_town import write_town

settings.register_profile("gate", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("hunt", deadline=None, max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

REFERENCE = Path(__file__).parents[2] / "shared/reference"
CASES = Path(__file__).parents[2] / "shared/cases"
NO_OFFICE = "no LibreOffice found (sudo apt-get install libreoffice-impress)"
NO_NAMESPACE = "no network namespace may be made here (unshare --net needs root)"
NO_BROWSER = "no Chromium found (sudo apt-get install chromium, or CHROMIUM=/path/to/chrome)"


@pytest.fixture(scope="module", autouse=True)
def environment() -> Iterator[None]:
    """Commands choose a city for their process, pages stand in for its main module.

    The next module of tests has the first ones.
    """
    before, started = dict(os.environ), sys.modules["__main__"]
    yield
    sys.modules["__main__"] = started
    if {**os.environ, "PYTEST_CURRENT_TEST": ""} != {**before, "PYTEST_CURRENT_TEST": ""}:
        os.environ.clear()
        os.environ.update(before)
        st.cache_resource.clear()


@pytest.fixture(scope="session", autouse=True)
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled cities out of the cache of whoever runs the tests.

    The same folder made up in another place is the same city: it is compiled once. Of another, what
    is the same in both is worked out once.
    """
    os.environ[STORE_VARIABLE] = str(tmp_path_factory.mktemp("store"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "place_of", lambda root: store_folder() / folder_hash(root)[:16])
        remember(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def manifests() -> Iterator[None]:
    """Look through the installed packages for components once, not in every `AppTest`."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session", autouse=True)
def waiting() -> Iterator[None]:
    """Wait for the script of an `AppTest`, instead of asking it a thousand times a second."""

    def ended(runner: local_script_runner.LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        if not runner.script_stopped():
            asked(runner, 0)

    asked = local_script_runner.require_widgets_deltas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", ended)
        yield


@pytest.fixture(scope="session")
def city() -> City:
    """The shipped city, loaded once for all tests."""
    return load_city(ROOT)


@pytest.fixture(scope="session")
def reference() -> Path:
    """Folder of the reference material; tests that compare against it skip without it."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference material ../shared/reference is not here")
    return REFERENCE


@pytest.fixture(autouse=True)
def mishaps() -> Iterator[list[logging.LogRecord]]:
    """Gather errors that a page has caught; they fail the test unless it takes them out."""
    found: list[logging.LogRecord] = []
    log, keep = logging.getLogger("inteso_dash.mishaps"), logging.Handler()
    keep.emit = found.append  # type: ignore[method-assign]
    log.addHandler(keep)
    yield found
    log.removeHandler(keep)
    for record in found:
        raise AssertionError("a page has caught an error") from record.exc_info[1]


@pytest.fixture
def shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work out once what a slide shows on the screen, on paper and in a presentation."""
    from inteso_dash.pages import slides

    made: list[tuple[City, Slide, Shown]] = []
    show = slides.show

    def once(city: City, slide: Slide) -> Shown:
        for known, asked, found in made:
            if known is city and asked == slide:
                return found
        made.append((city, slide, show(city, slide)))
        return made[-1][2]

    monkeypatch.setattr(slides, "show", once)


@pytest.fixture(scope="session")
def cases() -> Path:
    """Folder of small deliveries made up after real ones; tests of them skip without it."""
    if not CASES.is_dir():
        pytest.skip("the deliveries ../shared/cases are not here")
    return CASES


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A made-up town in a folder of its own."""
    folder = tmp_path / "box" / "town"
    folder.mkdir(parents=True)
    write_town(folder)
    return folder


def pytest_collection_finish() -> None:
    """Look for what nobody refers to among what tests make, not among all modules, and seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Look for doctests in the package only, not in the helpers beside the tests."""
    helper = collection_path.suffix == ".py" and not collection_path.name.startswith(
        ("test_", "conftest")
    )
    return True if helper else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat loudly that the browser tests did not run."""
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if NO_BROWSER in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS SKIPPED", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} browser tests did not run: {NO_BROWSER}.", red=True)
    for reason in (NO_OFFICE, NO_NAMESPACE):
        reports = terminalreporter.getreports("skipped")
        missed = sum(reason in str(report.longrepr) for report in reports)
        if missed:
            terminalreporter.section("TESTS SKIPPED", red=True, bold=True)
            terminalreporter.line(f"{missed} tests did not run: {reason}.", red=True)
