"""What the page keeps between reruns, for all sessions."""

from __future__ import annotations

from inteso_dash.city.disclosure import DISCLOSURE_RULES, beside
from inteso_dash.intake.delivery.tidy import Surroundings
from inteso_dash.language.findings import Finding
from inteso_dash.language.statuses import Status
from inteso_dash.session.editions import cached, edition
from inteso_dash.session.kept import kept
from inteso_dash.session.store import _EDITIONS, city, shared_city


@cached()
def findings() -> tuple[Finding, ...]:
    """Return what the checks say of the shown city.

    Of tables that are not public a session sees no findings that only the tables it has loaded
    bring about: by loading one figure after the other, secret sums could be tried out.
    """
    from inteso_dash.intake import checking

    mine, here = edition(), city()
    secret = beside.secret_tables(here.catalogue, here.printed)
    found = checking.check(here.root, () if mine is None else mine.deliveries)
    told = beside.findings(found, here.catalogue, secret)
    if mine is not None:
        known = masked_of_folder()
        told = tuple(each for each in told if each.message != beside.MASKED or each in known)
    return (*told, *(each for each in here.findings if each.rule in DISCLOSURE_RULES))


@kept()
def masked_of_folder() -> frozenset[Finding]:
    """Return the findings of the folder alone in tables that are not public."""
    from inteso_dash.intake import checking

    here = shared_city()
    secret = beside.secret_tables(here.catalogue, here.printed)
    told = beside.findings(checking.check(here.root), here.catalogue, secret)
    return frozenset(each for each in told if each.message == beside.MASKED)


@cached(own_entries=_EDITIONS)
def surroundings() -> Surroundings:
    """Return what a delivered file is compared with."""
    from inteso_dash.boundaries.layers import usable_layers
    from inteso_dash.intake import checking

    here = city().official
    areas, tolerance = checking.polygon_areas(usable_layers(here.root), here.catalogue)
    published = here.figures[here.figures["status"] != str(Status.COMPUTED)]
    return Surroundings(here.catalogue, here.register, published, areas, tolerance)
