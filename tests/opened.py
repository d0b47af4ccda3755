"""A page as a reader opens it, with its widgets, and what it says."""

from streamlit.testing.v1 import AppTest

from tests.paths import FRAME
from tests.paths import page as script


def open_page(page: str, **address: str | list[str]) -> AppTest:
    """Open a page at an address."""
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.run()
    for key, value in address.items():
        app.query_params[key] = value
    app.switch_page(script(page)).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Return what the page says, line by line."""
    parts = [*app.markdown, *app.caption, *app.info]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ")
