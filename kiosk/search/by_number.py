"""The service that a short number names, as a search would find it.

Knows that a number is sure only with its check digit: a wrong one must not lead to another errand.
Does not know words (`kiosk.search.searcher`).
"""

from __future__ import annotations

import re

from db import short_number
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Language
from kiosk.core.results import Hit, Results

_WRITTEN = re.compile(r"[0-9]{2,8}-?[0-9]")


def find(catalog: Catalog, query: str, language: Language) -> Results | None:
    """The one service with this number; None where the words are no number of any.

    Without its check digit, as it is while somebody types, the number is only a guess.

    Raises:
        CatalogDamagedError: its record is not the one that was signed.
    """
    if not _WRITTEN.fullmatch(query):
        return None
    number = short_number.parse(query)
    sure = catalog.service_by_number(number) if number is not None else None
    if sure is not None:
        return Results(query, (_hit(catalog, sure, language),), confident=True)
    guess = catalog.service_by_number(int(query)) if query.isdecimal() else None
    if guess is not None:
        return Results(query, (), (_hit(catalog, guess, language),), confident=True)
    return None


def _hit(catalog: Catalog, service: Service, language: Language) -> Hit:
    group, category = catalog.group(service.group), catalog.category(service.category)
    path = " › ".join(one.name.get(language) for one in (group, category) if one is not None)
    icon = category.icon if category is not None else ""
    return Hit(service.id, service.plain_name.get(language), path, icon)
