#!/usr/bin/env python3
"""A real Apache Kafka on loopback for the tests: one broker, or three, each also a controller.

    python3 cluster.py [--brokers 1|3] [--security KIND] [--folder F] -- COMMAND [ARGUMENT...]

starts it, runs COMMAND, takes everything down and ends with COMMAND's exit code. COMMAND finds

    PLENUM_TEST_KAFKA           HOST:PORT,HOST:PORT,... of all brokers
    PLENUM_TEST_KAFKA_CONTROL   path of a Unix stream socket
    PLENUM_TEST_KAFKA_SECURITY  with --security: a file of key=value lines with librdkafka's names

The control socket: connect, write one request as a line, read one reply as a line; as many as you
like over one connection, and several connections at a time. Brokers are 1, 2, 3; `all` stands for
each.

    kill N         SIGKILL; answered when the process is gone
    stop N         SIGTERM and an orderly end
    start N        on the same folders; answered when it takes requests again
    pause N        SIGSTOP
    resume N       SIGCONT
    leader T P     the broker that leads partition P of topic T
    wait           until all brokers that run know each other, and each partition has a leader and
                   all of its replicas that run in sync

A reply begins with `ok` (`ok 2` for leader) or with `error ` and one sentence, within 60 s."""

import argparse
import base64
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "integration"))

import control  # noqa: E402
import jars  # noqa: E402
import jvm  # noqa: E402
import secure  # noqa: E402
from ports import free_port  # noqa: E402: of the other folder
from process import start_tied  # noqa: E402

# What is not here is Kafka's default. Short sessions, so that a death is noticed within seconds.
SETTINGS = """\
process.roles=broker,controller
auto.create.topics.enable=false
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
controller.listener.names=CONTROLLER
inter.broker.listener.name=INTERNAL
group.initial.rebalance.delay.ms=0
log.cleaner.backoff.ms=1000
log.cleaner.dedupe.buffer.size=4194304
log.cleaner.threads=1
num.io.threads=4
num.network.threads=2
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
replica.lag.time.max.ms=5000
"""


class Failed(Exception):
    """One sentence."""


class Broker:
    """One process, and what it needs to come back."""

    def __init__(self, folder, number, host, inside):
        self.folder = folder / f"broker-{number}"
        self.folder.mkdir()
        self.number = number
        self.host = host
        self.inside = inside  # what goes before the command: "ip netns exec NAME", or nothing
        self.port, self.internal, self.controller = (free_port() for _ in range(3))
        self.process = None
        self.paused = False

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def end_with(self, signal_number, timeout=50):
        if not self.runs():
            return
        self.process.send_signal(signal_number)
        if self.paused:
            self.process.send_signal(signal.SIGCONT)
        self.paused = False
        self.process.wait(timeout)

    def output(self):
        """The end of what it said."""
        names = ("kafka.log", "output")
        texts = [path.read_text(errors="replace")[-2000:]
                 for path in (self.folder / name for name in names) if path.exists()]
        return "\n".join(texts)


class Cluster:
    """A running Kafka; use it as a context. For one thread at a time.

    hosts and inside: where each broker lives, for tests that put them into network namespaces.
    release: "4" or "3". Debian 12's librdkafka 2.0.2 sends a nonce in SCRAM that Kafka 4 refuses
    (mended in 2.6.1), so "scram-tls" is for Kafka 3 if not said otherwise, and "plain-tls" for 4.
    recording: Java's flags in place of the usual archive of classes, see jvm.py."""

    def __init__(self, folder=None, brokers=3, security=None, hosts=None, inside=None,
                 release=None, recording=None):
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="plenum-kafka-")
        self.folder = pathlib.Path(folder or self._temporary.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        hosts = hosts or ["127.0.0.1"] * brokers
        inside = inside or [[]] * brokers
        self.brokers = {n: Broker(self.folder, n, hosts[n - 1], inside[n - 1])
                        for n in range(1, brokers + 1)}
        self.id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        self.security = secure.prepare(security, self.folder) if security else None
        release = release or ("3" if security == "scram-tls" else "4")
        flags = recording or jvm.archive(release, lambda flags: _record(release, flags))
        self._java = jvm.command(release, self.folder, flags)
        began = time.monotonic()
        try:
            self._format()
            formatted = time.monotonic()
            self.start_all()
        except BaseException:
            self.close()
            raise
        print(f"kafka: {brokers} broker(s) in {time.monotonic() - began:.1f} s, of which "
              f"{formatted - began:.1f} s to format", file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for broker in self.brokers.values():
            if broker.runs():
                broker.process.kill()
        for broker in self.brokers.values():
            if broker.process:
                broker.process.wait()
        if self._temporary:
            self._temporary.cleanup()

    @property
    def bootstrap(self):
        return ",".join(f"{self._name(b)}:{b.port}" for b in self.brokers.values())

    @property
    def security_file(self):
        """For librdkafka's clients, or None."""
        return self.security and self.security.client_file

    def kill(self, number):
        self.brokers[number].end_with(signal.SIGKILL)

    def stop(self, number):
        self.brokers[number].end_with(signal.SIGTERM)

    def pause(self, number):
        self.brokers[number].paused = True
        self.brokers[number].process.send_signal(signal.SIGSTOP)

    def resume(self, number):
        self.brokers[number].process.send_signal(signal.SIGCONT)
        self.brokers[number].paused = False

    def start(self, number, timeout=60):
        self.launch(number)
        self._answers(self.brokers[number], time.monotonic() + timeout)

    def start_all(self):
        """All at once: a majority of the controllers must be there before any broker is."""
        for number in self.brokers:
            self.launch(number)
        deadline = time.monotonic() + 60
        for broker in self.brokers.values():
            self._answers(broker, deadline)
        self.wait(deadline)

    def kill_all(self):
        for broker in self.brokers.values():
            if broker.runs():
                broker.process.send_signal(signal.SIGKILL)
        for number in self.brokers:
            self.kill(number)

    def stop_all(self):
        """The last ones cannot hand over what they lead, for there is no majority to ask: they are
        killed when they do not find an end."""
        for broker in self.brokers.values():
            if broker.runs():
                broker.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 20
        for broker in self.brokers.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                if broker.runs():
                    broker.process.wait(max(0, deadline - time.monotonic()))
        self.kill_all()

    def leader_of(self, topic, partition=0, timeout=30):
        """The number of the broker, as soon as there is one that runs."""
        def found():
            for broker in self.running():
                data = self.metadata(broker, topic)
                for entry in (data or {"topics": []})["topics"]:
                    for part in entry["partitions"]:
                        leader = self.brokers.get(part["leader"])
                        if part["partition"] == partition and leader and leader.runs():
                            return part["leader"]
            return None
        return self._until(found, time.monotonic() + timeout, f"a leader of {topic}/{partition}")

    def wait(self, deadline=None):
        """Until all that run agree, as the control protocol says."""
        self._until(lambda: all(map(self._settled, self.running())),
                    deadline or time.monotonic() + 60, "all brokers to agree")

    def running(self):
        return [b for b in self.brokers.values() if b.runs() and not b.paused]

    def metadata(self, broker, topic=None):
        """What one broker says of the cluster, or None; asked by kcat, which is not ours."""
        flags = ["-X", "log_level=0", "-X", "socket.timeout.ms=3000"]
        if self.security:
            for line in self.security.client_file.read_text().split():
                flags += ["-X", line]
        topics = ["-t", topic] if topic else []
        address = f"{self._name(broker)}:{broker.port}"
        done = subprocess.run(
            ["kcat", "-L", "-J", "-m", "3", "-b", address, *flags, *topics],
            capture_output=True, text=True, timeout=30, check=False)
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout else None

    def _settled(self, broker):
        data = self.metadata(broker)
        up = {b.number for b in self.running()}
        if data is None or {b["id"] for b in data["brokers"]} != up:
            return False
        return all(part["leader"] in up and {r["id"] for r in part["replicas"]} & up
                   <= {r["id"] for r in part["isrs"]}
                   for topic in data["topics"] for part in topic["partitions"])

    def _name(self, broker):
        # The certificate says localhost, and librdkafka compares names, not addresses.
        return "localhost" if self.security else broker.host

    def _format(self):
        """Each node's folders, side by side, with Kafka's own tool."""
        running = []
        for broker in self.brokers.values():
            settings = broker.folder / "server.properties"
            settings.write_text(self._settings(broker))
            users = self.security.format_flags if self.security else []
            running.append(start_tied(
                [*self._java, f"-Dplenum.log={broker.folder / 'format.log'}",
                 "kafka.tools.StorageTool", "format", f"--cluster-id={self.id}", "-c",
                 str(settings), *users],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        for process in running:
            output = process.communicate(timeout=120)[0]
            if process.returncode != 0:
                raise Failed(f"Kafka's storage could not be formatted: {output[-2000:]}")

    def _settings(self, broker):
        client = "SASL_SSL" if self.security else "PLAINTEXT"
        internal = f"INTERNAL://{broker.host}:{broker.internal}"
        voters = ",".join(f"{b.number}@{b.host}:{b.controller}" for b in self.brokers.values())
        lines = [
            f"node.id={broker.number}",
            f"log.dirs={broker.folder / 'data'}",
            f"controller.quorum.voters={voters}",
            f"listeners=CLIENT://{broker.host}:{broker.port},{internal},"
            f"CONTROLLER://{broker.host}:{broker.controller}",
            f"advertised.listeners=CLIENT://{self._name(broker)}:{broker.port},{internal}",
            "listener.security.protocol.map="
            f"CLIENT:{client},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
            *(self.security.broker_settings if self.security else [])]
        return SETTINGS + "\n".join(lines) + "\n"

    def launch(self, number):
        """Starts the process and does not wait for it."""
        broker = self.brokers[number]
        if broker.runs():
            raise Failed(f"broker {number} runs already")
        with open(broker.folder / "output", "ab") as output:
            broker.process = start_tied(
                [*broker.inside, *self._java, f"-Dplenum.log={broker.folder / 'kafka.log'}",
                 "kafka.Kafka", str(broker.folder / "server.properties")],
                stdout=output, stderr=output)

    def _answers(self, broker, deadline):
        """Until it is registered with the others. A restart inside of its own old registration can
        be refused: then once more."""
        def there():
            if not broker.runs():
                self.launch(broker.number)
            data = self.metadata(broker)
            return data and broker.number in {b["id"] for b in data["brokers"]}
        self._until(there, deadline, f"broker {broker.number}")

    def _until(self, condition, deadline, what):
        while time.monotonic() < deadline:
            result = condition()
            if result:
                return result
            time.sleep(0.1)
        raise Failed(f"waited in vain for {what}")


def _record(release, flags):
    """The life of a broker, for jvm.archive."""
    with Cluster(brokers=1, release=release, recording=flags) as cluster:
        cluster.stop(1)


def main():
    parser = argparse.ArgumentParser(description="A real Kafka beside a command.")
    parser.add_argument("--brokers", type=int, choices=(1, 3), default=1)
    parser.add_argument("--security", choices=sorted(secure.KINDS))
    parser.add_argument("--release", choices=jars.RELEASES, help="of Kafka: 4, or an older one")
    parser.add_argument("--folder", help="instead of a temporary one; what is in it stays")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    arguments = parser.parse_args()
    with Cluster(arguments.folder, arguments.brokers, arguments.security,
                 release=arguments.release) as cluster:
        address = str(cluster.folder / "control")
        environment = dict(os.environ, PLENUM_TEST_KAFKA=cluster.bootstrap,
                           PLENUM_TEST_KAFKA_CONTROL=address)
        if cluster.security:
            environment["PLENUM_TEST_KAFKA_SECURITY"] = str(cluster.security_file)
        with control.Control(cluster, address) as listener:
            process = start_tied(arguments.command, env=environment)
            listener.serve_while(lambda: process.poll() is None)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


if __name__ == "__main__":
    sys.exit(main())
