"""The server's own parts: what it does beside Streamlit."""

from __future__ import annotations

import ast
import asyncio
import gc
import os
import runpy
import socket
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Message
from streamlit import config, delta_generator, env_util
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from inteso_dash.app import ready, server
from inteso_dash.app.server import answer_at_once, keep_frozen, routes
from inteso_dash.app.shell import Shell
from inteso_dash.catalogue import CatalogueError
from inteso_dash.cli import run
from inteso_dash.folders import DATA_VARIABLE, WORKER_VARIABLE
from inteso_dash.session import store
from tests.e2e.harness import free_port
from tests.paths import ROOT


def test_accepted_connections_send_at_once() -> None:
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        answer_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_sockets_that_do_not_listen_are_left_alone() -> None:
    with socket.socket(socket.AF_INET) as idle:
        answer_at_once()
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


SECTIONS = {
    "theme": lambda theme: theme,
    "theme.light": lambda theme: theme.light,
    "theme.dark": lambda theme: theme.dark,
    "theme.sidebar": lambda theme: theme.sidebar,
}


@pytest.fixture
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_populate_theme_msg", "_populate_config_msg"):
        monkeypatch.setattr(app_session, name, getattr(app_session, name))


def opening() -> bytes:
    """The settings in the message that opens a run."""
    message = NewSession()
    app_session._populate_config_msg(message.config)
    for section, place in SECTIONS.items():
        app_session._populate_theme_msg(place(message.custom_theme), section)
    return message.SerializeToString(deterministic=True)


@pytest.mark.usefixtures("_as_it_was")
def test_every_run_opens_with_the_settings_of_streamlit() -> None:
    settings = {"theme.primaryColor": "#123456", "theme.dark.headingFontWeights": [650, 600]}
    before = {key: config.get_option(key) for key in settings}
    try:
        for key, value in settings.items():
            config.set_option(key, value)
        expected = opening()
        server.gather_settings_once()
        assert b"#123456" in expected
        assert [opening(), opening()] == [expected, expected]
    finally:
        for key, value in before.items():
            config.set_option(key, value)


@pytest.mark.usefixtures("_as_it_was")
def test_a_run_does_not_look_through_all_settings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[str]()
    monkeypatch.setattr(config, "get_options_for_section", lambda name: looked.append(name) or {})
    server.gather_settings_once()
    for _ in range(2):
        opening()
    assert looked == list(SECTIONS)


def test_nobody_is_asked_whether_the_page_was_started_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[bool]()
    monkeypatch.setattr(env_util, "is_repl", lambda: asked.append(True))
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)
    server.warn_of_nothing()
    delta_generator._maybe_print_use_warning()
    assert asked == []


SLOW_TO_IMPORT = {
    "inteso_dash.catalogue",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "yaml",
}
OF_LOADING = {
    "inteso_dash.boundaries.layers",
    "inteso_dash.city.loading",
    "inteso_dash.tables.reading",
    "inteso_dash.tables.sources",
}
OF_BOUNDARIES = {"geopandas", "matplotlib", "openpyxl", "pyproj", "scipy", "shapely"}


def imported(script: str, heavy: set[str], folder: Path) -> list[str]:
    """Run a script in a process of its own on a city; returns what of some modules it imports."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{script}\nimport sys\nprint(sorted({heavy!r} & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {DATA_VARIABLE: str(folder)},
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = ast.literal_eval(done.stdout.splitlines()[-1])
    return found


def test_the_server_answers_before_it_imports_what_takes_long(town: Path) -> None:
    assert imported("import app", SLOW_TO_IMPORT | OF_BOUNDARIES, town) == []


@pytest.mark.slow
def test_a_kept_city_is_shown_without_what_reads_and_checks_one(town: Path) -> None:
    build = "from inteso_dash.cli import main\nassert main(['build']) == 0"
    imported(build, set(), town)
    run = (
        "from inteso_dash.cli import main, run\n"
        "run.serve = lambda *_: print('serves')\n"
        "assert main(['run', '--port', '0']) == 0"
    )
    assert imported(run.replace("'0'", f"'{free_port()}'"), SLOW_TO_IMPORT, town) == []
    page = (
        "from streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(server.FRAME)!r}, default_timeout=60).run()\n"
        "assert not page.exception, page.exception\n"
        "assert page.selectbox(key='indikator').options"
    )
    imported(page, set(), town)
    heavy = OF_BOUNDARIES | OF_LOADING - {"inteso_dash.boundaries.layers"}
    assert imported(page, heavy, town) == [], "boundaries are kept at the first visit"
    profile = "from inteso_dash.cli import main\nassert main(['profile', 'Q01']) == 0"
    own = {"inteso_dash.city.own_areas", "inteso_dash.city.disclosure", "streamlit", "plotly"}
    assert imported(profile, OF_BOUNDARIES | OF_LOADING | own, town) == []


def test_garbage_is_looked_for_as_usual_once_the_first_page_is_prepared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none() -> None:
        raise CatalogueError(["Es gibt keine Stadt."])

    begun: list[int] = []
    usual = gc.get_threshold()
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(store, "assets", none)
    monkeypatch.setattr(runpy, "run_module", lambda *_, **__: begun.append(gc.get_threshold()[0]))
    try:
        run.serve("localhost", 8501)
        assert not ready.prepare()
        assert gc.get_threshold()[0] < begun[0]
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def test_what_the_server_adds_lies_below_the_path_of_the_operator() -> None:
    assert {route.path.split("/{")[0] for route in routes("")} == {"/geometrie", "/werte", "/suche"}
    below = {route.path.split("/{")[0] for route in routes("/amt/statistik/")}
    assert below == {f"/amt/statistik/{name}" for name in ("geometrie", "werte", "suche")}


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_frozen_and_is_garbage_goes_at_the_next_thaw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def some_rounds() -> None:
        task = asyncio.create_task(keep_frozen())
        await asyncio.sleep(0.05)
        task.cancel()

    monkeypatch.setattr(server, "_FREEZE_EVERY", 0.01)
    try:
        for thaw, gone in ((10**6, False), (1, True)):
            monkeypatch.setattr(server, "_THAW_EVERY", thaw)
            knot = Knot()
            seen = weakref.ref(knot)
            asyncio.run(some_rounds())
            assert gc.get_freeze_count()
            del knot
            asyncio.run(some_rounds())
            assert (seen() is None) is gone
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("worker", ["", "2"])
def test_a_page_names_its_process_where_there_are_several(
    worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WORKER_VARIABLE, worker)
    monkeypatch.setattr("inteso_dash.app.shell.page", lambda html, _query: html)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asked = {
        "type": "http",
        "path": "/",
        "query_string": b"",
        "headers": [(b"accept", b"text/html")],
    }
    asyncio.run(Shell(HTMLResponse("<html></html>"))(asked, None, send))  # type: ignore[arg-type]
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    wanted = b"inteso_dash_worker=2; Path=/; HttpOnly; SameSite=Lax"
    assert cookies == ([wanted] if worker else [])
