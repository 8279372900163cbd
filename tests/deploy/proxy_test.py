"""The proxy of deploy/ before real nodes: WebSockets through it, a node that dies, TLS. A node that
is not ready is installation_test.py's."""

import time
import unittest

from front import Proxy, TlsWebSocket
from kit import run
from plenum import Server, WebSocket, free_port, new_id
from poll import Polling
from sheets import SCALE, sheet
from ws import HandshakeRefused

NOBODY = "127.0.0.1:1"


def address(server):
    return f"127.0.0.1:{server.port}"


def vote(client, value):
    return client.result_of("ballot.cast", activity="scale", generation=1, seq=1,
                            ballot={"kind": "scale", "value": value})


class ProxyTest(unittest.TestCase):
    def serve(self):
        server = Server().__enter__()
        self.addCleanup(server.__exit__)
        return server

    def proxy(self, *arguments, **options):
        proxy = Proxy(*arguments, **options).__enter__()
        self.addCleanup(proxy.__exit__)
        return proxy

    def test_people_vote_through_it(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY))
        room = proxy.before(server).create_room(sheet(SCALE))
        room.staff("presenter").advance("scale", "voting")
        self.assertEqual(vote(room.attendee(), 4), "counted")
        self.assertEqual(proxy.get("/")[0], 200)
        with self.assertRaises(HandshakeRefused) as refused:
            WebSocket("127.0.0.1", proxy.port, origin="http://elsewhere.example")
        self.assertEqual(refused.exception.status, 403)

    def test_who_polls_stays_with_one_node(self):
        servers = [self.serve(), self.serve()]
        proxy = self.proxy(tuple(map(address, servers)))
        tokens = [server.create_room(sheet(SCALE)).tokens["display"] for server in servers]

        def hello(token):
            client = Polling("127.0.0.1", proxy.port)
            client.send({"type": "hello", "id": new_id(), "token": token, "version": 0})
            client.poll(5000)
            return client
        # Whichever node it is, the other one's token is nothing to it.
        client = next(c for c in map(hello, tokens) if not c.closed)
        for _ in range(20):
            client.drop()  # the next poll is another connection
            client.send({"type": "ping", "id": new_id()})
            client.poll(5000)
            self.assertIn("beat", [message["type"] for message in client.heard])
            client.heard = []

    def test_a_websocket_outlives_the_timeouts_of_requests(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY), change=lambda text: text.replace(
            "timeout client 60s", "timeout client 1s").replace("timeout server 60s", "timeout server 1s"))
        room = proxy.before(server).create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        voter = room.attendee()
        voter.drain(0.5)
        before = len(voter.ws.received)
        time.sleep(4)  # the node's next word comes after ten seconds
        self.assertEqual(len(voter.ws.received), before)
        self.assertEqual(vote(voter, 2), "counted")

    def test_who_asks_sees_nothing_of_a_node_that_dies(self):
        servers = [self.serve(), self.serve()]
        proxy = self.proxy([address(server) for server in servers])
        time.sleep(1.5)  # both were found to be ready
        servers[0].kill()
        answers = [proxy.get("/")[0] for _ in range(200)]
        self.assertEqual(set(answers), {200})
        servers[0].start()
        time.sleep(2.5)
        servers[1].kill()
        self.assertEqual({proxy.get("/")[0] for _ in range(50)}, {200})

    def test_whose_node_dies_is_told_at_once(self):
        servers = [self.serve(), self.serve()]
        proxy = self.proxy([address(server) for server in servers])
        sockets = [WebSocket("127.0.0.1", proxy.port) for _ in range(6)]
        for server in servers:
            text = server.request("GET", "/metrics")[1].decode()
            self.assertIn("plenum_connections 3", text, "the one that has fewest gets the next")
        servers[0].kill()
        began = time.monotonic()
        cut = 0
        for socket in sockets:
            socket.socket.settimeout(2)
            try:
                cut += socket.socket.recv(4096) == b""
            except TimeoutError:
                pass
            if cut == 3:
                break
        self.assertEqual(cut, 3)
        self.assertLess(time.monotonic() - began, 7)

    def test_metrics_stay_inside(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY))
        self.assertEqual(server.request("GET", "/metrics")[0], 200)
        for path in ("/metrics", "/metrics?x=1", f"http://{address(server)}/metrics"):
            self.assertEqual(proxy.get(path)[0], 404, path)
        for path in ("//metrics", "/./metrics", "/%6detrics", "/METRICS", "/metrics/"):
            self.assertEqual(proxy.get(path)[0], 404, "the node takes this spelling: " + path)

    def test_it_ends_tls_and_leads_there(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY), tls=True)
        status, headers = proxy.get("/livez")
        self.assertEqual((status, headers["Location"]), (308, f"https://127.0.0.1:{proxy.port}/livez"))
        status, headers = proxy.get("/livez", tls=True)
        self.assertEqual(status, 200)
        self.assertIn("max-age=", headers["Strict-Transport-Security"])
        room = server.create_room(sheet(SCALE))
        socket = TlsWebSocket(proxy)
        socket.send({"type": "hello", "id": new_id(), "token": room.join_token(), "version": 0})
        self.assertEqual(socket.receive(10)["type"], "welcome")

    def test_old_tls_is_refused(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY), tls=True)
        ends = {version: run("openssl", "s_client", "-connect", f"localhost:{proxy.tls_port}",
                             f"-{version}", "-cipher", "ALL:@SECLEVEL=0", input="").returncode
                for version in ("tls1_1", "tls1_2")}
        self.assertNotEqual(ends["tls1_1"], 0)
        self.assertEqual(ends["tls1_2"], 0)

    def test_nobody_is_written_down(self):
        server = self.serve()
        proxy = self.proxy((address(server), NOBODY))
        room = proxy.before(server).create_room(sheet(SCALE))
        room.attendee()
        proxy.get("/metrics")
        said = proxy.output()
        self.assertNotIn("/api/", said)
        self.assertNotIn("/ws", said)
        self.assertNotIn("/metrics", said)


if __name__ == "__main__":
    unittest.main()
