"""The server's own parts: what it does beside Streamlit."""

from __future__ import annotations

import socket

from inteso_dash.app.server import answer_at_once, routes


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


def test_what_the_server_adds_lies_below_the_path_of_the_operator() -> None:
    assert {route.path.split("/{")[0] for route in routes("")} == {"/geometrie", "/werte", "/suche"}
    below = {route.path.split("/{")[0] for route in routes("/amt/statistik/")}
    assert below == {f"/amt/statistik/{name}" for name in ("geometrie", "werte", "suche")}
