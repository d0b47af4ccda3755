"""What the page gives away as files."""

from __future__ import annotations

import datetime as dt

from inteso_dash.city import City
from inteso_dash.pages.stadtteilprofil.age import age_bars
from inteso_dash.pages.stadtteilprofil.profile import Profile
from inteso_dash.views.statement import Statement, estimates, statement

AGE_SHARE = "Anteil an der Bevölkerung, {when}"


def profile_statement(
    city: City,
    result: Profile,
    *,
    address: str = "",
    created: dt.date | None = None,
    boundaries: str = "",
) -> Statement:
    """Describe the export of a profile.

    Parameters
    ----------
    city : City
    result : Profile
    address, created, boundaries
        As in `statement`.
    """
    told = [
        (cell.status, cell.note) for line in result.lines for cell in line.cells if cell is not None
    ]
    return statement(
        city,
        what=f"Profil {result.place.name}",
        where=", ".join(place.name for place in result.places),
        dates=[line.date for line in result.lines],
        source_ids=[
            cell.source_id for line in result.lines for cell in line.cells if cell is not None
        ],
        address=address,
        created=created,
        boundaries=boundaries,
        estimates=estimates(told, "Werten"),
    )


def age_statement(
    city: City, result: Profile, *, address: str = "", created: dt.date | None = None
) -> Statement:
    """Describe the export of an age structure.

    Parameters
    ----------
    city : City
    result : Profile
    address, created
        As in `statement`.
    """
    lines = [
        line for key in city.catalogue.start.age_groups if (line := result.line(key)) is not None
    ]
    return statement(
        city,
        what=f"Altersstruktur {result.place.name}",
        where=", ".join(
            (result.place.name, city.catalogue.city.name, *(each.name for each in result.others))
        ),
        dates=[line.date for line in lines],
        source_ids=[
            cell.source_id
            for line in lines
            for cell in (line.own, *result.cells_of_others(line))
            if cell is not None
        ],
        address=address,
        created=created,
    )


def age_file(city: City, result: Profile, told: Statement, kind: str) -> bytes:
    """Write the age structure of an area.

    Parameters
    ----------
    city : City
    result : Profile
    told : Statement
    kind : str
        One of `PICTURE_KINDS`.

    Raises
    ------
    inteso_dash.drawing.paper.NotDrawableError
        If a group of the age structure has no value.
    """
    from inteso_dash.views.map_view import NotDrawableError

    bars = age_bars(city, result)
    if bars is None:
        raise NotDrawableError(
            f"{result.place.name}: Für die Altersgruppen liegen keine Werte vor."
        )
    from inteso_dash.drawing.paper.pictures import written

    return written(city, bars, told, kind, bars.title, AGE_SHARE.format(when=told.when))
