"""GOST by libgcrypt through ctypes: native, and present in nearly every Linux."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_ubyte, c_uint, c_void_p
from typing import TYPE_CHECKING, Self

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.gost.providers.protocol import BLOCK
from sed_tui.gost.providers.sexp import atom, named, pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gost.curves import Curve, Point

NAME = "libgcrypt"
_LIBRARIES = ("libgcrypt.so.20", "libgcrypt.20.dylib", "libgcrypt-20.dll")
_INITIALIZATION_FINISHED = 38
_STREEBOG = {256: 309, 512: 310}
_UNSIGNED = 5  # GCRYMPI_FMT_USG
_BAD_SIGNATURE = 8
_CODE = 0xFFFF  # the lower half of an error; the rest says which part raised it
# the identifier of 256A is an alias of a name that does not exist, in the library's own table
_CURVE_NAMES = {
    "256Test": b"1.2.643.2.2.35.0",
    "256A": b"GOST2012-256-A",
    "256B": b"1.2.643.2.2.35.1",
    "256C": b"1.2.643.2.2.35.2",
    "256D": b"1.2.643.2.2.35.3",
    "512Test": b"1.2.643.7.1.2.1.2.0",
    "512A": b"1.2.643.7.1.2.1.2.1",
    "512B": b"1.2.643.7.1.2.1.2.2",
    "512C": b"1.2.643.7.1.2.1.2.3",
}
_P = POINTER(c_void_p)
_SIGNATURES: dict[str, tuple[Sequence[type], type | None]] = {
    "gcry_check_version": ((c_char_p,), c_char_p),
    "gcry_strerror": ((c_uint,), c_char_p),
    "gcry_free": ((c_void_p,), None),
    "gcry_md_open": ((_P, c_int, c_uint), c_uint),
    "gcry_md_write": ((c_void_p, c_char_p, c_size_t), None),
    "gcry_md_read": ((c_void_p, c_int), POINTER(c_ubyte)),
    "gcry_md_copy": ((_P, c_void_p), c_uint),
    "gcry_md_close": ((c_void_p,), None),
    "gcry_sexp_new": ((_P, c_char_p, c_size_t, c_int), c_uint),
    "gcry_sexp_release": ((c_void_p,), None),
    "gcry_sexp_find_token": ((c_void_p, c_char_p, c_size_t), c_void_p),
    "gcry_sexp_nth_data": ((c_void_p, c_int, POINTER(c_size_t)), c_void_p),
    "gcry_pk_sign": ((_P, c_void_p, c_void_p), c_uint),
    "gcry_pk_verify": ((c_void_p, c_void_p, c_void_p), c_uint),
    "gcry_mpi_scan": ((_P, c_int, c_char_p, c_size_t, c_void_p), c_uint),
    "gcry_mpi_aprint": ((c_int, _P, POINTER(c_size_t), c_void_p), c_uint),
    "gcry_mpi_release": ((c_void_p,), None),
    "gcry_mpi_ec_new": ((_P, c_void_p, c_char_p), c_uint),
    "gcry_mpi_ec_set_mpi": ((c_char_p, c_void_p, c_void_p), c_uint),
    "gcry_mpi_ec_get_mpi": ((c_char_p, c_void_p, c_int), c_void_p),
    "gcry_ctx_release": ((c_void_p,), None),
}


class Libgcrypt:
    """The provider; making one loads the library or raises `ProviderUnavailable`."""

    name = NAME
    is_slow = False

    def __init__(self) -> None:
        self._library = _load()
        self.version = self._library.gcry_check_version(None).decode()
        self._library.gcry_control(_INITIALIZATION_FINISHED, 0)

    def new(self, bits: int) -> LibgcryptHash:
        """Start a Streebog."""
        return LibgcryptHash(self._library, bits)

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        """Return (r, s)."""
        key = self._parse(named("private-key", _ecc(curve, d=_octets(curve, d))))
        data = self._parse(_data(curve, e))
        made = c_void_p()
        try:
            self._check(self._library.gcry_pk_sign(byref(made), data, key))
            return self._number(made, b"r"), self._number(made, b"s")
        finally:
            self._release(key, data, made)

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        """Tell whether (r, s) is a signature of the digest."""
        point = b"\x04" + _octets(curve, public[0]) + _octets(curve, public[1])
        key = self._parse(named("public-key", _ecc(curve, q=point)))
        data = self._parse(_data(curve, e))
        values = pair("r", _octets(curve, r)), pair("s", _octets(curve, s))
        signature = self._parse(named("sig-val", named("gost", *values)))
        try:
            status = self._library.gcry_pk_verify(signature, data, key)
        finally:
            self._release(key, data, signature)
        if status & _CODE == _BAD_SIGNATURE:
            return False
        self._check(status)
        return True

    def public(self, curve: Curve, d: int) -> Point:
        """Return the public key of a private one."""
        context, number, point = c_void_p(), c_void_p(), None
        octets = _octets(curve, d)
        library = self._library
        try:
            self._check(library.gcry_mpi_scan(byref(number), _UNSIGNED, octets, len(octets), None))
            self._check(library.gcry_mpi_ec_new(byref(context), None, _CURVE_NAMES[curve.name]))
            self._check(library.gcry_mpi_ec_set_mpi(b"d", number, context))
            point = library.gcry_mpi_ec_get_mpi(b"q", context, 1)
            return _point(self._print(point))
        finally:
            library.gcry_mpi_release(number)
            library.gcry_mpi_release(point)
            library.gcry_ctx_release(context)

    def _print(self, number: int | None) -> bytes:
        text, length = c_void_p(), c_size_t()
        self._check(self._library.gcry_mpi_aprint(_UNSIGNED, byref(text), byref(length), number))
        try:
            return ctypes.string_at(text, length.value)
        finally:
            self._library.gcry_free(text)

    def _parse(self, text: bytes) -> c_void_p:
        made = c_void_p()
        self._check(self._library.gcry_sexp_new(byref(made), text, len(text), 1))
        return made

    def _number(self, made: c_void_p, token: bytes) -> int:
        found = self._library.gcry_sexp_find_token(made, token, len(token))
        length = c_size_t()
        data = self._library.gcry_sexp_nth_data(found, 1, byref(length))
        try:
            return int.from_bytes(ctypes.string_at(data, length.value))
        finally:
            self._library.gcry_sexp_release(found)

    def _release(self, *made: c_void_p) -> None:
        for one in made:
            self._library.gcry_sexp_release(one)

    def _check(self, status: int) -> None:
        if status:
            reason = self._library.gcry_strerror(status).decode(errors="replace")
            raise ProviderUnavailable(provider=NAME, reason=reason)


class LibgcryptHash:
    """A running Streebog; the handle is closed with the object."""

    block_size = BLOCK

    def __init__(
        self, library: ctypes.CDLL, bits: int, source: LibgcryptHash | None = None
    ) -> None:
        self.name = f"streebog{bits}"
        self.digest_size = bits // 8
        self._library, self._bits, self._handle = library, bits, c_void_p()
        if source is None:
            status = library.gcry_md_open(byref(self._handle), _STREEBOG[bits], 0)
        else:
            status = library.gcry_md_copy(byref(self._handle), source._handle)
        if status:  # a FIPS build refuses GOST here
            reason = library.gcry_strerror(status).decode(errors="replace")
            raise ProviderUnavailable(provider=NAME, reason=reason)

    def update(self, data: bytes, /) -> None:
        """Add bytes."""
        self._library.gcry_md_write(self._handle, data, len(data))

    def digest(self) -> bytes:
        """Return the digest so far (reading closes a handle for writing, so of a copy)."""
        ended = self.copy()
        return bytes(self._library.gcry_md_read(ended._handle, 0)[: self.digest_size])

    def copy(self) -> Self:
        """Return a hash that goes on from here by itself."""
        return type(self)(self._library, self._bits, self)

    def __del__(self) -> None:
        """Close the handle."""
        self._library.gcry_md_close(self._handle)


def _load() -> ctypes.CDLL:
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
            for function, (arguments, result) in _SIGNATURES.items():
                getattr(library, function).argtypes = arguments
                getattr(library, function).restype = result
        except (OSError, AttributeError):
            continue
        return library
    raise ProviderUnavailable(provider=NAME, reason=f"no {_LIBRARIES[0]}")


def _octets(curve: Curve, value: int) -> bytes:
    return value.to_bytes(curve.octets)


def _ecc(curve: Curve, **values: bytes) -> bytes:
    numbers = (pair(name, value) for name, value in values.items())
    return named("ecc", pair("curve", _CURVE_NAMES[curve.name]), *numbers)


def _data(curve: Curve, e: int) -> bytes:
    return named("data", named("flags", atom(b"gost")), pair("value", _octets(curve, e)))


def _point(octets: bytes) -> Point:
    half = len(octets) // 2  # 04 || x || y
    return int.from_bytes(octets[1 : half + 1]), int.from_bytes(octets[half + 1 :])
