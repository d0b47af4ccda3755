"""Tables as files, and those that explain them: what indicators mean, where figures come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from inteso_dash.catalogue.tables import Source, SourceTable
from inteso_dash.city import City
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.text import Dialect, to_csv
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS
from inteso_dash.views.statement import Statement, signed

_Writer = Callable[[City, pd.DataFrame, Statement, Iterable[str]], bytes]


def table_file(
    city: City,
    table: pd.DataFrame,
    told: Statement,
    kind: FileKind,
    *,
    indicator_ids: Iterable[str] = (),
) -> bytes:
    """Write a table.

    Parameters
    ----------
    city : City
    table : DataFrame
        Cells are text, `decimal.Decimal`, dates or None.
    told : Statement
    kind : FileKind
        One of `inteso_dash.files.kinds.TABLES`.
    indicator_ids : iterable of str
        Indicators that a workbook defines; those of the column Kennung where there is one.
    """
    return _WRITERS[kind](city, table, told, indicator_ids)


def _workbook(
    city: City, table: pd.DataFrame, told: Statement, indicator_ids: Iterable[str]
) -> bytes:
    from inteso_dash.files.workbook import to_xlsx

    named = set(indicator_ids)
    if "Kennung" in table.columns:
        named |= set(table["Kennung"])
    return to_xlsx(table, told, city, named)


def _text(dialect: Dialect) -> _Writer:
    return lambda _, table, told, __: to_csv(signed(table, told), dialect)


_WRITERS: dict[FileKind, _Writer] = {
    FileKind.XLSX: _workbook,
    FileKind.CSV_EXCEL: _text(Dialect.EXCEL),
    FileKind.CSV: _text(Dialect.RFC4180),
}


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


def overview(city: City) -> pd.DataFrame:
    """List every table and every layer with origin, Stichtag, corrections and licence.

    Returns
    -------
    DataFrame
        Texts: Tabelle, Stichtag (from the first to the last; of boundaries the division),
        Herausgeber, Lizenz, Zeilen, Berichtigt (how many corrections are declared).
    """
    rows = [_table_row(city, table) for table in city.catalogue.tables]
    for layer in city.layers.values():
        level = city.catalogue.level(layer.level)
        rows.append(
            {
                "Tabelle": f"Grenzen: {level.plural}",
                "Stichtag": f"Gliederung {layer.division}",
                "Herausgeber": layer.origin.producer,
                "Lizenz": layer.origin.licence,
                "Zeilen": formats.number(layer.features, 0),
                "Berichtigt": _count(len(layer.repairs)),
            }
        )
    return pd.DataFrame(rows)


def used_sources(city: City, table: SourceTable) -> list[Source]:
    """Return the sources that a table draws on, in the order of their ids."""
    ids = _declared(table)
    rows = _rows(city, table)
    if rows is not None:
        alike = [other for other in city.catalogue.tables if other.kind == table.kind != "figures"]
        ids |= set(rows["source_id"]).difference(*(_declared(each) for each in alike))
    return [city.catalogue.sources[key] for key in sorted(ids) if key in city.catalogue.sources]


def _declared(table: SourceTable) -> set[str]:
    return {source.id for source in table.sources} | ({table.source} if table.source else set())


def _rows(city: City, table: SourceTable) -> pd.DataFrame | None:
    """Return the rows of a table; for sites and points those of all tables of their kind."""
    return {"sites": city.sites, "points": city.points}.get(table.kind, city.printed.get(table.id))


def _table_row(city: City, table: SourceTable) -> dict[str, str]:
    used = used_sources(city, table)
    return {
        "Tabelle": table.title,
        "Stichtag": " bis ".join(dict.fromkeys(_ends(city, table))),
        "Herausgeber": "; ".join(dict.fromkeys(each.producer for each in used)),
        "Lizenz": "; ".join(dict.fromkeys(each.licence for each in used)),
        "Zeilen": formats.number(table.rows, 0),
        "Berichtigt": _count(len(table.corrections)),
    }


def _ends(city: City, table: SourceTable) -> list[str]:
    """First and last Stichtag of a table, where it has any."""
    if table.date is not None:
        return [formats.date(table.date)]
    rows = _rows(city, table)
    if rows is None:
        return []
    dated = rows[rows["source_id"].isin([each.id for each in used_sources(city, table)])]
    days = sorted(dated["date"].dropna())
    return [formats.published(str(day)[:10]) for day in (days[0], days[-1])] if days else []


def _count(number: int) -> str:
    return formats.number(number, 0) if number else "–"
