"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

from inteso_dash.session.kept import kept
from inteso_dash.session.store import shared_city
from inteso_dash.views import sequences


@kept()
def shipped_sequences() -> dict[str, sequences.Sequence]:
    """Return the sequences of views that the city folder holds, by file name."""
    here = shared_city()
    return sequences.shipped(here.root, here.catalogue)[0]
