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
    name_zh: str = ""
    about: str = ""
    about_zh: str = ""
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
        name_zh="深圳亮芯电子有限公司",
        about="Power banks, speakers and chargers; two SMT lines, 180 people.",
        about_zh="移动电源、音箱与充电器；两条贴片线，180 人。",
    ),
    WorldCompany(
        company_id="com_yarnriver",
        name="Ningbo Yarn River Garments Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Ningbo",
        template="apparel",
        name_zh="宁波纱河服饰有限公司",
        about="Knitted and woven apparel from own dyeing to carton, 240 people.",
        about_zh="针织与梭织服装，自有染整到装箱，240 人。",
    ),
    WorldCompany(
        company_id="com_oakandpine",
        name="Foshan Oak & Pine Furniture Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Foshan",
        template="furniture",
        name_zh="佛山橡松家具有限公司",
        about="Chairs and tables of solid oak and pine, moisture measured on every batch.",
        about_zh="橡木与松木实木桌椅，每批测含水率。",
    ),
    WorldCompany(
        company_id="com_boxwell",
        name="Dongguan Boxwell Packaging Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Dongguan",
        template="packaging",
        name_zh="东莞博维包装有限公司",
        about="Printed mailer boxes and cartons, FSC paper on request.",
        about_zh="印刷飞机盒与纸箱，可用 FSC 纸。",
    ),
    WorldCompany(
        company_id="com_littlewheel",
        name="Shantou Little Wheel Toys Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Shantou",
        template="toys",
        name_zh="汕头小轮玩具有限公司",
        about="Building blocks and wooden vehicles tested to EN 71.",
        about_zh="积木与木制车辆，按 EN 71 测试。",
    ),
    WorldCompany(
        company_id="com_steelspoon",
        name="Jieyang Steel Spoon Kitchenware Co., Ltd.",
        country="CN",
        zone="Asia/Shanghai",
        town="Jieyang",
        template="kitchenware",
        name_zh="揭阳钢匙厨具有限公司",
        about="Vacuum bottles and cutlery of SUS304, polished in house.",
        about_zh="SUS304 保温瓶与餐具，自有抛光。",
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
