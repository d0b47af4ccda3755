"""Write down what the program says of a city, to hold it beside what another state of it says.

    python -m scripts.reference_run OUT [--data FOLDER] [--addresses FILE]
    python -m scripts.reference_run --compare BEFORE AFTER

OUT gets one folder a kind: profiles, maps as table, workbook, geodata and picture, the slides of
all addresses that the sequences, the documentation and the tests hold, handouts, presentations,
short reports, the check report and the data package. `--addresses` adds more, one a line. Pictures
and documents are kept as their text. `--compare` ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import difflib
import hashlib
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, product
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from pptx import Presentation
from pypdf import PdfReader

from inteso_dash.boundaries.layers import Layer
from inteso_dash.city import City, load_city
from inteso_dash.files import package
from inteso_dash.files.kinds import FileKind
from inteso_dash.files.tables import table_file
from inteso_dash.files.text import file_name, labelled
from inteso_dash.intake import checking
from inteso_dash.pages import PAGES, slides
from inteso_dash.pages.karte.charts import AreaChart
from inteso_dash.pages.karte.files import chart_file, choice_address, map_file, map_statement
from inteso_dash.pages.runder_tisch.handout import to_pdf, to_pptx
from inteso_dash.pages.stadtteilprofil import profile as profiles
from inteso_dash.pages.stadtteilprofil.files import age_file, age_statement, profile_statement
from inteso_dash.pages.stadtteilprofil.report import content as report
from inteso_dash.views import map_view, sequences
from inteso_dash.views.addresses import profile_address
from inteso_dash.views.map_view import NotDrawableError
from inteso_dash.views.maps import Map
from inteso_dash.views.shown import ViewError

CHECKOUT = Path(__file__).parents[1]
CREATED = dt.date(2024, 1, 1)
"""Stands in every file in place of today."""
WHOLE, SAMPLED, SAMPLED_MAPS = 60, 10, 12
"""Levels of at most so many areas are written whole, else every tenth area; every twelfth map is
drawn."""
_WHERE = (("docs", "*.md"), ("tests", "*.py"), ("data", "*.yml"))
_PAGES = "|".join(page.id for page in PAGES)
_ADDRESS = re.compile(rf"(?:\b(?:{_PAGES})|(?<=[\"'`/]))\?[a-z_]+=[^\"'`<>)\\\n]*")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MOST_SHOWN = 40

Layers = Mapping[tuple[str, str], Layer]
Files = Iterator[tuple[str, str]]
"""Names and contents."""


def addresses(root: Path) -> list[str]:
    """Return the addresses of slides that files of a checkout hold, each once, in order.

    Addresses that a program completes first are left out.
    """
    texts = (
        path.read_text("utf-8")
        for folder, pattern in _WHERE
        for path in sorted((root / folder).rglob(pattern))
    )
    found = (match[0] for text in texts for match in _ADDRESS.finditer(text))
    read = (sequences.Address.read(each) for each in found if "{" not in each)
    return sorted({each.text for each in read if each.page in slides.SHOWN})


def profile_files(city: City) -> Files:
    """Write profiles as CSV."""
    for level in (each.id for each in city.catalogue.levels):
        keys = [str(key) for key in city.areas(level).index]
        for key in keys if len(keys) <= WHOLE else keys[::SAMPLED]:
            result = profiles.profile(city, level, key)
            own = profile_address(level, key).text
            told = profile_statement(city, result, address=own, created=CREATED)
            table = labelled(profiles.to_rows(result, city), city)
            yield (
                file_name([level, key], "csv"),
                table_file(city, table, told, FileKind.CSV).decode(),
            )


def map_files(city: City) -> Files:
    """Write maps of the newest Stichtag: all as CSV, some in every other format."""
    levels, indicators = city.catalogue.levels, city.catalogue.indicators
    for place, (level, indicator) in enumerate(product(levels, indicators)):
        outlines = city.layers.get((level.id, level.current.id))
        choice = map_view.Choice(level.id, indicator.id)
        shown = map_view.view(city, choice)
        name = file_name([level.id, indicator.id], "")
        if not shown.layers:
            yield f"{name}txt", map_view.elsewhere(city, indicator, level.id)
            continue
        layer = shown.layers[-1]
        told = map_statement(
            city,
            choice,
            layer,
            address=choice_address(city, choice, layer.date),
            created=CREATED,
            boundaries="" if outlines is None else outlines.citation,
        )
        yield f"{name}txt", map_view.sentence(city, shown, layer, level.id)
        drawn = outlines is not None and place % SAMPLED_MAPS == 0
        for kind in _TEXTS if drawn else ("csv",):
            made = map_file(city, choice, layer, told, kind)
            yield f"{name}{kind}", _TEXTS[kind](made)
        for chart in AreaChart if drawn else ():
            with suppress(NotDrawableError):
                made = chart_file(city, chart, choice, layer, told, "pdf")
                yield f"{name}{chart}.pdf", pdf_text(made)


def slide_files(city: City, found: Iterable[str]) -> Files:
    """Write every slide of addresses: its words, its numbers as plain data, on paper, in PPTX."""
    for address in found:
        view = sequences.Address.read(address)
        for figure in slides.viewer(view.page).figures_of(city, view).values() or ("",):
            slide = sequences.Slide(address=address, figure=figure)
            digest = hashlib.sha256(f"{address} {figure}".encode()).hexdigest()[:8]
            name = f"{file_name([address, figure], digest)[-100:]}.txt"
            try:
                shown = slides.show(city, slide)
            except ViewError as error:
                yield f"slides/{name}", f"{address}\n{figure}\n{error}\n"
                continue
            told = {key: each for key, each in vars(shown).items() if key != "content"}
            yield f"slides/{name}", f"{address}\n{figure}\n{_json(told)}"
            yield f"figures/{name}", _json(plain(shown.content))
            one = sequences.Sequence(title="Folge", city=city.catalogue.city.id, slides=(slide,))
            yield f"paper/{name}", pdf_text(to_pdf(city, one, CREATED))
            if not isinstance(shown.content, Map):
                yield f"pptx/{name}", pptx_text(to_pptx(city, one, CREATED))


def sequence_files(city: City) -> Files:
    """Write the shipped sequences as handout and as presentation."""
    for name, sequence in sequences.shipped(city.root, city.catalogue)[0].items():
        yield f"{name}.pdf.txt", pdf_text(to_pdf(city, sequence, CREATED))
        yield f"{name}.pptx.txt", pptx_text(to_pptx(city, sequence, CREATED))


def report_files(city: City) -> Files:
    """Write short reports and age structures of the first and the last area of every level."""
    for level in (each.id for each in city.catalogue.levels):
        keys = [str(key) for key in city.areas(level).index]
        for key in dict.fromkeys([keys[0], keys[-1]]):
            own = profile_address(level, key).text
            told = report.content(city, level, key, address=own, created=CREATED)
            yield file_name([level, key], "txt"), pdf_text(report.to_pdf(told))
            result = profiles.profile(city, level, key)
            aged = age_statement(city, result, address=own, created=CREATED)
            with suppress(NotDrawableError):
                yield f"{level}_{key}.age.txt", pdf_text(age_file(city, result, aged, "pdf"))


def city_files(city: City) -> Files:
    """Write the check report, the descriptor of the data package and the hashes of its files."""
    yield "check/report.txt", checking.report(checking.with_protection(city.root))
    made = package.files(city, CREATED)
    yield f"package/{package.DESCRIPTOR}", made[package.DESCRIPTOR].decode()
    for name, content in made.items():
        yield f"package/{name}.sha256", hashlib.sha256(content).hexdigest()


def plain(found: Any) -> Any:
    """Return plain data of a figure: tables as CSV text, numbers to nine digits.

    Examples
    --------
    >>> plain((0.1 + 0.2, dt.date(2021, 12, 31)))
    [0.3, '2021-12-31']
    """
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        told = {each.name: plain(getattr(found, each.name)) for each in dataclasses.fields(found)}
        return {"kind": type(found).__name__, **told}
    if isinstance(found, pd.DataFrame | pd.Series):
        return found.to_csv(float_format="%.9g").splitlines()
    if isinstance(found, Mapping):
        return {str(key): plain(each) for key, each in found.items()}
    if isinstance(found, list | tuple):
        return [plain(each) for each in found]
    if isinstance(found, float):
        return float(f"{found:.9g}")
    return found if isinstance(found, str | int | bool | None) else str(found)


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, page by page."""
    return "\n---\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def pptx_text(content: bytes) -> str:
    """Return what a presentation says: texts, cells, numbers of charts, descriptions, notes."""
    lines = []
    for place, page in enumerate(Presentation(io.BytesIO(content)).slides, 1):
        lines.append(f"--- {place}")
        for shape in page.shapes:
            described = shape._element._nvXxPr.cNvPr.get("descr") or ""
            lines.append(f"[{shape.name}] {described}".rstrip())
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            if shape.has_table:
                lines += ["\t".join(cell.text for cell in row.cells) for row in shape.table.rows]
            if shape.has_chart:
                for series in shape.chart._chartSpace.iter(f"{_CHART}ser"):
                    lines.append("\t".join(value.text or "" for value in series.iter(f"{_CHART}v")))
        lines.append(page.notes_slide.notes_text_frame.text)
    return "\n".join(lines)


def _workbook_text(content: bytes) -> str:
    lines = []
    for page in openpyxl.load_workbook(io.BytesIO(content)):
        lines.append(f"--- {page.title}")
        rows = page.iter_rows(values_only=True)
        lines += ["\t".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def _svg_text(content: bytes) -> str:
    """Return title, description and hash; letters are outlines there."""
    said = re.findall(r">\s*([^<>\s][^<>]*)<", content.decode())
    return "\n".join([*said, hashlib.sha256(content).hexdigest()])


_TEXTS: dict[str, Callable[[bytes], str]] = {
    "csv": lambda content: content.decode(),
    "geojson": lambda content: content.decode(),
    "xlsx": _workbook_text,
    "svg": _svg_text,
    "pdf": pdf_text,
}


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def run(root: Path, out: Path, found: Iterable[str]) -> None:
    """Write the record of a city folder, with the slides of some addresses."""
    city = load_city(root)
    kinds = {
        "": chain(slide_files(city, found), city_files(city)),
        "sequences": sequence_files(city),
        "reports": report_files(city),
        "profiles": profile_files(city),
        "maps": map_files(city),
    }
    for kind, made in kinds.items():
        for name, text in made:
            path = out / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")


def compare(before: Path, after: Path) -> list[str]:
    """Say what differs between two records: nothing where they are the same.

    Equal changes of lines are told once for every kind, with the number of files.
    """
    lines = []
    sides = [
        {path.relative_to(side) for path in side.rglob("*") if path.is_file()}
        for side in (before, after)
    ]
    for kind in sorted({name.parts[0] for side in sides for name in side}):
        own = [{name for name in side if name.parts[0] == kind} for side in sides]
        changes: Counter[str] = Counter()
        differing = 0
        for name in sorted(own[0] & own[1]):
            old, new = ((side / name).read_text("utf-8") for side in (before, after))
            differing += old != new
            changes.update(_changes(old, new))
        gone, come = sorted(own[0] - own[1]), sorted(own[1] - own[0])
        if differing or gone or come:
            told = f"{differing} differ, {len(gone)} gone, {len(come)} new"
            lines.append(f"{kind}: {len(own[0] & own[1])} in both, {told}")
            lines += [f"  gone {name}" for name in gone] + [f"  new {name}" for name in come]
            lines += [f"  {count} × {each}" for each, count in changes.most_common(_MOST_SHOWN)]
            if len(changes) > _MOST_SHOWN:
                lines.append(f"  and {len(changes) - _MOST_SHOWN} more")
    return lines


def _changes(old: str, new: str) -> list[str]:
    told = [*difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")]
    return list(dict.fromkeys(line for line in told[2:] if not line.startswith("@@")))


def main(arguments: list[str]) -> int:
    """Write a record, or compare two; 1 where they differ."""
    parser = argparse.ArgumentParser(prog="scripts.reference_run", description=__doc__)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--data", type=Path, default=CHECKOUT)
    parser.add_argument("--addresses", type=Path)
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("BEFORE", "AFTER"))
    options = parser.parse_args(arguments)
    if options.compare:
        found = compare(*options.compare)
        print("\n".join(found) or "no difference")
        return int(bool(found))
    if options.out is None:
        parser.error("expected a folder to write to, or --compare")
    more = options.addresses.read_text("utf-8").splitlines() if options.addresses else []
    run(options.data.resolve(), options.out, sorted({*addresses(CHECKOUT), *more}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
