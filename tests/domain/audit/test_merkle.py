"""The tree of RFC 6962: its published roots, proofs of inclusion, and forgeries of every kind that must not pass."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.audit.merkle import (
    EMPTY_ROOT,
    Head,
    TreeHash,
    head_bytes,
    inclusion_proof,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

SEED = 20_261_122
FORGERIES = 20_000

# The test vectors of the certificate-transparency project for RFC 6962: leaves, then the root over the first n of them.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("count", range(1, 9))
def test_published_roots(count: int) -> None:
    assert root_of(LEAVES[:count]).hex() == ROOTS[count - 1]


def test_root_of_nothing() -> None:
    assert root_of([]).hex() == EMPTY_ROOT.hex() == EMPTY


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of the RFC, word for word."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_growing_tree_is_the_recursive_one(leaves: list[bytes]) -> None:
    tree = TreeHash()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == recursive_root(leaves)
    assert tree.size == len(leaves)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 33])
def test_every_leaf_is_proven(size: int) -> None:
    leaves = [bytes([number]) for number in range(size)]
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert is_included(leaf, index=index, size=size, proof=proof, root=root)


def test_forged_proofs_do_not_pass() -> None:
    chance = random.Random(SEED)
    for _ in range(FORGERIES):
        size = chance.randint(1, 40)
        leaves = [bytes([number]) for number in range(size)]
        index = chance.randrange(size)
        proof = list(inclusion_proof(leaves, index))
        given = {
            "content": leaves[index],
            "index": index,
            "size": size,
            "root": root_of(leaves),
        }
        match chance.randrange(6):
            case 0:
                given["content"] = chance.randbytes(chance.randint(0, 3)) + b"!!"
            case 1:
                given["index"] = (index + chance.randint(1, 5)) if size > 1 else index + 1
            case 2 if proof:
                place = chance.randrange(len(proof))
                proof[place] = (
                    bytes([proof[place][0] ^ (1 << chance.randrange(8))]) + proof[place][1:]
                )
            case 3:
                proof.append(chance.randbytes(32))
            case 4 if proof:
                del proof[chance.randrange(len(proof))]
            case _:
                given["root"] = chance.randbytes(32)
        assert not is_included(proof=proof, **given)  # type: ignore[arg-type]


def test_inner_node_does_not_pass_for_a_leaf() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    root = root_of([b"a", b"b", b"c", b"d"])
    other = node_hash(leaf_hash(b"c"), leaf_hash(b"d"))
    assert not is_included(left + right, index=0, size=2, proof=[other], root=root)


def test_every_field_of_a_head_counts() -> None:
    head = Head(family="order", stream_id="ord_1", seq=3, hash=bytes(32))
    others = [
        Head(family="limit", stream_id="ord_1", seq=3, hash=bytes(32)),
        Head(family="order", stream_id="ord_2", seq=3, hash=bytes(32)),
        Head(family="order", stream_id="ord_1", seq=4, hash=bytes(32)),
        Head(family="order", stream_id="ord_1", seq=3, hash=bytes([1]) + bytes(31)),
    ]
    assert len({head_bytes(one) for one in (head, *others)}) == 5
