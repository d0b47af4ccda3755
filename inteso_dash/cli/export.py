"""Write a map, a chart, a profile or the whole city as a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from inteso_dash.city import City
from inteso_dash.city.compiled import open_city
from inteso_dash.cli.arguments import (
    SAID,
    Commands,
    Parser,
    date,
    one_area,
    one_level,
    told,
    written,
)
from inteso_dash.files.kinds import AREA_KINDS, PICTURE_KINDS, TABLE_KINDS, FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.folders import default_root, write_whole
from inteso_dash.pages.karte.charts import AreaChart
from inteso_dash.pages.karte.files import chart_file, map_file
from inteso_dash.pages.stadtteilprofil.files import age_file
from inteso_dash.pages.veraenderung.charts import development_file, estimated

_MAP_KINDS = (*PICTURE_KINDS, *AREA_KINDS, *TABLE_KINDS)


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `export map`, `chart`, `profile`, `wide` and `package`."""
    export = commands.add_parser("export", **told(SAID["export"]))
    kinds = export.add_subparsers(required=True, metavar="WAS")
    out = Parser(add_help=False, parents=[data])
    out.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DATEI", help="Name der Datei"
    )
    out.add_argument("--created", type=date, help="Erstellungsdatum in der Datei (sonst heute)")

    drawn = kinds.add_parser(
        "map", parents=[out], **told(f"eine Karte; Endungen: {', '.join(_MAP_KINDS)}")
    )
    drawn.add_argument("indicator", help="Kennung oder Titel des Indikators")
    drawn.add_argument("--level", help="Ebene (sonst die der Startansicht)")
    drawn.add_argument("--date", type=date, help="Stichtag (sonst der neueste)")
    drawn.add_argument("--area", help="Schlüssel eines Gebiets, das umrandet wird")
    drawn.add_argument(
        "--sheet",
        choices=["a4", "a3"],
        default="",
        help="Blatt, das ein Bild füllt",
    )
    drawn.set_defaults(command=map_command)

    chart = kinds.add_parser(
        "chart", parents=[out], **told(f"ein Diagramm; Endungen: {', '.join(PICTURE_KINDS)}")
    )
    chart.add_argument("chart", choices=["age", "development", *map(str, AreaChart)])
    chart.add_argument(
        "subject", help="für age ein Gebiet, sonst Kennung oder Titel des Indikators"
    )
    chart.add_argument("--level", help="Ebene (sonst die der Startansicht)")
    chart.add_argument("--date", type=date, help="Stichtag (sonst der neueste)")
    chart.add_argument("--area", help="Gebiet, das hervorgehoben oder gezeigt wird")
    chart.set_defaults(command=chart_command)

    profile = kinds.add_parser(
        "profile", parents=[out], **told(f"ein Profil; Endungen: {', '.join(TABLE_KINDS)}")
    )
    profile.add_argument("area", help="Schlüssel oder Name")
    profile.add_argument("--level", help="Ebene, wenn der Name mehrfach vorkommt")
    profile.set_defaults(command=profile_command)

    wide = kinds.add_parser(
        "wide",
        parents=[out],
        **told("alle Indikatoren einer Ebene in breiter Form, mit Herkunft jeder Zelle: .zip"),
    )
    wide.add_argument("--level", help="Ebene (sonst die der Startansicht)")
    wide.add_argument(
        "--within", metavar="EBENE.SCHLÜSSEL", help="nur Gebiete in diesem: stadtbezirk.06"
    )
    wide.set_defaults(command=wide_command)

    package = kinds.add_parser(
        "package",
        parents=[out],
        **told("alle Daten als Frictionless Data Package: Ordner oder .zip"),
    )
    package.set_defaults(command=package_command)


def _kind(target: Path, known: Iterable[str]) -> str | None:
    """Return the kind of file that a name ends with; says which there are where it is none."""
    kind = target.suffix.lower().lstrip(".")
    if kind in known:
        return kind
    print(
        f"{target}: gefunden „.{kind}“, erwartet eine Endung {', '.join(known)}.", file=sys.stderr
    )
    return None


def _indicator(city: City, asked: str) -> str | None:
    wanted = asked.strip().casefold()
    for each in city.catalogue.indicators:
        if wanted in (each.id.casefold(), each.title.de.casefold(), each.short.de.casefold()):
            return each.id
    print(
        f"Einen Indikator „{asked}“ gibt es nicht. Erwartet wird eine Kennung oder ein Titel.",
        file=sys.stderr,
    )
    return None


def _level(city: City, asked: str | None) -> str | None:
    return city.catalogue.start.level if asked is None else one_level(city, asked)


def map_command(options: argparse.Namespace) -> int:
    """Write a map."""
    return _of_areas(options, options.indicator, _MAP_KINDS, None)


def chart_command(options: argparse.Namespace) -> int:
    """Write a chart."""
    if options.chart == "age":
        return _age(options)
    if options.chart == "development":
        return _development(options)
    return _of_areas(options, options.subject, PICTURE_KINDS, AreaChart(options.chart))


def _of_areas(
    options: argparse.Namespace, asked: str, kinds: tuple[str, ...], chart: AreaChart | None
) -> int:
    """Write a map, or a chart of the areas that a map shows."""
    from inteso_dash.pages.karte.files import choice_address, map_statement
    from inteso_dash.views import map_view
    from inteso_dash.views.map_view import chosen_layer

    city = open_city(default_root())
    kind, indicator_id = _kind(options.output, kinds), _indicator(city, asked)
    level = _level(city, options.level)
    if kind is None or indicator_id is None or level is None:
        return 2
    area = None if options.area is None else one_area(city, options.area, level)
    if area is None and options.area is not None:
        return 2
    selected = None if area is None else area[1]
    choice = map_view.Choice(level, indicator_id)
    outlines = city.layers.get((level, city.catalogue.level(level).current.id))
    outlined = chart is None and kind not in TABLE_KINDS and outlines is not None

    def make() -> bytes:
        layer = chosen_layer(map_view.view(city, choice), options.date)
        told = map_statement(
            city,
            choice,
            layer,
            address=choice_address(city, choice, layer.date, selected),
            created=options.created,
            boundaries=outlines.citation if outlined and outlines is not None else "",
        )
        if chart is None:
            return map_file(city, choice, layer, told, kind, selected=selected, sheet=options.sheet)
        return chart_file(city, chart, choice, layer, told, kind, selected=selected)

    return _drawn(options.output, make)


def _drawn(target: Path, make: Callable[[], bytes]) -> int:
    """Write what is made; say why where it cannot be drawn."""
    from inteso_dash.views.map_view import NotDrawableError

    try:
        made = make()
    except NotDrawableError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if written(target, made) else 2


def _age(options: argparse.Namespace) -> int:
    from inteso_dash.pages.stadtteilprofil import profile as profiles
    from inteso_dash.pages.stadtteilprofil.files import age_statement
    from inteso_dash.views.addresses import profile_address

    city = open_city(default_root())
    kind = _kind(options.output, PICTURE_KINDS)
    found = one_area(city, options.subject, options.level)
    if kind is None or found is None:
        return 2
    result = profiles.profile(city, *found)
    address = profile_address(*found).text
    told = age_statement(city, result, address=address, created=options.created)
    return _drawn(options.output, lambda: age_file(city, result, told, kind))


def _development(options: argparse.Namespace) -> int:
    from inteso_dash.pages.veraenderung.series import series
    from inteso_dash.views.statement import statement

    city = open_city(default_root())
    kind = _kind(options.output, PICTURE_KINDS)
    indicator_id = _indicator(city, options.subject)
    whole = (city.catalogue.root.id, city.catalogue.city.id)
    place = whole if options.area is None else one_area(city, options.area, options.level)
    if kind is None or indicator_id is None or place is None:
        return 2
    points = series(city, indicator_id, [place])
    told = statement(
        city,
        what=city.catalogue.indicator(indicator_id).title.de,
        where=city.name(*place),
        dates=points["date"],
        source_ids=points["source_id"],
        created=options.created,
        estimates=estimated(points),
    )
    return _drawn(options.output, lambda: development_file(city, indicator_id, [place], told, kind))


def profile_command(options: argparse.Namespace) -> int:
    """Write a profile."""
    from inteso_dash.files.text import labelled
    from inteso_dash.pages.stadtteilprofil import profile as profiles
    from inteso_dash.pages.stadtteilprofil.files import profile_statement
    from inteso_dash.views.addresses import profile_address

    city = open_city(default_root())
    kind = _kind(options.output, TABLE_KINDS)
    found = one_area(city, options.area, options.level)
    if kind is None or found is None:
        return 2
    result = profiles.profile(city, *found)
    address = profile_address(*found).text
    told = profile_statement(city, result, address=address, created=options.created)
    table = labelled(profiles.to_rows(result, city), city)
    return 0 if written(options.output, table_file(city, table, told, TABLE_KINDS[kind])) else 2


def wide_command(options: argparse.Namespace) -> int:
    """Write all indicators of a level, a row an area."""
    from inteso_dash.files.package import zipped_wide
    from inteso_dash.files.text import labelled
    from inteso_dash.pages.karte.files import level_rows, level_statement
    from inteso_dash.views import scope

    city = open_city(default_root())
    kind, level = _kind(options.output, (FileKind.WIDE.suffix,)), _level(city, options.level)
    if kind is None or level is None:
        return 2
    within = None if options.within is None else scope.read(city, level, options.within)
    if within is None and options.within is not None:
        known = ", ".join(each.key for each in scope.scopes(city, level)) or "nichts"
        print(f"--within: gefunden „{options.within}“, erwartet {known}.", file=sys.stderr)
        return 2
    rows = level_rows(city, level, within)
    told = level_statement(city, level, within, rows, created=options.created)
    return 0 if written(options.output, zipped_wide(labelled(rows, city), told)) else 2


def package_command(options: argparse.Namespace) -> int:
    """Write the whole city as a data package."""
    from inteso_dash.files import package

    city = open_city(default_root())
    made = package.files(city, options.created)
    target: Path = options.output
    if target.suffix.lower() == ".zip":
        return 0 if written(target, package.zipped(made, options.created)) else 2
    for name, content in made.items():
        path = target / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError as error:
            print(f"{path}: nicht beschreibbar ({error.strerror}).", file=sys.stderr)
            return 2
    print(f"{len(made)} Dateien in {target}")
    return 0
