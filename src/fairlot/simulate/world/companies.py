"""The companies of the invented market: who they are, where, and what the suppliers among them make; all names are invented."""

from __future__ import annotations

import msgspec


class WorldCompany(msgspec.Struct, frozen=True, kw_only=True):
    """A company that trades, helps to trade or inspects; `template` names what a supplier makes."""

    company_id: str
    name: str
    country: str
    zone: str
    template: str = ""
    town: str = ""
    tier: str = ""
    limit_minor: int = 0
    is_sourcing_agent: bool = False
    is_inspection_company: bool = False


BUYERS = (
    WorldCompany(
        company_id="com_harborgoods",
        name="Harbor Goods LLC",
        country="US",
        zone="America/Los_Angeles",
    ),
    WorldCompany(
        company_id="com_nordlys", name="Nordlys Friluft AS", country="NO", zone="Europe/Oslo"
    ),
    WorldCompany(
        company_id="com_kleinwarenhaus",
        name="Kleinwarenhaus GmbH",
        country="DE",
        zone="Europe/Berlin",
    ),
    WorldCompany(
        company_id="com_casaluz",
        name="Casa Luz Importaciones S.A.",
        country="MX",
        zone="America/Mexico_City",
    ),
    WorldCompany(
        company_id="com_lagoshome",
        name="Lagos Home & Kitchen Ltd",
        country="NG",
        zone="Africa/Lagos",
    ),
    WorldCompany(
        company_id="com_sakuratoys", name="Sakura Toys K.K.", country="JP", zone="Asia/Tokyo"
    ),
)

SUPPLIERS = (
    WorldCompany(
        company_id="com_brightcell",
        name="Shenzhen Brightcell Electronics Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Shenzhen",
        template="electronics",
        tier="audited",
        limit_minor=25_000_000,
    ),
    WorldCompany(
        company_id="com_yarnriver",
        name="Ningbo Yarn River Garments Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Ningbo",
        template="apparel",
        tier="audited",
        limit_minor=18_000_000,
    ),
    WorldCompany(
        company_id="com_oakandpine",
        name="Foshan Oak & Pine Furniture Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Foshan",
        template="furniture",
        tier="visited on site",
        limit_minor=30_000_000,
    ),
    WorldCompany(
        company_id="com_boxwell",
        name="Dongguan Boxwell Packaging Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Dongguan",
        template="packaging",
        tier="visited on site",
        limit_minor=15_000_000,
    ),
    WorldCompany(
        company_id="com_littlewheel",
        name="Shantou Little Wheel Toys Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Shantou",
        template="toys",
        tier="audited",
        limit_minor=34_000_000,
    ),
    WorldCompany(
        company_id="com_steelspoon",
        name="Jieyang Steel Spoon Kitchenware Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Jieyang",
        template="kitchenware",
        tier="visited on site",
        limit_minor=20_000_000,
    ),
)

AGENTS = (
    WorldCompany(
        company_id="com_goodways",
        name="Goodways Sourcing Ltd",
        country="HK",
        zone="Asia/Hong_Kong",
        is_sourcing_agent=True,
    ),
)

# The designated companies; policies name them by these words.
INSPECTORS = (
    WorldCompany(
        company_id="SGS", name="SGS", country="CH", zone="Europe/Zurich", is_inspection_company=True
    ),
    WorldCompany(
        company_id="TÜV Rheinland",
        name="TÜV Rheinland",
        country="DE",
        zone="Europe/Berlin",
        is_inspection_company=True,
    ),
    WorldCompany(
        company_id="Bureau Veritas",
        name="Bureau Veritas",
        country="FR",
        zone="Europe/Paris",
        is_inspection_company=True,
    ),
)

COMPANIES = (*BUYERS, *SUPPLIERS, *AGENTS, *INSPECTORS)


def company(company_id: str) -> WorldCompany:
    """Return a company of the market. Raises KeyError for another."""
    found = next((each for each in COMPANIES if each.company_id == company_id), None)
    if found is None:
        raise KeyError(company_id)
    return found
