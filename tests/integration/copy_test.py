"""A machine dies in the venue: `plenum copy` keeps a second folder, which is served in its place."""

import json
import pathlib
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import unittest

from plenum import PROGRAM, Client, Closed, Server, new_id, run
from rehearse_kit import PUBLISHED_DOTS, PUBLISHED_TOPICS, Rehearsal
from sheets import DOTS, SCALE, sheet

IN_TIME = 60  # seconds from the death of the machine to the first vote that counts again


class Copy:
    """`plenum copy --json` as a child process; `last` is the newest line that it printed."""

    def __init__(self, server, data):
        self.data = data
        self.lines = []
        self.process = subprocess.Popen(
            [PROGRAM, "copy", "--from", server.url, "--token-file", server.data / "organiser.token",
             "--data", data, "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def wait(self, condition, timeout=30):
        deadline = time.monotonic() + timeout
        while not (self.lines and condition(self.lines[-1])):
            if self.process.poll() is not None:
                raise AssertionError("the copy ended: " + self.process.stderr.read())
            if time.monotonic() > deadline:
                raise AssertionError(f"not in time: {self.lines[-3:]}")
            time.sleep(0.02)

    def in_step(self, entries=0):
        self.wait(lambda line: line["connected"] and line["behind"] == 0
                  and line["entries"] >= entries)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.process.stderr.close()
        return code


class Watch:
    """What the server says about its copy, all the time."""

    def __init__(self, server):
        self.server = server
        self.token = server.organiser
        self.said = []
        self.over = False
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self):
        while not self.over:
            try:
                status, answer = self.server.request("GET", "/api/v1/status", token=self.token)
            except OSError:
                break
            if status == 200:
                self.said += answer["copies"]
            time.sleep(0.05)

    def stop(self):
        self.over = True
        self.thread.join()
        return [copy["behind_ms"] for copy in self.said if copy["connected"]]


def metric(server, name):
    _, text = server.request("GET", "/metrics")
    lines = [line for line in text.decode().splitlines() if line.startswith(name)]
    return float(lines[0].split()[-1]) if lines else None


def promote(server, data, *flags):
    """The copy's folder is served under the same address."""
    server.data = pathlib.Path(data)
    server.flags = list(flags)
    server.start()


def wait_until(condition, timeout, what):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not in time: {what}")
        time.sleep(0.02)


class ALostMachine(unittest.TestCase):
    def test_the_day_goes_on_when_the_machine_is_destroyed_in_the_middle_of_the_dots(self):
        with tempfile.TemporaryDirectory(prefix="plenum-test-") as folder, Server() as server:
            original = server.data
            copy = Copy(server, pathlib.Path(folder) / "copy")
            copy.in_step()
            watch = Watch(server)
            rehearsal = Rehearsal(server, "--attendees", 100, "--seed", 7, speed=30)
            said = []
            reader = threading.Thread(
                target=lambda: said.extend(iter(rehearsal.process.stderr.readline, "")), daemon=True)
            reader.start()
            wait_until(lambda: any("gallery: voting" in line for line in said), 240, "the dots")
            time.sleep(0.7)  # in the middle of the voting
            behind = watch.stop()
            counted = metric(server, 'plenum_outcomes_total{outcome="counted"}')
            self.assertEqual(metric(server, "plenum_copies_connected"), 1)
            died = time.monotonic()
            server.kill()
            shutil.rmtree(original)

            wait_until(lambda: not copy.lines[-1]["connected"], 10, "the copy says that it is cut off")
            self.assertEqual(copy.stop(), 0)
            promote(server, copy.data)
            wait_until(lambda: metric(server, 'plenum_outcomes_total{outcome="counted"}'), IN_TIME,
                       "votes count again")
            again = time.monotonic() - died
            self.assertLess(again, IN_TIME)
            said_at_the_end, _ = self.finish(rehearsal)
            self.assertEqual([row["score"] for row in said_at_the_end["dotmocracy"]],
                             PUBLISHED_DOTS)
            self.assertEqual([row["title"] for row in said_at_the_end["topics"]], PUBLISHED_TOPICS)
            self.assertEqual(said_at_the_end["confidence"], {"start": 3.33, "end": 4.00})
            self.assertGreater(counted, 0)
            self.assertGreater(len(behind), 20, "the console knew all along")
            self.assertLess(statistics.median(behind), 1000)
            print(f"voting again {again:.1f} s after the machine died; the copy was "
                  f"{statistics.median(behind)} ms behind (median of {len(behind)}, at most "
                  f"{max(behind)} ms); {said_at_the_end['reconnects']} reconnects", flush=True)
            self.assertEqual(server.stop(), 0)
            self.check_folder(copy.data, said_at_the_end["room"])

    def finish(self, rehearsal):
        """As Rehearsal.finish; its stderr is being read already."""
        rehearsal.process.stderr = None
        return rehearsal.finish(self)

    def check_folder(self, data, room):
        checked = run("fsck", "--data", data, "--json")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        out = pathlib.Path(data) / "export.ndjson"
        exported = run("export", "--data", data, "--room", room, "-o", out)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        status = json.loads(pathlib.Path(str(out) + ".state.json").read_text())
        audited = run("audit", out, "--state", status["state"], "--root", status["root"])
        self.assertEqual(audited.returncode, 0, audited.stdout)


class ARoomOfOne(unittest.TestCase):
    """Small rooms, step by step."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="plenum-test-")
        self.addCleanup(self.folder.cleanup)
        self.server = Server()
        self.addCleanup(self.server.__exit__)
        self.server.start()
        self.copy_data = pathlib.Path(self.folder.name) / "copy"

    def hello(self, server, token, welcome=None):
        client = Client(server, token, greet=False)
        message = {"type": "hello", "id": new_id(), "token": token, "version": 0}
        if welcome:
            message.update(epoch=welcome["epoch"], proof=welcome["proof"])
        client.ws.send(message)
        client.wait(lambda: client.welcome)
        return client

    def test_what_the_copy_lacks_comes_back_in_its_old_order(self):
        room = self.server.create_room(sheet(SCALE))
        token = room.join_token()
        voter, presenter = room.attendee(token), room.staff("presenter")
        first = voter.welcome
        self.assertEqual(first["epoch"], 1)
        copy = Copy(self.server, self.copy_data)
        copy.in_step(4)
        copy.stop()  # from here on nothing is copied
        presenter.advance("scale", "voting")
        vote = {"activity": "scale", "generation": 1, "seq": 1,
                "ballot": {"kind": "scale", "value": 4}}
        vote_id = voter.send("ballot.cast", **vote)
        counted = voter.final(vote_id)
        self.assertEqual(counted["outcome"], "counted")
        open_id, close_id = new_id(), new_id()
        before = presenter.view("console")["activities"][0]
        closed = presenter.ask("activity.advance", id=close_id, activity="scale", to="closing",
                               seen={"generation": 1, "phase": "voting", "round": 0})
        self.assertEqual(closed["outcome"], "accepted", before)
        opened = next(iter(presenter.answers.values()))[-1]
        open_id = opened["id"]

        self.server.kill()
        promote(self.server, self.copy_data, "--gather-ms", "3000")
        self.assertIn("takes over", self.server.output())
        presenter = self.hello(self.server, room.tokens["presenter"], first)
        self.assertGreater(presenter.welcome["epoch"], 1)
        kept = presenter.welcome["kept"]
        self.assertLessEqual(kept, opened["index"])
        # The last comes first.
        presenter.send("activity.advance", id=close_id, activity="scale", to="closing",
                       seen={"generation": 1, "phase": "voting", "round": 0}, again=closed["index"])
        presenter.send("activity.advance", id=open_id, activity="scale", to="voting",
                       seen={"generation": 0, "phase": "waiting", "round": 0},
                       again=opened["index"])
        live = presenter.ask("activity.advance", activity="scale", to="voting",
                             seen={"generation": 0, "phase": "waiting", "round": 0})
        self.assertEqual((live["code"], live["retry_ms"] > 0), ("busy", True))
        voter = self.hello(self.server, token, first)
        voter.send("ballot.cast", id=vote_id, again=counted["index"], **vote)
        self.assertEqual(voter.final(vote_id, 20)["outcome"], "counted")
        self.assertEqual(presenter.final(open_id)["outcome"], "accepted")
        self.assertEqual(presenter.final(close_id)["outcome"], "accepted")
        stage = voter.view("stage", lambda d: d.get("now", {}).get("phase") in ("closing", "closed"))
        self.assertEqual(stage["now"]["turnout"]["answered"], 1)

    def test_the_old_server_that_comes_back_is_fenced(self):
        room = self.server.create_room(sheet(SCALE, DOTS))
        token = room.join_token()
        first = room.attendee(token).welcome
        copy = Copy(self.server, self.copy_data)
        copy.in_step(4)
        self.server.kill()
        copy.stop()
        new = Server()
        self.addCleanup(new.__exit__)
        promote(new, self.copy_data)
        new_welcome = self.hello(new, token, first).welcome
        # Back it comes, and knows nothing.
        self.server.start()
        innocent = self.hello(self.server, room.join_token())
        self.assertEqual(innocent.welcome["epoch"], 1)
        liar = self.hello(self.server, room.join_token(),
                          {"epoch": new_welcome["epoch"], "proof": "A" * 43})
        self.assertEqual(liar.welcome["epoch"], 1, "a number alone proves nothing")
        with self.assertRaises(Closed) as closed:
            self.hello(self.server, token, new_welcome)
        self.assertEqual(closed.exception.code, 4003)
        with self.assertRaises(Closed) as closed:
            innocent.drain(10)
            innocent.take()
        self.assertEqual(closed.exception.code, 4003)
        status, answer = self.server.request("GET", "/readyz")
        self.assertEqual((status, "replaced" in answer["text"]), (503, True))
        status, _ = self.server.request("POST", "/api/v1/join", {"code": room.code})
        self.assertEqual(status, 503)
        # Not by accident either.
        self.server.kill()
        refused = run("serve", "--data", self.server.data, "--listen", "127.0.0.1:0")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("has taken over", refused.stderr)
        self.server.flags = ["--serve-anyway"]
        self.server.start()
        back = self.hello(self.server, token, new_welcome)
        self.assertGreater(back.welcome["epoch"], new_welcome["epoch"])
        self.assertEqual(back.welcome["kept"], 0, "nobody knows what it has of the other's")

    def test_who_runs_the_day_sees_how_the_copy_stands(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")

        def beat(timeout=15):
            message = {}
            deadline = time.monotonic() + timeout
            while message.get("type") != "beat" and time.monotonic() < deadline:
                message = presenter.take(timeout)
            return message
        self.assertEqual(beat()["copy"], {"connected": 0, "behind": 0, "behind_ms": 0})
        copy = Copy(self.server, self.copy_data)
        copy.in_step()
        while beat()["copy"]["connected"] == 0:
            pass
        copy.stop()
        while beat()["copy"]["connected"] == 1:
            pass
        self.assertIn("A copy of the log is gone", self.server.output())
        self.assertEqual(metric(self.server, "plenum_copies_connected"), 0)

    def test_a_copy_is_taken_up_again_and_follows_a_server_that_was_started_again(self):
        self.server.create_room(sheet(SCALE))
        copy = Copy(self.server, self.copy_data)
        copy.in_step()
        self.server.kill()
        copy.wait(lambda line: not line["connected"])
        self.server.start()
        self.server.create_room(sheet(DOTS))
        copy.in_step()
        entries = copy.lines[-1]["entries"]
        self.assertEqual(copy.stop(), 0)
        self.server.create_room(sheet(SCALE))
        copy = Copy(self.server, self.copy_data)
        copy.in_step(entries + 1)
        self.assertEqual(copy.stop(), 0)

    def test_what_is_no_copy_is_refused(self):
        token = self.server.data / "organiser.token"

        def refusal(*flags, data=None, token_flags=("--token-file", token)):
            done = run("copy", "--data", data or self.copy_data, *token_flags, *flags)
            self.assertEqual(done.returncode != 0, True)
            return done.stderr
        here = ("--from", self.server.url)
        self.assertIn("server's folder", refusal(*here, data=self.server.data))
        room = self.server.create_room(sheet(SCALE))
        for role in ("producer", "presenter", "auditor"):
            self.assertIn("organiser", refusal(*here, token_flags=("--token", room.tokens[role])))
        self.assertIn("plain http", refusal("--from", "http://plenum.example"))
        self.assertFalse(self.copy_data.exists(), "nothing was made")
        with Server() as other:
            copy = Copy(self.server, self.copy_data)
            copy.in_step()
            used = run("serve", "--data", self.copy_data, "--listen", "127.0.0.1:0")
            self.assertIn("in use", used.stderr)
            copy.stop()
            self.assertIn("another log", refusal("--from", other.url, token_flags=(
                "--token-file", other.data / "organiser.token")))


if __name__ == "__main__":
    unittest.main(verbosity=2)
