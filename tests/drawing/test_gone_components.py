"""What a component tells after the reader has gone on, when its page or slide is no more."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from inteso_dash.drawing import area_map, finder, keeper, presenter


def listening(heard: list[str], *names: str) -> dict[str, Any]:
    return {name: lambda *_, own=name: heard.append(own) for name in names}


class Nothing:
    """Data of a map that is not drawn."""

    def to_payload(self) -> dict[str, Any]:
        return {}


@pytest.mark.parametrize("module", [area_map, finder, keeper, presenter])
def test_nobody_listens_any_more(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(module, "_component", lambda **told: given.update(told))
    heard: list[str] = []
    if module is area_map:
        area_map.area_map(
            Nothing(), key="weg", **listening(heard, "on_select", "on_date", "on_open")
        )
    elif module is finder:
        finder.finder("suche", key="weg", **listening(heard, "on_chosen"))
    elif module is keeper:
        told = listening(heard, "on_found", "on_failed")
        keeper.keeper("ort", {}, key="weg", most=1, asking=True, **told)
    else:
        told = listening(heard, "on_go", "on_reset", "on_leave", "on_screen")
        presenter.presenter(1, 2, key="weg", screen=(1, 1), **told)
    for name in ("selected", "date", "opened", "chosen", "found", "failed", "go", "screen"):
        given.get(f"on_{name}_change", lambda: None)()
    assert not heard
    assert any(name.endswith("_change") for name in given)
