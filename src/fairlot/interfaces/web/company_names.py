"""What companies are called, as accounts know them; one that no account knows keeps its id."""

from __future__ import annotations

from collections.abc import Collection

from fairlot.store.people.models import Company


def names_of(ids: Collection[str]) -> dict[str, str]:
    """Return the name of each company by its id."""
    known = dict(Company.objects.filter(id__in=ids).values_list("id", "legal_name")) if ids else {}
    return {company_id: known.get(company_id, company_id) for company_id in ids}
