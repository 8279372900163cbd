"""The control socket of a cluster: one line asked, one line answered. The words are in
cluster.py."""

import contextlib
import os
import selectors
import socket


class Control:
    def __init__(self, cluster, address):
        self._cluster = cluster
        self._address = address
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(address)
        self._listener.listen()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._pending = {}  # connection -> bytes without a newline yet

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self._pending:
            connection.close()
        self._listener.close()
        self._selector.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._address)

    def serve_while(self, condition):
        while condition():
            for key, _ in self._selector.select(timeout=0.05):
                if key.fileobj is self._listener:
                    connection = self._listener.accept()[0]
                    self._pending[connection] = b""
                    self._selector.register(connection, selectors.EVENT_READ)
                else:
                    self._read(key.fileobj)

    def _read(self, connection):
        try:
            data = connection.recv(4096)
            *lines, self._pending[connection] = (self._pending[connection] + data).split(b"\n")
            for line in lines:
                connection.sendall((self.answer(line.decode().split()) + "\n").encode())
        except OSError:
            data = b""
        if not data:
            self._selector.unregister(connection)
            del self._pending[connection]
            connection.close()

    def answer(self, words):
        try:
            return self._do(*words)
        except Exception as problem:  # whatever it is, who asked must hear of it
            return "error " + " ".join(str(problem).split())[:500]

    def _do(self, verb, *rest):
        cluster = self._cluster
        if verb == "leader":
            topic, partition = rest
            return f"ok {cluster.leader_of(topic, int(partition))}"
        if verb == "wait" and not rest:
            cluster.wait()
            return "ok"
        if verb not in ("kill", "stop", "start", "pause", "resume"):
            return f"error unknown request: {verb}"
        (which,) = rest
        if which != "all":
            getattr(cluster, verb)(int(which))
        elif verb in ("kill", "start", "stop"):
            getattr(cluster, verb + "_all")()
        else:
            for number in cluster.brokers:
                getattr(cluster, verb)(number)
        return "ok"
