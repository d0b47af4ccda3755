"""The dashboard: ``streamlit run app.py``."""

import streamlit as st

from inteso_dash.app import server

app = st.App(
    server.FRAME,
    routes=server.routes(str(st.get_option("server.baseUrlPath") or "")),
    lifespan=server.lifespan,
    middleware=server.middleware(),
    on_script_error=server.outside,
)
