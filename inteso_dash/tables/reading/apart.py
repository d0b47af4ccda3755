"""Files that others have made are read in a process of their own, with limits of memory and time.

A few bytes can ask a reader for more memory than there is, or for hours. What dies of it must not
be the server, nor may its interpreter be held meanwhile: a reading process waits beside it, forks
for every file and hands back the table.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from inteso_dash.tables.reading.raw import LIMITS, Limits, RawTable, ReadError, too_large

READ, REFUSED, FAILED, DIED = "read", "refused", "failed", "died"
"""What an answer is: a table, the parts of a `ReadError`, a traceback, or what was too much."""
MEMORY, TIME = 3, 4
LENGTH = 8
"""Bytes that say how long a message is."""
_MOST = 2
_PATIENCE = 3
_ROOT = Path(__file__).parents[3]
_PLAIN = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("inteso_dash.language.findings", "Finding"),
    ("inteso_dash.language.findings", "Severity"),
    ("inteso_dash.tables.reading.raw", "RawRow"),
    ("inteso_dash.tables.reading.raw", "RawTable"),
    ("inteso_dash.language.statuses", "Status"),
}
_log = logging.getLogger(__name__)


class _Plain(pickle.Unpickler):
    """Takes data only, nothing that would run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


class _Reader:
    """A process that reads one file after the other."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "inteso_dash.tables.reading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,
        )

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, patience: float) -> bytes:
        """Return the answer, nothing where it has not come in time."""
        sent, received = self._process.stdin, self._process.stdout
        if sent is None or received is None:
            return b""
        timer = threading.Timer(patience, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            sent.write(len(request).to_bytes(LENGTH) + request)
            sent.flush()
            length = int.from_bytes(received.read(LENGTH))
            answer = received.read(length)
        except OSError:
            return b""
        finally:
            timer.cancel()
        return answer if len(answer) == length else b""

    def end(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _give_up(self) -> None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()


_turn = threading.BoundedSemaphore(_MOST)
_idle: list[_Reader] = []


def read_apart(content: bytes, name: str, limits: Limits = LIMITS) -> RawTable:
    r"""Read a table as `read_raw_bytes` does, in a process of its own.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file, for messages.
    limits : Limits

    Returns
    -------
    RawTable

    Raises
    ------
    ReadError
        Also where reading takes more memory or time than the limits allow.

    Examples
    --------
    >>> read_apart(b"Gebiet;Einwohner\n063007;2.036\n", "made_up.csv").rows[0].cells
    ('063007', '2.036')
    """
    if len(content) > limits.size:
        raise too_large(name, len(content), limits)
    with _turn:
        reader = _taken()
        answer = reader.ask(pickle.dumps((content, name, limits)), limits.seconds * _PATIENCE)
        if not answer:
            reader.end()
            raise _failed(TIME, name, limits)
        _idle.append(reader)
    told, said = _Plain(io.BytesIO(answer)).load()
    if told == REFUSED:
        raise ReadError(*said)
    if told == FAILED:
        _log.error("%s: %s", name, said)
    if told != READ:
        raise _failed(said, name, limits)
    table: RawTable = said
    return table


def be_ready() -> None:
    """Start a reading process before the first file comes."""
    if not _idle:
        _idle.append(_Reader())


def _taken() -> _Reader:
    while _idle:
        reader = _idle.pop()
        if reader.lives:
            return reader
        reader.end()
    return _Reader()


def _failed(why: object, name: str, limits: Limits) -> ReadError:
    found: dict[object, str] = {
        MEMORY: f"einen Inhalt, der mehr als {limits.memory // 2**20} MB Arbeitsspeicher verlangt",
        TIME: f"einen Inhalt, der sich nicht in {limits.seconds} Sekunden lesen lässt",
    }
    return ReadError(
        name,
        found.get(why, "einen Inhalt, an dem das Lesen abbricht"),
        "eine Tabelle mit einer Zeile je Gebiet",
        "Speichern Sie das Blatt mit der Tabelle als CSV-Datei oder teilen Sie sie.",
    )


def _end_all() -> None:
    while _idle:
        _idle.pop().end()


atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)
