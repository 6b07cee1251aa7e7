"""Say where the app will open, or why it cannot: the first lines of ``make run``.

Enters: host and port, as typed. Leaves: the address on the terminal, or exit status 1 and a port
that is free. Refuses to know the app: it only tries the port.
"""

import socket
import sys

LARGEST_PORT = 65_535
PORTS_TO_TRY = 50
THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})
EVERY_ADDRESS = frozenset({"0.0.0.0"})  # noqa: S104 - compared with what was typed


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen here: nobody answers, and the port can be bound.

    Both are asked because a server on one address of this machine does not stop another address
    from being bound, and the browser would reach the wrong one.
    """
    with socket.socket() as caller:
        caller.settimeout(1)
        if caller.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True


def announcement(host: str, port: int) -> str:
    """Return what to say before the server starts."""
    shown = "localhost" if host in THIS_MACHINE | EVERY_ADDRESS else host
    reach = (
        "Only this machine can reach it; `make run HOST=0.0.0.0` opens it to your network."
        if host in THIS_MACHINE
        else "Everyone on your network who knows the address can reach it."
    )
    return (
        f"\n  Segment Studio opens at http://{shown}:{port}\n"
        "  No file at hand? The sample on the start page is one click away.\n"
        f"  {reach}\n"
        "  Ctrl+C stops it.\n"
    )


def refusal(host: str, port: int) -> str:
    """Return what is in the way, and a command that works."""
    candidates = range(port + 1, min(port + PORTS_TO_TRY, LARGEST_PORT) + 1)
    other = next((p for p in candidates if is_free(host, p)), None)
    return (
        f"\n  Port {port} is taken: another program, or Segment Studio itself, is using it.\n"
        f"  If it is Segment Studio, it is open at http://localhost:{port}\n"
        f"  Choose another port:  make run PORT={other or '…'}\n"
    )


def main(host: str, typed_port: str) -> int:
    """Print the announcement and return 0, or the refusal and return 1."""
    if not typed_port.isdecimal() or not 1 <= int(typed_port) <= LARGEST_PORT:
        print(f"\n  PORT={typed_port} is not a port: use a number from 1 to {LARGEST_PORT}.\n")
        return 1
    port = int(typed_port)
    free = is_free(host, port)
    print(announcement(host, port) if free else refusal(host, port), flush=True)
    return 0 if free else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
