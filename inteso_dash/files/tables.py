"""Tables that explain other tables: what indicators mean, where figures come from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language.statuses import STATUS_MEANINGS
from inteso_dash.views.statement import Statement

KINDS = {"extensive": "zählbar (addiert sich)", "intensive": "Verhältnis (wird neu berechnet)"}


def definitions(city: City, indicator_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return indicators with their definitions, one row each, in the catalogue's order.

    Parameters
    ----------
    city : City
    indicator_ids : iterable of str, optional
        Only these; all by default.

    Returns
    -------
    DataFrame
        Columns Kennung, Thema, Indikator, Indicator (en), Einheit, Art, Bedeutung, Vorbehalt.
    """
    wanted = None if indicator_ids is None else set(indicator_ids)
    topics = {topic.id: topic.title.de for topic in city.catalogue.topics}
    return pd.DataFrame(
        [
            {
                "Kennung": each.id,
                "Thema": topics[each.topic],
                "Indikator": each.title.de,
                "Indicator (en)": each.title.en,
                "Einheit": each.unit,
                "Art": KINDS[each.kind],
                "Bedeutung": each.meaning,
                "Vorbehalt": " ".join(part for part in (each.caveat, each.not_aggregable) if part),
            }
            for each in city.catalogue.indicators
            if wanted is None or each.id in wanted
        ]
    )


def statuses() -> pd.DataFrame:
    """Return the vocabulary of statuses: Status, Zeichen, Bedeutung, SDMX."""
    return pd.DataFrame(
        [
            {
                "Status": each.title,
                "Zeichen": each.sign,
                "Bedeutung": each.meaning,
                "SDMX": each.sdmx,
            }
            for each in STATUS_MEANINGS.values()
        ]
    )


def sources(told: Statement) -> pd.DataFrame:
    """Return the sources of an export, one row each."""
    return pd.DataFrame(
        [
            {
                "Kennung": each.id,
                "Herausgeber": each.producer,
                "Titel": each.title,
                "Jahr": each.year,
                "Lizenz": each.licence,
                "Adresse der Lizenz": each.licence_url,
                "Adresse": each.url,
                "abgerufen am": each.accessed,
                "Anmerkung": each.note,
            }
            for each in told.sources
        ],
        dtype=object,
    )
