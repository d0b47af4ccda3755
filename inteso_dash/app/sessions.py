"""What sessions owe their readers: no action is cut off, and nothing is held for long that is left.

Streamlit takes up what the browser says wherever a script touches its session, also in the middle
of the function that answers an action: the action was lost then, or done by half. Here it ends
first. So that two messages that come close upon each other meet in one run, the settings turn off
that the later one starts a run of its own (``runner.fastReruns``).

A run that begins throws away what the one before had to say, and with it the answer to a browser
that asks where a file may be uploaded: the file was lost then. Here that answer stays.

A field that is left by touching a link says what was typed when the browser is already on its way
to the other page, and says it as if it were still on the one it leaves: Streamlit went back there,
under the address of the other. Here the reader stays where the link has led him.

Sessions whose browser is gone are kept for a while, then closed at once with all that they hold:
Streamlit drops them without closing, and file handles and uploads stay until Python's garbage
collection comes by; the server keeps it away from most of its memory.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.session_manager import SessionInfo, SessionStorage
from streamlit.runtime.state.safe_session_state import SafeSessionState

MOST_DEPARTED = 64
"""Sessions that are kept whose browser is gone."""
_TIDY_EVERY = 30
"""Seconds."""
_ON_ITS_WAY = 5
"""Seconds within which a browser has heard of the page that it has asked for."""
_acting: ContextVar[bool] = ContextVar("acting", default=False)
_act = SafeSessionState.on_script_will_rerun
_throw_away = ForwardMsgQueue.clear
_take_up = ScriptRunner._maybe_handle_execution_control_request  # noqa: SLF001
_heed = AppSession._handle_rerun_script_request  # noqa: SLF001


@dataclass(frozen=True)
class _Step:
    """How a browser has come to the page on which it is.

    Attributes
    ----------
    left, page, name, query : str
        The page that it has left, the one it has asked for, and with which query.
    controls : frozenset of str
        Controls of both pages that it has told of then.
    at : float
        When, in seconds.
    """

    left: str
    page: str
    name: str
    query: str
    controls: frozenset[str]
    at: float


_steps: WeakKeyDictionary[AppSession, _Step] = WeakKeyDictionary()


def let_actions_end() -> None:
    """Let what answers an action end before the next message is taken up."""
    setattr(SafeSessionState, _act.__name__, _act_whole)
    setattr(ScriptRunner, _take_up.__name__, _take_up_afterwards)


def keep_answers() -> None:
    """Let a run that begins leave what the browser has asked for itself."""
    setattr(ForwardMsgQueue, _throw_away.__name__, _throw_away_all_else)


def stay_on_new_pages() -> None:
    """Let what a browser still says of a page that it has just left not lead back there."""
    setattr(AppSession, _heed.__name__, _heed_where_it_is)


def _heed_where_it_is(session: AppSession, said: ClientState | None = None) -> None:
    if said is not None:
        controls = frozenset(each.id for each in said.widget_states.widgets)
        step, now = _steps.get(session, _Step("", "", "", "", frozenset(), 0)), time.monotonic()
        as_before = (step.left, step.query) == (said.page_script_hash, said.query_string)
        as_before &= not said.is_history_navigation
        if as_before and controls - step.controls and now - step.at < _ON_ITS_WAY:
            said.page_script_hash, said.page_name = step.page, step.name
        elif said.page_script_hash != step.page:
            page, name, query = said.page_script_hash, said.page_name, said.query_string
            _steps[session] = _Step(step.page, page, name, query, controls, now)
    _heed(session, said)


def _throw_away_all_else(queue: ForwardMsgQueue, *how: Any, **more: Any) -> None:
    asked = [each for each in queue._queue if each.WhichOneof("type") == "file_urls_response"]  # noqa: SLF001
    _throw_away(queue, *how, **more)
    queue._queue += [each for each in asked if each not in queue._queue]  # noqa: SLF001


def _act_whole(state: SafeSessionState, *states: Any, **replayed: Any) -> None:
    before = _acting.set(True)
    try:
        _act(state, *states, **replayed)
    finally:
        _acting.reset(before)


def _take_up_afterwards(runner: ScriptRunner) -> None:
    if not _acting.get():
        _take_up(runner)


class Departed(SessionStorage):
    """Sessions that can be taken up again by a browser that has lost its connection.

    Parameters
    ----------
    seconds : float
        How long a session is kept.
    most : int
        How many are kept; the one that left first goes first.
    now : callable
        Returns the time in seconds.
    """

    def __init__(
        self, seconds: float, most: int = MOST_DEPARTED, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._most, self._now = seconds, most, now
        self._held: dict[str, tuple[float, SessionInfo]] = {}

    def get(self, session_id: str) -> SessionInfo | None:
        """Return a session, None where it is gone."""
        self.tidy()
        found = self._held.get(session_id)
        return None if found is None else found[1]

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session from now on."""
        self._held.pop(session_info.session.id, None)
        self._held[session_info.session.id] = self._now(), session_info
        self.tidy()

    def delete(self, session_id: str) -> None:
        """Let a session go without closing it; somebody has taken it up."""
        del self._held[session_id]

    def list(self) -> list[SessionInfo]:
        """Return all sessions."""
        return [info for _, info in self._held.values()]

    def tidy(self) -> None:
        """Close the sessions that were kept long enough, and those that are too many."""
        for session_id, (since, info) in [*self._held.items()]:
            if self._now() - since < self._seconds and len(self._held) <= self._most:
                break
            del self._held[session_id]
            info.session.shutdown()


def keep_departed() -> Departed:
    """Let Streamlit keep sessions here; there is no setting for it."""
    kept = Departed(st.get_option("server.disconnectedSessionTTL"))
    get_instance()._session_mgr._session_storage = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


async def keep_tidy(kept: Departed) -> None:
    """Close sessions also while nobody comes."""
    while True:
        await asyncio.sleep(_TIDY_EVERY)
        kept.tidy()
