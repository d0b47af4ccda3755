"""What a session does with messages that come close upon each other, on a made-up page."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
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
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    sessions.let_actions_end()
    sessions.keep_answers()


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
