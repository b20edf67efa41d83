"""What may stand between a client and a server: a wire that is cut, a proxy, another program."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Accept connections and talk on each in a thread; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve(connection: socket.socket) -> None:
            with suppress(OSError), connection:
                talk(connection)
                connection.shutdown(socket.SHUT_RDWR)  # closing alone waits for who reads

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _peer = server.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Answer whatever is asked with the same bytes."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

    with listening(talk) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def cut_wire(address: str, lengths: list[int | None]) -> Iterator[str]:
    """Pass everything on to a server; the answers of the first connections are cut to lengths."""
    parts = urlsplit(address)

    def talk(near: socket.socket) -> None:
        left = lengths.pop(0) if lengths else None
        with socket.create_connection((parts.hostname, parts.port)) as far:
            threading.Thread(target=_pass, args=(near, far), daemon=True).start()
            while piece := far.recv(65536):
                if left is not None and len(piece) >= left:
                    near.sendall(piece[:left])
                    return
                left = None if left is None else left - len(piece)
                near.sendall(piece)

    with listening(talk) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def without_common_cipher(certificate: str) -> Iterator[str]:
    """Offer ciphers that no client of ours has a use for, as a server with GOST alone does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("PSK-AES128-GCM-SHA256")

    def talk(connection: socket.socket) -> None:
        with suppress(ssl.SSLError):
            context.wrap_socket(connection, server_side=True)

    with listening(talk) as port:
        yield f"https://127.0.0.1:{port}"


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
