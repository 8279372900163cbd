"""What faults happen to: nodes behind a proxy, on a real Kafka or on the built-in log; and the
rehearsal of a day whose clients live through it."""

import contextlib
import json
import pathlib
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("integration", "kafka"):
    sys.path.insert(0, str(HERE.parent / folder))

from cluster import Cluster, Failed  # noqa: E402
from net import Net  # noqa: E402
from plenum import PROGRAM, Server, run  # noqa: E402
from process import start_tied  # noqa: E402
from proxy import Proxy  # noqa: E402

PREFIX = "plenum"
ROOM_PARTITIONS = 8
SAMPLE_EVERY = 0.5  # seconds


class Node(Server):
    """`plenum serve` on a folder, which may be frozen, and lives no longer than the test."""

    def __init__(self, folder, flags, host="127.0.0.1", inside=(), environment=None):
        super().__init__(folder, flags, environment)
        self.host, self.inside = host, list(inside)
        self.paused = False

    def launch(self):
        self.log = open(str(self.data) + ".log", "ab")
        self.process = start_tied(
            [*self.inside, PROGRAM, "serve", "--data", str(self.data), "--listen",
             f"{self.host}:{self.port}", *self.flags],
            stdout=self.log, stderr=self.log, env=self.environment)

    def start(self):
        self.launch()
        self.wait_ready(120)

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, number):
        self.process.send_signal(number)


class World:
    """Brokers (0: the built-in log), nodes and a proxy; use it as a context. In the nodes'
    environment `{node}` stands for a node's number."""

    def __init__(self, folder, brokers=3, nodes=2, net=False, data=None, environment=None):
        self.folder = pathlib.Path(folder)
        self.environment = environment or {}
        self._ends = contextlib.ExitStack()
        try:
            self._build(brokers, nodes, net, pathlib.Path(data or folder))
        except BaseException:
            self.close()
            raise

    def _build(self, brokers, nodes, net, data):
        self.net = self.cluster = None
        names = [f"broker-{n + 1}" for n in range(brokers)]
        names += [f"node-{n + 1}" for n in range(nodes)]
        if net:
            self.net = Net(names)
            self._ends.callback(self.net.close)
        place = {name: {"host": self.net.address(name), "inside": self.net.inside(name)} if net else
                 {"host": "127.0.0.1", "inside": []} for name in names}
        flags = []
        if brokers:
            of_brokers = [place[name] for name in names[:brokers]]
            self.cluster = self._ends.enter_context(Cluster(
                self.folder / "kafka", brokers, hosts=[b["host"] for b in of_brokers],
                inside=[b["inside"] for b in of_brokers]))
            on_kafka = ["--kafka", self.cluster.bootstrap, "--kafka-prefix", PREFIX]
            made = run("topics", *on_kafka, "--create", "--partitions", ROOM_PARTITIONS,
                       "--replication", brokers)
            assert made.returncode == 0, made.stderr + made.stdout
            flags = [*on_kafka, "--keys", str(self.folder / "keys")]
        self.nodes = []
        for number, name in enumerate(names[brokers:], start=1):
            self.nodes.append(Node(self._make(data / name), flags,
                                   environment=self._environment(number), **place[name]))
        for node in self.nodes:
            self._ends.callback(node.kill)
            node.start()
        self.proxy = Proxy([(node.host, node.port) for node in self.nodes])
        self._ends.callback(self.proxy.close)
        self.until(lambda: self.proxy.ready() == nodes, 30, "the proxy to see all nodes")

    def _environment(self, number):
        return {name: value.replace("{node}", str(number))
                for name, value in self.environment.items()}

    @staticmethod
    def _make(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._ends.close()

    @staticmethod
    def until(condition, timeout, what):
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {timeout} s in vain for {what}")
            time.sleep(0.1)

    def leader(self, room):
        """The broker that leads the room's partition."""
        return self.cluster.leader_of(PREFIX + ".rooms", int(room[:16], 16) % ROOM_PARTITIONS)

    def settle(self, timeout=60):
        """Everything runs, and every node says that it is ready."""
        if self.cluster:
            for number, broker in self.cluster.brokers.items():
                if not broker.runs():
                    self.cluster.start(number)
            self.cluster.wait()
        for node in self.nodes:
            if not node.runs():
                node.start()
        try:
            self.until(lambda: self.proxy.ready() == len(self.nodes), timeout, "all nodes")
        except AssertionError as problem:
            said = [node.request("GET", "/readyz") for node in self.nodes if node.runs()]
            raise AssertionError(f"{problem}: {said}") from problem

    def records(self, room):
        """The room's events as they stand in the topic, read by kcat."""
        done = subprocess.run(
            ["kcat", "-C", "-e", "-q", "-b", self.cluster.bootstrap, "-t", PREFIX + ".rooms", "-p",
             str(int(room[:16], 16) % ROOM_PARTITIONS), "-f", "%k %s\n"],
            capture_output=True, timeout=120, check=True)
        return [line.split(b" ", 1)[1] for line in done.stdout.splitlines()
                if line.startswith(room.encode())]


class Rehearsal:
    """`plenum rehearse` through the proxy, until `finish`."""

    def __init__(self, world, folder, attendees, seed, speed=0):
        self.folder = folder
        self.history, self.export = folder / "history.ndjson", folder / "export.ndjson"
        with (open(folder / "rehearse.json", "wb") as out,
              open(folder / "rehearse.log", "wb") as log):
            self.process = start_tied(
                [PROGRAM, "rehearse", "--url", world.proxy.url, "--token",
                 world.nodes[0].organiser, "--attendees", str(attendees), "--seed", str(seed),
                 "--speed", str(speed), "--json", "--history", str(self.history), "--export",
                 str(self.export)], stdout=out, stderr=log)
        self.began = time.monotonic()
        World.until(lambda: self.history.exists() and self.history.read_bytes().endswith(b"\n")
                     or self.process.poll() is not None, 60, "the rehearsal's room")
        if not self.runs():
            raise AssertionError("the rehearsal ended at once: " + self.said())
        made = json.loads(self.history.read_text().splitlines()[0])
        self.room, self.token = made["room"], made["tokens"]["auditor"]

    def runs(self):
        return self.process.poll() is None

    def said(self):
        return (self.folder / "rehearse.log").read_text(errors="replace")[-1500:]

    def end(self):
        if self.runs():
            self.process.kill()
            self.process.wait()

    def finish(self, timeout):
        """The object that it printed, or None if it could not go on."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(1, self.began + timeout - time.monotonic()))
        self.end()
        text = (self.folder / "rehearse.json").read_text()
        return json.loads(text) if text else None


def state_of(node, room, token):
    """Position and digest that a node claims, or None if it does not answer."""
    with contextlib.suppress(OSError, TimeoutError, ValueError, AttributeError):
        status, answer = node.request("GET", f"/api/v1/rooms/{room}/state", token=token)
        if status == 200:
            return answer
    return None


def exported(node, rehearsal):
    path = f"/api/v1/rooms/{rehearsal.room}/export"
    status, body = node.request("GET", path, token=rehearsal.token)
    assert status == 200, (status, body)
    return body.splitlines()


class Sampler:
    """Asks every node for its position and digest, again and again, on a thread of its own."""

    def __init__(self, world, room, token):
        self.samples = {number: [] for number in range(len(world.nodes))}
        self._ask = [(number, node) for number, node in enumerate(world.nodes)]
        self._room, self._token = room, token
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=pair, daemon=True)
                         for pair in self._ask]
        for thread in self._threads:
            thread.start()

    def _run(self, number, node):
        while not self._end.wait(SAMPLE_EVERY):
            state = state_of(node, self._room, self._token)
            if state:
                self.samples[number].append(state)

    def finish(self):
        self._end.set()
        for thread in self._threads:
            thread.join(60)
        return self.samples


__all__ = ["Failed", "Node", "Rehearsal", "Sampler", "World", "exported", "state_of"]
