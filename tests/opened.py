"""A page as a reader opens it, with its widgets, and what it says."""

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.paths import FRAME


def open_page(page: str, **address: str | list[str]) -> AppTest:
    """Open a page at an address, as a link does: without a look at the first page before."""
    app = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app._page_hash = calc_hash(page)
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Return what the page says, line by line."""
    parts = [*app.markdown, *app.caption, *app.info]
    return "\n".join(str(part.value) for part in parts).replace("\u202f", " ")
