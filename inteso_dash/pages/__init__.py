"""The pages: one folder each, one row here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from inteso_dash.catalogue import Catalogue
from inteso_dash.views.along import AreaParameters, FoundOn


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
        Whether its views can be kept and shown as slides: it has a module ``view`` then.
    shows : FoundOn
        What it can show of what the search finds; which levels, the city says.
    """

    id: str
    title: str
    icon: str
    slides: bool = False
    shows: FoundOn = field(default_factory=FoundOn)

    @property
    def script(self) -> Path:
        """What Streamlit runs."""
        return Path(__file__).parent / self.id / "page.py"


PAGES = (
    Page(
        "karte",
        "Karte",
        ":material/map:",
        slides=True,
        shows=FoundOn(
            AreaParameters("ebene", "gebiet", within="ausschnitt"),
            indicator="indikator",
            topic="thema",
            section="ansicht",
            for_areas=("karte",),
            for_indicators=("karte",),
        ),
    ),
    Page(
        "stadtteilprofil",
        "Gebietsprofil",
        ":material/location_city:",
        slides=True,
        shows=FoundOn(AreaParameters("profilebene", "profil")),
    ),
    Page(
        "veraenderung",
        "Veränderung",
        ":material/trending_up:",
        slides=True,
        shows=FoundOn(
            AreaParameters("v_ebene", "v_gebiet", several="v_gebiete"),
            indicator="v_indikator",
            section="v_bereich",
            for_areas=("verlauf", "vergleich", "karten", "grenzen"),
            for_indicators=("verlauf", "vergleich", "karten", "auffaellig"),
        ),
    ),
    Page(
        "unterbringung",
        "Unterbringung",
        ":material/holiday_village:",
        slides=True,
        shows=FoundOn(
            AreaParameters("u_ebene", "u_gebiet"),
            section="u_bereich",
            for_areas=("verteilung", "gerechtigkeit"),
        ),
    ),
    Page(
        "handlungsbedarf",
        "Handlungsbedarf",
        ":material/balance:",
        slides=True,
        shows=FoundOn(AreaParameters("h_ebene", "h_gebiet")),
    ),
    Page(
        "muster",
        "Zusammenhänge",
        ":material/scatter_plot:",
        slides=True,
        shows=FoundOn(
            AreaParameters("m_ebene", "m_gebiet"),
            indicator="m_indikator",
            section="m_bereich",
            for_areas=("zwei", "raeumlich"),
            for_indicators=("zwei", "staerkste", "raeumlich"),
        ),
    ),
    Page(
        "gebietssuche",
        "Gebiete finden",
        ":material/travel_explore:",
        slides=True,
        shows=FoundOn(
            AreaParameters("g_ebene", "g_gebiet"),
            section="g_bereich",
            for_areas=("aehnlich", "bedingungen"),
        ),
    ),
    Page("eigene_gebiete", "Eigene Gebiete", ":material/select_all:", slides=True),
    Page("runder_tisch", "Runder Tisch", ":material/slideshow:"),
    Page("daten", "Daten", ":material/table_view:"),
    Page("methoden", "Methoden", ":material/function:"),
)
"""In the order of the navigation; the first one is the start page."""


def titles(catalogue: Catalogue) -> dict[str, str]:
    """Return what a city calls the pages, by id."""
    return {each.id: each.title for each in PAGES} | {
        "stadtteilprofil": catalogue.start.profile_title
    }


def script(page: str) -> str:
    """Return what Streamlit runs for a page, as links to it name it.

    Parameters
    ----------
    page : str
        Its id.
    """
    return str(next(each.script for each in PAGES if each.id == page))
