"""What the section on two indicators draws, as plain data: map, dots, table."""

from __future__ import annotations

import pandas as pd

from inteso_dash.catalogue.tables import joined_ids
from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.pages.muster.texts import HIGH, LOW, MIDDLE, TEXTS
from inteso_dash.pages.muster.two import Marked, Related, sentence, title, when
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views.colours import two_way
from inteso_dash.views.dots import Dot, Scatter
from inteso_dash.views.figures import Table
from inteso_dash.views.map_view import Kinds, Scale, Snapshot

_FIRST = 14


def told(shown: Related, area: str) -> str:
    """Write both values of an area."""
    return " · ".join(
        f"{each.indicator.short.de} {each.text(area)}" for each in (shown.first, shown.second)
    )


def two_map(shown: Related, marks: Marked) -> ScreenMap:
    """Work out the map of both indicators, 3 × 3 classes."""
    missing = shown.missing()
    areas = shown.kinds.index
    cells = pd.DataFrame(
        {
            "value": shown.kinds,
            "status": missing["status"].reindex(areas),
            "source_id": _sources(shown),
            "note": "",
        }
    )
    guessed = (shown.first.estimated | shown.second.estimated)[shown.both]
    cells.loc[shown.both, "status"] = guessed.map(
        {True: str(Status.ESTIMATED), False: str(Status.MEASURED)}
    )
    remarks = pd.Series({area: told(shown, str(area)) for area in areas}, dtype=object)
    remarks = missing["note"].reindex(areas).fillna(remarks)
    kinds = Kinds(
        tuple(shown.kind_name(kind) for kind in range(len(two_way()))),
        square=(shown.first.indicator.short.de, shown.second.indicator.short.de),
        bounds=tuple(  # type: ignore[arg-type]
            tuple(formats.number(bound, each.indicator.decimals) for bound in classes.breaks[1:-1])
            for each, classes in zip((shown.first, shown.second), shown.classes, strict=True)
        ),
    )
    ranks = pd.Series(pd.NA, index=areas, dtype="Int64")
    return ScreenMap(
        level=shown.choice.level,
        scale=Scale(title(shown), "", 0, kinds.classes, two_way(), kinds),
        shown=(Snapshot(max(shown.first.day, shown.second.day), cells, ranks, None),),
        selected=marks.selected,
        when=when(shown),
        missing=TEXTS["not_both"],
        remarks=remarks,
        card=(),
        lit=marks.lit,
        note=TEXTS["brief_caution"],
    )


def _sources(shown: Related) -> pd.Series[str]:
    both = zip(shown.first.cells["source_id"], shown.second.cells["source_id"], strict=True)
    return pd.Series(map(joined_ids, both), index=shown.kinds.index, dtype=object)


def dots(city: City, shown: Related, marks: Marked) -> Scatter:
    """Draw an area a dot in the colour of its class, with the robust line."""
    level, colours = city.catalogue.level(shown.choice.level), two_way()
    x, y = shown.first.values, shown.second.values
    named = set(marks.areas)
    drawn = tuple(
        Dot(
            city.name(level.id, str(area)),
            float(x[area]),
            float(y[area]),
            colours[int(shown.kinds[area])],
            told(shown, str(area)).replace(" · ", "<br>"),
            named=area in named,
            faint=marks.lit is not None and int(shown.kinds[area]) != marks.lit,
        )
        for area in shown.both
    )
    ends = (float(x[shown.both].min()), float(x[shown.both].max()))
    line = () if shown.line is None else tuple((end, shown.line.at(end)) for end in ends)
    name = title(shown)
    words = TEXTS["scatter_words"].format(
        title=name, count=len(drawn), plural=level.plural, said=sentence(city, shown)
    )
    return Scatter(
        title=f"{name}, {when(shown)}",
        words=words,
        dots=drawn,
        across=shown.first.axis,
        upwards=shown.second.axis,
        digits=(shown.first.indicator.decimals, shown.second.indicator.decimals),
        line=line,
        line_name=TEXTS["line_name"],
        note=f"{TEXTS['dashed']} {TEXTS['brief_caution']}",
        bounds=tuple(each.breaks[1:-1] for each in shown.classes),  # type: ignore[arg-type]
    )


def class_words(shown: Related, area: str) -> str:
    """Write the class of an area: "hoch – niedrig"; what lacks where there is none."""
    kind = shown.kinds[area]
    if pd.isna(kind):
        return ""
    row, column = divmod(int(kind), 3)
    words = (LOW, MIDDLE, HIGH)
    return f"{words[column]} – {words[row]}"


def rows(city: City, shown: Related) -> pd.DataFrame:
    """Return all areas with both values, index area_id: those with both first, highest first.

    Returns
    -------
    DataFrame
        Name of the level, both titles with units, class, distance from the line; numbers
        unrounded, NaN where there are none.
    """
    level = city.catalogue.level(shown.choice.level)
    table = pd.DataFrame(
        {
            level.title.de: [
                f"{city.name_beside_key(level.id, str(area))} ({area})"
                for area in shown.kinds.index
            ],
            shown.first.axis: shown.first.values,
            shown.second.axis: shown.second.values,
            TEXTS["class"]: [class_words(shown, str(area)) for area in shown.kinds.index],
            TEXTS["residual"]: shown.residuals,
        },
        index=shown.kinds.index,
    )
    lacking = shown.missing()["note"]
    table.loc[lacking.index, TEXTS["class"]] = lacking
    return table.sort_values(shown.first.axis, ascending=False, kind="stable")


def digits(shown: Related) -> dict[str, int]:
    """Return the decimals of the columns of `rows`."""
    second = shown.second.indicator.decimals
    return {
        shown.first.axis: shown.first.indicator.decimals,
        shown.second.axis: second,
        TEXTS["residual"]: second,
    }


def listed(city: City, shown: Related, marks: Marked) -> Table:
    """Return the areas marked, then the first of all, as a table for a slide."""
    table, written = rows(city, shown), digits(shown)
    own = [area for area in marks.areas if area in table.index]
    order = [*own, *(area for area in table.index if area not in own)][:_FIRST]
    body = [
        tuple(
            "–"
            if pd.isna(cell)
            else formats.number(cell, written[head])
            if head in written
            else cell
            for head, cell in zip(table.columns, row, strict=True)
        )
        for row in table.loc[order].itertuples(index=False, name=None)
    ]
    return Table(rows=(tuple(table.columns), *body), note=TEXTS["brief_caution"])
