"""The runbook of deploy/README.md, line by line as it stands there, on a server with people voting."""

import json
import os
import pathlib
import re
import signal
import tempfile
import threading
import unittest

from kit import DEPLOY, PROGRAM, must, run
from plenum import Closed, Server, new_id
from sheets import DECK, SCALE, sheet

TEXTS = {**DECK, "id": "texts"}
# What stands for systemd: the service is a child of this test.
SERVICE = """
systemctl() {
  case "$1 ${2:-}" in
    "kill --signal=SIGSTOP") kill -STOP "$SERVER" ;;
    "kill --signal=SIGCONT") kill -CONT "$SERVER" ;;
    "stop plenum" | "start plenum") printf '%s\\n' "$1" >"$TO_TEST"; read -r _ <"$FROM_TEST" ;;
    *) echo "unexpected: systemctl $*" >&2; return 1 ;;
  esac
}
"""


def block(heading, number=0):
    """The commands under a heading."""
    text = (DEPLOY / "README.md").read_text()
    part = text.split(f"### {heading}\n", 1)[1].split("\n## ")[0].split("\n### ")[0]
    return re.findall(r"```sh\n(.*?)```", part, re.DOTALL)[number]


class Voters(threading.Thread):
    """People who vote again and again until they are stopped; each keeps what it was told."""

    def __init__(self, room):
        super().__init__()
        self.room = room
        self.recorded = set()
        self.ended = threading.Event()
        self.failure = None

    def run(self):
        try:
            people = [self.room.attendee() for _ in range(8)]
            seq = 0
            while not self.ended.is_set():
                seq += 1
                for number, person in enumerate(people):
                    id = person.send("ballot.cast", new_id(), activity="scale", generation=1, seq=seq,
                                     ballot={"kind": "scale", "value": 1 + (seq + number) % 5})
                    person.final(id, 30)
                    self.recorded.add(id)
        except (AssertionError, OSError, Closed) as error:
            self.failure = error

    def stop(self):
        self.ended.set()
        self.join()
        assert self.failure is None, self.failure


class RestoreTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="plenum-restore-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        self.room = self.server.create_room(sheet(SCALE, TEXTS))
        presenter = self.room.staff("presenter")
        presenter.advance("scale", "voting")
        presenter.advance("texts", "collecting")
        self.author = self.room.attendee()
        self.text = "Meet outside once a week."
        outcome = self.author.result_of("item.add", activity="texts", generation=1, text=self.text)
        self.assertEqual(outcome, "accepted")
        presenter.close()
        self.values = {"DATA": self.server.data, "BACKUP": self.folder / "backup.tar",
                       "RESTORED": self.folder / "restored", "ROOM": self.room.id,
                       "EXPORT": self.folder / "room.ndjson", "STATE": self.folder / "state.json",
                       "SERVER": self.server.process.pid, "TO_TEST": self.folder / "to-test",
                       "FROM_TEST": self.folder / "from-test"}

    def carry_out(self, commands, **options):
        environment = {**os.environ, **{name: str(value) for name, value in self.values.items()},
                       "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
        return must("bash", "-euo", "pipefail", "-c", SERVICE + commands, env=environment, **options)

    def events_of(self, path):
        return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]

    def restore(self):
        """The parts of the runbook that both kinds of backup have in common."""
        said = self.carry_out(block("Restore, and see that it is whole", 0))
        self.assertRegex(said, r"[1-9]\d* entries folded again, 1 rooms compared: all agree")
        restored = self.values["RESTORED"]
        self.assertEqual(restored.stat().st_mode & 0o777, 0o700)
        for secret in (restored / "keys" / "master.key", restored / "organiser.token"):
            self.assertEqual(secret.stat().st_mode & 0o777, 0o600)

    def serve_restored(self):
        """From the restored folder, under the old address, as after the loss of the old one."""
        self.server.kill()
        self.server.data = self.values["RESTORED"]
        self.server.start()

    def see_that_it_lives(self):
        """The links of before still open the room, the vault still has its text, people can vote."""
        voter = self.room.attendee(self.author.token)
        self.assertIn(self.text, json.dumps(voter.view("person")))
        self.assertIn(voter.result_of("ballot.cast", activity="scale", generation=1, seq=100_000,
                                      ballot={"kind": "scale", "value": 5}), ("counted", "superseded"))

    def test_a_backup_of_a_stopped_server(self):
        voters = Voters(self.room)
        voters.start()
        while len(voters.recorded) < 50 and voters.is_alive():
            voters.join(0.05)
        voters.stop()
        before = self.room.state()
        self.values["STATE"].write_text(json.dumps(before))
        for name in ("TO_TEST", "FROM_TEST"):
            os.mkfifo(self.values[name])
        # The service stops and starts when the runbook says so.
        def serve():
            for asked in ("stop", "start"):
                with open(self.values["TO_TEST"], encoding="ascii") as pipe:
                    self.assertEqual(pipe.read().strip(), asked)
                self.assertEqual(self.server.stop(), 0) if asked == "stop" else self.server.start()
                with open(self.values["FROM_TEST"], "w", encoding="ascii") as pipe:
                    pipe.write("done\n")
        service = threading.Thread(target=serve)
        service.start()
        self.carry_out(block("While it is stopped"))
        service.join(30)
        self.restore()
        self.carry_out(block("Restore, and see that it is whole", 1))
        self.assertLessEqual(voters.recorded, {event["id"] for event in self.events_of(self.values["EXPORT"])})
        self.serve_restored()
        self.assertEqual(self.room.state(), before)
        self.see_that_it_lives()

    def test_a_backup_while_people_vote(self):
        voters = Voters(self.room)
        voters.start()
        while len(voters.recorded) < 100 and voters.is_alive():
            voters.join(0.05)
        before = set(voters.recorded)
        self.carry_out(block("While it serves"))
        after = len(voters.recorded)
        while len(voters.recorded) < after + 50 and voters.is_alive():
            voters.join(0.05)
        voters.stop()
        # Nothing that was answered before the copy is missing from it.
        self.restore()
        must(PROGRAM, "export", "--data", self.values["RESTORED"], "--room", self.room.id,
             "-o", self.values["EXPORT"])
        copied = self.events_of(self.values["EXPORT"])
        self.assertLessEqual(before, {event["id"] for event in copied})
        # It is the beginning of what the server has now, and had the same state there.
        self.assertEqual(self.server.stop(), 0)
        whole = self.folder / "whole.ndjson"
        must(PROGRAM, "export", "--data", self.server.data, "--room", self.room.id, "-o", whole)
        now = self.events_of(whole)
        self.assertGreater(len(now), len(copied))
        self.assertEqual(now[:len(copied)], copied)
        state = json.loads(pathlib.Path(f"{self.values['EXPORT']}.state.json").read_text())
        must(PROGRAM, "audit", whole, "--index", state["index"], "--root", state["root"],
             "--state", state["state"])
        self.serve_restored()
        self.assertEqual(self.room.state(), state)
        self.see_that_it_lives()

    def test_what_is_not_whole_is_noticed(self):
        self.values["STATE"].write_text(json.dumps(self.room.state()))
        self.carry_out(block("While it serves"))
        self.author.ask("ballot.cast", activity="scale", generation=1, seq=1,
                        ballot={"kind": "scale", "value": 3})
        later = self.room.state()
        self.restore()
        self.carry_out(block("Restore, and see that it is whole", 1))
        # A state that the backup never had.
        self.values["STATE"].write_text(json.dumps(later))
        with self.assertRaises(AssertionError):
            self.carry_out(block("Restore, and see that it is whole", 1))
        # A log that lost its end, and one that was written over.
        log = self.values["RESTORED"] / "log"
        for path in log.glob("*.log"):
            path.write_bytes(path.read_bytes()[:-200])
        for path in log.glob("*.sst"):
            data = bytearray(path.read_bytes())
            data[len(data) // 3] ^= 0xFF
            path.write_bytes(data)
        self.assertNotEqual(run(PROGRAM, "fsck", "--data", self.values["RESTORED"]).returncode, 0)


if __name__ == "__main__":
    unittest.main()
