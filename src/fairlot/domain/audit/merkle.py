"""A Merkle tree over the heads of all streams, as in RFC 6962: one root ties every chain together.

Leaves and inner nodes are hashed under different prefixes, so that neither can pass for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from fairlot.domain.audit.canonical import content_hash

LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The latest record of one stream."""

    family: str
    stream_id: str
    seq: int
    hash: bytes


def head_bytes(head: Head) -> bytes:
    """Return the leaf's content for one head."""
    return content_hash(head.family.encode(), head.stream_id.encode(), b"%d" % head.seq, head.hash)


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of one leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(LEAF_PREFIX + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962, section 2.1)."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


class TreeHash:
    """The root of a growing list of leaves, in memory of the order of its logarithm."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        # Roots of perfect subtrees, largest first, as (height, hash).
        self._peaks: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, content: bytes) -> None:
        """Append one leaf."""
        height, value = 0, leaf_hash(content)
        while self._peaks and self._peaks[-1][0] == height:
            value = node_hash(self._peaks.pop()[1], value)
            height += 1
        self._peaks.append((height, value))
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        value = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            value = node_hash(peak, value)
        return value


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf contents (RFC 6962, section 2.1)."""
    tree = TreeHash()
    for content in leaves:
        tree.add(content)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of one leaf, from the leaf upward (RFC 6962, section 2.1.1)."""
    assert 0 <= index < len(leaves), "the leaf is in the tree"
    if len(leaves) == 1:
        return ()
    split = _largest_power_of_two_below(len(leaves))
    if index < split:
        return (*inclusion_proof(leaves[:split], index), root_of(leaves[split:]))
    return (*inclusion_proof(leaves[split:], index - split), root_of(leaves[:split]))


def is_included(
    content: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether the proof shows that the leaf stands at `index` in the tree of `size` leaves with that root."""
    if not 0 <= index < size:
        return False
    value, last = leaf_hash(content), size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index % 2 or index == last:
            value = node_hash(sibling, value)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            value = node_hash(value, sibling)
        index, last = index // 2, last // 2
    return last == 0 and value == root


def _largest_power_of_two_below(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
