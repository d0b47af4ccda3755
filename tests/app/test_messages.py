"""What a run tells the browser reaches it whole and in its order, in few turns of the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from inteso_dash.app import messages

SAID, STARTED = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SCRIPT_STARTED
ENDED = ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS
SECTIONS = {
    "theme": lambda theme: theme,
    "theme.light": lambda theme: theme.light,
    "theme.dark": lambda theme: theme.dark,
    "theme.sidebar": lambda theme: theme.sidebar,
}


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in (
        (app_session, "_populate_theme_msg"),
        (app_session, "_populate_config_msg"),
        (AppSession, "_on_scriptrunner_event"),
        (Runtime, "_enqueued_some_message"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))


def opening() -> bytes:
    """The settings in the message that opens a run."""
    message = NewSession()
    app_session._populate_config_msg(message.config)
    for section, place in SECTIONS.items():
        app_session._populate_theme_msg(place(message.custom_theme), section)
    return message.SerializeToString(deterministic=True)


def test_every_run_opens_with_the_settings_of_streamlit() -> None:
    settings = {"theme.primaryColor": "#123456", "theme.dark.headingFontWeights": [650, 600]}
    before = {key: config.get_option(key) for key in settings}
    try:
        for key, value in settings.items():
            config.set_option(key, value)
        expected = opening()
        messages.gather_settings_once()
        assert b"#123456" in expected
        assert [opening(), opening()] == [expected, expected]
    finally:
        for key, value in before.items():
            config.set_option(key, value)


def test_a_run_does_not_look_through_all_settings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[str]()
    monkeypatch.setattr(config, "get_options_for_section", lambda name: looked.append(name) or {})
    messages.gather_settings_once()
    for _ in range(2):
        opening()
    assert looked == list(SECTIONS)


class Told(AppSession):
    """A session that only writes down what it hears, and how often its loop is called."""

    def __init__(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.heard: list[object] = []
        self.called = 0

    def __del__(self) -> None:
        """There is nothing to close."""

    def _call_soon_on_event_loop(self, callback: Callable[[], None]) -> None:
        self.called += 1
        super()._call_soon_on_event_loop(callback)

    def _handle_scriptrunner_event_on_event_loop(self, *said: object, **more: object) -> None:
        if more.get("forward_msg") == "broken":
            raise ValueError("broken")
        self.heard.append(more.get("forward_msg", said[1]))


async def run(said: list[str], *, ended: bool) -> Told:
    """Let a thread say something to a session; return it once its loop has had time."""
    session = Told()
    session._event_loop.set_exception_handler(lambda _loop, told: session.heard.append(told))

    def script() -> None:
        session._on_scriptrunner_event(None, STARTED)
        for each in said:
            session._on_scriptrunner_event(None, SAID, forward_msg=each)
        if ended:
            session._on_scriptrunner_event(None, ENDED)

    thread = threading.Thread(target=script)
    thread.start()
    thread.join(20)
    for _ in range(2000):
        await asyncio.sleep(0.005)
        if len(session.heard) > len(said):
            break
    return session


@pytest.fixture
def _together() -> None:
    messages.hand_over_together()


@pytest.mark.usefixtures("_together")
def test_the_loop_is_called_for_a_run_not_for_each_of_its_messages() -> None:
    said = [str(number) for number in range(50)]
    session = asyncio.run(run(said, ended=True))
    assert session.heard == [STARTED, *said, ENDED]
    assert session.called == 2


@pytest.mark.usefixtures("_together")
def test_what_a_run_says_arrives_while_it_goes_on() -> None:
    session = asyncio.run(run(["a", "b"], ended=False))
    assert session.heard == [STARTED, "a", "b"]


@pytest.mark.usefixtures("_together")
def test_what_comes_after_something_broken_arrives() -> None:
    session = asyncio.run(run(["a", "broken", "b"], ended=False))
    assert [each for each in session.heard if isinstance(each, str)] == ["a", "b"]
    assert any(isinstance(each, dict) for each in session.heard)


@pytest.mark.usefixtures("_together")
def test_the_loop_is_told_of_something_to_send_by_itself_and_by_others() -> None:
    async def tell() -> None:
        runtime = object.__new__(Runtime)
        known = type("Known", (), {})()
        known.eventloop, known.need_send_data = asyncio.get_running_loop(), asyncio.Event()
        runtime._async_objs = known
        runtime._enqueued_some_message()
        assert known.need_send_data.is_set()
        known.need_send_data.clear()
        await asyncio.to_thread(runtime._enqueued_some_message)
        await asyncio.wait_for(known.need_send_data.wait(), 20)

    asyncio.run(tell())
