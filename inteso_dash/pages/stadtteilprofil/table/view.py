"""From a profile to its tables: which rows stand where, what a cell and its small line say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from inteso_dash.catalogue.indicators import Indicator
from inteso_dash.catalogue.own_areas import OwnLevel
from inteso_dash.catalogue.tables import source_ids
from inteso_dash.city import City
from inteso_dash.city.breaks import breaks
from inteso_dash.drawing.profile_table.data import (
    About,
    Cell,
    Facts,
    Group,
    Highlights,
    MiniMap,
    Position,
    ProfileTable,
    TableColumn,
    TableNumber,
    TableRow,
    TableText,
    Trend,
)
from inteso_dash.drawing.profile_table.texts import SIGNS, TEXTS
from inteso_dash.language import formats
from inteso_dash.language.statuses import STATUS_MEANINGS, Status
from inteso_dash.pages.stadtteilprofil.profile import (
    MIN_SPREAD,
    Line,
    Profile,
    ProfilePlace,
    counts_behind,
)
from inteso_dash.pages.stadtteilprofil.profile import ProfileCell as Given
from inteso_dash.pages.stadtteilprofil.table import words
from inteso_dash.pages.veraenderung import words as change_words
from inteso_dash.pages.veraenderung.series import SeriesPoint, points
from inteso_dash.views import headlines

_MARKS = {Status.COMPUTED: "b", Status.ROUNDED: "r", Status.ESTIMATED: "s"}


def facts(
    city: City,
    result: Profile,
    mini_map: MiniMap | None = None,
    highlights: Highlights | None = None,
) -> Facts:
    """Say what the area is, how large it is and how many live there."""
    terms = [(TEXTS["level"], words.lineage(city, result))]
    population = result.line(next(iter(city.catalogue.start.key_figures), ""))
    size = next((line for line in result.current if _is_size(line)), None)
    for line in (population, size):
        if line is None or line.own.value is None:
            continue
        indicator = line.indicator
        value = (
            words.size(indicator, line.own.value)
            if line is size
            else formats.with_unit(line.own.value, indicator.decimals, indicator.unit)
        )
        guessed = headlines.guessed(str(line.own.status))
        terms.append((indicator.short.de, f"{guessed}{value} ({formats.date(line.date)})"))
    return Facts(tuple(terms), mini_map, highlights)


def _is_size(line: Line) -> bool:
    return line.indicator.kind == "extensive" and line.indicator.unit in {"ha", "km²"}


def tables(city: City, result: Profile) -> tuple[ProfileTable, ...]:
    """Return the tables of a profile: by topic, the counts behind it, and earlier Stichtage.

    None where no source says anything about the area.
    """
    if not result.current:
        return ()
    folded = counts_behind(city, result.current)
    main = [line for line in result.current if line.indicator.id not in folded]
    counts = [line for line in result.current if line.indicator.id in folded]
    day = main_date(result.current)
    title = TEXTS["main" if len(result.places) > 1 else "main_alone"]
    title = title.format(name=result.place.name, date=formats.date(day))
    made = [
        _by_topic(city, result, main, day, title),
        _by_topic(city, result, counts, day, TEXTS["counts"], folded=True),
        _earlier(city, result),
    ]
    return tuple(table for table in made if table.groups)


def main_date(lines: Iterable[Line]) -> dt.date:
    """Stichtag of most lines, the newest of several; there has to be one."""
    counted = Counter(line.date for line in lines)
    return max(counted, key=lambda day: (counted[day], day))


def _by_topic(
    city: City,
    result: Profile,
    lines: Sequence[Line],
    day: dt.date,
    title: str,
    *,
    folded: bool = False,
) -> ProfileTable:
    level = city.catalogue.level(result.place.level)
    ranked = level.id != city.catalogue.root.id and any(line.count >= MIN_SPREAD for line in lines)
    placed = ranked and not folded
    columns = [TableColumn(TEXTS["unit"], "unit"), *_place_columns(city, result)]
    if ranked:
        columns.append(TableColumn(TEXTS["rank"], "rank"))
    if placed:
        columns.append(
            TableColumn(TEXTS["place"].format(plural=formats.dative(level.plural)), "place")
        )
    trends = {line.indicator.id: trend(city, result.place, line) for line in lines}
    changing = any(trends.values())
    if changing:
        columns.append(TableColumn(TEXTS["trend"], "trend"))
    groups = []
    for topic in city.catalogue.topics:
        rows = []
        for line in lines:
            if line.indicator.topic != topic.id:
                continue
            cells: list[Cell] = [TableText(line.indicator.unit)]
            cells += [figure(cell, line.indicator) for cell in line.cells]
            if ranked:
                cells.append(_rank(line))
            if placed:
                cells.append(_position(city, result, line))
            if changing:
                cells.append(trends[line.indicator.id])
            below = "" if line.date == day else TEXTS["as_of"].format(date=formats.date(line.date))
            about = _about(city, line)
            rows.append(TableRow(line.indicator.short.de, tuple(cells), about, below))
        if rows:
            groups.append(Group(topic.title.de, tuple(rows)))
    signs = zip(SIGNS, result.others, strict=False)
    place_key = TEXTS["place_key"].format(
        plural=formats.definite(level.plural),
        city=city.catalogue.city.name,
        name=result.place.name,
        others="".join(
            TEXTS["place_other"].format(sign=sign, name=other.name) for sign, other in signs
        ),
    )
    if any(line.interval is not None for line in lines):
        place_key += TEXTS["place_chance"]
    return ProfileTable(
        title,
        TEXTS["indicator"],
        tuple(columns),
        tuple(groups),
        folded,
        (
            *_key(lines),
            *((("", TEXTS["rank_key"]),) if ranked else ()),
            *((("", TEXTS["trend_key"]),) if changing else ()),
        ),
        place_key if placed else "",
        _source(city, lines, day),
    )


def _earlier(city: City, result: Profile) -> ProfileTable:
    columns = [
        TableColumn(TEXTS["date"], "text"),
        TableColumn(TEXTS["unit"], "unit"),
        *_place_columns(city, result),
        TableColumn(TEXTS["origin"], "source"),
    ]
    rows: list[TableRow] = []
    times = Counter(line.indicator.id for line in result.earlier)
    newest = {line.indicator.id: line.date for line in result.current}
    seen: set[str] = set()
    cited: list[str] = []
    for line in result.earlier:
        indicator = line.indicator
        broken = _break(city, indicator, result.place.level, line.date, newest[indicator.id])
        own, *others = (figure(cell, indicator) for cell in line.cells)
        if broken is not None:
            own = TableNumber(own.text, own.mark, own.spoken, own.below, broken)
        source = city.source_titles(_sources([line]))
        if source not in cited:
            cited.append(source)
        cells: tuple[Cell, ...] = (
            TableText(formats.date(line.date)),
            TableText(indicator.unit),
            own,
            *others,
            TableText(str(cited.index(source) + 1)),
        )
        first = indicator.id not in seen
        seen.add(indicator.id)
        about = _definition(indicator) if first else None
        title = indicator.short.de if first else ""
        rows.append(TableRow(title, cells, about, span=times[indicator.id]))
    return ProfileTable(
        TEXTS["earlier"],
        TEXTS["indicator"],
        tuple(columns),
        (Group("", tuple(rows)),) if rows else (),
        key=_key(result.earlier),
        citations=tuple(cited),
    )


def _break(
    city: City, indicator: Indicator, level: str, day: dt.date, newest: dt.date
) -> About | None:
    cuts = breaks(city, indicator.id, level, (day, newest))
    reasons = [TEXTS["break"].format(reason=found.reason) for found in cuts]
    return About(TEXTS["breaks"], tuple(reasons)) if reasons else None


def _place_columns(city: City, result: Profile) -> list[TableColumn]:
    before = len(result.places) - len(result.others)
    return [
        TableColumn(
            place.name,
            "value" if index else "own",
            designation(city, place),
            sign=max(0, index - before + 1),
        )
        for index, place in enumerate(result.places)
    ]


def designation(city: City, place: ProfilePlace) -> str:
    """Write level and key of an area, one alone where the name holds the other."""
    level = city.catalogue.level(place.level)
    own, title = isinstance(level, OwnLevel), level.title.de
    if own or level.id == city.catalogue.root.id or place.name.endswith(f"({place.area_id})"):
        return title
    if place.name.startswith(title) or place.name.endswith(f"({title})"):
        return place.area_id
    return f"{title} {place.area_id}"


def figure(cell: Given | None, indicator: Indicator) -> TableNumber:
    """Write a cell: the number, or the sign of its status with the reason where there is one."""
    status = Status.NOT_DELIVERED if cell is None else cell.status
    meaning = STATUS_MEANINGS[status]
    if cell is None or cell.value is None:
        note = TEXTS["silent"] if cell is None else cell.note
        if status is Status.UNINHABITED:
            note = ""
        about = About(f"{indicator.title.de}: {meaning.title}", (note,)) if note else None
        return TableNumber(meaning.sign, spoken=meaning.title, about=about)
    text = meaning.sign or formats.number(cell.value, indicator.decimals)
    mark = _MARKS.get(status, "")
    about = About(f"{indicator.title.de}: {meaning.title}", (cell.note,)) if cell.note else None
    spoken = meaning.title if mark or meaning.sign else ""
    return TableNumber(text, mark, spoken, _error(cell, indicator), about)


def _error(cell: Given, indicator: Indicator) -> str:
    """Write the rounding error where it reaches the digits shown."""
    if not cell.rounding_error >= 10**-indicator.decimals:
        return ""
    return TEXTS["error"].format(error=formats.number(cell.rounding_error, indicator.decimals))


def _rank(line: Line) -> Cell:
    if line.rank is None or line.count < MIN_SPREAD:
        return None
    return TableText(TEXTS["rank_of"].format(rank=line.rank, count=line.count))


def _position(city: City, result: Profile, line: Line) -> Cell:
    spread = line.spread
    if spread is None:
        return None
    told = zip(result.others, result.of_others(line), strict=True)
    return Position(
        spread.lower_quartile,
        spread.median,
        spread.upper_quartile,
        spread.area,
        _visible(spread.reference),
        " ".join(_spread_words(city, result, line)),
        tuple(
            _visible(spread.along(value)) if _comparable(result, other, line.indicator) else None
            for other, value in told
        ),
        _reach(line),
        line.interval is not None and bool(line.interval.as_city),
    )


def _reach(line: Line) -> tuple[float, float] | None:
    """Return where the interval of a figure lies in its distribution, cut off at its ends."""
    spread, found = line.spread, line.interval
    if spread is None or found is None:
        return None
    low, high = spread.along(found.lower), spread.along(found.upper)
    return (max(low or 0.0, 0.0), min(1.0 if high is None else high, 1.0))


def _visible(place: float | None) -> float | None:
    return place if place is not None and 0 <= place <= 1 else None


def _comparable(result: Profile, other: ProfilePlace, indicator: Indicator) -> bool:
    """Say whether a figure of another area has its place among the areas of this level."""
    return indicator.kind == "intensive" or other.level == result.place.level


def _spread_words(city: City, result: Profile, line: Line) -> list[str]:
    spread, indicator = line.spread, line.indicator
    if spread is None:
        return []

    def written(along: float) -> str:
        return value_of(spread.low + along * (spread.high - spread.low))

    def value_of(value: float) -> str:
        return formats.with_unit(value, indicator.decimals, indicator.unit)

    said = [
        TEXTS["spread"].format(
            plural=city.catalogue.level(result.place.level).plural,
            count=line.count,
            low=written(0),
            high=written(1),
            lower=written(spread.lower_quartile),
            upper=written(spread.upper_quartile),
            median=written(spread.median),
        )
    ]
    if spread.area is not None:
        own = TEXTS["spread_own"].format(name=result.place.name, value=written(spread.area))
        said.append(own)
    if line.interval is not None:
        found = line.interval
        reach = formats.span(found.lower, found.upper, indicator.decimals, indicator.unit)
        reach = reach.replace(" bis ", " und ")
        meaning = {True: "as_city", False: "not_as_city"}
        said.append(
            TEXTS["interval_alone"].format(span=reach)
            if found.as_city is None
            else TEXTS["interval"].format(span=reach, meaning=TEXTS[meaning[found.as_city]])
        )
    said += [
        TEXTS["spread_own"].format(name=other.name, value=value_of(value))
        for other, value in zip(result.others, result.of_others(line), strict=True)
        if value is not None and _comparable(result, other, indicator)
    ]
    return said


def _definition(indicator: Indicator) -> About:
    paragraphs = [indicator.meaning]
    if indicator.caveat:
        paragraphs.append(TEXTS["caveat"].format(text=indicator.caveat))
    return About(indicator.title.de, tuple(paragraphs))


def _about(city: City, line: Line) -> About:
    """Define an indicator; name source and Stichtag."""
    definition, own = _definition(line.indicator), _sources([line])
    source = TEXTS["source"].format(source=city.source_titles(own), date=formats.date(line.date))
    return About(definition.title, (*definition.paragraphs, source))


def _sources(lines: Iterable[Line]) -> list[str]:
    """Source ids of all cells, the most frequent first."""
    counted = Counter(
        key
        for line in lines
        for cell in line.cells
        if cell is not None
        for key in source_ids(cell.source_id)
    )
    return [key for key, _ in counted.most_common()]


def _source(city: City, lines: Sequence[Line], day: dt.date) -> str:
    mixed = any(line.date != day for line in lines)
    template = TEXTS["source_mixed" if mixed else "source"]
    return template.format(source=city.source_titles(_sources(lines)), date=formats.date(day))


def _key(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Signs and marks that occur, in the order of the statuses, with their meanings."""
    cells = [(line, cell) for line in lines for cell in line.cells]
    present = {Status.NOT_DELIVERED if cell is None else cell.status for _, cell in cells}
    entries = []
    for status, meaning in STATUS_MEANINGS.items():
        sign = meaning.sign or _MARKS.get(status, "")
        if status in present and sign:
            entries.append((sign, meaning.title))
    if any(cell is not None and _error(cell, line.indicator) for line, cell in cells):
        entries.append(("±", TEXTS["error_key"]))
    return tuple(entries)


def trend(city: City, place: ProfilePlace, line: Line) -> Trend | None:
    """Return the course of an indicator up to the value of a line.

    The change is told since the first Stichtag that is comparable with the line's.

    Parameters
    ----------
    city : City
    place : ProfilePlace
    line : Line

    Returns
    -------
    Trend or None
        None where the area has fewer than two values.
    """
    indicator = line.indicator
    where = (place.level, place.area_id)
    if line.own.value is None or len(city.dates(place.level, indicator.id)) < 2:
        return None
    course = points(city, indicator.id, [where], end=line.date)
    if len(course) < 2:
        return None
    days, values = [each.date for each in course], [each.value for each in course]
    last = [each for each in course if each.segment == course[-1].segment]
    cuts = breaks(city, indicator.id, place.level, days)
    label = TEXTS["trend_label"].format(
        words=", ".join(
            f"{formats.date(day)} {formats.with_unit(value, indicator.decimals, indicator.unit)}"
            for day, value in zip(days, values, strict=True)
        )
    )
    made = tuple(each.recomputed for each in course if each.recomputed)
    about = _about_trend(indicator, label, tuple(cut.reason for cut in cuts), made)
    within_rounding = len(cuts) == 0 and max(values) - min(values) <= _rounding(course)
    along = _line(course, flat=within_rounding)
    if len(last) < 2:
        broken = TEXTS["trend_broken"].format(date=formats.date(cuts[-1].date))
        return Trend(along, broken, "", label, about)
    start, own = last[0], last[-1]
    before, after = start.value, own.value
    errors = (start.rounding_error, own.rounding_error)
    told = (
        TEXTS["trend_same"]
        if 0 < sum(errors) >= abs(after - before)
        else change_words.told(indicator, before, after, errors)
    )
    since = TEXTS["trend_since"].format(date=formats.date(start.date))
    return Trend(along, told, since, label, about)


def _rounding(course: Sequence[SeriesPoint]) -> float:
    """Return by how much two of these values may differ through rounding alone."""
    return sum(sorted(each.rounding_error for each in course)[-2:])


def _line(course: Sequence[SeriesPoint], *, flat: bool) -> tuple[tuple[float, float, int], ...]:
    """Place the points between the first and the last day, the lowest and the highest value."""
    values = [each.value for each in course]
    low, high = min(values), max(values)
    begin, span = course[0].date, course[-1].date - course[0].date
    return tuple(
        (
            (each.date - begin) / span,
            0.5 if flat or high == low else (each.value - low) / (high - low),
            each.segment,
        )
        for each in course
    )


def _about_trend(
    indicator: Indicator, label: str, reasons: tuple[str, ...], made: tuple[str, ...]
) -> About | None:
    """Explain breaks and figures computed anew, where there are some."""
    if not reasons and not made:
        return None
    told = tuple(TEXTS["break"].format(reason=reason) for reason in reasons)
    title = TEXTS["breaks"] if reasons else TEXTS["recomputed"]
    return About(f"{indicator.title.de}: {title}", (*told, *made, label))
