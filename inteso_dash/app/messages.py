"""What a run tells the browser: put together once, and handed over in few turns.

Streamlit opens every run with a message that holds all settings of its appearance, gathered anew
from all settings there are. And it wakes the server's loop for each message: the script stops, the
loop takes one message up, the script goes on. Both take longer than most of what a page does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache, partial
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

_TOGETHER = 0.01
"""Seconds that a message waits for others."""
_AT_ONCE = set(ScriptRunnerEvent) - {
    ScriptRunnerEvent.SCRIPT_STARTED,
    ScriptRunnerEvent.ENQUEUE_FORWARD_MSG,
}
_theme, _config = app_session._populate_theme_msg, app_session._populate_config_msg  # noqa: SLF001
_told = Runtime._enqueued_some_message  # noqa: SLF001
_lock = Lock()
_outboxes: WeakKeyDictionary[AppSession, _Outbox] = WeakKeyDictionary()


def gather_settings_once() -> None:
    """Let the settings that open a run be gathered once, for they stay while the server runs."""

    @cache
    def theme_of(section: str) -> CustomThemeConfig:
        _theme(made := CustomThemeConfig(), section)
        return made

    @cache
    def config_of_all() -> Config:
        _config(made := Config())
        return made

    def theme(message: CustomThemeConfig, section: str = "theme") -> None:
        # A section without settings is to stay absent.
        if (known := theme_of(section)).ListFields():
            message.MergeFrom(known)

    def config(message: Config) -> None:
        message.MergeFrom(config_of_all())

    setattr(app_session, _theme.__name__, theme)
    setattr(app_session, _config.__name__, config)


def hand_over_together() -> None:
    """Let the loop take up what a run has said in few turns: at its end, and every so often."""
    setattr(AppSession, AppSession._on_scriptrunner_event.__name__, _put)  # noqa: SLF001
    setattr(Runtime, _told.__name__, _tell)


class _Outbox:
    """What the runs of a session have said and its loop has not taken up yet, in its order."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Callable[[], None]] = []
        self._awaited = False

    def put(self, said: Callable[[], None]) -> bool:
        """Take something in; say whether nobody comes for it yet."""
        with self._lock:
            self._waiting.append(said)
            alone, self._awaited = not self._awaited, True
        return alone

    def empty_soon(self) -> None:
        """Come back for everything."""
        asyncio.get_running_loop().call_later(_TOGETHER, self.empty)

    def empty(self) -> None:
        """Take everything up, whatever becomes of a single thing."""
        with self._lock:
            waiting, self._waiting, self._awaited = self._waiting, [], False
        for each in waiting:
            try:
                each()
            except Exception as error:  # noqa: BLE001
                told = {"message": "A message of a run was lost", "exception": error}
                asyncio.get_running_loop().call_exception_handler(told)


def _put(session: AppSession, sender: Any, event: ScriptRunnerEvent, **more: Any) -> None:
    """Keep what a run says until its loop comes for it."""
    with _lock:
        outbox = _outboxes.setdefault(session, _Outbox())
    handle = session._handle_scriptrunner_event_on_event_loop  # noqa: SLF001
    alone = outbox.put(partial(handle, sender, event, **more))
    if event in _AT_ONCE:
        session._call_soon_on_event_loop(outbox.empty)  # noqa: SLF001
    elif alone:
        session._call_soon_on_event_loop(outbox.empty_soon)  # noqa: SLF001


def _tell(runtime: Runtime) -> None:
    """Tell the loop that there is something to send, unless it knows or is telling itself."""
    known = runtime._get_async_objs()  # noqa: SLF001
    if asyncio._get_running_loop() is known.eventloop:  # noqa: SLF001
        known.need_send_data.set()
    elif not known.need_send_data.is_set():
        _told(runtime)
