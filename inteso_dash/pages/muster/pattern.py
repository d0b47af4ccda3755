"""Where high and low values of an indicator lie together, beyond chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.language.statuses import Status
from inteso_dash.measures.spatial import Cluster, SpatialPattern, pattern
from inteso_dash.pages.muster import choice as asked
from inteso_dash.pages.muster.strongest import written_q
from inteso_dash.pages.muster.texts import CLUSTERS, TEXTS
from inteso_dash.pages.muster.two import coefficient
from inteso_dash.session.maps import ScreenMap
from inteso_dash.views import dated
from inteso_dash.views.dated import DatedIndicator
from inteso_dash.views.dots import Dot, Scatter
from inteso_dash.views.figures import Table
from inteso_dash.views.map_view import Kinds, Scale, Snapshot
from inteso_dash.views.sequences import Address
from inteso_dash.views.shown import ViewError

COLOURS = ("#b35806", "#542788", "#fdb863", "#b2abd2", "#f7f7f7")
"""Of the kinds of areas, in the order of `CLUSTERS`: orange high, violet low, as PuOr has them."""
_ERROR, _FIRST, _LEAST_P = 0.05, 14, 0.001
_MOST_NAMES = 8


@dataclass(frozen=True)
class PatternChoice:
    """What a reader chose: an indicator at a Stichtag."""

    level: str
    indicator: str
    day: dt.date


@dataclass(frozen=True)
class PatternShown:
    """The spatial pattern of an indicator, and the areas beside each."""

    choice: PatternChoice
    indicator: DatedIndicator
    found: SpatialPattern

    @property
    def kinds(self) -> pd.Series[float]:
        """Place of the kind of every area in `CLUSTERS`; NaN where it was not tested."""
        places = {kind: place for place, kind in enumerate(CLUSTERS)}
        kinds = self.found.areas["cluster"].map(places)
        return kinds.reindex(self.indicator.values.index).astype(float)


def read(city: City, address: Address, notes: list[str]) -> PatternChoice:
    """Read what an address chooses; what does not exist is noted (`ViewError` for nothing)."""
    level = asked.levels(city).read(address, notes)
    indicator = asked.indicators(city, level).read(address, notes)
    return PatternChoice(level, indicator, asked.days(city, level, indicator).read(address, notes))


def spatial(city: City, choice: PatternChoice) -> PatternShown:
    """Find the pattern (`ViewError` without boundaries, or with too few areas)."""
    level = city.catalogue.level(choice.level)
    beside = city.touching(level.id, level.current.id)
    if beside is None:
        raise ViewError(TEXTS["no_outlines"].format(plural=formats.definite(level.plural)))
    indicator = dated.dated(city, level.id, choice.indicator, choice.day)
    found = pattern(indicator.values, beside)
    if found is None:
        raise ViewError(TEXTS["too_few_pattern"].format(title=indicator.indicator.title.de))
    return PatternShown(choice, indicator, found)


def sentence(city: City, shown: PatternShown, *, brief: bool = False) -> str:
    """Say whether neighbours are alike, and which areas stand out together."""
    found, plural = shown.found, city.catalogue.level(shown.choice.level).plural
    if found.p > _ERROR:
        text = TEXTS["random"]
    else:
        text = TEXTS["alike" if found.moran > found.expected else "unlike"]
    measured = TEXTS["moran_brief" if brief else "moran"].format(
        index=coefficient(found.moran),
        expected=coefficient(found.expected),
        p=written_p(found.p),
    )
    about = shown.indicator.indicator.title.de
    said = text.format(title=about, plural=plural, measured=measured)
    counts = {kind: len(found.of(kind)) for kind in CLUSTERS}
    outliers = counts[Cluster.HIGH_OUTLIER] + counts[Cluster.LOW_OUTLIER]
    if not outliers + counts[Cluster.HIGH] + counts[Cluster.LOW]:
        return f"{said} {TEXTS['found_none']}"
    told = TEXTS["found"].format(
        high=counts[Cluster.HIGH], low=counts[Cluster.LOW], outliers=outliers
    )
    return f"{said} {told}"


def written_p(value: float) -> str:
    """Write a probability behind "p".

    Examples
    --------
    >>> written_p(0.0001), written_p(0.214)
    ('< 0,001', '= 0,214')
    """
    return f"< {formats.german(_LEAST_P)}" if value < _LEAST_P else f"= {formats.number(value, 3)}"


def chance(shown: PatternShown) -> str:
    """Say how much chance alone would find."""
    found = shown.found
    return TEXTS["chance"].format(
        permutations=formats.number(found.permutations, 0),
        count=formats.number(len(found.areas), 0),
        by_chance=formats.number(len(found.areas) * _ERROR, 0),
    )


def left_out(city: City, shown: PatternShown) -> list[str]:
    """Name the areas that were not tested, by reason."""
    missing = shown.indicator.values
    reasons = (
        ("islands", list(shown.found.left_out)),
        ("no_value", [str(area) for area in missing.index[missing.isna()]]),
    )
    return [
        TEXTS[text].format(
            names=formats.listed(
                (city.name(shown.choice.level, area) for area in areas), most=_MOST_NAMES
            )
        )
        for text, areas in reasons
        if areas
    ]


def pattern_map(shown: PatternShown, selected: str | None) -> ScreenMap:
    """Work out the map of the kinds of areas, with a sign on each that stands out."""
    kinds, cells = shown.kinds, shown.indicator.cells
    tested, values = kinds.notna(), shown.indicator.values
    status = cells["status"].where(values.isna(), str(Status.NOT_DELIVERED))
    sound = shown.indicator.estimated.map(
        {True: str(Status.ESTIMATED), False: str(Status.MEASURED)}
    )
    status = status.where(~tested, sound)
    remarks = pd.Series(
        [
            told(shown, str(area)) if there else TEXTS["not_tested"] if known else ""
            for area, there, known in zip(kinds.index, tested, values.notna(), strict=True)
        ],
        index=kinds.index,
        dtype=object,
    )
    named = Kinds(
        tuple(f"{sign} {name}".strip() for sign, name in CLUSTERS.values()),
        signs=tuple(sign for sign, _ in CLUSTERS.values()),
    )
    drawn = pd.DataFrame(
        {"value": kinds, "status": status, "source_id": cells["source_id"], "note": ""}
    )
    ranks = pd.Series(pd.NA, index=kinds.index, dtype="Int64")
    return ScreenMap(
        level=shown.choice.level,
        scale=Scale(title(shown), "", 0, named.classes, COLOURS, named),
        shown=(Snapshot(shown.choice.day, drawn, ranks, None),),
        selected=selected,
        remarks=remarks,
        card=(),
        note=TEXTS["brief_chance"],
    )


def title(shown: PatternShown) -> str:
    """Name what the map shows."""
    return TEXTS["pattern_of"].format(title=shown.indicator.indicator.title.de)


def around(shown: PatternShown) -> str:
    """Name the mean of the neighbours, with its unit."""
    return TEXTS["around"].format(unit=shown.indicator.indicator.unit)


def told(shown: PatternShown, area: str) -> str:
    """Write the value of an area and the mean of its neighbours."""
    indicator = shown.indicator.indicator
    near = float(shown.found.areas["around"][area])
    mean = formats.with_unit(near, indicator.decimals, indicator.unit)
    return f"{indicator.short.de} {shown.indicator.text(area)} · Nachbarn im Mittel {mean}"


def dots(city: City, shown: PatternShown, selected: str | None) -> Scatter:
    """Draw every area by its value and the mean of its neighbours; the slope is Moran's I."""
    areas, found = shown.found.areas, shown.found
    kinds, level = shown.kinds, city.catalogue.level(shown.choice.level)
    middle = float(areas["value"].mean())
    ends = (float(areas["value"].min()), float(areas["value"].max()))
    height = float(areas["around"].mean())
    decimals = shown.indicator.indicator.decimals
    return Scatter(
        title=f"{title(shown)}, {formats.date(shown.choice.day)}",
        words=f"{len(areas)} {level.plural}. {sentence(city, shown)}",
        dots=tuple(
            Dot(
                city.name(level.id, str(area)),
                float(row["value"]),
                float(row["around"]),
                COLOURS[int(kinds[str(area)])],
                told(shown, str(area)).replace(" · ", "<br>"),
                named=area == selected,
            )
            for area, row in areas.iterrows()
        ),
        across=shown.indicator.axis,
        upwards=around(shown),
        digits=(decimals, decimals),
        line=tuple((end, height + found.moran * (end - middle)) for end in ends),
        line_name=TEXTS["slope"],
        note=TEXTS["brief_chance"],
        bounds=((middle,), (middle,)),
    )


def rows(city: City, shown: PatternShown) -> pd.DataFrame:
    """Return all areas, index area_id: those that stand out, then the others, the surest first.

    Numbers are unrounded.
    """
    level, areas = city.catalogue.level(shown.choice.level), shown.found.areas
    values = shown.indicator.values
    kinds = shown.kinds.fillna(len(CLUSTERS))
    sure = areas["q"].reindex(kinds.index).fillna(1.0)
    placed = pd.DataFrame({"kind": kinds, "q": sure}).sort_values(["kind", "q"], kind="stable")
    order = placed.index
    names = [f"{city.name_beside_key(level.id, str(area))} ({area})" for area in order]
    return pd.DataFrame(
        {
            level.title.de: names,
            TEXTS["pattern_class"]: [kind_words(shown, str(area)) for area in order],
            shown.indicator.axis: values[order],
            around(shown): areas["around"].reindex(order),
            "q": areas["q"].reindex(order),
        },
        index=order,
    )


def kind_words(shown: PatternShown, area: str) -> str:
    """Write sign and name of what an area and its neighbours have in common."""
    if area not in shown.found.areas.index:
        return TEXTS["not_tested"]
    sign, name = CLUSTERS[shown.found.areas["cluster"][area]]
    return f"{sign} {name}".strip()


def listed(city: City, shown: PatternShown) -> Table:
    """Return the first areas as a table for a slide."""
    decimals = shown.indicator.indicator.decimals
    table = rows(city, shown)
    body = [
        (
            name,
            kind,
            *("–" if pd.isna(each) else formats.number(each, decimals) for each in numbers),
            "–" if pd.isna(q) else written_q(q),
        )
        for name, kind, *numbers, q in table.head(_FIRST).itertuples(index=False, name=None)
    ]
    return Table(rows=(tuple(map(str, table.columns)), *body), note=TEXTS["pattern_note"])
