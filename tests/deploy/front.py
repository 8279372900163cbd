"""deploy/proxy/haproxy.cfg, running before real nodes."""

import copy
import http.client
import os
import pathlib
import ssl
import subprocess
import tempfile
import time

from kit import DEPLOY, must
from plenum import WebSocket, free_port

CONFIGURATION = DEPLOY / "proxy" / "haproxy.cfg"


def certificate(folder):
    """A PEM file for localhost with chain and key, as HAProxy wants it, and the chain alone."""
    chain, key, both = (pathlib.Path(folder) / name for name in ("chain.pem", "key.pem", "both.pem"))
    must("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", chain)
    both.write_text(chain.read_text() + key.read_text())
    return both, chain


class Proxy:
    """Use it as a context. `nodes`: HOST:PORT of two; `change`: of the configuration's text."""

    def __init__(self, nodes, tls=False, change=lambda text: text):
        self._folder = tempfile.TemporaryDirectory(prefix="plenum-proxy-")
        self.folder = pathlib.Path(self._folder.name)
        self.port, self.tls_port = free_port(), free_port()
        self.configuration = self.folder / "haproxy.cfg"
        self.configuration.write_text(change(CONFIGURATION.read_text()))
        self.environment = dict(os.environ, PLENUM_NODE_A=nodes[0], PLENUM_NODE_B=nodes[1],
                                PLENUM_HTTP=f"127.0.0.1:{self.port}",
                                PLENUM_HTTPS=f"127.0.0.1:{self.tls_port}")
        if tls:
            pem, chain = certificate(self.folder)
            self.environment["PLENUM_TLS_PEM"] = str(pem)
            self.context = ssl.create_default_context(cafile=str(chain))

    def __enter__(self):
        must("haproxy", "-c", "-f", self.configuration, env=self.environment)
        self._output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(["haproxy", "-db", "-f", str(self.configuration)],
                                        env=self.environment, stdout=self._output, stderr=self._output)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("/livez")
                return self
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.05)
        raise AssertionError(self.output())

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self._output.close()
        self._folder.cleanup()

    def output(self):
        return (self.folder / "output").read_text(errors="replace")

    def before(self, server):
        """The same server, reached through here."""
        front = copy.copy(server)
        front.port = self.port
        return front

    def get(self, path, tls=False):
        """Status and headers."""
        connection = (http.client.HTTPSConnection("localhost", self.tls_port, timeout=10, context=self.context)
                      if tls else http.client.HTTPConnection("127.0.0.1", self.port, timeout=10))
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response.status, response.headers
        finally:
            connection.close()

    def wait_for(self, condition, seconds=5.0):
        """How long it took."""
        began = time.monotonic()
        while not condition():
            assert time.monotonic() - began < seconds, self.output()
            time.sleep(0.02)
        return time.monotonic() - began


class TlsWebSocket(WebSocket):
    def __init__(self, proxy):
        self._context = proxy.context
        super().__init__("localhost", proxy.tls_port)

    def _handshake(self, host, origin, *rest):
        self.socket = self._context.wrap_socket(self.socket, server_hostname="localhost")
        super()._handshake(host, f"https://{host}", *rest)
