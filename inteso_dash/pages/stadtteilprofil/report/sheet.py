"""The Kurzprofil as PDF."""

from __future__ import annotations

from typing import Any

from inteso_dash.files import typeset


def to_pdf(told: dict[str, Any]) -> bytes:
    """Set the content of a Kurzprofil; the same content gives the same bytes.

    Parameters
    ----------
    told : dict
        As of `content.content`.
    """
    return typeset.to_pdf("pages/stadtteilprofil/report/kurzprofil.typ", told)
