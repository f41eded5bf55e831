"""压缩: the run-length compression of [MS-OVBA] 2.4.1, writing side only."""

from __future__ import annotations

import struct
from collections import defaultdict
from functools import lru_cache

_CHUNK = 4096
_SHORTEST_MATCH = 3


class IncompressibleChunkError(ValueError):
    """无法压缩: 4096 bytes that grow under compression.

    The specification answers with a stored ("raw") chunk, but Excel has been seen to drop a module silently
    when its stream holds one. Text of a program never gets here; random bytes do.
    """

    def __init__(self, start: int) -> None:
        super().__init__(f"the bytes from offset {start} do not compress; a raw chunk is never written")


@lru_cache(64)
def compress(data: bytes) -> bytes:
    r"""压缩一个模块的文本. Greedy longest match, the nearest one on a tie, as Microsoft's examples do.

    >>> compress(b"aaaaaaaaaa").hex()
    '0103b002610600'
    """
    container = bytearray(b"\x01")
    for start in range(0, len(data), _CHUNK):
        body = _compressed_chunk(data[start : start + _CHUNK])
        if len(body) > _CHUNK:
            raise IncompressibleChunkError(start)
        container += struct.pack("<H", 0xB000 | len(body) - 1) + body
    return bytes(container)


def _compressed_chunk(chunk: bytes) -> bytes:
    matches = _Matches(chunk)
    body = bytearray()
    position = 0
    while position < len(chunk):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if position >= len(chunk):
                break
            length, distance = matches.longest(position)
            if length:
                flags |= 1 << bit
                tokens += _copy_token(position, length, distance)
            else:
                length = 1
                tokens.append(chunk[position])
            matches.remember(position, length)
            position += length
        body.append(flags)
        body += tokens
    return bytes(body)


def _distance_bits(position: int) -> int:
    """How many bits of a copy token hold the distance: just enough to reach the start of the chunk, at least 4."""
    return max(4, (position - 1).bit_length())


def _copy_token(position: int, length: int, distance: int) -> bytes:
    shift = 16 - _distance_bits(position)
    return struct.pack("<H", (distance - 1) << shift | length - _SHORTEST_MATCH)


class _Matches:
    """Where in the chunk each run of three bytes has been seen."""

    def __init__(self, chunk: bytes) -> None:
        self._chunk = chunk
        self._seen: defaultdict[bytes, list[int]] = defaultdict(list)

    def remember(self, position: int, length: int) -> None:
        for start in range(position, position + length):
            self._seen[self._chunk[start : start + _SHORTEST_MATCH]].append(start)

    def longest(self, position: int) -> tuple[int, int]:
        """Length and distance of the best earlier copy; (0, 0) when none is worth a token."""
        candidates = self._seen.get(self._chunk[position : position + _SHORTEST_MATCH], ())
        most = min(len(self._chunk) - position, (0xFFFF >> _distance_bits(position)) + _SHORTEST_MATCH)
        best = distance = 0
        for candidate in reversed(candidates):
            length = self._common(candidate, position, most)
            if length > best:
                best, distance = length, position - candidate
            if best == most:
                break
        return (best, distance) if best >= _SHORTEST_MATCH else (0, 0)

    def _common(self, earlier: int, later: int, most: int) -> int:
        chunk, length = self._chunk, 0
        while length < most and chunk[earlier + length] == chunk[later + length]:
            length += 1
        return length
