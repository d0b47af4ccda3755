"""What a session does with messages that come close upon each other, on a made-up page."""

from __future__ import annotations

import time

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest

from inteso_dash.app import sessions


def another_message() -> None:
    """Ask for another run, as the browser does when a part of the page has something to say."""
    context = get_script_run_ctx()
    assert context is not None
    assert context.script_requests is not None
    query, page = context.query_string, context.page_script_hash
    context.script_requests.request_rerun(RerunData(query_string=query, page_script_hash=page))


def made_up_page(in_between):
    import streamlit as st

    def act():
        in_between()
        st.session_state["done"] = st.session_state.get("done", 0) + 1

    st.button("Weiter", on_click=act)
    st.text(f"getan: {st.session_state.get('done', 0)}")


@pytest.fixture
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (ForwardMsgQueue, "clear"),
        (AppSession, "_handle_rerun_script_request"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    sessions.let_actions_end()
    sessions.keep_answers()
    sessions.stay_on_new_pages()


@pytest.mark.usefixtures("_whole")
def test_an_action_is_done_though_another_message_comes_in_the_middle_of_it() -> None:
    page = AppTest.from_function(made_up_page, args=(another_message,)).run()
    page.button[0].click().run()
    assert page.text[0].value == "getan: 1"


@pytest.mark.usefixtures("_whole")
def test_an_action_is_done_though_another_message_comes_before_it_has_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = AppTest.from_function(made_up_page, args=(lambda: None,)).run()
    read, messages = ScriptCache.get_bytecode, [another_message]

    def interrupted(cache: ScriptCache, path: str) -> object:
        if messages:
            messages.pop()()
        return read(cache, path)

    monkeypatch.setattr(ScriptCache, "get_bytecode", interrupted)
    page.button[0].click().run()
    assert not messages
    assert page.text[0].value == "getan: 1"


@pytest.mark.parametrize("retaining", [True, False])
@pytest.mark.usefixtures("_whole")
def test_where_a_file_may_be_uploaded_is_told_though_another_run_begins(retaining: bool) -> None:
    queue, answer, drawn = ForwardMsgQueue(), ForwardMsg(), ForwardMsg()
    answer.file_urls_response.response_id = "made up"
    drawn.delta.new_element.text.body = "made up"
    queue.enqueue(drawn)
    queue.enqueue(answer)
    queue.clear(retain_lifecycle_msgs=retaining)
    assert queue.flush() == [answer]


def told(page: str, query: str, *controls: str, back: bool = False) -> ClientState:
    """Return what a browser says, that it is on a page and which controls hold something."""
    said = ClientState(page_script_hash=page, query_string=query, is_history_navigation=back)
    for each in controls:
        said.widget_states.widgets.add(id=each)
    return said


class MadeUpSession(AppSession):
    """A session that only keeps in mind which pages it was asked to draw."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def __del__(self) -> None:
        """Leave nothing behind."""

    def request_rerun(self, client_state: ClientState | None) -> None:
        """Keep the page in mind."""
        assert client_state is not None
        self.drawn.append(client_state.page_script_hash)


@pytest.mark.usefixtures("_whole")
@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (told("first", "b=2", "search", "name"), "second"),
        (told("first", "b=2", "search"), "first"),
        (told("first", "b=2", "search", "name", back=True), "first"),
        (told("first", "a=1", "search", "name"), "first"),
        (told("third", "b=2", "search", "name"), "third"),
    ],
    ids=[
        "a word of the page left",
        "a link back",
        "the Back button",
        "an earlier view",
        "a link on",
    ],
)
def test_what_is_said_of_a_page_just_left_does_not_lead_back(
    last: ClientState, expected: str
) -> None:
    session = MadeUpSession()
    said = [told("", "a=1"), told("first", "a=1", "name"), told("second", "b=2", "search"), last]
    for each in said:
        session._handle_rerun_script_request(each)
    assert session.drawn == ["", "first", "second", expected]


@pytest.mark.usefixtures("_whole")
def test_what_is_said_of_a_page_left_long_ago_leads_there(monkeypatch: pytest.MonkeyPatch) -> None:
    session = MadeUpSession()
    for each in (told("first", ""), told("second", "")):
        session._handle_rerun_script_request(each)
    later = time.monotonic() + 9
    monkeypatch.setattr(sessions.time, "monotonic", lambda: later)
    session._handle_rerun_script_request(told("first", "", "search"))
    assert session.drawn == ["first", "second", "first"]
