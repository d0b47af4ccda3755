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
    """

    id: str
    title: str
    icon: str

    @property
    def script(self) -> Path:
        """What Streamlit runs."""
        return Path(__file__).parent / self.id / "page.py"


PAGES = (
    Page("karte", "Karte", ":material/map:"),
    Page("stadtteilprofil", "Stadtteilprofil", ":material/location_city:"),
    Page("veraenderung", "Veränderung", ":material/trending_up:"),
    Page("unterbringung", "Unterbringung", ":material/holiday_village:"),
    Page("runder_tisch", "Runder Tisch", ":material/slideshow:"),
    Page("daten", "Daten", ":material/table_view:"),
)
"""In the order of the navigation; the first one is the start page."""
