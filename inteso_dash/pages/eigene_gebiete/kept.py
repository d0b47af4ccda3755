"""What the page works out once for all sessions."""

from __future__ import annotations

from inteso_dash.language import formats
from inteso_dash.pages.eigene_gebiete.texts import TEXTS
from inteso_dash.session.editions import cached
from inteso_dash.session.store import city
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice, View

_VIEWS = 256


@cached(max_entries=_VIEWS)
def picking_view(level: str, indicator: str) -> View:
    """Return the values that the map shows while areas are picked."""
    return map_view.view(city(), Choice(level, indicator))


@cached(max_entries=_VIEWS)
def citation(level: str, indicator: str) -> str:
    """Say where these values come from."""
    layer = picking_view(level, indicator).layers[-1]
    source = city().source_titles(layer.values["source_id"])
    return TEXTS["source"].format(source=source, date=formats.date(layer.date))
