"""A topic of the page, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from inteso_dash.pages.stadtteilprofil.profile import Profile
from inteso_dash.views.figures import Table


@dataclass(frozen=True, kw_only=True)
class TopicTable(Table):
    """The figures of a topic in an area's profile."""

    titled: ClassVar[bool] = True
    profile: Profile
    topic: str
