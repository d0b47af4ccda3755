"""Sections of the page on accommodation: concentration, development, forms, Welcome Points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from inteso_dash import accommodation as acc
from inteso_dash import accommodation_figures as draw
from inteso_dash import exports, formats, store, templates
from inteso_dash.catalogue import STATUS_MEANINGS, Accommodation, Status
from inteso_dash.city import City
from inteso_dash.figures import CONFIG
from inteso_dash.web import downloads

TEXTS = {
    "title": "Unterbringung",
    "nothing": "Der Datenordner erklärt keine Angaben zur Unterbringung.",
    "no_figures": "Für kein Gebiet ist eine Zahl untergebrachter Personen veröffentlicht. Vorlagen "
    "für Gebiets- und Standorttabellen beschreibt docs/data-format.md.",
    "part": "Bereich",
    "level": "Ebene",
    "date": "Stichtag",
    "measure": "Anzeigen",
    "circles": "Kreise nach Größe",
    "own_table": "Alle Gebiete",
    "signs": "… keine Angabe. Zahlen sind gerundet; gerechnet wird ungerundet.",
    "source": "Quelle: {source}.",
    "unplaced": "{persons} Personen wohnen in Unterkünften, deren Gebiet nicht angegeben ist. Sie "
    "zählen nur für die ganze Stadt.",
    "preset": "Schlüssel",
    "own_key": "eigene Gewichte",
    "weights": "Gewichte",
    "weights_note": "Gewichte werden auf zusammen 100 % umgerechnet: {parts}.",
    "weights_none": "Alle Gewichte stehen auf null. Geben Sie mindestens einem Teil ein Gewicht.",
    "show_as": "Karte zeigt",
    "verdict": "Nach jeder Gewichtung über dem Soll: {above}. Nach jeder darunter: {below}. "
    "Von der Gewichtung hängt es ab: {depends}.",
    "rest_note": "Für {count} Gebiete ist keine eigene Zahl veröffentlicht; sie stehen zusammen. "
    "Ob ein einzelnes von ihnen über seinem Soll liegt, lässt sich nicht sagen.",
    "need": "Soziale Lage: Jeder Einwohner zählt 2 − {title} des Gebiets ÷ {title} der Stadt, "
    "mindestens 0. Wo sie doppelt so hoch ist wie in der Stadt, entsteht daraus kein Soll.",
    "lower": "Mindestwert: {count} Gebiete gehen zusammen ein; einzeln gerechnet kann der Wert nur "
    "gleich oder höher sein.",
    "limit": "Grenze je Unterkunft",
    "border": "Wirkung über Grenzen",
    "border_note": "Eine Unterkunft am Rand gehört zu zwei Nachbarschaften: Personen im Gebiet "
    "selbst und im Gebiet mit einem Umkreis. Die zweite Zahl zählt Unterkünfte mehrfach und "
    "addiert sich nicht zur Stadt.",
    "radius": "Umkreis in Metern",
    "sites_note": "{count} veröffentlichte Einzelangaben, Größe in Plätzen, kein vollständiges "
    "Verzeichnis; eine Unterkunft kann mehrfach genannt sein.",
    "sites_full": "Alle {count} Unterkünfte am {date}, Größe in untergebrachten Personen.",
    "no_openings": "Eröffnungs- und Schließungstage nennt keine der Quellen; eine Zeitleiste der "
    "Unterkünfte fehlt deshalb.",
    "forms_note": "Plätze am {date}. „Form nicht genannt“ ist der Unterschied zur veröffentlichten "
    "Gesamtzahl der Plätze.",
    "unnamed": "Form nicht genannt",
    "points_note": "Untergebrachte Personen der versorgten Gebiete am {date}. Versorgen mehrere "
    "Stellen ein Gebiet, sind dessen Personen gleichmäßig auf sie aufgeteilt. Ob alle den Dienst "
    "nutzen, sagt die Zahl nicht.",
    "templates": "Vorlagen für eigene Tabellen",
    "templates_note": "Gebietszahlen und einzelne Unterkünfte, mit Erklärung der Spalten und "
    "erfundenen Beispielzeilen. docs/data-format.md beschreibt, wie eine Tabelle in den "
    "Datenordner kommt; „inteso-dash check DATEI“ prüft sie vorher.",
    "area_template": "Gebiete",
    "site_template": "Unterkünfte",
    "no_map": "Für diese Ebene liegen keine Grenzen vor.",
}
HELP = {
    "gini": "0: überall gleich viele Untergebrachte je Einwohner; nahe 1: alle in einem Gebiet. "
    "Formel: 1 − Σ (xᵢ − xᵢ₋₁)(yᵢ + yᵢ₋₁) über die Lorenzkurve. Quellen: Lorenz 1905, Gini 1912.",
    "dissimilarity": "Anteil der Untergebrachten, der umziehen müsste, damit sie sich wie die "
    "Bevölkerung verteilen. Formel: ½ Σ |uᵢ ÷ U − bᵢ ÷ B|. Quelle: Duncan und Duncan 1955.",
    "above": "Anteil der Untergebrachten in Unterkünften mit mehr Personen als die Grenze. Die "
    "Regel des Konzepts von 2015: im Regelfall höchstens 200.",
}


def theme() -> str:
    """Say whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def source(city: City, ids: str) -> None:
    """Name the sources under a figure."""
    unique = ", ".join(dict.fromkeys(key for key in ids.split(", ") if key))
    if unique:
        st.caption(TEXTS["source"].format(source=city.source_titles(unique)))


def show_table(table: pd.DataFrame) -> None:
    """Show a table with German numbers; missing ones as the sign of official statistics."""
    sign = STATUS_MEANINGS[Status.NOT_DELIVERED].sign
    written: dict[Any, str | Callable[[Any], str] | None] = {
        str(name): partial(formats.number, decimals=acc.DECIMALS.get(str(name), 0))
        for name in table.select_dtypes("number").columns
    }
    days = [name for name in table.columns if str(name).startswith("Stichtag")]
    shown = table.assign(
        **{
            name: [formats.date(day) if not pd.isna(day) else sign for day in table[name]]
            for name in days
        }
    )
    st.dataframe(
        shown.style.format(written, na_rep=sign), hide_index=True, width="stretch", placeholder=sign
    )
    st.caption(TEXTS["signs"])


def concentrated(city: City, declared: Accommodation, shown: acc.Situation) -> pd.DataFrame | None:
    """Show how unevenly persons are spread over areas and sites."""
    root = city.catalogue.root.id
    days = city.dates(root, declared.limit)
    rule = (city.reference(declared.limit, days[-1]) if days else None) or 200.0
    limit = float(
        st.number_input(
            TEXTS["limit"], 10, 5000, int(rule), step=10, key="u_grenze", bind="query-params"
        )
    )
    parts = acc.key_parts(city, shown)
    found = acc.concentration(shown, parts, limit)
    first, second, third = st.columns(3)
    least = "mindestens " if found.lower_bound else ""
    sign = STATUS_MEANINGS[Status.NOT_DELIVERED].sign

    def written(value: float | None, prefix: str) -> str:
        return sign if value is None else f"{prefix}{formats.number(value, 3)}"

    first.metric("Gini-Koeffizient", written(found.gini, least), help=HELP["gini"])
    second.metric(
        "Dissimilaritätsindex", written(found.dissimilarity, least), help=HELP["dissimilarity"]
    )
    share = sign if found.above is None else formats.with_unit(found.above * 100, 1, "%")
    over = formats.number(limit, 0)
    third.metric(f"In Unterkünften über {over}", share, help=HELP["above"])
    for reason in filter(None, (found.reason, found.above_reason)):
        st.info(reason)
    if found.lower_bound and shown.rest is not None:
        st.caption(TEXTS["lower"].format(count=len(shown.rest.areas)))
    if found.lorenz is not None:
        names = [""] + [acc.group_name(shown, parts, key) for key in found.lorenz.index[1:]]
        alt = f"Lorenzkurve; Gini {written(found.gini, least)}."
        figure = draw.lorenz_chart(found.lorenz, names, theme=theme())
        st.plotly_chart(figure, config=CONFIG, key="u_lorenz", alt=alt, width=560)
    sizes, note = shown.sites["occupied"].dropna(), ""
    if not sizes.empty:
        note = TEXTS["sites_full"].format(count=len(sizes), date=formats.date(shown.date))
    else:
        sizes = city.sites["places"].dropna()
        note = TEXTS["sites_note"].format(count=len(sizes))
    if sizes.empty:
        return None
    figure = draw.size_histogram(sizes, limit, theme=theme())
    alt = f"Größen von {len(sizes)} Unterkünften; {int((sizes > limit).sum())} über {over}."
    st.plotly_chart(figure, config=CONFIG, key="u_groessen", alt=alt, width=760)
    st.caption(note)
    border(city, shown)
    listed = acc.published_sites(city)
    table = pd.DataFrame(
        {
            "Unterkunft": listed["name"],
            "Form": listed["form"],
            "Gebiet": listed["area"],
            "Plätze": listed["places"],
            "Untergebrachte": listed["occupied"],
            "Stand": listed["state"],
            "Stichtag": listed["date"].dt.date,
            "Quelle": [city.source_titles(ids) for ids in listed["source_id"]],
        }
    )
    show_table(table)
    return table


def border(city: City, shown: acc.Situation) -> None:
    """Show who lives near an area beside who lives in it, where positions are public."""
    areas = store.shapes(shown.level)
    if areas is None or acc.border_effect(shown, areas, 0) is None:
        return
    st.subheader(TEXTS["border"], anchor=False)
    st.write(TEXTS["border_note"])
    radius = st.number_input(
        TEXTS["radius"], 0, 5000, 500, step=100, key="u_umkreis", bind="query-params"
    )
    counted = acc.border_effect(shown, areas, float(radius))
    if counted is not None:
        table = counted.assign(Gebiet=[city.name(shown.level, key) for key in counted.index])
        heads = {"inside": "im Gebiet", "reached": "im Gebiet und im Umkreis"}
        show_table(table[["Gebiet", *heads]].rename(columns=heads))


def developed(city: City, declared: Accommodation) -> pd.DataFrame:
    """Show the whole city over time."""
    series = acc.series(city)
    series = series.assign(source=[city.source_titles(ids) for ids in series["source_id"]])
    alt = "; ".join(
        f"{name} {formats.number(rows['value'].iloc[0], 0)} bis "
        f"{formats.number(rows['value'].iloc[-1], 0)}"
        for name, rows in series.groupby("series", sort=False)
    )
    figure = draw.development_chart(series, declared.events, theme=theme())
    st.plotly_chart(figure, config=CONFIG, key="u_reihe", alt=alt)
    events = sorted(declared.events, key=lambda each: each.date)
    st.write(
        " · ".join(
            f"**{place}** {event.label}: {event.title}" for place, event in enumerate(events, 1)
        )
    )
    table = series[["series", "date", "value", "source"]].set_axis(
        ["Reihe", "Stichtag", "Wert", "Quelle"], axis=1
    )
    show_table(table)
    openings = acc.openings(city)
    if openings.empty:
        st.info(TEXTS["no_openings"])
    else:
        days = pd.concat([openings["closed"], openings["opened"], city.sites["date"]])
        figure = draw.openings_chart(openings, days.max().date(), theme=theme())
        alt = f"Zeitleiste von {len(openings)} Unterkünften"
        st.plotly_chart(figure, config=CONFIG, key="u_zeitleiste", alt=alt)
    return table


def formed(city: City, shown: acc.Situation) -> pd.DataFrame | None:
    """Show places by form."""
    forms, day, ids = acc.forms(city, shown)
    if day is None:
        st.info(TEXTS["no_figures"])
        return None
    table = pd.DataFrame(
        {
            "Form": [str(form) or TEXTS["unnamed"] for form in forms.index],
            "Plätze": forms["places"],
            "Anteil (%)": forms["share"],
            "Unterkünfte": forms["sites"],
            "Mittlere Größe": forms["mean"],
        }
    ).reset_index(drop=True)
    figure = draw.form_bars(forms, TEXTS["unnamed"], theme=theme())
    alt = ", ".join(
        f"{form} {formats.number(places, 0)}"
        for form, places in zip(table["Form"], table["Plätze"], strict=True)
    )
    st.plotly_chart(figure, config=CONFIG, key="u_formen", alt=alt, width=860)
    st.caption(TEXTS["forms_note"].format(date=formats.date(day)))
    show_table(table)
    source(city, ids)
    return table


def served(city: City, shown: acc.Situation) -> pd.DataFrame:
    """Show which area is served by which Welcome Point."""
    points = acc.points(city, shown)
    heads = {
        "name": "Name",
        "areas": "Gebiete",
        "operator": "Träger",
        "funding": "Förderung",
        "persons": "Untergebrachte",
        "per_point": "Untergebrachte je Stelle",
        "address": "Ort",
        "date": "Stand",
    }
    table = points[list(heads)].rename(columns=heads)
    show_table(table)
    st.caption(TEXTS["points_note"].format(date=formats.date(shown.date)))
    source(city, ", ".join(points["source_id"]))
    return table


def download(
    city: City, declared: Accommodation, section: str, shown: acc.Situation, table: pd.DataFrame
) -> None:
    """Offer what is shown as a file."""
    address = downloads.address()
    level = city.catalogue.level(shown.level)
    used = city.figures["indicator_id"].isin(list(declared.indicators))

    def told() -> exports.Statement:
        return exports.statement(
            city,
            what=f"{TEXTS['title']}: {section}",
            where=f"{len(shown.areas)} {level.plural}, {city.catalogue.city.name}",
            dates=[shown.date],
            source_ids=city.figures.loc[used, "source_id"].unique(),
            address=address,
        )

    offers = downloads.tables(city, lambda: acc.for_file(table), told, tuple(declared.indicators))
    name = ["inteso", TEXTS["title"], section, shown.date.isoformat()]
    with st.columns([1, 3])[0]:
        downloads.menu(city, name, offers, key="u_datei")


def offer_templates(city: City, declared: Accommodation) -> None:
    """Offer the tables to fill in."""
    first = str(city.areas(declared.level).index[0])
    with st.expander(TEXTS["templates"]):
        st.write(TEXTS["templates_note"])
        columns = st.columns(4)
        for place, (title, make) in enumerate(
            (
                (TEXTS["area_template"], templates.area_template),
                (TEXTS["site_template"], templates.site_template),
            )
        ):
            rows, explained = make(declared, first)
            columns[2 * place].download_button(
                f"{title} (XLSX)",
                templates.template_xlsx(rows, explained),
                exports.file_name(["vorlage", title], "xlsx"),
                on_click="ignore",
                width="stretch",
            )
            columns[2 * place + 1].download_button(
                f"{title} (CSV)",
                templates.template_csv(rows),
                exports.file_name(["vorlage", title], "csv"),
                on_click="ignore",
                width="stretch",
            )
