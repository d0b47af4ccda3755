"""Where things lie that many tests look at."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
FRAME = str(ROOT / "inteso_dash" / "app" / "frame.py")
"""What Streamlit runs for every visitor."""


def page(name: str) -> str:
    """Return the script of a page, as `AppTest.switch_page` takes it."""
    return f"../pages/{name}/page.py"
