"""A running server asked as no visitor would: each limit and header of docs/operations.md."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from inteso_dash.app.guard import SESSION_BYTES
from inteso_dash.app.sessions import MOST_DEPARTED
from inteso_dash.folders import EMBED, HOSTS
from tests.e2e import harness

FILE = 9 * 2**20


@pytest.fixture(scope="module")
def server() -> Iterator[harness.Server]:
    """The dashboard, known as statistik.example.org and shown by amt.example."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOSTS, "statistik.example.org, *.stadt.example")
        patch.setenv(EMBED, "https://amt.example")
        with harness.serve_app() as started:
            started.wait()
            yield started


def ask(
    server: harness.Server, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    answer = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, told, text


def visit(server: harness.Server, origin: str | None = None) -> ClientConnection:
    """A session."""
    return connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        origin=Origin(origin) if origin else None,
        subprotocols=[Subprotocol("streamlit")],
        open_timeout=60,
        max_size=None,
    )


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/gibt/es/nicht"])
def test_every_answer_has_the_headers(server: harness.Server, path: str) -> None:
    _, headers, _ = ask(server, path, Accept="text/html")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self' https://amt.example" in policy
    assert "form-action 'self'" in policy


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]:8501",
        "192.0.2.7",
        "localhost:1",
        "Statistik.example.org",
        "a.stadt.example:80",
    ],
)
def test_names_of_this_server_are_answered(server: harness.Server, host: str) -> None:
    assert ask(server, "/_stcore/health", Host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["angreifer.example", "stadt.example", "127.0.0.1.evil.example", "", "a@b"]
)
def test_a_name_that_somebody_else_points_here_is_not(server: harness.Server, host: str) -> None:
    status, headers, text = ask(server, "/", Host=host)
    assert status == 421
    assert "kennt den Namen" in text
    assert "--host" in text
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/metrics?families=active_sessions",
        "/_stcore/%6detrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
    ],
)
def test_what_streamlit_tells_of_itself_stays_shut(server: harness.Server, path: str) -> None:
    assert ask(server, path)[::2] == (404, "Diese Adresse ist nicht öffentlich.")


def test_pages_of_other_sites_open_no_websocket(server: harness.Server) -> None:
    for origin in ("http://angreifer.example", "null", f"http://localhost:{server.port + 1}"):
        with pytest.raises(InvalidStatus) as caught:
            visit(server, origin)
        assert caught.value.response.status_code == 403
    own = f"http://127.0.0.1:{server.port}"
    for origin in (own, "https://statistik.example.org", None):
        with visit(server, origin):
            pass
    assert "checkip" not in server.log.read_text(errors="replace")


def test_a_session_holds_only_so_many_bytes(server: harness.Server) -> None:
    _, headers, _ = ask(server, "/_stcore/health")
    token = SimpleCookie(headers["set-cookie"])["_streamlit_xsrf"].value
    boundary = "grenze"
    body = (
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
        ).encode()
        + b"x" * FILE
        + f"\r\n--{boundary}--\r\n".encode()
    )
    with visit(server) as session:
        session_id = opened(session)

        def put(number: int) -> tuple[int, str]:
            return ask(
                server,
                f"/_stcore/upload_file/{session_id}/{number}",
                "PUT",
                body,
                Content_Type=f"multipart/form-data; boundary={boundary}",
                Cookie=f"_streamlit_xsrf={token}",
                X_Xsrftoken=token,
                Origin=f"http://127.0.0.1:{server.port}",
            )[::2]

        answers = [put(number) for number in range(12)]
    fit = SESSION_BYTES // len(body)
    assert [status for status, _ in answers] == [204] * fit + [413] * (12 - fit)
    assert "so viele Dateien" in answers[-1][1]


def opened(session: ClientConnection) -> str:
    """Ask for the page and return the session that Streamlit names."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    asked = BackMsg()
    asked.rerun_script.query_string = ""
    session.send(asked.SerializeToString())
    while True:
        told = ForwardMsg()
        told.ParseFromString(bytes(session.recv(60)))  # type: ignore[arg-type]
        if told.WhichOneof("type") == "new_session":
            return str(told.new_session.initialize.session_id)


def test_sessions_that_are_gone_let_go_of_their_handles(server: harness.Server) -> None:
    handles = Path(f"/proc/{server.process.pid}/fd")
    if not handles.is_dir():
        pytest.skip("this system does not list the handles of a process")
    before = len(list(handles.iterdir()))
    for _ in range(3 * MOST_DEPARTED):
        with visit(server):
            pass
    assert len(list(handles.iterdir())) - before <= 3 * MOST_DEPARTED + 16
    assert ask(server, "/_stcore/health")[0] == 200


def test_the_unit_file_of_the_documentation_allows_for_these_handles() -> None:
    text = (harness.ROOT / "docs/operations.md").read_text("utf-8")
    found = re.search(r"LimitNOFILE=(\d+)", text)
    assert found is not None
    assert int(found[1]) >= 16_384
