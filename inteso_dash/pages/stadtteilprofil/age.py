"""."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inteso_dash.city import City
from inteso_dash.drawing.screen.bars import _SHARE_DECIMALS, _label, _share, share_unit
from inteso_dash.language import formats
from inteso_dash.pages.stadtteilprofil.profile import Profile
from inteso_dash.views.figures import Bar

if TYPE_CHECKING:
    pass


def age_bars(city: City, result: Profile) -> tuple[Bar, ...]:
    """Return the shares of the age groups of an area, youngest first.

    Groups that are counts are shown as their share of the whole that they are declared to be parts
    of, else of their sum.

    Parameters
    ----------
    city : City
        Its catalogue names the age groups.
    result : Profile

    Returns
    -------
    tuple of Bar
        Empty where one of the groups, or the whole they are parts of, has no value.
    """
    groups = city.catalogue.start.age_groups
    bars = []
    for key in groups:
        line = result.line(key)
        if line is None or line.own.value is None:
            return ()
        place, day, indicator = result.place, line.date, line.indicator
        own = _share(city, groups, indicator, place.level, place.area_id, day)
        if own is None:
            return ()
        root = city.catalogue.root.id
        whole = None
        if place.level != root:
            whole = _share(city, groups, indicator, root, city.catalogue.city.id, day)
        decimals = _SHARE_DECIMALS if indicator.kind == "extensive" else indicator.decimals
        unit = share_unit(indicator)
        bars.append(
            Bar(
                _label(city, indicator),
                own,
                formats.with_unit(own, decimals, unit),
                whole,
                "" if whole is None else formats.with_unit(whole, decimals, unit),
            )
        )
    return tuple(bars)
