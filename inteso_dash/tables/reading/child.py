"""The process that `reading.apart` asks: a fork for every file, within its limits."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pickle
import signal
import sys
import traceback
from enum import Enum
from typing import TYPE_CHECKING, Any

import openpyxl  # noqa: F401  (loaded once, before forking)

from inteso_dash.tables.reading import read_raw_bytes
from inteso_dash.tables.reading.apart import DIED, FAILED, LENGTH, MEMORY, READ, REFUSED, TIME
from inteso_dash.tables.reading.raw import ReadError

if TYPE_CHECKING:
    from inteso_dash.tables.reading.raw import Limits

_NICE = 10


class _Pickler(pickle.Pickler):
    """Writes a member of an enumeration as its class and value: Python 3.11.2 writes `getattr`."""

    def reducer_override(self, obj: object) -> Any:
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


def packed(said: object) -> bytes:
    """Write an answer as `reading.apart` takes it."""
    written = io.BytesIO()
    _Pickler(written).dump(said)
    return written.getvalue()


def serve() -> None:
    """Answer until nobody asks any more."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    gc.freeze()
    while length := asked.read(LENGTH):
        request = pickle.loads(asked.read(int.from_bytes(length)))  # noqa: S301  (of our own)
        answer = _forked(*request) if hasattr(os, "fork") else _answer(*request)
        told.write(len(answer).to_bytes(LENGTH) + answer)
        told.flush()


def _forked(content: bytes, name: str, limits: Limits) -> bytes:
    """Return the answer of a fork, or why it has died."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        _limit(limits)
        code = 0
        try:
            with open(target, "wb") as pipe:  # noqa: PTH123
                pipe.write(_answer(content, name, limits))
        except MemoryError:
            code = MEMORY
        os._exit(code)
    os.close(target)
    with open(source, "rb") as pipe:  # noqa: PTH123
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        return packed((DIED, TIME if code == -signal.SIGXCPU else MEMORY))
    return answer


def _limit(limits: Limits) -> None:
    """Let this process have so much memory and time, no core file, and the least of the turns."""
    import resource

    wanted = {
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 1),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, pair in wanted.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, pair)
    os.nice(_NICE)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)


def _answer(content: bytes, name: str, limits: Limits) -> bytes:
    said: tuple[str, Any]
    try:
        said = READ, read_raw_bytes(content, name, limits)
    except ReadError as error:
        said = REFUSED, (error.name, error.found, error.expected, error.advice)
    except MemoryError:
        raise
    except BaseException:  # noqa: BLE001  (a panic of the reader of workbooks is no Exception)
        said = FAILED, traceback.format_exc()
    return packed(said)


if __name__ == "__main__":
    serve()
