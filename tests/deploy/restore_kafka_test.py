"""What deploy/README.md says of backups on Kafka, carried out: the brokers' folders and the secrets are
enough, the nodes' own folders are not needed, and without the secrets nothing opens."""

import pathlib
import shutil
import sys
import tempfile
import unittest

from kit import PROGRAM, ROOT, must, run
from plenum import Server
from sheets import DECK, SCALE, sheet

sys.path.insert(0, str(ROOT / "tests" / "kafka"))
from cluster import Cluster  # noqa: E402 (where it is, the line above says)

TEXTS = {**DECK, "id": "texts"}
TEXT = "Meet outside once a week."


class RestoreKafkaTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="plenum-restore-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.cluster = Cluster(folder=self.folder / "kafka")
        self.addCleanup(self.cluster.close)
        must(PROGRAM, "topics", "--kafka", self.cluster.bootstrap, "--create")

    def serve(self, name, keys):
        (self.folder / name).mkdir()
        server = Server(data=self.folder / name, flags=[
            "--kafka", self.cluster.bootstrap, "--keys", str(self.folder / keys)]).__enter__()
        self.addCleanup(server.__exit__)
        return server

    def brokers(self):
        return [broker.folder / "data" for broker in self.cluster.brokers.values()]

    def test_brokers_and_secrets_are_enough(self):
        server = self.serve("first", "keys")
        room = server.create_room(sheet(SCALE, TEXTS))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        presenter.advance("texts", "collecting")
        people = [room.attendee() for _ in range(5)]
        for number, person in enumerate(people):
            person.ask("ballot.cast", activity="scale", generation=1, seq=1,
                       ballot={"kind": "scale", "value": 1 + number})
        self.assertEqual(people[0].result_of("item.add", activity="texts", generation=1, text=TEXT),
                         "accepted")
        for client in [presenter, *people]:
            client.close()
        before = room.state()

        # The backup, and then the loss of everything.
        self.assertEqual(server.stop(), 0)
        self.cluster.stop_all()
        for data in self.brokers():
            shutil.copytree(data, self.folder / "backup" / data.parent.name)
            shutil.rmtree(data)
        shutil.copytree(self.folder / "keys", self.folder / "backup" / "keys")
        shutil.rmtree(self.folder / "keys")
        shutil.rmtree(self.folder / "first")

        for data in self.brokers():
            shutil.copytree(self.folder / "backup" / data.parent.name, data)
        self.cluster.start_all()
        self.refuses_without_the_secrets()
        server = self.serve("second", "backup/keys")
        room.server = server
        self.assertEqual(room.state(), before)
        author = room.attendee(people[0].token)
        self.assertIn(TEXT, str(author.view("person")))
        said = author.result_of("ballot.cast", activity="scale", generation=1, seq=2,
                                ballot={"kind": "scale", "value": 5})
        self.assertEqual(said, "counted")

    def refuses_without_the_secrets(self):
        (self.folder / "other-keys").mkdir()
        done = run(PROGRAM, "serve", "--data", self.folder / "stranger", "--keys", self.folder / "other-keys",
                   "--kafka", self.cluster.bootstrap, "--listen", "127.0.0.1:0")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("keys", done.stderr)


if __name__ == "__main__":
    unittest.main()
