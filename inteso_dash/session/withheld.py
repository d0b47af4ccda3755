"""What protection withholds of a table that a session loads, and what would show it."""

from __future__ import annotations

from collections.abc import Iterable

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.tables.sources import Delivery

TEXTS = {
    "all": "Alle {count} Zahlen werden nicht gezeigt",
    "some": "{withheld} von {count} Zahlen werden nicht gezeigt",
    "of": "{withheld} von {count} bei {name}",
    "base": "Bei {names} fehlt die Bezugsgröße: von wie vielen Personen der Anteil ist. Nennt die "
    "Datei auch {bases}, sind die Anteile an größeren Gruppen zu sehen.",
    "public": "Sind die Zahlen schon veröffentlicht, geben Sie das an; dann wird nichts geheim "
    "gehalten.",
}


def told(city: City, deliveries: Iterable[Delivery]) -> str:
    """Say how many figures of loaded tables are withheld, by which rule; empty where none is.

    Parameters
    ----------
    city : City
        With the tables, as the session would see it.
    deliveries : iterable of Delivery
        The tables to speak of.
    """
    sources = {source.id for each in deliveries for source in each.table.sources}
    own = city.figures[city.figures["source_id"].isin(sources)]
    hidden = own[own["status"] == str(Status.SUPPRESSED)]
    hidden = hidden[hidden["note"] != ""]
    if hidden.empty:
        return ""
    count = int(own["value"].notna().sum()) + len(hidden)
    numbers = {"withheld": formats.number(len(hidden), 0), "count": formats.number(count, 0)}
    title = {each.id: each.title.de for each in city.catalogue.indicators}
    parts = [
        TEXTS["of"].format(
            withheld=formats.number(len(rows), 0),
            count=formats.number(
                int(own.loc[own["indicator_id"] == name, "value"].notna().sum()) + len(rows), 0
            ),
            name=f"„{title[str(name)]}“",
        )
        for name, rows in hidden.groupby("indicator_id", sort=False)
    ]
    whole = TEXTS["all" if len(hidden) == count else "some"].format(**numbers)
    reason = " ".join(dict.fromkeys(hidden["note"]))
    base = _base(city, set(own["indicator_id"]), hidden["indicator_id"].unique())
    return " ".join(filter(None, [f"{whole}: {', '.join(parts)}.", reason, base, TEXTS["public"]]))


def _base(city: City, given: set[str], hidden: Iterable[str]) -> str:
    """Name the denominators without which shares are withheld."""
    names, bases = [], dict[str, None]()
    for share in map(city.catalogue.indicator, hidden):
        below = share.denominator or share.weight
        if share.kind == "intensive" and below and not given & set(below):
            names.append(f"„{share.title.de}“")
            bases |= dict.fromkeys(f"„{city.catalogue.indicator(each).title.de}“" for each in below)
    if not names:
        return ""
    return TEXTS["base"].format(names=", ".join(names), bases=", ".join(bases))
