"""Let visitors go through all pages for a while and see whether the server gives back what it took.

``python -m benchmarks.soak [SESSIONS [MINUTES [WAVES]]]``, 50 for 10 minutes twice by default:
memory and file handles of the server when every page has been open once, at the end of every wave
of visitors, and after the last of them have been forgotten. A first wave also fills caches; what a
second one adds says whether that ends.
"""

import asyncio
import random
import re
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.protocol import Session
from inteso_dash.pages import PAGES
from tests.e2e.harness import Server, serve_app

FORGOTTEN_AFTER = 200
"""Seconds until sessions without a browser are closed and what they held has been collected."""


def held(server: Server) -> str:
    """Write the memory and the file handles of a server."""
    process = Path(f"/proc/{server.process.pid}")
    sizes = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", (process / "status").read_text("ascii")))
    handles = len([*(process / "fd").iterdir()])
    now, most = (int(sizes[name]) / 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f} MB (at most {most:.0f}), {handles} file handles"


async def visit(port: int, pages: list[str]) -> list[float]:
    """Open a session and go to some pages, on the map to another indicator; returns seconds."""
    async with Session(port) as session:
        times = [await session.change()]
        times += [await session.visit(page) for page in pages]
    return times


async def soak(server: Server, sessions: int, seconds: float) -> None:
    """Send visitors until the time is over, as many at once as are wanted."""
    names = [page.id for page in PAGES]
    end, times = time.monotonic() + seconds, list[float]()

    async def come_again(number: int) -> None:
        drawn = random.Random(number)  # noqa: S311
        while time.monotonic() < end:
            times.extend(await visit(server.port, drawn.sample(names, len(names))))

    await asyncio.gather(*map(come_again, range(sessions)))
    print(f"after {len(times)} runs ", held(server), f"median {median(times):.2f} s", flush=True)
    await asyncio.sleep(FORGOTTEN_AFTER)
    print("sessions forgotten   ", held(server), flush=True)


async def soak_in_waves(server: Server, sessions: int, minutes: float, waves: int) -> None:
    """Open every page once, then let waves of visitors come."""
    await visit(server.port, [page.id for page in PAGES])
    await asyncio.sleep(5)
    print("every page open once ", held(server), flush=True)
    for _ in range(waves):
        await soak(server, sessions, 60 * minutes)


def main() -> None:
    """Soak the shipped city."""
    given = sys.argv[1:] + ["50", "10", "2"][len(sys.argv) - 1 :]
    with serve_app() as server:
        server.wait()
        asyncio.run(soak_in_waves(server, int(given[0]), float(given[1]), int(given[2])))


if __name__ == "__main__":
    main()
