"""The pages: one folder each, one row here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Page:
    """A page of the dashboard.

    Attributes
    ----------
    id : str
        Its folder and its address.
    title : str
    icon : str
        Name of a Material symbol.
    slides : bool
        Whether its views can be kept and shown as slides: it has a module ``slide`` then.
    """

    id: str
    title: str
    icon: str
    slides: bool = False

    @property
    def script(self) -> Path:
        """What Streamlit runs."""
        return Path(__file__).parent / self.id / "page.py"


PAGES = (
    Page("karte", "Karte", ":material/map:", slides=True),
    Page("stadtteilprofil", "Stadtteilprofil", ":material/location_city:", slides=True),
    Page("veraenderung", "Veränderung", ":material/trending_up:", slides=True),
    Page("unterbringung", "Unterbringung", ":material/holiday_village:", slides=True),
    Page("runder_tisch", "Runder Tisch", ":material/slideshow:"),
    Page("daten", "Daten", ":material/table_view:"),
)
"""In the order of the navigation; the first one is the start page."""


def script(page: str) -> str:
    """Return what Streamlit runs for a page, as links to it name it.

    Parameters
    ----------
    page : str
        Its id.
    """
    return str(next(each.script for each in PAGES if each.id == page))
