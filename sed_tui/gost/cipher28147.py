"""Opening GOST 28147-89 in cipher feedback: keys that other programs have encrypted.

Nothing is encrypted with it here. The key is changed every 1024 bytes (RFC 4357, 2.3.2).
"""

from __future__ import annotations

# a row for each of the eight nibbles, the least significant first
SUBSTITUTIONS = {
    "1.2.643.7.1.2.5.1.1": (  # id-tc26-gost-28147-param-Z
        "c462a5b9e8d703f1 68239a5c1e47bd0f b3582fade174c960 c821d4f670a53e9b"
        " 7f5a816d093eb42c 5df692cab78143e0 8e25691cf4b0da37 17ed05834fa69cb2"
    ),
    "1.2.643.2.2.31.1": (  # id-Gost28147-89-CryptoPro-A-ParamSet
        "96328b17a4efc0d5 37e98af0526cb4d1 e462b3d8cf5a0719 e7acd13902b4f856"
        " b5198df0e423c7a6 3adc120b75948fe6 1d297a608c45f3be baf50ce8623917d4"
    ),
}
_MESHING = bytes.fromhex("6900722264c904238d3adb9646e92ac418feac9400ed0712c086dcc2ef4ca92b")
_MESHED_EVERY = 1024
_BLOCK = 8
_WORD = 0xFFFFFFFF


def decrypt_cfb(key: bytes, vector: bytes, data: bytes, substitution: str) -> bytes:
    """Return the plain text."""
    rows = [[int(digit, 16) for digit in row] for row in substitution.split()]
    register, opened = vector, bytearray()
    for start in range(0, len(data), _BLOCK):
        if start and start % _MESHED_EVERY == 0:
            key = b"".join(
                _block(_MESHING[part : part + _BLOCK], _backward(key), rows)
                for part in range(0, len(_MESHING), _BLOCK)
            )
            register = _block(register, _forward(key), rows)
        gamma = _block(register, _forward(key), rows)
        register = data[start : start + _BLOCK]
        opened += bytes(a ^ b for a, b in zip(gamma, register, strict=False))
    return bytes(opened)


def _forward(key: bytes) -> list[int]:
    words = [int.from_bytes(key[at : at + 4], "little") for at in range(0, len(key), 4)]
    return words * 3 + words[::-1]


def _backward(key: bytes) -> list[int]:
    return _forward(key)[::-1]


def _block(block: bytes, keys: list[int], rows: list[list[int]]) -> bytes:
    left, right = int.from_bytes(block[:4], "little"), int.from_bytes(block[4:], "little")
    for key in keys:
        mixed = (left + key) & _WORD
        mixed = sum(row[mixed >> 4 * at & 15] << 4 * at for at, row in enumerate(rows))
        mixed = (mixed << 11 | mixed >> 21) & _WORD
        left, right = mixed ^ right, left
    return right.to_bytes(4, "little") + left.to_bytes(4, "little")
