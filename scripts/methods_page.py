"""Write docs/methods.md from the registry of methods: ``python -m scripts.methods_page``."""

from __future__ import annotations

from pathlib import Path

from inteso_dash.files.methods import markdown

PAGE = Path(__file__).parents[1] / "docs/methods.md"
NOTE = (
    "Diese Seite ist aus `inteso_dash/measures/methods.yml` geschrieben\n"
    "(`python -m scripts.methods_page`), wie die Seite „Methoden“ der Anwendung und ihr PDF."
)

if __name__ == "__main__":
    PAGE.write_text(markdown(NOTE), "utf-8")
