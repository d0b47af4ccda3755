"""Import into a folder and kill the process at the n-th thing it does to the disk.

Usage: killed_import.py FOLDER FILE... Prints for every n what the folder holds afterwards, as JSON.
Unchanged it is the city that it was; changed it has to be one.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inteso_dash.city import load_city
from inteso_dash.cli import main
from inteso_dash.intake import checking  # noqa: F401  (loaded once, before forking)

WRITING = {"os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}


def tree(folder: Path) -> str:
    """Hash names and bytes of everything in a folder."""
    held = [
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        if path.is_file()
        else f"{path.relative_to(folder)}/"
        for path in sorted(folder.rglob("*"))
    ]
    return hashlib.sha256("\n".join(held).encode()).hexdigest()


def kill_at(wanted: int) -> None:
    """Kill this process when it touches the disk for the n-th time."""
    done = 0

    def count() -> None:
        nonlocal done
        if done == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in WRITING or (event == "open" and args[1] in {"xb", "wb", "w"}):
            count()

    def counted(function: Callable[[int], None]) -> Callable[[int], None]:
        def call(handle: int) -> None:
            count()
            function(handle)
            count()

        return call

    sys.addaudithook(hook)
    os.fsync = counted(os.fsync)


def run(folder: Path, files: list[str]) -> None:
    """Try every moment until the import comes through."""
    before, moments = tree(folder), []
    for moment in range(200):
        child = os.fork()
        if child == 0:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
            kill_at(moment)
            os._exit(main(["import", *files, "--into", str(folder)]))
        _, status = os.waitpid(child, 0)
        unchanged = tree(folder) == before
        if not unchanged or not moments:
            load_city(folder)
        left = [path.name for path in folder.parent.iterdir() if path != folder]
        moments.append(
            {
                "killed": os.WIFSIGNALED(status),
                "code": os.waitstatus_to_exitcode(status),
                "unchanged": unchanged,
                "tables": len(list((folder / "data").glob("lieferung_*/*.csv"))),
                "left": len(left),
            }
        )
        if not unchanged:
            break
    print(json.dumps(moments))


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2:])
