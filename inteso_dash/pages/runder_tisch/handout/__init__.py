"""A sequence on paper and as a presentation.

Drawing and typesetting are loaded with this package, so pages import it where a file is asked for.
"""

from __future__ import annotations

from inteso_dash.pages.runder_tisch.handout.paper import to_pdf
from inteso_dash.pages.runder_tisch.handout.presentation import to_pptx

WRITERS = {".pdf": to_pdf, ".pptx": to_pptx}
"""Ways to write a sequence, by the ending of the file's name."""
