"""A day without WebSockets: everything by polling, through kill -9, and against hostile bodies."""

import http.client
import json
import threading
import time
import unittest

from plenum import Closed, Server, new_id
from poll import Polling, Refused
from sheets import CHOICE, SCALE, sheet

POLICY, TOO_BIG, GOING_AWAY, MOVED = 1008, 1009, 1001, 4001


def vote(client, value, seq=1, id=None):
    return client.send("ballot.cast", id, activity="scale", generation=1, seq=seq,
                       ballot={"kind": "scale", "value": value})


class PollingTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def tearDown(self):
        self.assertIsNone(self.server.process.poll(), "the server has ended: "
                          + self.server.output())

    def by_polling(self, room, token=None, **options):
        return room.attendee(token, transport=Polling, **options)

    def metric(self, name):
        text = self.server.request("GET", "/metrics")[1].decode()
        return next(float(line.split()[1]) for line in text.splitlines()
                    if line.startswith(name + " "))


class Votes(PollingTest):
    def test_a_whole_vote_and_a_kill_in_between(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter", transport=Polling)
        display = room.staff("display", transport=Polling)
        presenter.advance("scale", "voting")
        voters = [(self.by_polling(room), new_id()) for _ in range(10)]
        for number, (voter, id) in enumerate(voters[:6]):
            vote(voter, 1 + number % 5, id=id)
            self.assertEqual(voter.final(id)["outcome"], "counted")
        display.view("stage", lambda d: "now" in d and d["now"]["turnout"]["answered"] == 6)
        self.assertGreaterEqual(self.metric("plenum_polling_clients"), 2)
        for number, (voter, id) in enumerate(voters[6:]):
            vote(voter, 5, id=id)
            voter.ws.poll(0)  # it is said; the answer is not waited for
        waiting = threading.Thread(target=self.expect_cut_off, args=(display,))
        waiting.start()
        self.server.kill()
        waiting.join()
        self.server.start()
        with self.assertRaises((Closed, Refused)):
            display.view("stage", lambda d: False)
        for number, (voter, id) in enumerate(voters):
            again = self.by_polling(room, voter.token)
            vote(again, 1 + number % 5 if number < 6 else 5, id=id)
            outcome = again.final(id)["outcome"]
            self.assertIn(outcome, ("counted", "duplicate"))
            if number < 6:
                self.assertEqual(outcome, "duplicate", "it had been answered")
        presenter = room.staff("presenter", transport=Polling)
        presenter.view("console", lambda d: d["activities"][0]["turnout"]["answered"] == 10)
        for phase in ("closing", "closed", "revealed"):
            presenter.advance("scale", phase)
        result = self.by_polling(room).view("stage", lambda d: "result" in d["now"])["now"]["result"]
        self.assertEqual(result["people"], 10)
        self.assertEqual(result["counts"], [2, 1, 1, 1, 5])

    def expect_cut_off(self, client):
        """Polls until the server is gone."""
        try:
            while True:
                client.ws.poll(20_000)
        except (OSError, http.client.HTTPException, ValueError):
            return

    def test_polls_wait_for_news_and_make_way(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        voter = self.by_polling(room)
        presenter.advance("scale", "voting")
        voter.view("stage", lambda d: d.get("now", {}).get("phase") == "voting")
        voter.ws.poll(0)
        before = voter.ws.polls
        answers = []
        other = Polling("127.0.0.1", self.server.port)

        def wait():
            answers.append(other.post({"poll": voter.ws.id, "messages": [], "wait_ms": 25_000}))
        seq = 0
        while not answers or answers[-1]["messages"]:  # a beat may have come instead
            seq += 1
            waiting = threading.Thread(target=wait)
            waiting.start()
            time.sleep(0.5)
            id = vote(voter, 4, seq)
            self.assertEqual(voter.final(id)["outcome"], "counted")
            waiting.join()
        self.assertEqual(answers[-1], {"poll": voter.ws.id, "messages": []})
        self.assertLess(voter.ws.polls - before, 8 * seq, "not one for each message")

    def test_a_graceful_stop_is_told(self):
        room = self.server.create_room(sheet(SCALE))
        voters = [self.by_polling(room) for _ in range(3)]
        self.by_polling(room)  # who does not poll does not keep the server
        codes = []

        def end_of(voter):
            try:
                codes.append(voter.ws.close_code(30))
            except Refused as refused:  # who polls at that very moment
                codes.append(refused.status)
        threads = [threading.Thread(target=end_of, args=(voter,)) for voter in voters]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        self.assertEqual(self.server.stop(), 0)
        for thread in threads:
            thread.join()
        self.assertEqual(len(codes), 3)
        self.assertIn(GOING_AWAY, codes)
        self.assertLessEqual(set(codes), {GOING_AWAY, 503})
        self.server.start()

    def test_a_participant_has_one_connection_of_either_kind(self):
        room = self.server.create_room(sheet(SCALE))
        token = room.join_token()
        polling = self.by_polling(room, token)
        socket = room.attendee(token)
        self.assertEqual(polling.ws.close_code(), MOVED)
        again = self.by_polling(room, token)
        self.assertEqual(socket.ws.close_code(), MOVED)
        again.ws.send({"type": "ping", "id": new_id()})
        again.wait(lambda: again.views.get("person"))


class Hostile(PollingTest):
    def setUp(self):
        super().setUp()
        self.room = self.server.create_room(sheet(CHOICE, SCALE))

    def refusal(self, body, **options):
        with self.assertRaises(Refused) as refused:
            Polling("127.0.0.1", self.server.port, **options).post(body)
        return refused.exception.status, refused.exception.code

    def hello(self, token):
        return {"type": "hello", "id": new_id(), "token": token, "version": 0}

    def test_only_our_own_pages_poll(self):
        port = self.server.port
        body = {"messages": [self.hello(self.room.join_token())]}
        for origin in (None, "null", "http://evil.example", f"http://127.0.0.1:{port}.evil.example",
                       f"https://evil.example:{port}", "http://127.0.0.1"):
            self.assertEqual(self.refusal(body, origin=origin), (403, "wrong-origin"), origin)
        status, _ = self.server.request("GET", "/api/v1/poll",
                                        headers={"Origin": f"http://127.0.0.1:{port}"})
        self.assertEqual(status, 405)

    def test_bodies_that_are_no_polls(self):
        for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"messages":1}',
                     b'{"messages":[],"messages":[]}', b'{"messages":[]}',
                     b'{"poll":"../../etc/passwd","messages":[]}', b'{"messages":[1],"wait_ms":-1}',
                     json.dumps({"poll": "0" * 32, "messages": [], "wait_ms": 10**9})):
            status, code = self.refusal(body)
            self.assertEqual((status, code), (400, "bad-request"), body)
        for id in ("0" * 32, new_id(), "f" * 32):
            self.assertEqual(self.refusal({"poll": id, "messages": []}), (410, "gone"))
        self.assertEqual(self.metric("plenum_polling_clients"), 0)

    def test_sizes(self):
        hello = self.hello(self.room.join_token())
        self.assertEqual(self.refusal({"messages": [hello, {"x": "y" * 17_000}]})[0], 413)
        large = {"id": new_id(), "type": "result.look", "activity": "x" * 20_000}
        presenter = Polling("127.0.0.1", self.server.port)
        presenter.send(self.hello(self.room.tokens["presenter"]))
        presenter.poll(1000)
        presenter.unsent = [large]
        presenter.poll(1000, token=self.room.tokens["presenter"])
        self.assertIsNone(presenter.closed, "staff may say more")
        voter = self.room.attendee(transport=Polling)
        voter.ws.send({"type": "ping", "id": new_id(), "pad": "x" * 5000})
        self.assertEqual(voter.ws.close_code(), TOO_BIG)

    def test_strangers_and_forged_tokens(self):
        token = self.room.tokens["presenter"]
        for forged in ("", "x", token[:-1], token + "A", self.server.organiser):
            client = Polling("127.0.0.1", self.server.port)
            client.send(self.hello(forged))
            self.assertEqual(client.receive()["code"], "not-permitted")
            self.assertEqual(client.close_code(), POLICY)
        client = Polling("127.0.0.1", self.server.port)
        client.send({"type": "ping", "id": new_id()})
        self.assertEqual(client.receive()["code"], "bad-message")
        self.assertEqual(client.close_code(), POLICY)
        client = Polling("127.0.0.1", self.server.port)
        client.unsent = [1, None, {"type": "hello"}]
        client.poll(1000)
        self.assertEqual(client.closed["code"], POLICY)
        self.assertEqual(self.metric("plenum_polling_clients"), 0)

    def test_floods_are_answered_busy_and_memory_stays(self):
        presenter = self.room.staff("presenter")
        presenter.advance("scale", "voting")
        voters = [self.room.attendee(transport=Polling) for _ in range(20)]
        before = self.server.memory()
        for voter in voters:
            busy = 0
            for _ in range(100):
                voter.ws.unsent = [{"type": "ping", "id": new_id()} for _ in range(200)]
                voter.ws.poll(0)
                busy += sum(m.get("code") == "busy" for m in voter.ws.heard)
                voter.ws.heard = []
                if busy > 100:
                    break
            self.assertGreater(busy, 100)
        self.assertLess(self.server.memory() - before, 60_000_000)
        time.sleep(6)
        id = vote(voters[0], 3)
        self.assertEqual(voters[0].final(id)["outcome"], "counted")

    def test_many_who_say_hello_and_never_come_back(self):
        token = self.room.tokens["display"]
        for _ in range(200):
            client = Polling("127.0.0.1", self.server.port)
            client.send(self.hello(token))
            client.poll(0)
            client.drop()
        self.assertLessEqual(self.metric("plenum_polling_clients"), 200)
        self.assertGreater(self.metric("plenum_polling_clients"), 0)
        deadline = time.monotonic() + 90
        while self.metric("plenum_polling_clients") > 0:
            self.assertLess(time.monotonic(), deadline, "they are never forgotten")
            time.sleep(1)


if __name__ == "__main__":
    unittest.main()
