"""What a function returns is worked out once, for so many calls and for all who ask at once."""

from threading import Barrier, Event, Thread

import pytest
import streamlit as st

from inteso_dash.session.kept import Kept


class Counted:
    """A function that counts its calls."""

    def __init__(self) -> None:
        self.calls: list[object] = []

    def __call__(self, asked: object, *, besides: object = None) -> object:
        self.calls.append(asked)
        return [asked, besides]


def test_one_result_for_equal_arguments() -> None:
    kept = Kept(counted := Counted())
    assert kept((1, "a"), besides=2) is kept((1, "a"), besides=2)
    assert kept((1, "a"), besides=3) == [(1, "a"), 3]
    assert kept((1, "a")) == [(1, "a"), None]
    assert len(counted.calls) == 3


def test_what_nobody_has_asked_for_longest_goes_first() -> None:
    kept = Kept(counted := Counted(), 2)
    for asked in "abaca":
        kept(asked)
    assert counted.calls == ["a", "b", "c"]
    kept("b")
    assert counted.calls == ["a", "b", "c", "b"]


def test_nothing_is_kept_of_what_fails() -> None:
    def failing(asked: str) -> str:
        tried.append(asked)
        if len(tried) < 2:
            raise ValueError(asked)
        return asked

    tried: list[str] = []
    kept = Kept(failing)
    with pytest.raises(ValueError, match="a"):
        kept("a")
    assert kept("a") == kept("a") == "a"
    assert tried == ["a", "a"]


def test_whoever_asks_meanwhile_waits_for_the_same_and_for_nothing_else() -> None:
    def slow(asked: str) -> object:
        started.append(asked)
        if asked == "slow":
            begun.set()
            go_on.wait(20)
        return object()

    def ask() -> None:
        together.wait(20)
        found.append(kept("slow"))

    started: list[str] = []
    found: list[object] = []
    begun, go_on, together = Event(), Event(), Barrier(5)
    kept = Kept(slow)
    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    together.wait(20)
    begun.wait(20)
    kept("other")
    go_on.set()
    for each in threads:
        each.join(20)
    assert started == ["slow", "other"]
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


def test_it_is_emptied_with_the_cache_of_streamlit() -> None:
    kept = Kept(Counted())
    first = kept("a")
    st.cache_resource.clear()
    second = kept("a")
    assert second is not first
    st.cache_resource.clear()
    assert kept("a") is not second
