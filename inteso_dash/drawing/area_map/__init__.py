"""The map: areas as SVG paths with legend, distribution and table, all in the browser.

Data goes down, events come up: a page passes a `MapData` and is told by callbacks what
the reader chose. The page owns the choice and passes it back as `selected` and `date`.

The program text of the component is fetched once from our own server, which has to serve
`MODULE` at its address: Streamlit itself would repeat it with every change of data.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from inteso_dash.drawing.area_map.data import MapData
from inteso_dash.drawing.area_map.picking import read_picks, read_site
from inteso_dash.drawing.area_map.texts import TEXTS
from inteso_dash.drawing.components import loader, module

_SCRIPTS = (
    "format.js",
    "dom.js",
    "geometry.js",
    "view.js",
    "corners.js",
    "names.js",
    "patterns.js",
    "loupe.js",
    "shapes.js",
    "raster.js",
    "tree.js",
    "field.js",
    "map.js",
    "legend.js",
    "symbols.js",
    "signs.js",
    "places.js",
    "strip.js",
    "table.js",
    "controls.js",
    "../ahead.js",
    "inside.js",
    "linked.js",
    "picking.js",
    "siting.js",
    "main.js",
)


_FOLDER = Path(__file__).parent

MODULE = module(_FOLDER, _SCRIPTS, "area_map.css", TEXTS)
"""The component's program text, to be served at its address."""

_component = st.components.v2.component("inteso_area_map", js=loader(MODULE, TEXTS["no_module"]))


def area_map(
    data: MapData,
    *,
    key: str,
    on_select: Callable[[str | None], None] | None = None,
    on_date: Callable[[str], None] | None = None,
    on_open: Callable[[str], None] | None = None,
    names: tuple[str, str] | None = None,
    dated: str = "",
    on_move: Callable[[str], None] | None = None,
    on_light: Callable[[int | None], None] | None = None,
    on_pick: Callable[[str, tuple[str, ...]], None] | None = None,
    on_site: Callable[[str, float, float], None] | None = None,
) -> None:
    """Draw the map; callbacks run before the script does, like those of any widget.

    Parameters
    ----------
    data
        What is shown.
    key
        Key of the component: the same key keeps zoom, overlays and sorting.
    on_select
        Called with the key of the area selected, None when the selection is cleared.
    on_date
        Called with the `date_label` that the reader has moved to and let go of.
    on_open
        Called with the key of the area whose profile is to be opened. Without it the
        link in the card is followed by the browser.
    names
        Parameters of the page's address for the part of the map that is seen and for the
        boundaries over it; without them an address tells nothing of both.
    dated
        Parameter of the page's address for the Stichtag, where the map tells it an address that is
        copied.
    on_move
        Called with each of the names when what the address says of it is no longer so.
    on_light
        Called with the class whose areas the reader lets stand out, None for none.
    on_pick
        Called with `Picking.key` and the keys of all areas that are picked now.
    on_site
        Called with `Siting.key` and where the reader has set the site, in map units.
    """

    # What is told while the reader goes on to the next page or slide is meant for neither.
    def tell(event: str, listener: Callable[[str], None] | None) -> None:
        told = st.session_state.get(key)
        if told is not None and listener is not None:
            listener(str(told[event]))

    def selected() -> None:
        tell("selected", on_select and (lambda area: on_select(area or None)))

    def stepped() -> None:
        tell("date", on_date)

    def opened() -> None:
        tell("opened", on_open)

    def lit() -> None:
        tell("lit", on_light and (lambda kind: on_light(int(kind) if kind else None)))

    def picked() -> None:
        def heard(text: str) -> None:
            found = read_picks(text)
            if found is not None and on_pick is not None:
                on_pick(*found)

        tell("picked", heard)

    def sited() -> None:
        def heard(text: str) -> None:
            found = read_site(text)
            if found is not None and on_site is not None:
                on_site(*found)

        tell("sited", heard)

    def moved() -> None:
        for name in names or ():
            if on_move is not None:
                on_move(name)

    shown = {**data.to_payload(), "opens": on_open is not None, "names": names, "dated": dated}
    _component(
        key=key,
        # Streamlit asks of every list, but of no tuple, whether it is a data frame.
        data={name: tuple(it) if isinstance(it, list) else it for name, it in shown.items()},
        on_selected_change=selected,
        on_date_change=stepped,
        on_opened_change=opened,
        on_moved_change=moved,
        on_lit_change=lit,
        on_picked_change=picked,
        on_sited_change=sited,
    )
