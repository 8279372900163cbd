"""Nodes of one log: `plenum serve --kafka` as child processes that share their keys, each on a
folder of its own."""

import contextlib
import copy
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from plenum import Client, PROGRAM, Server, run  # noqa: E402: the client kit of the other folder
from process import start_tied  # noqa: E402

PARTITIONS = 8


def until(condition, what, timeout=30):
    """What `condition` gives, as soon as that is true."""
    deadline = time.monotonic() + timeout
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout} s in vain for {what}")
        time.sleep(0.02)
    return result


class Node(Server):
    """`plenum serve` on a folder; it dies with the test."""

    def launch(self):
        self.log = open(str(self.data) + ".log", "ab")
        self.process = start_tied(
            [PROGRAM, "serve", "--data", str(self.data), "--listen", f"{self.host}:{self.port}",
             *self.flags], stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self  # it runs, see Log.node

    def start(self):
        self.launch()
        self.wait_ready()

    def ready(self):
        """Status and body of /readyz; (0, {}) while nobody listens."""
        with contextlib.suppress(OSError):
            return self.request("GET", "/readyz")
        return 0, {}

    def metrics(self):
        """The ones without labels, by name without `plenum_`."""
        text = self.request("GET", "/metrics")[1].decode()
        return {name: float(value)
                for name, value in re.findall(r"^plenum_([a-z_]+) (\S+)$", text, re.M)}

    def state(self, room):
        """Position and digest of a room here."""
        status, answer = self.request("GET", f"/api/v1/rooms/{room.id}/state",
                                      token=room.tokens["auditor"])
        assert status == 200, (status, answer)
        return answer


class Log:
    """Topics of one prefix, and the nodes on them; use it as a context."""

    def __init__(self, cluster, prefix, replication=1):
        self.cluster, self.prefix, self.replication = cluster, prefix, replication
        self.flags = ["--kafka", cluster.bootstrap, "--kafka-prefix", prefix]
        self._ends = contextlib.ExitStack()
        folder = self._ends.enter_context(tempfile.TemporaryDirectory(prefix="plenum-nodes-"))
        self.folder = pathlib.Path(folder)
        self.keys = self.folder / "keys"
        self.make()

    def make(self):
        made = run("topics", *self.flags, "--create", "--partitions", PARTITIONS, "--replication",
                   self.replication)
        assert made.returncode == 0, made.stderr + made.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._ends.close()

    def of_node(self, name, keys=None, prefix=None):
        """The flags of a command about a node's folder."""
        return ["--data", self.folder / name, "--keys", keys or self.keys, "--kafka",
                self.cluster.bootstrap, "--kafka-prefix", prefix or self.prefix]

    def node(self, name, launch=False):
        """A node that is ready, or only launched."""
        node = Node(self.folder / name, [*self.flags, "--keys", str(self.keys)])
        self._ends.callback(node.kill)
        if launch:
            node.launch()
        else:
            node.start()
        return node

    def agree(self, room, *nodes):
        """Until all stand at the same entry of the room; they must have the same digest there."""
        def same():
            states = [node.state(room) for node in nodes]
            return states if len({state["index"] for state in states}) == 1 else None
        states = until(same, "the nodes to stand at the same entry")
        assert all(state == states[0] for state in states), states
        return states[0]

    def records(self, room):
        """Offset and bytes of the room's events as they stand in the topic, read by kcat."""
        lines = [line.split(b" ", 2) for line in self._read(room, "%o %k %s\n").splitlines()]
        return [(int(offset), value) for offset, key, value in lines if key == room.id.encode()]

    def repeat(self, room, times):
        """Puts all records of the room's partition into it again and again, by kcat: a long log,
        of which nothing new may count."""
        records = self._read(room, "%k %s\n")
        subprocess.run([*self._kcat(room), "-P", "-K", " ", "-X", "acks=all"],
                       input=records * times, timeout=60, check=True)

    def _read(self, room, form):
        done = subprocess.run([*self._kcat(room), "-C", "-e", "-q", "-f", form],
                              capture_output=True, timeout=60, check=True)
        return done.stdout

    def _kcat(self, room):
        return ["kcat", "-b", self.cluster.bootstrap, "-t", self.prefix + ".rooms", "-p",
                str(int(room.id[:16], 16) % PARTITIONS)]


class Display(Client):
    """Keeps what each version of the stage showed."""

    def __init__(self, room):
        self.shown = {}
        super().__init__(room.server, room.tokens["display"])

    def take(self, timeout=10.0):
        message = super().take(timeout)
        if message["type"] == "view" and message["topic"] == "stage":
            self.shown[message["version"]] = message["data"]
        return message

    def at(self, version):
        """The stage after so many entries of the room."""
        return self.wait(lambda: self.shown.get(version))


def elsewhere(room, node):
    """The same room, reached through another node."""
    other = copy.copy(room)
    other.server = node
    return other
