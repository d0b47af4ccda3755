"""What somebody loads beside a folder is not mixed with figures that hold secrets.

A session sees the folder's protected figures and can load any table beside them. If both were
protected together, a figure that was secret only so that a small one cannot be worked out would
be shown as soon as a loaded table says something else in the small one's place; and sums over
both would tell it as well, from session to session another one. So where something of a Stichtag
is secret, the folder's figures that are not public are left out while a table for that Stichtag is
loaded: what is then shown depends on the loaded table and on public figures alone. The other
Stichtage of which something is secret stay as all see them: which figures protect the small ones,
and by what older areas are divided, must not change with what is loaded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from inteso_dash.catalogue import Catalogue
from inteso_dash.city.disclosure.rules import Rules
from inteso_dash.tables.sources import CityData


def apart(
    read: CityData,
    loaded: Collection[str],
    secret_days: Collection[pd.Timestamp],
    catalogue: Catalogue,
) -> tuple[CityData, tuple[pd.Timestamp, ...]]:
    """Leave figures that are not public out of the Stichtage that a session has loaded.

    Parameters
    ----------
    read : CityData
        The folder with the loaded tables.
    loaded : collection of str
        Sources of these.
    secret_days : collection of Timestamp
        Stichtage of which something of the folder is secret.
    catalogue : Catalogue

    Returns
    -------
    CityData
    tuple of Timestamp
        The Stichtage of which something was left out.
    """
    rules = Rules(catalogue)
    own = read.figures["source_id"].isin(list(loaded))
    days = set(read.figures.loc[own, "date"]) & set(secret_days)
    if not days:
        return read, ()

    def left(rows: pd.DataFrame) -> pd.DataFrame:
        kept = [
            pd.Timestamp(day) not in days or source in loaded or rules.of(source) is None
            for day, source in zip(rows["date"], rows["source_id"], strict=True)
        ]
        return rows[np.array(kept, dtype=bool)].reset_index(drop=True)

    return replace(read, figures=left(read.figures), sites=left(read.sites)), tuple(sorted(days))


def as_all_see(
    rows: pd.DataFrame, shared: pd.DataFrame, days: Collection[pd.Timestamp]
) -> pd.DataFrame:
    """Put the rows of some Stichtage in the place of a session's, as they are without its tables.

    Parameters
    ----------
    rows, shared : DataFrame
        With a column date.
    days : collection of Timestamp
    """
    if not days:
        return rows
    others = rows[~rows["date"].isin(list(days))]
    return pd.concat([others, shared[shared["date"].isin(list(days))]], ignore_index=True)
