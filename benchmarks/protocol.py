"""Streamlit's websocket spoken without a browser: what a change costs the server alone."""

import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol


class Session:
    """One visitor, who can choose another indicator.

    Attributes
    ----------
    options : list of str
        What the selectbox with the key ``indikator`` offers.
    received : int
        Bytes that came during the last run.
    query : str
        The address as the application has named it last; a browser says it with every choice.
    """

    def __init__(self, port: int) -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.options: list[str] = []
        self.received = 0
        self.widget = self.part = self.query = ""
        self.at = 0
        self.socket: ClientConnection

    async def __aenter__(self) -> Self:
        self.socket = await connect(
            self.address, subprotocols=[Subprotocol("streamlit")], max_size=None
        )
        opening = BackMsg()
        opening.rerun_script.SetInParent()
        await self._run(opening)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()

    async def change(self) -> float:
        """Choose the next indicator; returns the seconds until the script has finished."""
        self.at = (self.at + 1) % len(self.options)
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self.widget, self.options[self.at]
        message.rerun_script.fragment_id = self.part
        return await self._run(message)

    async def visit(self, page: str) -> float:
        """Go to a page; returns the seconds until its script has finished."""
        message = BackMsg()
        message.rerun_script.page_name, self.query = page, ""
        return await self._run(message)

    async def _run(self, message: BackMsg) -> float:
        self.received = 0
        message.rerun_script.query_string = self.query
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            data = await self.socket.recv(decode=False)
            self.received += len(data)
            answer = ForwardMsg.FromString(data)
            if (
                answer.WhichOneof("type") == "script_finished"
                and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return time.perf_counter() - start
            if answer.WhichOneof("type") == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            box = answer.delta.new_element.selectbox
            if not self.widget and box.id.endswith("-indikator"):
                self.widget, self.options = box.id, list(box.options)
                self.part = answer.delta.fragment_id
            if answer.delta.new_element.HasField("exception"):
                raise RuntimeError(answer.delta.new_element.exception.message)
