"""The Kurzprofil of an area on paper: one page of figures, one of method and sources, as PDF."""

from __future__ import annotations

from inteso_dash.report.content import content
from inteso_dash.report.typeset import to_pdf

__all__ = ["content", "to_pdf"]
