"""A reader who opens any address and chooses anything, at random.

What is chosen stands in an address by the names that the pages' own addresses have: those of the
shipped sequences, of the documentation and of the tests, with other areas, levels, indicators,
Stichtage and parameters in their places.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from streamlit.testing.v1 import AppTest

from inteso_dash.city import City
from inteso_dash.pages import PAGES
from inteso_dash.views.sequences import Address
from scripts.reference_run import CHECKOUT, addresses

_OTHER, _ADDED, _OF_ITS_KIND, _PRESSED = 0.5, 0.25, 0.8, 0.1
"""How often a parameter is another one, is added, is then what the city has and not anything that
it ever was, and how often a button is pressed."""
_TYPED = ("", "8,5", "-1", "abc", "06", "1;5;10;20", "<b>x</b>", "1e9")
Parameters = Mapping[str, str | list[str]]


class Wanderer:
    """Draws addresses and choices; the same ones from the same seed.

    Parameters
    ----------
    city : City
    seed : int
    """

    def __init__(self, city: City, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._known: dict[str, list[Address]] = {page.id: [] for page in PAGES}
        self._seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for text in sorted({*addresses(CHECKOUT), *self._known}):
            address = Address.read(text)
            if address.page in self._known:
                self._known[address.page].append(address)
                for key, value in address.parameters:
                    self._seen[address.page][key].append(value)
        self._levels = [level.id for level in city.catalogue.levels]
        self._indicators = [each.id for each in city.catalogue.indicators]
        self._areas = {each: [str(key) for key in city.areas(each).index] for each in self._levels}
        self._days = sorted(
            {
                day.isoformat()
                for level in self._levels
                for indicator in city.indicators(level)
                for day in city.dates(level, indicator)
            }
        )

    def address(self, page: str) -> Parameters:
        """Return parameters of a page."""
        draw = self._random
        level, part = draw.choice(self._levels), draw.choice(self._levels)
        kinds: dict[str, Callable[[], str]] = {
            "ebene": lambda: level,
            "gebiet": lambda: draw.choice(self._areas[level]),
            "profil": lambda: draw.choice(self._areas[level]),
            "indikator": lambda: draw.choice(self._indicators),
            "stichtag": lambda: draw.choice(self._days),
            "von": lambda: draw.choice(self._days),
            "bis": lambda: draw.choice(self._days),
            "ausschnitt": lambda: f"{part}.{draw.choice(self._areas[part])}",
        }

        def other(key: str) -> str:
            kind = next((kinds[each] for each in kinds if key.endswith(each)), None)
            if kind is not None and draw.random() < _OF_ITS_KIND:
                return kind()
            return draw.choice(self._seen[page][key])

        found = defaultdict[str, list[str]](list)
        for key, value in draw.choice(self._known[page]).parameters:
            found[key].append(other(key) if draw.random() < _OTHER else value)
        for key in self._seen[page]:
            if key not in found and draw.random() < _ADDED:
                found[key].append(other(key))
        return dict(found)

    def step(self, app: AppTest, way: list[object]) -> None:
        """Choose something that a page offers; ``way`` is told what, before the page answers."""
        kinds = ("selectbox", "multiselect", "button_group", "toggle", "number_input", "text_input")
        offered = [each for kind in kinds for each in getattr(app, kind) if not each.disabled]
        if self._random.random() < _PRESSED:
            offered = [each for each in app.button if not each.disabled] or offered
        if not offered:
            return
        chosen: Any = self._random.choice(offered)
        value = self._value(chosen)
        if value is None:
            return
        way.append((chosen.key or chosen.label, value))
        if chosen.type == "button":
            chosen.click()
        elif chosen.type == "selectbox":
            chosen.select(value)
        else:
            chosen.set_value(value)
        app.run()

    def _value(self, chosen: Any) -> Any:
        draw = self._random
        if chosen.type == "multiselect":
            return draw.sample(chosen.options, min(len(chosen.options), draw.randint(0, 3)))
        if chosen.type in {"selectbox", "button_group"}:
            return draw.choice(chosen.options) if chosen.options else None
        if chosen.type in {"checkbox", "toggle"}:
            return not chosen.value
        if chosen.type == "number_input":
            return draw.choice([chosen.min, chosen.max])
        return True if chosen.type == "button" else draw.choice(_TYPED)
