"""What the page works out once for all sessions."""

from __future__ import annotations

import pandas as pd

from inteso_dash.pages.handlungsbedarf import content, index
from inteso_dash.pages.handlungsbedarf.index import Need, NeedChoice
from inteso_dash.session.editions import cached
from inteso_dash.session.literal import literal_table
from inteso_dash.session.store import city

_CHOICES = 64


@cached()
def levels() -> tuple[str, ...]:
    """Return the levels that the page shows, the one first that it begins with."""
    return tuple(index.shown_levels(city()))


@cached(max_entries=_CHOICES)
def need(choice: NeedChoice) -> Need:
    """Return what the page shows of a choice (`ViewError` where there is nothing)."""
    return index.need(city(), choice)


@cached(max_entries=_CHOICES)
def ranked(choice: NeedChoice) -> pd.DataFrame:
    """Return the areas of a choice by rank, as the page writes them."""
    return literal_table(content.ranked(city(), need(choice)))
