#!/usr/bin/env python3
"""What `plenum serve --kafka` and `plenum topics` refuse at the start, in one clear sentence, and
what they set aside; on a real Kafka."""

import concurrent.futures
import os
import pathlib
import shutil
import sys
import unittest

from kafka.admin import KafkaAdminClient, NewTopic

from cluster import Cluster
from nodes_kit import Log

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from plenum import PROGRAM, Server, run  # noqa: E402: the client kit of the other folder
from ports import free_port  # noqa: E402
from sheets import SCALE, sheet  # noqa: E402

PATIENCE = 20  # seconds until a start must have said why it does not


def setUpModule():
    global cluster, log
    cluster = unittest.enterModuleContext(Cluster(brokers=1))
    log = unittest.enterModuleContext(Log(cluster, "starts"))
    with log.node("first") as node:
        node.create_room(sheet(SCALE))


class Starts(unittest.TestCase):
    def refused(self, *command, sentences=1, code=1):
        """A command that must not get far: its sentence."""
        ended = run(*command, timeout=PATIENCE)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        lines = [line for line in ended.stderr.splitlines() if line.startswith("plenum: ")]
        self.assertEqual(len(lines), sentences, ended.stderr)
        for line in lines:
            self.assertTrue(line.endswith("."), line)
        return lines[0]

    def serve(self, name, **options):
        return ["serve", "--listen", "127.0.0.1:0", *log.of_node(name, **options)]

    def test_topics_that_are_missing(self):
        said = self.refused(*self.serve("none", prefix="other"))
        for topic in ("directory", "rooms", "vault", "nodes"):
            self.assertIn(f"other.{topic} does not exist", said)
        self.assertIn("plenum topics --create", said)
        self.refused("topics", "--kafka", cluster.bootstrap, "--kafka-prefix", "other", sentences=4)
        self.assertFalse((log.folder / "none" / "keys").exists())

    def test_keys_that_are_not_the_others(self):
        keys = log.folder / "other-keys"
        said = self.refused(*self.serve("none", keys=keys))
        self.assertIn(str(keys), said)

    def test_a_folder_with_a_log_of_its_own(self):
        with Server(log.folder / "own"):
            pass
        said = self.refused(*self.serve("own"))
        self.assertIn("has a log of its own", said)
        with Server(log.folder / "own"):
            pass

    def test_a_folder_of_another_log(self):
        with Log(cluster, "starts-other") as other:
            other.keys = log.keys
            with other.node("node") as node:
                room = node.create_room(sheet(SCALE))
                self.assertEqual(node.state(room)["index"], 2)
                self.assertEqual(node.stop(), 0)
            self.refuses_the_copy_of_another_vault(other.folder / "node")
            self.sets_read_models_aside(other.folder / "node" / "read-models", room)

    def refuses_the_copy_of_another_vault(self, folder):
        """It may be the last one of its texts and keys."""
        shutil.copytree(folder, log.folder / "moved")
        for _ in range(2):
            self.assertIn("starts-other.vault", self.refused(*self.serve("moved")))
        self.assertEqual(sorted(os.listdir(log.folder / "moved")), sorted(os.listdir(folder)))

    def sets_read_models_aside(self, models, room):
        """They can be made anew."""
        shutil.copytree(models, log.folder / "aside" / "read-models")
        with log.node("aside") as node:
            aside = [name for name in os.listdir(node.data) if "aside" in name]
            self.assertEqual(len(aside), 1)
            self.assertIn(aside[0], node.output())
            status, said = node.request("GET", f"/api/v1/rooms/{room.id}/state",
                                        token=room.tokens["auditor"])
            self.assertEqual(status, 404, said)

    def test_nobody_listens(self):
        address = f"127.0.0.1:{free_port()}"
        commands = [["topics", "--kafka", address]]
        commands += [[name, "--data", log.folder / f"none-{name}", "--kafka", address]
                     for name in ("serve", "project")]
        with concurrent.futures.ThreadPoolExecutor() as pool:  # each waits for a while
            for said in pool.map(lambda command: self.refused(*command), commands):
                self.assertIn(address, said)

    def test_a_security_file_that_is_wrong(self):
        file = log.folder / "security"
        serve = [*self.serve("none"), "--kafka-security", file]
        for text, word in (("acks=0\n", '"acks" is none of'), ("sasl.password\n", "NAME=VALUE"),
                           (None, "cannot be read")):
            file.write_text(text) if text else file.unlink()
            self.assertIn(word, self.refused(*serve, code=2))
        file.write_text("security.protocol=sometimes\n")
        self.assertIn("security.protocol", self.refused(*serve))
        file.write_text("security.protocol=ssl\n")
        self.assertIn("SSL", self.refused(*serve), "these brokers speak no TLS")

    def test_settings_that_could_lose_votes(self):
        client = KafkaAdminClient(bootstrap_servers=cluster.bootstrap)
        self.addCleanup(client.close)
        client.create_topics([NewTopic("weak.rooms", 8, 1, topic_configs={
            "retention.ms": "604800000", "unclean.leader.election.enable": "true",
            "message.timestamp.type": "LogAppendTime", "max.message.bytes": "1048588"})])
        flags = ["--kafka", cluster.bootstrap, "--kafka-prefix", "weak"]
        self.refused("topics", *flags, "--create", "--replication", 1, sentences=3)
        said = self.refused(*self.serve("none", prefix="weak"))
        for sentence in ("weak.rooms: retention.ms is 604800000 but must be -1.",
                         "weak.rooms: unclean.leader.election.enable is true but must be false."):
            self.assertIn(sentence, said)
        self.assertIn("flush.messages", said)


if __name__ == "__main__":
    print(PROGRAM)
    unittest.main(verbosity=2)
