"""When a page has its answer: what it has asked is done, what came is drawn, nothing more comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RERUN = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number
BEGUN = ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number
DONE = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number
BROKEN_OFF = ForwardMsg.FINISHED_EARLY_FOR_RERUN
QUIET = 50
"""Milliseconds in which what has come is certainly drawn, or another message follows."""

LISTEN = f"""(() => {{
    const sockets = new WeakSet();
    const heard = {{ asked: 0, open: false, at: 0 }};
    const varint = (bytes, at) => {{
        let [value, place] = [0, 1];
        while (bytes[at] > 127) {{
            value += (bytes[at++] & 127) * place;
            place *= 128;
        }}
        return [value + bytes[at++] * place, at];
    }};
    const hear = ({{ data }}) => {{
        heard.at = performance.now();
        const bytes = new Uint8Array(data);
        for (let at = 0, tag, value; at < bytes.length; ) {{
            [tag, at] = varint(bytes, at);
            [value, at] = varint(bytes, at);
            if (tag % 8 === 2) at += value;
            if (tag >> 3 === {BEGUN}) heard.open = true;
            if (tag >> 3 === {DONE}) heard.open = value === {BROKEN_OFF};
        }}
    }};
    const {{ send }} = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {{
        if (!sockets.has(this)) this.addEventListener("message", hear);
        sockets.add(this);
        heard.at = performance.now();
        if (new Uint8Array(data)[0] >> 3 === {RERUN}) {{
            heard.open = true;
            heard.asked += 1;
        }}
        return send.call(this, data);
    }};
    window.heard = heard;
}})()"""
"""Hears what is asked and answered: each message has its kind as the number of a field."""

AT_REST = f"""() => document.querySelector('[data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && !heard.open && performance.now() - heard.at > {QUIET}"""


def listen(context: BrowserContext) -> None:
    """Hear from now on what the pages of a window ask and are answered."""
    context.add_init_script(LISTEN)


def wait_settled(page: Page) -> None:
    """Wait until all is answered and drawn: what is read or pressed earlier may yet change."""
    page.wait_for_function(AT_REST)


def asked(page: Page) -> int:
    """Return how often a page has asked for another run since it was opened."""
    times: int = page.evaluate("heard.asked")
    return times


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Wait for the answer to what the page asks a moment after something was done, not at once."""
    before = asked(page)
    yield
    page.wait_for_function("before => heard.asked > before", arg=before)
    wait_settled(page)
