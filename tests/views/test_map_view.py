"""What the map page shows: layers, classes and the sentence above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inteso_dash.city import City
from inteso_dash.language import formats
from inteso_dash.measures.classes import Method
from inteso_dash.views import map_view
from inteso_dash.views.map_view import Choice


def plain(text: str) -> str:
    """Make thin spaces ordinary ones."""
    return text.replace("\u202f", " ")


def test_sentence_of_a_share(city: City) -> None:
    shown = map_view.view(city, Choice("sozialraum", "sgb2_quote"))
    said = map_view.sentence(city, shown, shown.layers[-1], "sozialraum")
    assert plain(said) == (
        "Düsseldorf: 10,5 %. Darüber liegen 69 von 169 Sozialräumen. Die Sozialräume reichen "
        "von 0,2 % (Lotharstraße) bis 48,7 % (Hassels-Nord)."
    )


def test_an_area_shown_equal_to_the_city_does_not_lie_above(city: City) -> None:
    shown = map_view.view(city, Choice("stadtteil", "anteil_weiblich"))
    layer = shown.layers[-1]
    assert (layer.values["value"] > city.reference("anteil_weiblich", layer.date)).sum() == 28
    said = map_view.sentence(city, shown, layer, "stadtteil")
    assert plain(said) == (
        "Düsseldorf: 51,3 %. Darüber liegen 26 von 50 Stadtteilen. Die Stadtteile reichen von "
        "36,9 % (Hafen) bis 54,8 % (Itter)."
    )


def test_areas_shown_equal_at_an_end_are_told_together(city: City) -> None:
    """Of eight Sozialräume everybody changes to a Gymnasium."""
    shown = map_view.view(city, Choice("sozialraum", "uebergang_gymnasium"))
    layer = shown.layers[-1]
    said = plain(map_view.sentence(city, shown, layer, "sozialraum"))
    assert said.endswith("bis 100,0 % (Carlstadt, Am Nordfriedhof und 6 weitere).")
    highest = layer.values["value"] == 100
    part = replace(layer, values=layer.values[highest], ranks=layer.ranks[highest])
    said = plain(map_view.sentence(city, shown, part, "sozialraum"))
    assert said.endswith(". Die Sozialräume liegen durchweg bei 100,0 %.")
    one = replace(part, values=part.values[:1], ranks=part.ranks[:1])
    said = plain(map_view.sentence(city, shown, one, "sozialraum"))
    assert said.endswith("Eine Angabe liegt für 1 von 1 Sozialräumen vor: 100,0 % (Carlstadt).")


def test_sentence_on_rounded_and_earlier_figures(city: City) -> None:
    shown = map_view.view(city, Choice("stadtbezirk", "auslaender"))
    said = map_view.sentence(city, shown, shown.layers[-1], "stadtbezirk")
    assert plain(said) == (
        "Düsseldorf: etwa 153.000 Personen. Die Stadtbezirke reichen von etwa 5.180 Personen "
        "(Stadtbezirk 10) bis etwa 33.300 Personen (Stadtbezirk 3)."
    )


def test_sentence_says_why_there_is_nothing(city: City) -> None:
    shown = map_view.view(city, Choice("stadtteil", "fluktuationsrate"))
    said = map_view.sentence(city, shown, shown.layers[-1], "stadtteil")
    assert said.startswith("Für die Stadtteile gibt es hier keinen Wert. Umzüge innerhalb")


def test_sentence_says_when_only_some_areas_have_a_figure(city: City) -> None:
    shown = map_view.view(city, Choice("stadtbezirk", "unterbringung_personen"))
    said = plain(map_view.sentence(city, shown, shown.layers[-1], "stadtbezirk"))
    assert said == (
        "Düsseldorf: 7.590 Personen. Angaben liegen für 2 von 10 Stadtbezirken vor, von "
        "659 Personen (Stadtbezirk 5) bis 1.820 Personen (Stadtbezirk 6)."
    )


def test_a_level_without_figures_points_to_those_that_have_some(city: City) -> None:
    shown = map_view.view(city, Choice("sozialraum", "beschaeftigtenquote"))
    assert shown.layers == ()
    assert map_view.elsewhere(city, shown.indicator, "sozialraum") == (
        "Für die Sozialräume nennen die Quellen diesen Indikator nicht. Angaben gibt es für: "
        "Stadt (31.12.2015), Stadtbezirke (31.12.2015)."
    )
    silent = replace(city, figures=city.figures.iloc[:0])
    assert map_view.elsewhere(silent, shown.indicator, "sozialraum") == (
        "Für die Sozialräume nennen die Quellen diesen Indikator nicht, auch nicht für eine andere "
        "Ebene."
    )


def test_layers_are_ordered_and_bounds_hold_all_of_them(city: City) -> None:
    shown = map_view.view(city, Choice("stadtbezirk", "bevoelkerung"))
    assert [layer.date.year for layer in shown.layers] == [2010, 2015, 2021]
    for layer in shown.layers:
        known = layer.values["value"].dropna()
        assert shown.classes.breaks[0] <= known.min()
        assert known.max() <= shown.classes.breaks[-1]


def test_signed_rates_and_deviation_get_two_sided_colours(city: City) -> None:
    signed = map_view.view(city, Choice("sozialraum", "wanderungssaldo"))
    deviation = map_view.view(city, Choice("sozialraum", "sgb2_quote", Method.DEVIATION))
    plain_scale = map_view.view(city, Choice("sozialraum", "sgb2_quote"))
    assert signed.colours[0] in {"#5e3c99", "#542788", "#998ec3", "#b2abd2"}
    assert deviation.colours[-1] in {"#e66101", "#b35806", "#f1a340"}
    assert plain_scale.colours[0] == "#ffffcc"


def test_one_colour_a_class_for_every_indicator_and_level(city: City) -> None:
    for level in ("sozialraum", "stadtteil", "stadtbezirk"):
        for indicator_id in city.indicators(level):
            for method in (Method.QUANTILES, Method.DEVIATION):
                shown = map_view.view(city, Choice(level, indicator_id, method))
                assert len(shown.colours) == shown.classes.size if shown.classes.breaks else True


@pytest.mark.parametrize("method", [Method.DEVIATION, Method.QUANTILES, Method.EQUAL])
@pytest.mark.parametrize("classes", [4, 7])
def test_every_area_has_the_colour_of_the_class_that_its_number_reads_like(
    city: City, method: Method, classes: int
) -> None:
    for level in ("sozialraum", "stadtteil", "stadtbezirk"):
        for indicator_id in city.indicators(level):
            shown = map_view.view(city, Choice(level, indicator_id, method, classes))
            told = shown.classes.written(shown.indicator.decimals)
            assert len(set(shown.colours)) == len(shown.colours)
            for layer in shown.layers:
                for value in layer.values["value"].dropna():
                    place = shown.classes.index_of(value)
                    written = float(formats.rounded(value, shown.indicator.decimals))
                    assert told[place] <= written, (indicator_id, value)
                    assert written < told[place + 1] or place == shown.classes.size - 1


def test_areas_above_zero_are_orange_however_the_classes_lie(city: City) -> None:
    choice = Choice("sozialraum", "wanderungssaldo", Method.EQUAL, 7)
    shown = map_view.view(city, choice)
    values = shown.layers[-1].values["value"].dropna()
    for value in values[values >= 38]:
        colour = shown.colours[shown.classes.index_of(value)]
        assert int(colour[1:3], 16) > int(colour[5:7], 16), (value, colour)


def test_rows_are_what_is_shown(city: City) -> None:
    choice = Choice("sozialraum", "sgb2_quote")
    shown = map_view.view(city, choice)
    rows = map_view.rows(city, choice, shown.layers[-1])
    assert len(rows) == 171
    assert rows.set_index("area_id").at["098002", "value"] == 48.7
    assert rows.set_index("area_id").at["071009", "status"] == "uninhabited"


def test_counts_deviate_from_the_mean_of_the_areas_not_from_the_whole_city(city: City) -> None:
    choice = Choice("stadtbezirk", "bevoelkerung", Method.DEVIATION, 4)
    shown = map_view.view(city, choice)
    values = shown.layers[-1].values["value"]
    assert round(values.mean()) in shown.classes.breaks
    assert shown.classes.size == 4
    assert sum(shown.classes.counts[:2]) == (values < round(values.mean())).sum()
    assert len(set(shown.colours)) == 4
    assert "Durchschnitt der Gebiete (64.375" in shown.classes.note
    rate = map_view.view(city, Choice("stadtbezirk", "sgb2_quote", Method.DEVIATION, 4))
    assert "Durchschnitt" not in rate.classes.note
