"""Serves the made-up city beside the page that shows it."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inteso_dash.drawing.area_map import MODULE
from tests.e2e.area_map_city import made_up_city

FILES = made_up_city().files | {MODULE.name: MODULE}


async def file(request: Request) -> Response:
    found = FILES.get(request.path_params["name"])
    if found is None:
        return Response("not found", status_code=404)
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Encoding": "gzip",
    }
    return Response(found.packed, media_type=found.media_type, headers=headers)


app = st.App("area_map_app.py", routes=[Route("/geometrie/{name}", file)])
