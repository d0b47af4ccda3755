"""Why a value is what it is: one vocabulary for map, chart, table and file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Why a value is what it is, in one vocabulary for map, chart, table and file."""

    MEASURED = "measured"
    ZERO = "zero"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    NOT_DELIVERED = "not_delivered"
    UNINHABITED = "uninhabited"
    MERGED = "merged"
    ESTIMATED = "estimated"
    COMPUTED = "computed"
    SCENARIO = "scenario"


PUBLISHABLE = tuple(each for each in Status if each is not Status.SCENARIO)
"""Statuses that a figure of a data folder may have: what follows from assumptions is none."""


@dataclass(frozen=True)
class StatusMeaning:
    """How a status is written for people and for other systems.

    Attributes
    ----------
    title : str
        German name.
    meaning : str
        One German sentence.
    sign : str
        Sign of German official statistics for a cell without a value, empty where the value shows.
    sdmx : str
        Code of SDMX's CL_OBS_STATUS where it has the same notion, else empty.
    """

    title: str
    meaning: str
    sign: str
    sdmx: str


STATUS_MEANINGS: dict[Status, StatusMeaning] = {
    Status.MEASURED: StatusMeaning("veröffentlicht", "Wert wie veröffentlicht.", "", "A"),
    Status.ZERO: StatusMeaning("genau null", "Genau null; nichts vorhanden.", "–", "A"),
    Status.ROUNDED: StatusMeaning(
        "gerundet veröffentlicht", "Von der Quelle gröber gerundet als üblich.", "", ""
    ),
    Status.SUPPRESSED: StatusMeaning(
        "geheim gehalten", "Zum Schutz kleiner Zahlen nicht gezeigt.", ".", "Q"
    ),
    Status.NOT_DELIVERED: StatusMeaning(
        "keine Angabe", "Die Quelle nennt hier keinen Wert.", "…", "O"
    ),
    Status.UNINHABITED: StatusMeaning(
        "unbewohnt", "Im Gebiet wohnt niemand; ein Wert ist nicht sinnvoll.", "x", "M"
    ),
    Status.MERGED: StatusMeaning(
        "beim Nachbargebiet enthalten",
        "Gemeinsam mit einem anderen Gebiet veröffentlicht und dort enthalten.",
        "/",
        "K",
    ),
    Status.ESTIMATED: StatusMeaning("geschätzt", "Durch Schätzung gewonnen.", "", "E"),
    Status.COMPUTED: StatusMeaning("berechnet", "Aus veröffentlichten Werten berechnet.", "", ""),
    Status.SCENARIO: StatusMeaning(
        "Szenario", "Aus Annahmen gerechnet, keine veröffentlichte Zahl.", "", ""
    ),
}

_DELIVERED = {Status.MEASURED: "geliefert", Status.ROUNDED: "gerundet geliefert"}


def status_title(status: Status, *, public: bool) -> str:
    """Name a status; what nobody can read elsewhere is delivered, not published.

    Examples
    --------
    >>> status_title(Status.MEASURED, public=True), status_title(Status.MEASURED, public=False)
    ('veröffentlicht', 'geliefert')
    """
    title = STATUS_MEANINGS[status].title
    return title if public else _DELIVERED.get(status, title)
