"""The long table with each text held once: its words in their order, and the number of each row's.

A figure takes some 35 bytes so, instead of 140. Whoever asks for texts is given them `plain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.int64]

TEXTS = ("level", "division", "area_id", "indicator_id", "status", "source_id", "note")
"""Columns of the long table that hold texts."""

_MOST = 2**62


def is_coded(rows: pd.DataFrame) -> bool:
    """Say whether a column of a table is held in numbers."""
    return any(_categorical(kind) for kind in rows.dtypes)


def coded(rows: pd.DataFrame) -> pd.DataFrame:
    """Hold each text of a table once.

    Parameters
    ----------
    rows : DataFrame
        With some of the columns `TEXTS`, none of them missing anywhere.

    Examples
    --------
    >>> rows = coded(pd.DataFrame({"area_id": ["02", "01", "02"], "value": [1.0, 2.0, 3.0]}))
    >>> list(rows["area_id"].cat.categories), rows["area_id"].cat.codes.tolist()
    (['01', '02'], [1, 0, 1])
    """
    texts = [name for name in rows.columns if name in TEXTS and not _categorical(rows[name].dtype)]
    return rows.assign(**{name: rows[name].astype("category") for name in texts})


def words_of(cells: npt.NDArray[np.object_]) -> pd.Categorical:
    """Hold each text of a column once, none of them missing.

    Examples
    --------
    >>> words_of(np.array(["02", "01", "02"], dtype=object)).codes.tolist()
    [1, 0, 1]
    """
    codes, words = pd.factorize(cells, sort=True)
    return pd.Categorical.from_codes(codes, pd.Index(words, dtype="str"))


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the texts of a coded table out; any other table stays as it is.

    Examples
    --------
    >>> plain(coded(pd.DataFrame({"area_id": ["02", "01", "02"]})))["area_id"].tolist()
    ['02', '01', '02']
    """
    texts = {name: rows[name].array for name in rows.columns if _categorical(rows[name].dtype)}
    if not texts:
        return rows
    return rows.assign(
        **{
            name: pd.array(each.categories, dtype="str").take(each.codes)
            for name, each in texts.items()
        }
    )


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put coded tables below one another, with an index of its own.

    Parameters
    ----------
    tables : sequence of DataFrame
        At least one, all with the same columns.
    """
    whole: dict[str, object] = {}
    for name in tables[0].columns:
        parts = [table[name] for table in tables]
        if _categorical(parts[0].dtype):
            whole[name] = _united([part.array for part in parts])
        else:
            whole[name] = np.concatenate([part.to_numpy() for part in parts])
    return pd.DataFrame(whole, copy=False)


def _united(parts: Sequence[pd.Categorical]) -> pd.Categorical:
    words = sorted(set().union(*(part.categories for part in parts)))
    known = pd.Index(words, dtype="str")
    small = np.min_scalar_type(-max(1, len(words)))
    codes = [known.get_indexer(part.categories).astype(small)[part.codes] for part in parts]
    return pd.Categorical.from_codes(np.concatenate(codes), known)


def numbered(rows: pd.DataFrame, columns: Sequence[str]) -> Numbers:
    """Give rows numbers by some columns, equal ones the same, in the order of their words.

    Parameters
    ----------
    rows : DataFrame
        Coded or plain.
    columns : sequence of str

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["b", "a", "a"], "area_id": ["1", "2", "1"]})
    >>> numbered(rows, ["level", "area_id"]).tolist()
    [2, 1, 0]
    """
    number, count = np.zeros(len(rows), dtype=np.int64), 1
    for name in columns:
        codes, words = _places(rows[name])
        if count * words > _MOST:
            known, number = np.unique(number, return_inverse=True)
            count = len(known)
        number *= words
        number += codes
        count *= words
    return number


def grouped(
    rows: pd.DataFrame, columns: Sequence[str], wanted: npt.NDArray[np.bool_] | None = None
) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """Yield what stands in some columns and the rows where it does, in the order of their words.

    Parameters
    ----------
    rows : DataFrame
        Coded or plain.
    columns : sequence of str
    wanted : array of bool, optional
        Which rows are meant; all by default.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["b", "a", "b"], "value": [1.0, 2.0, 3.0]})
    >>> [(*place, own["value"].tolist()) for place, own in grouped(rows, ["level"])]
    [('a', [2.0]), ('b', [1.0, 3.0])]
    """
    if not len(rows):
        return
    number = numbered(rows, columns)
    number = number.astype(np.min_scalar_type(int(number.max(initial=0))))
    standing = wanted is None and bool((number[1:] >= number[:-1]).all())
    order = np.argsort(number if wanted is None else number[wanted], kind="stable")
    if wanted is not None:
        order = np.flatnonzero(wanted)[order]
    number = number[order]
    ends = [*(np.flatnonzero(number[1:] != number[:-1]) + 1).tolist(), len(order)]
    del number
    words = [rows[name].array for name in columns]
    for start, end in pairwise([0, *ends] if len(order) else []):
        own = rows.iloc[start:end] if standing else rows.iloc[order[start:end]]
        yield tuple(each[order[start]] for each in words), own


def factorized(column: pd.Series) -> tuple[npt.NDArray[np.intp], pd.Index]:
    """Return where the cells of a column stand in the ordered list of those that occur, and it.

    Examples
    --------
    >>> places, words = factorized(coded(pd.DataFrame({"note": ["b", "c", "b"]}))["note"][:1])
    >>> places.tolist(), list(words)
    ([0], ['b'])
    """
    if not _categorical(column.dtype):
        codes, words = pd.factorize(column, sort=True)
        return codes, pd.Index(words)
    codes, words = column.array.codes, column.array.categories
    used = np.flatnonzero(np.bincount(codes, minlength=len(words)))
    if len(used) == len(words):
        return codes.astype(np.intp), words
    places = np.zeros(len(words), dtype=np.intp)
    places[used] = np.arange(len(used))
    return places[codes], words.take(used)


def _places(column: pd.Series) -> tuple[npt.NDArray[np.signedinteger], int]:
    """Return where the cells of a column stand in the ordered list of its words, and how many."""
    if _categorical(column.dtype):
        return column.array.codes, len(column.array.categories)
    codes, words = pd.factorize(column, sort=True)
    return codes, len(words)


def ordered(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return rows in the order of some columns, with an index of its own; equal ones as they came.

    Parameters
    ----------
    rows : DataFrame
        Taken apart on the way, so that no more than a column of it is held twice.
    columns : sequence of str

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["b", "a"], "value": [1.0, 2.0]})
    >>> ordered(rows, ["level"])["value"].tolist()
    [2.0, 1.0]
    """
    number = numbered(rows, columns)
    if (number[1:] >= number[:-1]).all():
        return rows.reset_index(drop=True)
    order = np.argsort(number, kind="stable")
    del number
    columns_of = {name: rows.pop(name).array.take(order) for name in list(rows.columns)}
    return pd.DataFrame(columns_of, copy=False)


def worded(
    rows: pd.DataFrame, name: str, at: npt.NDArray[np.int64], texts: Sequence[str]
) -> pd.DataFrame:
    """Write other texts into some cells of a column.

    Parameters
    ----------
    rows : DataFrame
        Coded or plain, and so is what is returned.
    name : str
    at : array of int
        The places of the rows.
    texts : sequence of str
        One for each of them.

    Examples
    --------
    >>> rows = coded(pd.DataFrame({"note": ["", "b", "c"]}))
    >>> rows = worded(rows, "note", np.array([0, 2]), ["a", "b"])
    >>> rows["note"].tolist(), list(rows["note"].cat.categories)
    (['a', 'b', 'b'], ['', 'a', 'b', 'c'])
    """
    column = rows[name].array
    if not isinstance(column, pd.Categorical):
        cells = column.to_numpy(dtype=object, copy=True)
        cells[at] = texts
        return rows.assign(**{name: pd.array(cells, dtype="str")})
    both = _united([column, pd.Categorical(pd.array(list(texts), dtype="str"))])
    codes = both.codes[: len(column)].copy()
    codes[at] = both.codes[len(column) :]
    return rows.assign(**{name: pd.Categorical.from_codes(codes, dtype=both.dtype)})


def repeated(number: Numbers) -> npt.NDArray[np.bool_]:
    """Say of numbers whether they occur before; of those that rise, without looking for them.

    Examples
    --------
    >>> repeated(np.array([1, 3, 1])).tolist(), repeated(np.array([1, 2])).tolist()
    ([False, False, True], [False, False])
    """
    if (number[1:] > number[:-1]).all():
        return np.zeros(len(number), dtype=bool)
    return pd.Series(number).duplicated().to_numpy()


def named_before(
    rows: pd.DataFrame, others: pd.DataFrame, columns: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Say of coded rows whether some columns are the same in another table, or in a row above.

    Parameters
    ----------
    rows, others : DataFrame
    columns : sequence of str
        Of texts.

    Examples
    --------
    >>> rows, others = (coded(pd.DataFrame({"area_id": ids})) for ids in (["2", "3", "3"], ["2"]))
    >>> named_before(rows, others, ["area_id"]).tolist()
    [True, False, True]
    """
    before, number = (np.zeros(len(each), dtype=np.int64) for each in (others, rows))
    for name in columns:
        known, own = (each[name].array for each in (others, rows))
        places = known.categories.get_indexer(own.categories)
        new = len(known.categories) + np.arange(len(places))
        places = np.where(places < 0, new, places)
        words = len(known.categories) + len(places)
        before = before * words + known.codes
        number = number * words + places[own.codes]
    return repeated(np.concatenate([before, number]))[len(others) :]


def written_out(column: pd.Series) -> npt.NDArray[np.object_]:
    """Return the texts of a column, coded or plain.

    Examples
    --------
    >>> written_out(coded(pd.DataFrame({"note": ["b", "a"]}))["note"]).tolist()
    ['b', 'a']
    """
    if not _categorical(column.dtype):
        return column.to_numpy(dtype=object, copy=True)
    words = column.array.categories.to_numpy(dtype=object)
    texts: npt.NDArray[np.object_] = words[column.array.codes]
    return texts


def _categorical(kind: object) -> bool:
    return isinstance(kind, pd.CategoricalDtype)
