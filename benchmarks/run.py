"""Measure the dashboard beside the bare page and the usual way; write docs/performance.md."""

import asyncio
import datetime as dt
import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks import browser as browsing
from benchmarks.areas import area_table
from benchmarks.protocol import Session
from tests.e2e.harness import Server, chromium, free_port, launch, serve, serve_app
from tests.paths import ROOT

REPORT = ROOT / "docs/performance.md"
MARKED = r"(<!-- {0} -->\n).*(<!-- /{0} -->)"
BARE, FROZEN, NAIVE, APP = "bare page", "bare page, frozen", "naive map", "dashboard"
SCRIPTS = {BARE: "bare.py", FROZEN: "frozen.py", NAIVE: "naive.py"}
KINDS = {BARE: "text", FROZEN: "text", NAIVE: "plotly", APP: "map"}
SESSIONS = 20
SECONDS = 6
STEPS = "?ebene=Stadtbezirke&thema=Bev%C3%B6lkerung"


@contextmanager
def script(name: str) -> Iterator[Server]:
    """Run one of the scripts beside this one."""
    port = free_port()
    settings = ["--server.port", str(port), "--server.headless", "true"]
    quiet = ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
    path = Path(__file__).with_name(SCRIPTS[name])
    with serve([sys.executable, "-m", "streamlit", "run", path, *settings, *quiet], port) as server:
        yield server


def start(name: str) -> AbstractContextManager[Server]:
    """Start a variant."""
    return serve_app() if name == APP else script(name)


async def first_run(port: int) -> None:
    """Open a session and wait until its script has finished."""
    async with Session(port):
        pass


async def round_trips(port: int, rounds: int) -> float:
    """Median seconds of one visitor's change, server alone."""
    async with Session(port) as session:
        return median([await session.change() for _ in range(rounds)][2:])


async def crowd(port: int) -> tuple[float, float]:
    """Many visitors at once: reruns per second, median seconds."""
    async with AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(Session(port)) for _ in range(SESSIONS)]
        end = time.perf_counter() + SECONDS
        times: list[float] = []

        async def click(session: Session) -> None:
            while time.perf_counter() < end:
                times.append(await session.change())

        began = time.perf_counter()
        await asyncio.gather(*(click(session) for session in sessions))
        return len(times) / (time.perf_counter() - began), median(times)


def resident(server: Server) -> float:
    """Memory of the server in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def startup(rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds from the command to the first answer and to the first finished script."""
    times: dict[str, list[tuple[float, float]]] = {BARE: [], APP: []}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # What is installed is compiled once.
    for _ in range(rounds):
        for name, measured in times.items():
            began = time.perf_counter()
            with start(name) as server:
                server.wait()
                answered = time.perf_counter() - began
                asyncio.run(first_run(server.port))
                measured.append((answered, time.perf_counter() - began))
    return {
        name: (median(answer for answer, _ in pairs), median(run for _, run in pairs))
        for name, pairs in times.items()
    }


def server_rows(servers: dict[str, Server]) -> Iterator[list[str]]:
    """Measure what the servers do without a browser."""
    single = {name: asyncio.run(round_trips(each.port, 40)) for name, each in servers.items()}
    yield ["server round trip of a change", *(f"{single[name] * 1000:.0f} ms" for name in servers)]
    busy = {name: asyncio.run(crowd(each.port)) for name, each in servers.items()}
    yield [f"{SESSIONS} sessions at once", *(f"{busy[name][0]:.0f} reruns/s" for name in servers)]
    yield ["… median", *(f"{busy[name][1] * 1000:.0f} ms" for name in servers)]
    before = resident(servers[APP])
    asyncio.run(round_trips(servers[APP].port, 1000))
    after = resident(servers[APP])
    yield ["memory before and after 1,000 reruns", "", "", "", f"{before:.0f} → {after:.0f} MB"]


def browser_rows(servers: dict[str, Server], executable: str) -> Iterator[list[str]]:
    """Measure what a visitor sees."""
    pages = {name: (server.url, KINDS[name]) for name, server in servers.items()}
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        first = browsing.first_maps(browser, pages, rounds=5)
        yield ["first drawn, empty cache", *(f"{first[name][0]:.0f} ms" for name in pages)]
        yield ["first drawn, filled cache", *(f"{first[name][1]:.0f} ms" for name in pages)]
        whole = " · ".join(f"{each:.0f} ms" for each in first[APP][2:])
        yield ["… with the application around it, empty · filled", "", "", "", whole]
        changed = browsing.changes(browser, pages, rounds=12)
        yield ["change → drawn", *(f"{changed[name][0]:.0f} ms" for name in pages)]
        yield ["… 95 of 100 below", *(f"{changed[name][1]:.0f} ms" for name in pages)]
        for name, (middle, late) in browsing.other_changes(browser, servers[APP].url, 9).items():
            shown = f"{middle:.0f} ms, 95 of 100 below {late:.0f} ms"
            yield [f"change of {name} → drawn, once seen before", "", "", "", shown]
        sent = {name: browsing.bytes_sent(browser, *page) for name, page in pages.items()}
        loads = (wire.total() / 1e6 for wire, _ in sent.values())
        yield ["bytes of the first load", *(f"{size:.2f} MB" for size in loads)]
        yield ["bytes per change", *(f"{size / 1000:.1f} KB" for _, size in sent.values())]
        layers = sorted(sent[APP][0].geometry().values(), reverse=True)
        sizes = " + ".join(f"{size / 1000:.0f}" for size in layers)
        yield ["boundaries within it, compressed", "", "", "", f"{sizes} KB"]
        step, frames = browsing.date_steps(browser, f"{servers[APP].url}/{STEPS}", rounds=10)
        yield ["step to another date → drawn", "", "", "", f"{step:.0f} ms, {frames} messages"]
        browser.close()


def machine() -> str:
    """Say what the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "pandas"))
    return (
        f"Measured on {dt.datetime.now(dt.UTC):%d.%m.%Y}: {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {packages}."
    )


def write(name: str, content: str) -> None:
    """Put a table into its place in the report, with what it was measured on."""
    text = REPORT.read_text("utf-8")
    place = re.compile(MARKED.format(name), re.DOTALL)
    REPORT.write_text(place.sub(rf"\1\n{content}\n\n{machine()}\n\n\2", text), "utf-8")
    print(content)


def main() -> None:
    """Measure everything in one run."""
    executable = chromium()
    if executable is None:
        sys.exit("The benchmark needs Chromium: sudo apt-get install chromium")
    begun = startup(rounds=3)
    names = [BARE, FROZEN, NAIVE, APP]
    rows = [
        ["command → first answer", f"{begun[BARE][0]:.1f} s", "", "", f"{begun[APP][0]:.1f} s"],
        ["command → first page ready", f"{begun[BARE][1]:.1f} s", "", "", f"{begun[APP][1]:.1f} s"],
    ]
    with ExitStack() as stack:
        servers = {name: stack.enter_context(start(name)) for name in names}
        for server in servers.values():
            server.wait()
        for server in servers.values():
            asyncio.run(first_run(server.port))
        rows += server_rows(servers)
        rows += browser_rows(servers, executable)
    lines = [["", *names], ["---"] + ["---:"] * len(names), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    write("table", table)
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        write("areas", area_table(browser))
        browser.close()


if __name__ == "__main__":
    main()
