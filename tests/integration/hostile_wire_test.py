"""Hostile bytes: wrong tokens and origins, requests that could be read in two ways, oversize and
broken messages, clients that are silent or do not read. The server stays, and stays bounded."""

import os
import random
import re
import socket
import struct
import time
import unittest

from plenum import Closed, Server, new_id
from sheets import CHOICE, SCALE, sheet
from ws import BINARY, CLOSE, PING, TEXT, HandshakeRefused, WebSocket

POLICY, TOO_BIG, MOVED, SILENT, SLOW = 1008, 1009, 4001, 4002, 4000


class WireTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.room = cls.server.create_room(sheet(CHOICE, SCALE))

    def tearDown(self):
        self.assertIsNone(self.server.process.poll(), "the server has ended: "
                          + self.server.output())

    def raw(self, data, read=True, timeout=10):
        """Sends bytes as they are; the first line of the answer, or b"" if there is none."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout) as plain:
            plain.sendall(data)
            answer = b""
            while read:
                try:
                    more = plain.recv(65536)
                except (ConnectionError, socket.timeout):
                    break
                if not more:
                    break
                answer += more
            return answer

    def open(self, **options):
        ws = WebSocket("127.0.0.1", self.server.port, **options)
        self.addCleanup(ws.drop)
        return ws

    def greet(self, token):
        ws = self.open()
        ws.send({"type": "hello", "id": new_id(), "token": token, "version": 0})
        return ws


class Tokens(WireTest):
    def test_forged_tokens_are_turned_away(self):
        token = self.room.tokens["presenter"]
        other = self.server.create_room(sheet(CHOICE)).tokens["presenter"]
        parts, others = token.split("."), other.split(".")
        mixed = ".".join([*parts[:3], others[3]])
        flipped = token[:-6] + ("A" if token[-6] != "A" else "B") + token[-5:]
        for forged in ("", "x", token[:-1], token + "A", flipped, mixed, self.server.organiser,
                       "v1.none." + ".".join(parts[2:]), "v2." + ".".join(parts[1:])):
            ws = self.greet(forged)
            self.assertEqual(ws.receive()["code"], "not-permitted", forged)
            self.assertEqual(ws.close_code(), POLICY)

    def test_a_token_of_one_room_opens_no_other(self):
        other = self.server.create_room(sheet(CHOICE))
        for path in ("state", "export"):
            status, _ = self.server.request("GET", f"/api/v1/rooms/{other.id}/{path}",
                                            token=self.room.tokens["auditor"])
            self.assertEqual(status, 403)
            for token in (None, "x", self.server.organiser):
                status, _ = self.server.request("GET", f"/api/v1/rooms/{other.id}/{path}",
                                                token=token)
                self.assertIn(status, (401, 403))

    def test_only_the_organiser_makes_rooms(self):
        for token in (None, "x", self.room.tokens["producer"], self.room.join_token()):
            status, answer = self.server.request("POST", "/api/v1/rooms", sheet(CHOICE), token)
            self.assertEqual((status, answer["code"]), (401, "not-permitted"))

    def test_a_revoked_link_ends_at_once(self):
        room = self.server.create_room(sheet(CHOICE))
        producer, presenter = room.staff("producer"), room.staff("presenter")
        attendee = room.attendee()
        self.assertEqual(producer.result_of("links.revoke"), "accepted")
        self.assertEqual(presenter.ws.close_code(), POLICY)
        with self.assertRaises(Closed):
            room.staff("presenter")
        self.assertEqual(attendee.result_of("ballot.cast", activity="areas", generation=1, seq=1,
                                            ballot={"kind": "choice", "options": ["north"]}),
                         "refused: not-open")

    def test_moving_to_another_connection(self):
        token = self.room.join_token()
        first = self.room.attendee(token)
        second = self.room.attendee(token)
        self.assertEqual(first.ws.close_code(), MOVED)
        second.ws.send({"type": "ping", "id": new_id()})
        second.wait(lambda: second.views.get("person"))

    def test_locked_doors(self):
        room = self.server.create_room(sheet(CHOICE))
        inside = room.join_token()
        room.attendee(inside)
        producer = room.staff("producer")
        self.assertEqual(producer.result_of("doors.set", locked=True, expected_people=6), "accepted")
        status, answer = self.server.request("POST", "/api/v1/join", {"code": room.code})
        self.assertEqual((status, answer["code"]), (403, "doors-locked"))
        self.assertEqual(room.attendee(room.join_token(inside)).welcome["role"], "attendee")


class Origins(WireTest):
    def test_only_our_own_pages_connect(self):
        port = self.server.port
        for origin in (None, "null", "http://evil.example", f"http://127.0.0.1:{port}.evil.example",
                       f"http://evil.example:{port}", "http://127.0.0.1", f"http://127.0.0.1:{port}1",
                       f"ftp://127.0.0.1:{port}", f"http://127.0.0.1:{port}/", f"127.0.0.1:{port}"):
            with self.assertRaises(HandshakeRefused, msg=origin) as refused:
                self.open(origin=origin)
            self.assertEqual(refused.exception.status, 403, origin)
        self.open(origin=f"http://127.0.0.1:{port}")

    def test_another_site_cannot_post(self):
        status, _ = self.server.request("POST", "/api/v1/join", {"code": self.room.code},
                                        headers={"Origin": "http://evil.example"})
        self.assertEqual(status, 403)

    def test_two_origins(self):
        with self.assertRaises(HandshakeRefused) as refused:
            self.open(headers=["Origin: http://evil.example"])
        self.assertEqual(refused.exception.status, 403)

    def test_the_subprotocol_must_be_ours(self):
        for protocol in (None, "chat", "plenum.v2", "xplenum.v1"):
            with self.assertRaises(HandshakeRefused) as refused:
                self.open(protocol=protocol)
            self.assertEqual(refused.exception.status, 400)

    def test_pages_have_strict_headers(self):
        answer = self.raw(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").decode()
        head = answer.split("\r\n\r\n")[0].lower()
        self.assertIn("default-src 'none'", head)
        self.assertNotIn("unsafe", head)
        for header in ("x-content-type-options: nosniff", "referrer-policy: no-referrer",
                       "frame-ancestors 'none'"):
            self.assertIn(header, head)


class Smuggling(WireTest):
    def status_of(self, request):
        answer = self.raw(request)
        answers = re.findall(rb"HTTP/1\.1 \d{3} ", answer)
        self.assertEqual(len(answers), 1, "one answer, then the end: " + str(answer))
        return int(answer.split(b" ")[1])

    def test_what_could_be_read_in_two_ways(self):
        body = b'{"code":"000000"}'
        hidden = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
        post = b"POST /api/v1/join HTTP/1.1\r\nHost: a\r\n"
        for request in (
                post + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
                post + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
                post + b"Transfer-Encoding: identity\r\n\r\n" + hidden,
                post + b"Content-Length: 17\r\nContent-Length: 17\r\n\r\n" + body + hidden,
                post + b"Content-Length: 17\r\nContent-Length: 0\r\n\r\n" + body + hidden,
                post + b"Content-Length: 17, 17\r\n\r\n" + body + hidden,
                post + b"Content-Length: +17\r\n\r\n" + body + hidden,
                b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden,
                b"GET /livez HTTP/1.1\r\n\r\n" + hidden,
                b"GET /livez HTTP/1.1\r\nHost : a\r\n\r\n" + hidden,
                b"GET http://a/livez HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
                b"GET /livez HTTP/1.1\r\nHost: a\"><script>\r\n\r\n" + hidden):
            self.assertEqual(self.status_of(request), 400, request)

    def test_only_http_1_1(self):
        self.assertEqual(self.status_of(b"GET /livez HTTP/1.0\r\nHost: a\r\n\r\n"), 505)
        self.assertIn(self.status_of(b"GET /livez HTTP/2.0\r\nHost: a\r\n\r\n"), (400, 505))

    def test_pipelined_requests_are_answered_in_order(self):
        one = b"GET /livez HTTP/1.1\r\nHost: a\r\n"
        answer = self.raw(one + b"\r\n" + one + b"Connection: close\r\n\r\n")
        self.assertEqual(answer.count(b"HTTP/1.1 200"), 2)


class Sizes(WireTest):
    def test_headers_and_bodies(self):
        request = b"GET /livez HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 9000 + b"\r\n\r\n"
        self.assertIn(b" 431 ", self.raw(request).split(b"\r\n")[0])
        for size in (5000, 5_000_000):
            status, _ = self.server.request("POST", "/api/v1/join", b" " * size)
            self.assertEqual(status, 413)

    def test_large_bodies_are_only_for_organisers(self):
        head = b"POST /api/v1/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n"
        begin = time.monotonic()
        self.assertIn(b" 401 ", self.raw(head + b"\r\n").split(b"\r\n")[0])
        self.assertLess(time.monotonic() - begin, 4, "without waiting for the body")
        status, _ = self.server.request("POST", "/api/v1/rooms", b" " * 600_000,
                                        self.server.organiser)
        self.assertEqual(status, 413)

    def test_an_attendee_may_send_four_kilobytes(self):
        ws = self.greet(self.room.join_token())
        ws.send_text(" " * 4096)
        while (message := ws.receive())["type"] != "error":
            pass
        self.assertEqual(message["code"], "bad-message")
        ws.send_text(" " * 4097)
        self.assertEqual(ws.close_code(), TOO_BIG)

    def test_a_presenter_may_send_sixty_four(self):
        presenter = self.room.staff("presenter")
        presenter.ws.send_text(" " * 65536)
        presenter.wait(lambda: presenter.errors)
        presenter.ws.send_text(" " * 65537)
        self.assertEqual(presenter.ws.close_code(), TOO_BIG)

    def test_a_length_that_is_only_claimed(self):
        before = self.server.memory()
        sockets = []
        for _ in range(100):
            ws = self.greet(self.room.join_token())
            ws.send_frame(TEXT, b"x", length=2**40)
            sockets.append(ws)
        for ws in sockets:
            self.assertEqual(ws.close_code(), TOO_BIG)
        self.assertLess(self.server.memory() - before, 30e6)


class Garbage(WireTest):
    def test_what_is_no_command(self):
        client = self.room.attendee()
        deep = "[" * 1000 + "]" * 1000
        for text in ("", "{", "null", "[]", '"x"', "{}", deep, '{"type":1}', '{"id":"x","type":"ping"}',
                     '{"id":"%s","type":"ping","type":"ping"}' % new_id(),
                     '{"id":"%s","type":"ballot.cast","activity":"areas","generation":1.5}' % new_id(),
                     '{"id":"%s","type":"ping"} x' % new_id(), "\u0000"):
            client.errors.clear()
            client.answers.clear()
            client.ws.send_text(text)
            client.wait(lambda: client.errors or client.answers)
            said = (client.errors + [m for all in client.answers.values() for m in all])[0]
            self.assertEqual((said["type"], said["code"]), ("error", "bad-message"), text)

    def test_frames_against_the_protocol(self):
        def broken(send, *codes):
            ws = self.greet(self.room.join_token())
            send(ws)
            self.assertIn(ws.close_code(), codes)
        broken(lambda ws: ws.send_frame(TEXT, b"\xff\xfe"), 1007)
        broken(lambda ws: ws.send_frame(BINARY, b"{}"), POLICY)
        broken(lambda ws: ws.send_frame(TEXT, b"{}", mask=False), 1002)
        broken(lambda ws: ws.send_frame(PING, b"x" * 126), 1002)
        broken(lambda ws: ws.send_frame(PING, b"x", final=False), 1002)
        broken(lambda ws: ws.send_frame(0x0, b"{}"), 1002)
        broken(lambda ws: ws.send_frame(0x3, b"{}"), 1002)
        broken(lambda ws: ws.send_frame(0x41, b"{}"), 1002)
        broken(lambda ws: ws.send_frame(CLOSE, struct.pack(">H", 1000)), 1000)

    def test_random_bytes(self):
        rng = random.Random(2510)
        for round in range(60):
            data = rng.randbytes(rng.randrange(1, 4000))
            if round % 2:
                ws = self.greet(self.room.join_token())
                ws.socket.sendall(data)
                ws.drop()
            else:
                self.raw(data, read=False)
        self.assertEqual(self.server.request("GET", "/livez")[0], 200)

    def test_nothing_is_said_before_hello(self):
        for first in ('{"id":"%s","type":"ping"}' % new_id(), "{", "hello"):
            ws = self.open()
            ws.send_text(first)
            self.assertEqual(ws.receive()["code"], "bad-message")
            self.assertEqual(ws.close_code(), POLICY)


class Silence(WireTest):
    def test_no_first_message(self):
        ws = self.open()
        begin = time.monotonic()
        self.assertEqual(ws.close_code(), SILENT)
        self.assertTrue(4.5 < time.monotonic() - begin < 7.5, time.monotonic() - begin)

    def test_no_header(self):
        for data in (b"", b"GET / HTTP/1.1\r\nHost: a\r\n"):
            begin = time.monotonic()
            self.raw(data)
            self.assertTrue(4.5 < time.monotonic() - begin < 7, time.monotonic() - begin)

    def test_a_header_that_drips(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as slow:
            begin = time.monotonic()
            with self.assertRaises(OSError):
                for byte in b"GET / HTTP/1.1\r\n" + b"X-a: b\r\n" * 100:
                    slow.sendall(bytes([byte]))
                    time.sleep(0.1)
            self.assertLess(time.monotonic() - begin, 8)


class SlowReaders(WireTest):
    def test_one_who_asks_and_never_reads(self):
        before = self.server.memory()
        ws = self.open(receive_buffer=4096)
        ws.send({"type": "hello", "id": new_id(), "token": self.room.join_token(), "version": 0})
        ws.socket.settimeout(20)
        ping = '{"id":"%s","type":"ping"}' % new_id()
        with self.assertRaises(OSError, msg="the server never ended it"):
            end = time.monotonic() + 60
            while time.monotonic() < end:
                ws.send_text(ping)
        self.assertLess(self.server.memory() - before, 30e6)

    def test_a_display_that_stops_reading_costs_nobody_anything(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        stuck = [room.staff("display", receive_buffer=4096) for _ in range(5)]
        presenter.advance("scale", "voting")
        voters = [room.attendee() for _ in range(10)]
        before = self.server.memory()
        for seq in range(1, 60):
            begin = time.monotonic()
            ids = [(voter, voter.send("ballot.cast", activity="scale", generation=1, seq=seq,
                                      ballot={"kind": "scale", "value": 1 + seq % 5}))
                   for voter in voters]
            for voter, id in ids:
                self.assertEqual(voter.final(id)["outcome"], "counted")
            self.assertLess(time.monotonic() - begin, 3)
        self.assertLess(self.server.memory() - before, 30e6)
        for display in stuck:
            display.view("stage", lambda d: d.get("now", {}).get("turnout") == {"answered": 10, "of": 10})


class Secrets(WireTest):
    def test_files_are_for_the_owner_alone(self):
        for name in ("organiser.token", "keys/master.key", "keys/token.keys"):
            mode = os.stat(self.server.data / name).st_mode
            self.assertEqual(mode & 0o077, 0, name)
        self.assertEqual(os.stat(self.server.data / "keys").st_mode & 0o077, 0)

    def test_logs_and_metrics_tell_nothing(self):
        client = self.room.attendee()
        client.ask("item.add", activity="areas", generation=1, text="a very telling answer")
        status, metrics = self.server.request("GET", "/metrics")
        self.assertEqual(status, 200)
        for told in (self.server.output(), metrics.decode()):
            self.assertNotIn(client.token.split(".")[3], told)
            self.assertNotIn(self.server.organiser, told)
            self.assertNotIn("telling", told)


if __name__ == "__main__":
    unittest.main()
