"""The dashboard with errors planted in a page, a part of a page, a callback and a file."""

from __future__ import annotations

import sys

from app import app
from inteso_dash.files import tables as files
from inteso_dash.pages.runder_tisch import playing
from inteso_dash.pages.stadtteilprofil import kept as profile_kept
from inteso_dash.pages.unterbringung.screen import kept


def fails(*_: object, **__: object) -> None:
    raise RuntimeError("planted")


for place, name in [
    (kept, "levels"),
    (profile_kept, "printed_profiles"),
    (playing, "begin"),
    (files, "table_file"),
]:
    setattr(place, name, fails)

SETTINGS = {"server.headless": True, "browser.gatherUsageStats": False}
app.run(config={"server.port": int(sys.argv[1]), **SETTINGS})
