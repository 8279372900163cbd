#!/usr/bin/env python3
"""The Kafka of the tests is one: it keeps what it acknowledged, changes leaders, and refuses
strangers. Asked with kcat and python3-kafka, which are not ours."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

import kafka
from kafka.admin import KafkaAdminClient, NewTopic

from cluster import Cluster

TOPIC = "t"


def create(cluster, replication, **settings):
    admin = KafkaAdminClient(bootstrap_servers=cluster.bootstrap)
    admin.create_topics([NewTopic(TOPIC, 1, replication, topic_configs={
        name.replace("_", "."): value for name, value in settings.items()})])
    admin.close()
    cluster.wait()


def kcat(address, *arguments, lines=()):
    return subprocess.run(
        ["kcat", "-b", address, "-m", "3", *arguments],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True, text=True, timeout=60, check=False)


def read(cluster):
    done = kcat(cluster.bootstrap, "-C", "-e", "-q", "-t", TOPIC, "-p", "0")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


class Writer(threading.Thread):
    """Writes numbers, one after the other, and keeps which were acknowledged. A number without an
    acknowledgement in time may be there or not."""

    def __init__(self, cluster):
        super().__init__()
        self._producer = kafka.KafkaProducer(
            bootstrap_servers=cluster.bootstrap, acks="all", retries=100, retry_backoff_ms=50,
            max_in_flight_requests_per_connection=1, request_timeout_ms=5000)
        self._end = threading.Event()
        self.acknowledged = []

    def run(self):
        number = 0
        while not self._end.is_set():
            future = self._producer.send(TOPIC, str(number).encode(), partition=0)
            with contextlib.suppress(kafka.errors.KafkaTimeoutError):
                future.get(timeout=30)
                self.acknowledged.append(str(number))
            number += 1

    def reach(self, count):
        while len(self.acknowledged) < count and self.is_alive():
            self.join(0.01)
        assert self.is_alive(), "the producer ended by itself"

    def finish(self):
        self._end.set()
        self.join()
        self._producer.close()


class OneBroker(unittest.TestCase):
    def test_kill_keeps_what_was_acknowledged(self):
        with Cluster(brokers=1) as cluster:
            create(cluster, 1, flush_messages="1")
            self.assertEqual(kcat(cluster.bootstrap, "-P", "-t", TOPIC, "-p", "0", "-X", "acks=all",
                                  lines=["a", "b", "c"]).returncode, 0)
            before = cluster.brokers[1].process.pid
            cluster.kill(1)
            self.assertNotEqual(kcat(cluster.bootstrap, "-L").returncode, 0)
            cluster.start(1)
            cluster.wait()
            self.assertNotEqual(cluster.brokers[1].process.pid, before)
            self.assertEqual(read(cluster), ["a", "b", "c"])


class Program(unittest.TestCase):
    def test_nothing_is_left_when_it_is_killed(self):
        with tempfile.TemporaryDirectory() as folder:
            program = subprocess.Popen(
                [sys.executable, "-B", "cluster.py", "--folder", folder, "--",
                 "sh", "-c", 'echo "$PLENUM_TEST_KAFKA $$"; exec sleep 600'],
                stdout=subprocess.PIPE, text=True)
            address, pid = program.stdout.readline().split()
            self.assertEqual(kcat(address, "-L").returncode, 0)
            program.kill()
            program.wait()
            program.stdout.close()
            self.assertNotEqual(kcat(address, "-L").returncode, 0)
            self.assertFalse(pathlib.Path("/proc", pid).exists())


class ThreeBrokers(unittest.TestCase):
    def test_leaders_die_and_nothing_is_lost(self):
        with Cluster(brokers=3) as cluster:
            create(cluster, 3, min_insync_replicas="2")
            writer = Writer(cluster)
            writer.start()
            writer.reach(200)
            first = cluster.leader_of(TOPIC)
            cluster.kill(first)
            writer.reach(len(writer.acknowledged) + 200)
            second = cluster.leader_of(TOPIC)
            self.assertNotEqual(first, second)
            cluster.start(first)
            cluster.wait()
            cluster.pause(second)  # longer than the broker's registration lives
            writer.reach(len(writer.acknowledged) + 200)
            self.assertNotEqual(cluster.leader_of(TOPIC), second)
            cluster.resume(second)
            writer.finish()
            cluster.kill_all()
            self.assertNotEqual(kcat(cluster.bootstrap, "-L").returncode, 0)
            cluster.start_all()
            kept = read(cluster)
            self.assertGreaterEqual(len(writer.acknowledged), 600)
            self.assertEqual(sorted(set(writer.acknowledged) - set(kept)), [])


class Secured(unittest.TestCase):
    def test_scram(self):
        self.strangers_are_refused("scram-tls")

    def test_plain(self):
        self.strangers_are_refused("plain-tls")

    def strangers_are_refused(self, kind):
        with Cluster(brokers=1, security=kind) as cluster:
            right = dict(line.split("=", 1)
                         for line in cluster.security_file.read_text().splitlines())

            def ask(changes):
                pairs = {name: value for name, value in {**right, **changes}.items() if value}
                flags = [word for pair in pairs.items() for word in ("-X", "=".join(pair))]
                return kcat(cluster.bootstrap, "-L", *flags)
            self.assertEqual(ask({}).returncode, 0)
            cases = {
                "no password": (
                    {"security.protocol": "SSL", "sasl.mechanism": "", "sasl.username": "",
                     "sasl.password": ""}, "Failed to acquire metadata"),
                "wrong password": ({"sasl.password": "guess"}, "Authentication failed"),
                "another account": ({"sasl.username": "guest"}, "Authentication failed"),
                "no authority": ({"ssl.ca.location": ""}, "certificate verify failed"),
                "no TLS": ({"security.protocol": "SASL_PLAINTEXT"}, "Failed to acquire metadata"),
            }
            for name, (changes, reason) in cases.items():
                with self.subTest(name):
                    done = ask(changes)
                    self.assertNotEqual(done.returncode, 0, done.stdout)
                    self.assertIn(reason, done.stderr)


if __name__ == "__main__":
    unittest.main()
