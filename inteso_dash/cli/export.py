"""Write a map, a profile or the whole city as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from inteso_dash.city import City, boundaries_folder, default_root, load_city
from inteso_dash.cli.arguments import Commands, date, one_area, written
from inteso_dash.files import AREA_KINDS, PICTURE_KINDS, TABLE_KINDS, map_file, table_file
from inteso_dash.layers import usable_layers

_MAP_KINDS = (*PICTURE_KINDS, *AREA_KINDS, *TABLE_KINDS)


def add(commands: Commands, data: argparse.ArgumentParser) -> None:
    """Describe `export map`, `export profile` and `export package`."""
    export = commands.add_parser("export", help="Karte, Profil oder alle Daten als Datei ausgeben")
    kinds = export.add_subparsers(required=True, metavar="WAS")
    out = argparse.ArgumentParser(add_help=False, parents=[data])
    out.add_argument("-o", "--output", type=Path, required=True, metavar="DATEI")
    out.add_argument("--created", type=date, help="Erstellungsdatum in der Datei (sonst heute)")

    drawn = kinds.add_parser(
        "map", parents=[out], help=f"eine Karte; Endungen: {', '.join(_MAP_KINDS)}"
    )
    drawn.add_argument("indicator", help="Kennung oder Titel des Indikators")
    drawn.add_argument("--level", help="Ebene (sonst die der Startansicht)")
    drawn.add_argument("--date", type=date, help="Stichtag (sonst der neueste)")
    drawn.add_argument("--area", help="Schlüssel eines Gebiets, das umrandet wird")
    drawn.set_defaults(command=map_command)

    profile = kinds.add_parser(
        "profile", parents=[out], help=f"ein Profil; Endungen: {', '.join(TABLE_KINDS)}"
    )
    profile.add_argument("area", help="Schlüssel oder Name")
    profile.add_argument("--level", help="Ebene, wenn der Name mehrfach vorkommt")
    profile.set_defaults(command=profile_command)

    package = kinds.add_parser(
        "package", parents=[out], help="alle Daten als Frictionless Data Package: Ordner oder .zip"
    )
    package.set_defaults(command=package_command)


def _kind(target: Path, known: tuple[str, ...]) -> str | None:
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


def map_command(options: argparse.Namespace) -> int:
    """Write a map."""
    from inteso_dash import exports, map_view
    from inteso_dash.static import NotDrawableError
    from inteso_dash.static.maps import chosen_layer

    city = load_city(default_root())
    kind = _kind(options.output, _MAP_KINDS)
    indicator_id = _indicator(city, options.indicator)
    level = options.level or city.catalogue.start.level
    if not city.catalogue.has_level(level):
        known = ", ".join(each.id for each in city.catalogue.levels)
        print(f"Eine Ebene „{level}“ gibt es nicht: {known}.", file=sys.stderr)
        return 2
    if kind is None or indicator_id is None:
        return 2
    if options.area is not None and one_area(city, options.area, level) is None:
        return 2
    selected = None if options.area is None else city.find(options.area, level)[0][1]
    layers = usable_layers(city.root, boundaries_folder(city.catalogue))
    choice = map_view.Choice(level, indicator_id)
    outlines = layers.get((level, city.catalogue.level(level).current.id))
    try:
        layer = chosen_layer(map_view.view(city, choice), options.date)
        told = exports.map_statement(
            city,
            choice,
            layer,
            address=exports.map_address(city, choice, layer.date, selected),
            created=options.created,
            boundaries="" if outlines is None or kind in TABLE_KINDS else outlines.citation,
        )
        made = map_file(city, layers, choice, layer, told, kind, selected=selected)
    except NotDrawableError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if written(options.output, made) else 2


def profile_command(options: argparse.Namespace) -> int:
    """Write a profile."""
    from inteso_dash import exports
    from inteso_dash import profile as profiles

    city = load_city(default_root())
    kind = _kind(options.output, TABLE_KINDS)
    found = one_area(city, options.area, options.level)
    if kind is None or found is None:
        return 2
    result = profiles.profile(city, *found)
    address = exports.profile_address(city, *found)
    told = exports.profile_statement(city, result, address=address, created=options.created)
    table = exports.labelled(profiles.to_rows(result, city), city)
    return 0 if written(options.output, table_file(city, table, told, kind)) else 2


def package_command(options: argparse.Namespace) -> int:
    """Write the whole city as a data package."""
    from inteso_dash.exports import package

    city = load_city(default_root())
    layers = usable_layers(city.root, boundaries_folder(city.catalogue))
    made = package.files(city, layers, options.created)
    target: Path = options.output
    if target.suffix.lower() == ".zip":
        return 0 if written(target, package.zipped(made, options.created)) else 2
    for name, content in made.items():
        path = target / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            print(f"{path}: nicht beschreibbar ({error.strerror}).", file=sys.stderr)
            return 2
    print(f"{len(made)} Dateien in {target}")
    return 0
