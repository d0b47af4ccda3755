"""Typesetting with Typst: tagged PDF (PDF/UA-1, PDF/A-2a), letters embedded, no browser."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal

_STANDARDS: Final[list[Literal["ua-1", "a-2a"]]] = ["ua-1", "a-2a"]


def to_pdf(template: str, told: dict[str, Any]) -> bytes:
    """Set content as PDF.

    The template gets the content as data: nothing of it is read as markup. The same content gives
    the same bytes.

    Parameters
    ----------
    template : str
        Path of the Typst file below the package.
    told : dict
        What the template reads.
    """
    import typst

    path = Path(str(resources.files("inteso_dash") / template))
    return typst.compile(
        path,
        root=path.parent,
        format="pdf",
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        font_paths=[Path(str(resources.files("font_source_sans_pro") / "files"))],
        ignore_system_fonts=True,
        pdf_standards=[*_STANDARDS],
    )
