"""Words for what a buyer chooses from: kinds of cover, ways to pay."""

from __future__ import annotations

from fairlot.domain.cover.choices import GoodsPlace
from fairlot.domain.policy.model import ClaimWindow, WindowStart
from fairlot.domain.words.language import Words

PLACE: dict[GoodsPlace, Words] = {
    GoodsPlace.ORIGIN: Words(
        "at the supplier's, where the goods still are", "在供应商处，货物尚未发出"
    ),
    GoodsPlace.DESTINATION: Words(
        "at the destination, where the goods then are", "在目的地，货物已运抵"
    ),
}
COST = Words("usually {low} to {high}", "通常 {low} 至 {high}")
SPLIT = Words("Payment may be split.", "可分期付款。")
NOT_SPLIT = Words("The whole price is paid at once.", "须一次付清全款。")
WITH_FEE = Words("{total}, of which {fee} is its fee", "共 {total}，其中手续费 {fee}")
FEE_OF_SUPPLIER = Words(
    "{total}; its fee of {fee} is borne by the supplier",
    "共 {total}；手续费 {fee} 由供应商承担",
)
WITHOUT_FEE = Words("{total}, without a fee", "{total}，无手续费")
_UNTIL_ITSELF: dict[WindowStart, Words] = {
    WindowStart.SHIPMENT: Words("until shipment", "至发货为止"),
    WindowStart.DELIVERY: Words("until delivery", "至交货为止"),
}
_DAYS_AFTER: dict[WindowStart, Words] = {
    WindowStart.SHIPMENT: Words("until {days} days after shipment", "至发货后 {days} 天"),
    WindowStart.DELIVERY: Words("until {days} days after delivery", "至交货后 {days} 天"),
}


def window_words(window: ClaimWindow) -> Words:
    """Return the words for a claim window; their fact is its days."""
    return (_DAYS_AFTER if window.days else _UNTIL_ITSELF)[window.start]
