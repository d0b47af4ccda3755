"""Every kind of file that is given away: what people call it, and what computers do."""

from __future__ import annotations

from enum import Enum


class FileKind(Enum):
    """Kinds of files.

    Attributes
    ----------
    label : str
        By which people choose it, after the name of what it holds.
    suffix : str
        Of its name.
    mime : str
    icon : str
        Name of a Material symbol.
    """

    REPORT = ("PDF, zwei Seiten A4", "pdf", "application/pdf", "picture_as_pdf")
    XLSX = (
        "Excel (XLSX)",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "table_view",
    )
    CSV_EXCEL = ("CSV für Excel (deutsch)", "csv", "text/csv", "table_rows")
    CSV = ("CSV international", "csv", "text/csv", "table_rows")
    WIDE = ("Breite Form (CSV im ZIP)", "zip", "application/zip", "pivot_table_chart")
    PNG = ("PNG", "png", "image/png", "image")
    SVG = ("SVG", "svg", "image/svg+xml", "image")
    PDF = ("PDF", "pdf", "application/pdf", "picture_as_pdf")
    SHEET_A4 = ("Blatt A4 (PDF)", "pdf", "application/pdf", "picture_as_pdf")
    SHEET_A3 = ("Blatt A3 (PDF)", "pdf", "application/pdf", "picture_as_pdf")
    GEOJSON = ("GeoJSON", "geojson", "application/geo+json", "map")
    GPKG = ("GeoPackage", "gpkg", "application/geopackage+sqlite3", "map")
    HANDOUT = ("Handzettel (PDF)", "pdf", "application/pdf", "print")
    PRESENTATION = (
        "Präsentation (PPTX)",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "co_present",
    )
    SEQUENCE = ("Folge (YAML)", "yml", "application/yaml", "description")
    OWN_AREAS = ("YAML", "yml", "application/yaml", "description")
    PACKAGE = ("Datenpaket (ZIP)", "zip", "application/zip", "folder_zip")

    def __init__(self, label: str, suffix: str, mime: str, icon: str) -> None:
        self.label, self.suffix, self.mime, self.icon = label, suffix, mime, icon


PICTURES = (FileKind.PNG, FileKind.SVG, FileKind.PDF)
"""A figure: for texts, to be worked on, and on paper."""

SHEETS = {FileKind.SHEET_A4: "a4", FileKind.SHEET_A3: "a3"}
"""A map on a sheet of paper, and how writers name it."""

TABLES = (FileKind.XLSX, FileKind.CSV_EXCEL, FileKind.CSV)
"""A table: as a workbook, and as text for Excel in German and for everything else."""

TABLE_KINDS = {kind.suffix: kind for kind in TABLES}
PICTURE_KINDS = tuple(kind.suffix for kind in PICTURES)
AREA_KINDS = (FileKind.GEOJSON.suffix, FileKind.GPKG.suffix)
