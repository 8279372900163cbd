"""What deploy/compose.yaml describes, without its containers: a real Kafka with the brokers' settings, the
topics made by the command that stands there, two nodes with their environment, and the proxy with its
file. Then a day through the proxy, and brokers that go away and come back."""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from compose_test import BROKERS, NODES, read
from front import Proxy
from kit import PROGRAM, ROOT, must
from plenum import Server
from sheets import SCALE, sheet

sys.path.insert(0, str(ROOT / "tests" / "kafka"))
from cluster import Cluster  # noqa: E402 (where it is, the line above says)

# Where brokers listen and keep their data is the test's, as it is the container's there.
PLACES = ("LISTENERS", "ADVERTISED_LISTENERS", "CONTROLLER_QUORUM_VOTERS", "LOG_DIRS", "HEAP_OPTS",
          "LISTENER_SECURITY_PROTOCOL_MAP", "INTER_BROKER_LISTENER_NAME")


class ComposedCluster(Cluster):
    """Brokers with the settings of compose.yaml; as the image does, KAFKA_A_B is a.b."""

    def __init__(self, services):
        self._services = services
        super().__init__(brokers=len(BROKERS))

    @property
    def id(self):
        return self._services[BROKERS[0]]["environment"]["CLUSTER_ID"]

    @id.setter
    def id(self, _):
        pass

    def _settings(self, broker):
        environment = self._services[BROKERS[broker.number - 1]]["environment"]
        named = {name.removeprefix("KAFKA_"): value for name, value in environment.items()
                 if name.startswith("KAFKA_")}
        lines = [f"{name.lower().replace('_', '.')}={value}" for name, value in named.items()
                 if name not in PLACES]
        return super()._settings(broker) + "\n".join(lines) + "\n"


class InstallationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        services = read()["services"]
        folder = tempfile.TemporaryDirectory(prefix="plenum-installation-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.cluster = ComposedCluster(services)
        cls.addClassCleanup(cls.cluster.close)
        cls.kafka = ["--kafka", cls.cluster.bootstrap]
        must(PROGRAM, *services["topics"]["command"], *cls.kafka)
        cls.nodes = []
        for name in NODES:  # one after the other: the first makes the secrets
            environment = dict(services[name]["environment"], PLENUM_KAFKA=cls.cluster.bootstrap,
                               PLENUM_KEYS=str(cls.folder / "keys"))
            del environment["PLENUM_PUBLIC_URL"]  # the proxy's port is another here
            (cls.folder / name).mkdir()
            node = Server(data=cls.folder / name, environment=environment).__enter__()
            cls.addClassCleanup(node.__exit__)
            cls.nodes.append(node)
        cls.proxy = Proxy([f"127.0.0.1:{node.port}" for node in cls.nodes]).__enter__()
        cls.addClassCleanup(cls.proxy.__exit__)
        time.sleep(1.5)  # it has found both to be ready

    def rehearse(self, *flags):
        """A day through the proxy."""
        return subprocess.Popen(
            [PROGRAM, "rehearse", "--url", f"http://127.0.0.1:{self.proxy.port}", "--token-file",
             self.nodes[1].data / "organiser.token", "--random", "--json", *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ends_well(self, process):
        output, errors = process.communicate(timeout=400)
        self.assertEqual(process.returncode, 0, output[-3000:] + errors[-3000:])
        return json.loads(output)

    def ready(self, node):
        try:
            return node.request("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def until(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.1)

    def states_of(self, room):
        return [node.request("GET", f"/api/v1/rooms/{room.id}/state", token=room.tokens["auditor"])
                for node in self.nodes]

    def test_1_the_topics_that_were_made_pass_the_check(self):
        must(PROGRAM, "topics", *self.kafka)

    def test_2_people_of_one_room_on_two_nodes(self):
        front = self.proxy.before(self.nodes[0])
        room = front.create_room(sheet(SCALE))
        # These clients do not come again when a node has not heard of their room yet.
        self.until(lambda: all(status == 200 for status, _ in self.states_of(room)), 10,
                   "both nodes to know the room")
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        people = [room.attendee() for _ in range(6)]
        for number, person in enumerate(people):
            said = person.result_of("ballot.cast", activity="scale", generation=1, seq=1,
                                    ballot={"kind": "scale", "value": 1 + number % 5})
            self.assertEqual(said, "counted")
        for node in self.nodes:
            text = node.request("GET", "/metrics")[1].decode()
            self.assertRegex(text, r"(?m)^plenum_connections [1-9]", "the proxy uses both")
        presenter.view("console", lambda d: d["activities"][0]["turnout"]["answered"] == 6)
        def agree():
            (first, one), (second, other) = self.states_of(room)
            return first == second == 200 and one == other
        self.until(agree, 10, "both nodes to have the same state")

    def test_3_a_day_with_a_dead_broker_and_a_dead_node(self):
        day = self.rehearse("--attendees", "40", "--speed", "0", "--seed", "5")
        time.sleep(3)
        self.cluster.kill(2)
        time.sleep(4)
        self.nodes[0].kill()
        time.sleep(4)
        if day.poll() is not None:
            self.fail("the day was over before the faults were: " + day.communicate()[1][-3000:])
        self.cluster.start(2)
        self.nodes[0].start()
        result = self.ends_well(day)
        self.assertEqual([result["lost"], result["duplicated"], result["mismatches"]], [0, 0, 0])
        self.assertGreater(result["reconnects"], 0)
        self.until(lambda: all(map(self.ready, self.nodes)), 30, "both nodes to be ready")

    def test_4_without_brokers_people_still_get_their_page(self):
        self.cluster.kill_all()
        try:
            self.until(lambda: not any(map(self.ready, self.nodes)), 30, "the nodes to notice")
            time.sleep(3)  # so does the proxy
            self.assertEqual({self.proxy.get("/")[0] for _ in range(20)}, {200})
            self.assertEqual(self.proxy.get("/readyz")[0], 503)
        finally:
            self.cluster.start_all()
        self.until(lambda: all(map(self.ready, self.nodes)), 60, "both nodes to be ready again")
        self.until(lambda: self.proxy.get("/readyz")[0] == 200, 10, "the proxy to notice")

    def test_5_nodes_say_that_they_agree(self):
        for node in self.nodes:
            text = node.request("GET", "/metrics")[1].decode()
            self.assertRegex(text, r"(?m)^plenum_peers 1$")
            self.assertRegex(text, r"(?m)^plenum_peer_digests_compared [1-9]")
            self.assertRegex(text, r"(?m)^plenum_peer_digests_differing 0$")


if __name__ == "__main__":
    unittest.main()
