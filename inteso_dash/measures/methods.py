"""Every method that figures are made or judged by, explained once: ``methods.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class MeasureMethod:
    """A method, for people.

    Attributes
    ----------
    id : str
        As addresses name it.
    group, title : str
    says : tuple of str
        Three German sentences: what it is, how it is read, what it cannot say.
    formula, symbols : str
        As plain text, and what its letters stand for.
    sources : tuple of str
    functions : tuple of str
        What works it out: module and function below ``inteso_dash.measures``.
    pages : tuple of str
        Ids of the pages that show it.
    """

    id: str
    group: str
    title: str
    says: tuple[str, ...]
    formula: str
    symbols: str
    sources: tuple[str, ...]
    functions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


def _registered() -> dict[str, MeasureMethod]:
    text = Path(__file__).with_suffix(".yml").read_text("utf-8")
    entries = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    lists = ("says", "sources", "functions", "pages")
    return {
        each["id"]: MeasureMethod(**{**each, **{name: tuple(each[name]) for name in lists}})
        for each in entries
    }


METHODS = _registered()
"""Id → method, in the order in which they are explained."""
