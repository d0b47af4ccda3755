"""A user's own sequences: in the session, and in the user's folder or in the browser.

A server does not know who sits before it, and keeps nothing of them: there they lie in the
browser. Who has started the application for himself alone has them as files.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from inteso_dash.drawing.keeper import keeper
from inteso_dash.session import store
from inteso_dash.session.controls import note
from inteso_dash.views import own_sequences, sequences
from inteso_dash.views.own_sequences import Own

TEXTS = {
    "browser": "Ihre Folgen liegen in diesem Browser auf diesem Gerät, nicht auf dem Server. Sie "
    "bleiben, bis Sie sie löschen oder die Daten des Browsers. Wer den Browser mitbenutzt, sieht "
    "sie; in einem privaten Fenster gehen sie mit ihm. Sichern Sie als Datei, was Sie brauchen.",
    "asking": "Ihre Folgen werden im Browser gesucht.",
    "session": "Dieser Browser bewahrt nichts auf. Ihre Folgen liegen nur in dieser Sitzung: laden "
    "Sie sie herunter, bevor Sie die Seite schließen oder neu laden.",
    "folder": "Ihre Folgen liegen im Ordner {path}.",
    "failed": "Der Browser hat die Folge „{title}“ nicht abgelegt, etwa weil sein Platz voll ist. "
    "Sie liegt nur in dieser Sitzung: laden Sie sie herunter, bevor Sie die Seite schließen.",
    "not_stored": "Die Folge ließ sich nicht in {path} ablegen ({why}). Sie liegt nur in dieser "
    "Browsersitzung: laden Sie sie herunter, bevor Sie den Browser schließen.",
    "large": "Nicht übernommen: Mit dieser Änderung hätte die Folge „{title}“ {found} Bytes, "
    "erwartet höchstens {most}. Kürzen Sie Anmerkungen oder verteilen Sie die Folien auf zwei "
    "Folgen.",
}
OWN = "runder_tisch_folgen"
_TOUCHED, _HEARD, _SHUT = "runder_tisch_geaendert", "runder_tisch_gehoert", "runder_tisch_zu"
_PLACE = "inteso-dash/{city}/"
KEY = "runder_tisch_browser"


def own() -> Own:
    """Return the sequences of this session, at first those of the user's folder."""
    if OWN not in st.session_state:
        catalogue = store.city().catalogue
        folder = sequences.kept_folder(catalogue)
        st.session_state[OWN] = (
            own_sequences.read_all({}, catalogue)
            if folder is None
            else own_sequences.read_folder(folder, catalogue)
        )
    kept: Own = st.session_state[OWN]
    return kept


def set_own(after: Own) -> bool:
    """Keep sequences in this session, and where they outlast it.

    Returns
    -------
    bool
        False where a sequence has become too large; then all is as it was, and a remark says so.
    """
    touched = own_sequences.changed(own(), after)
    for key in touched & set(after.sequences):
        found = len(sequences.write(after.sequences[key]))
        if found > sequences.MAX_BYTES:
            title = after.sequences[key].title
            note(TEXTS["large"].format(title=title, found=found, most=sequences.MAX_BYTES))
            return False
    st.session_state[OWN] = after
    folder = sequences.kept_folder(store.city().catalogue)
    if folder is None:
        st.session_state[_TOUCHED] = st.session_state.get(_TOUCHED, set()) | touched
        return True
    try:
        own_sequences.write_folder(after, touched, folder)
    except OSError as error:
        note(TEXTS["not_stored"].format(path=folder, why=error.strerror))
    return True


def asking() -> bool:
    """Say whether the browser has not told yet what it keeps."""
    return sequences.kept_folder(store.city().catalogue) is None and _HEARD not in st.session_state


def where() -> str:
    """Say where the sequences are kept."""
    folder = sequences.kept_folder(store.city().catalogue)
    if folder is not None:
        return TEXTS["folder"].format(path=folder)
    if asking():
        return TEXTS["asking"]
    return TEXTS["session" if st.session_state.get(_SHUT) else "browser"]


def keep_in_browser() -> None:
    """Let the browser keep the sequences, where there is no folder for them."""
    catalogue = store.city().catalogue
    if sequences.kept_folder(catalogue) is not None:
        return
    here = own().sequences
    touched = set() if asking() else st.session_state.get(_TOUCHED, set()) - set(own().unread)
    keeper(
        _PLACE.format(city=catalogue.city.id),
        {key: sequences.write(here[key]).decode() if key in here else None for key in touched},
        key=KEY,
        most=sequences.MAX_BYTES + 1,
        asking=asking(),
        on_found=take_in,
        on_failed=tell_failure,
    )


def take_in(found: dict[str, Any]) -> None:
    """Take over what lies in the browser, and add what was kept before it was heard."""
    told = found.get("texts")
    texts = {
        str(key): str(text).encode("utf-8", "replace")
        for key, text in (told.items() if isinstance(told, dict) else ())
    }
    first = asking()
    before = own()
    st.session_state[_HEARD], st.session_state[_SHUT] = True, bool(found.get("shut"))
    if found.get("shut"):
        return
    st.session_state[OWN] = own_sequences.read_all(texts, store.city().catalogue)
    if first:
        st.session_state.pop(_TOUCHED, None)
        set_own(own().join(before))


def tell_failure(key: str) -> None:
    """Say that the browser has not taken a sequence."""
    found = own().sequences.get(key)
    if found is not None:
        note(TEXTS["failed"].format(title=found.title))
