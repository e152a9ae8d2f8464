"""A marketplace's side of Fairlot in a hundred lines: one whole trade and one dispute, over the API alone.

Start `make demo` in one terminal; in another: `.venv/bin/python examples/marketplace.py`. It needs httpx, no Fairlot.
"""

import argparse
import datetime as dt
import hashlib
import json
import pathlib
import secrets

import httpx


class Party:
    """Somebody with a key. Every change bears an id of its own, so that sending it again would change nothing."""

    def __init__(self, url: str, secret: str) -> None:
        self.http = httpx.Client(
            base_url=url + "/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=30
        )

    def get(self, path: str) -> dict:
        return self._told(self.http.get(path))

    def post(self, path: str, body: dict | None = None, **sent: object) -> dict:
        key = {"Idempotency-Key": secrets.token_hex(16), **({} if body else {"Content-Type": "text/plain"})}
        return self._told(self.http.post(path, json=body, headers=key, **sent))

    def command(self, order_id: str, command: str, **fields: object) -> None:
        done = self.post(f"/orders/{order_id}/commands", {"type": command, **fields})
        print(f"  {command}:", *[event["told"] for event in done["events"]])

    @staticmethod
    def _told(answer: httpx.Response) -> dict:
        if answer.is_error:
            raise SystemExit(f"{answer.status_code}: {answer.json()['detail']}")
        return answer.json()


def contract(buyer_id: str, supplier_id: str, today: dt.date) -> dict:
    """What a checkout knows: who, what, how many, by when, and one requirement that can be measured."""
    ships = today + dt.timedelta(days=45)
    return {
        "format": "fairlot-contract/1", "title": "500 power banks", "language": "en", "binding_language": "en",
        "buyer": {"company_id": buyer_id, "name": "Harbor Goods"},
        "supplier": {"company_id": supplier_id, "name": "Brightcell"},
        "lines": [{"number": 1, "article": "Power bank", "quantity": 500, "unit": "pcs", "unit_price_minor": 660}],
        "currency": "USD", "total_minor": 330_000, "covered_minor": 330_000, "cover_kind": "post-delivery",
        "payments": [{"name": "whole", "amount_minor": 330_000, "due": "agreement"}],
        "shipment": {
            "zone": "Asia/Shanghai", "incoterm": "FOB", "place": "Shenzhen", "transport_mode": "sea",
            "carrier_chosen_by": "supplier", "destination": "Oakland", "date": ships.isoformat(),
        },
        "terms": [{
            "id": "capacity", "topic": "capacity", "lines": [1], "text": "Each cell holds at least 3,000 mAh.",
            "requirement": {"form": "measure", "operator": ">=", "value": "3000", "unit": "mAh"},
        }],
    }


def delivered(buyer: Party, supplier: Party, operator: Party) -> str:
    """From checkout to the doorstep: propose, accept, pay, ship, deliver."""
    buyer_id, supplier_id = (p.get("/me")["companies"][0]["company_id"] for p in (buyer, supplier))
    today = dt.datetime.fromisoformat(buyer.get("/me")["now"]).date()
    agreed = contract(buyer_id, supplier_id, today)
    for finding in buyer.post("/contracts/assess", {"contract": agreed})["findings"]:
        print(f"  {finding['term_id']} is {finding['label']}")
    order_id = buyer.post("/orders", {"contract": agreed, "buyer_country": "US"})["order_id"]
    print(f"  {order_id} is begun")
    version_hash = supplier.get(f"/orders/{order_id}")["version_hash"]
    supplier.command(order_id, "AcceptVersion", version_hash=version_hash)
    # A real payment comes by a bank statement: POST /bank/statements.
    operator.command(order_id, "RecordPayment", payment_id="pay-1", rail="wire", amount_minor=330_000, currency="USD")
    paper = hashlib.sha256(b"bill of lading").hexdigest()
    supplier.command(order_id, "RecordShipment", shipment_id="S1", proof="bill_of_lading", document_hash=paper)
    operator.command(order_id, "RecordDelivery", shipment_id="S1", document_hash=paper)
    return order_id


def main() -> None:
    """Let one order end well, and one in a dispute that both sides settle."""
    options = argparse.ArgumentParser()
    options.add_argument("--url", default="http://127.0.0.1:8080")
    options.add_argument("--keys", type=pathlib.Path, default=pathlib.Path("var/demo/api-keys.json"))
    chosen = options.parse_args()
    try:
        httpx.get(chosen.url + "/healthz")
        keys = json.loads(chosen.keys.read_text())
    except (httpx.TransportError, OSError) as error:
        raise SystemExit(f"{error}: start `make demo`, or name its address with --url and its keys with --keys.") from None
    buyer, supplier, operator = (Party(chosen.url, keys[role]) for role in ("buyer", "supplier", "operator"))
    print("A trade that goes well:")
    order_id = delivered(buyer, supplier, operator)
    buyer.command(order_id, "ConfirmReceipt")
    print(f"  it is {buyer.get(f'/orders/{order_id}')['status']}\nA trade that does not:")
    order_id = delivered(buyer, supplier, operator)
    claim = {"ground": "quality", "lines": [1], "term_ids": ["capacity"]}
    test = buyer.post(f"/orders/{order_id}/files?name=test.txt", content=b"Ten cells, 2,000 mAh each.")
    buyer.command(order_id, "OpenDispute", claims=[claim], evidence_hashes=[test["content_hash"]])
    supplier.command(order_id, "MakeOffer", offer={"id": "offer-1", "kind": "refund", "amount_minor": 110_000})
    buyer.command(order_id, "AcceptOffer", offer_id="offer-1")
    print(f"  it is {buyer.get(f'/orders/{order_id}')['status']}; of the money:")
    for held in buyer.get(f"/orders/{order_id}/statement")["holdings"]:
        print(f"  {held['account']}: {held['amount_minor'] / 100:,.2f} {held['currency']}")


if __name__ == "__main__":
    main()
