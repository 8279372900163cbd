"""Ports for programs that must find theirs free again when they come back, while other tests run."""

import random
import socket

# Outside of the range from which the system takes the ports of outgoing connections.
RANGE = range(20001, 32767)
_held = []  # until this process ends, however it does


def _hold(port):
    """Whether the port is ours now: no test has it, for each holds its own on another address of the
    loopback, where nobody listens; and nobody else is there."""
    held = socket.socket()
    try:
        held.bind(("127.0.0.2", port))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
    except OSError:
        held.close()
        return False
    _held.append(held)
    return True


def free_port():
    while True:
        port = random.choice(RANGE)
        if _hold(port):
            return port
