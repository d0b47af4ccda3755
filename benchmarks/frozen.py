"""The floor again, with the garbage collector out of the way after the start."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Freeze what the start has brought into memory."""
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(Path(__file__).with_name("bare.py"), lifespan=lifespan)
