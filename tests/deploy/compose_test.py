"""deploy/compose.yaml without containers: docker-compose reads it, and what it says of the brokers,
the nodes and the program's flags fits together. installation_test.py then really runs it."""

import base64
import pathlib
import re
import tempfile
import unittest

import yaml
from kit import DEPLOY, flags_of, must, run, settings_of

FILE = DEPLOY / "compose.yaml"
BROKERS = ["kafka-1", "kafka-2", "kafka-3"]
NODES = ["plenum-a", "plenum-b"]


def read(path=FILE):
    return yaml.safe_load(must("docker-compose", "-f", path, "config"))


class ComposeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.whole = read()
        cls.services = cls.whole["services"]

    def test_docker_compose_notices_what_does_not_fit(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "compose.yaml"
            for old, new in (("service_completed_successfully", "service_completed"),
                             ("keys: {}", "other: {}"),
                             ("  init: true", "  inti: true")):
                self.assertIn(old, FILE.read_text())
                path.write_text(FILE.read_text().replace(old, new))
                self.assertNotEqual(run("docker-compose", "-f", path, "config").returncode, 0, new)

    def test_brokers_are_one_cluster_that_keeps_its_data(self):
        settings = {name: self.services[name]["environment"] for name in BROKERS}
        ids = {s["CLUSTER_ID"] for s in settings.values()}
        self.assertEqual(len(ids), 1)
        self.assertEqual(len(base64.urlsafe_b64decode(ids.pop() + "==")), 16)
        voters = ",".join(f"{s['KAFKA_NODE_ID']}@{name}:9093" for name, s in settings.items())
        for name, setting in settings.items():
            self.assertEqual(setting["KAFKA_CONTROLLER_QUORUM_VOTERS"], voters)
            self.assertEqual(setting["KAFKA_ADVERTISED_LISTENERS"], f"PLAINTEXT://{name}:9092")
            self.assertEqual(self.services[name]["hostname"], name)
            kept = [v.split(":")[1] for v in self.services[name]["volumes"]]
            self.assertIn(setting["KAFKA_LOG_DIRS"], kept, "its log must outlive the container")

    def test_nothing_that_could_lose_a_vote(self):
        for name in BROKERS:
            settings = self.services[name]["environment"]
            self.assertEqual(settings["KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE"], "false")
            self.assertEqual(settings["KAFKA_AUTO_CREATE_TOPICS_ENABLE"], "false")
            self.assertGreaterEqual(int(settings["KAFKA_MIN_INSYNC_REPLICAS"]), 2)
            self.assertNotIn("ports", self.services[name], "brokers without TLS are for nobody else")
            self.assertEqual(list(self.services[name]["networks"]), ["kafka"])
        self.assertTrue(self.whole["networks"]["kafka"]["internal"])

    def test_nodes_know_all_brokers_and_share_their_secrets(self):
        kept = {}
        for name in NODES + ["topics"]:
            environment = self.services[name]["environment"]
            self.assertEqual(environment["PLENUM_KAFKA"], ",".join(f"{b}:9092" for b in BROKERS))
            self.assertLessEqual({n for n in environment if n.startswith("PLENUM_")}, settings_of())
        for name in NODES:
            volumes = dict(v.split(":")[1::-1] for v in self.services[name]["volumes"])
            self.assertEqual(volumes[self.services[name]["environment"]["PLENUM_KEYS"]], "keys")
            kept[name] = volumes["/var/lib/plenum"]
            # A new volume takes over the owner of the folder in the image.
            for folder in volumes:
                self.assertIn(folder, (DEPLOY / "Dockerfile").read_text())
        self.assertEqual(len(set(kept.values())), len(NODES), "each folds for itself")

    def test_the_topics_are_made_by_flags_that_exist(self):
        command = self.services["topics"]["command"]
        self.assertEqual(command[0], "topics")
        self.assertLessEqual({part[2:] for part in command if part.startswith("--")},
                             flags_of("topics"))
        self.assertEqual(command[command.index("--replication") + 1], "3")

    def test_the_proxy_names_the_nodes(self):
        proxy = (DEPLOY / "proxy" / "haproxy.cfg").read_text()
        self.assertEqual(set(re.findall(r"-(plenum-\w+):8080", proxy)), set(NODES))
        self.assertIn("proxy:/usr/local/etc/haproxy:ro", self.services["proxy"]["volumes"][0])

    def test_no_container_is_more_than_it_must_be(self):
        for name in NODES + ["topics", "proxy"]:
            self.assertTrue(self.services[name]["read_only"], name)
            self.assertEqual(self.services[name]["cap_drop"], ["ALL"])
            self.assertIn("no-new-privileges:true", self.services[name]["security_opt"])


if __name__ == "__main__":
    unittest.main()
