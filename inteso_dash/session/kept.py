"""Results of functions, held in this process for whoever asks next.

Streamlit's own cache writes every argument down to tell calls apart, which takes longer than most
of what a run of a page does. Here arguments are keys of a dictionary: they are hashable, and what
is equal is the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Generic, ParamSpec, TypeVar

import streamlit as st

P = ParamSpec("P")
R = TypeVar("R")
_forget_all: list[Callable[[], None]] = []


class Kept(Generic[P, R]):
    """A function whose results are held; threads that ask for one at once wait for the same.

    What it raises is not held. Whoever empties Streamlit's cache of resources empties this as well.

    Parameters
    ----------
    function : callable
        All its arguments are hashable.
    most : int, optional
        How many results are held; the one that nobody has asked for longest goes first.

    Examples
    --------
    >>> twice = Kept(lambda number: [2 * number], most=2)
    >>> twice(1) is twice(1)
    True
    """

    def __init__(self, function: Callable[P, R], most: int | None = None) -> None:
        self._function, self._most = function, most
        self._lock = Lock()
        self._held: dict[Hashable, R] = {}
        self._making: dict[Hashable, RLock] = {}
        functools.update_wrapper(self, function)
        _forget_all.append(self.forget)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns, or has returned."""
        key = args, *kwargs.items()
        with self._lock:
            if key in self._held:
                return self._used(key)
            making = self._making.setdefault(key, RLock())
        with making:
            with self._lock:
                if key in self._held:
                    return self._used(key)
            _heard()
            try:
                made = self._function(*args, **kwargs)
                with self._lock:
                    self._held[key] = made
                    while self._most is not None and len(self._held) > self._most:
                        del self._held[next(iter(self._held))]
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    def _used(self, key: Hashable) -> R:
        """Put a result last of those that go."""
        found = self._held[key] = self._held.pop(key)
        return found

    def forget(self) -> None:
        """Let all results go."""
        with self._lock:
            self._held.clear()


def kept(*, most: int | None = None) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Keep what a function returns for all sessions, whatever edition of the city they see."""
    return lambda function: Kept(function, most)


def _forget(_token: object) -> None:
    for forget in _forget_all:
        forget()


@st.cache_resource(show_spinner=False, on_release=_forget)
def _heard() -> object:
    """Hear from Streamlit when its cache is emptied."""
    return object()
