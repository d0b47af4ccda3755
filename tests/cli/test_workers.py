"""Several processes behind one port: who answers whom, and that bytes arrive as they were sent."""

from __future__ import annotations

import asyncio

import pytest

from inteso_dash.cli import main, workers
from inteso_dash.cli.workers import Workers, worker_of

IDLE = [(0, 0)] * 3
ASKS = b"GET /_stcore/stream HTTP/1.1\r\nUser-Agent: made up\r\n"


def test_a_number_that_nobody_has_counts_as_none() -> None:
    for named in (b"0", b"4", b"99", b"1234", b"x", b"-1"):
        head = ASKS + b"Cookie: inteso_dash_worker=" + named + b"\r\n\r\n"
        assert worker_of(head, "::1", IDLE) == worker_of(ASKS + b"\r\n", "::1", IDLE)


def test_other_cookies_and_other_headers_name_nobody() -> None:
    for line in (b"Cookie: not_inteso_dash_worker=3", b"X-Cookie: inteso_dash_worker=3"):
        assert worker_of(ASKS + line + b"\r\n\r\n", "::1", IDLE) == worker_of(ASKS, "::1", IDLE)


def test_without_cookies_an_address_and_browser_stay_together_and_others_spread() -> None:
    found = {
        worker_of(ASKS + b"X-Forwarded-For: 10.0.0.%d, 10.9.9.9\r\n\r\n" % at, "127.0.0.1", IDLE)
        for at in range(30)
    }
    assert found == {0, 1, 2}
    forwarded = ASKS + b"X-Forwarded-For: 10.0.0.7\r\n\r\n"
    assert worker_of(forwarded, "127.0.0.1", IDLE) == worker_of(ASKS, "10.0.0.7", IDLE)


def test_bytes_arrive_in_both_directions_as_they_were_sent() -> None:
    body = bytes(range(256)) * 4096

    async def turned(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write((await reader.readexactly(len(body)))[::-1])
        writer.close()

    async def asked() -> bytes:
        inner = await asyncio.start_server(turned, "127.0.0.1", 0)
        kept = Workers(2, "127.0.0.1", 0)
        kept._ports[1] = inner.sockets[0].getsockname()[1]
        outer = await asyncio.start_server(kept._accept, "127.0.0.1", 0, limit=2**16)
        reader, writer = await asyncio.open_connection(*outer.sockets[0].getsockname())
        writer.write(b"PUT / HTTP/1.1\r\nCookie: inteso_dash_worker=2\r\n\r\n" + body)
        answer = await reader.read()
        writer.close()
        outer.close()
        inner.close()
        await asyncio.gather(*kept._connections)
        return answer

    assert asyncio.run(asyncio.wait_for(asked(), 20)) == body[::-1]


def test_where_no_process_comes_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_START_SECONDS", 0)

    async def asked() -> bytes:
        kept = Workers(2, "127.0.0.1", 0)
        outer = await asyncio.start_server(kept._accept, "127.0.0.1", 0, limit=2**16)
        reader, writer = await asyncio.open_connection(*outer.sockets[0].getsockname())
        writer.write(b"GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n")
        answer = await reader.read()
        writer.close()
        outer.close()
        await asyncio.gather(*kept._connections)
        return answer

    head, _, text = asyncio.run(asyncio.wait_for(asked(), 20)).decode().partition("\r\n\r\n")
    assert "503" in head
    assert "startet gerade neu" in text


@pytest.mark.parametrize("wrong", ["0", "65", "zwei", "-1"])
def test_a_wrong_number_is_told(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--workers", wrong])
    assert "erwartet eine ganze Zahl von 1 bis 64" in capsys.readouterr().err


def test_one_person_needs_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workers", "2", "--single-user"]) == 2
    assert (
        "erwartet 1 außerhalb von Linux und zusammen mit --single-user" in capsys.readouterr().err
    )
