#!/usr/bin/env python3
"""The same votes on the built-in log, on one Kafka broker and on three, side by side in one run.

    PLENUM_PROGRAM=build/release/plenum python3 -B tests/bench/logs.py [--rounds 3]

Two loads: 500 people who vote within two seconds (how long an answer and a screen take), and 3,000
at once (how many votes a second). Clients, brokers and server share this machine; so the ratios
count, and CPU seconds of server and brokers, rather than times."""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "integration"), str(HERE.parent / "kafka")]
from cluster import Cluster  # noqa: E402
from plenum import PROGRAM, Server  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids):
    seconds = 0.0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


class Place:
    """A server on one kind of log, and the processes that make it up."""

    def __init__(self, brokers, stack):
        self.name = {0: "built-in log", 1: "one broker", 3: "three brokers"}[brokers]
        flags, self.pids = [], []
        if brokers:
            cluster = stack.enter_context(Cluster(brokers=brokers))
            flags = ["--kafka", cluster.bootstrap]
            subprocess.run([PROGRAM, "topics", "--create", "--replication", str(brokers), *flags],
                           check=True, stdout=subprocess.DEVNULL)
            self.pids += [broker.process.pid for broker in cluster.brokers.values()]
        self.server = stack.enter_context(Server(flags=flags))
        self.node = self.server.process.pid

    def burst(self, people, within_ms, seed):
        before = cpu_seconds([self.node]), cpu_seconds(self.pids)
        ran = subprocess.run(
            [PROGRAM, "rehearse", "--url", self.server.url, "--token-file",
             self.server.data / "organiser.token", "--burst", str(people), "--within-ms",
             str(within_ms), "--seed", str(seed), "--json"], capture_output=True, text=True)
        if ran.returncode != 0:
            raise SystemExit(f"{self.name}: {ran.stderr}{ran.stdout}")
        said = json.loads(ran.stdout)
        said["node_cpu"] = cpu_seconds([self.node]) - before[0]
        said["broker_cpu"] = cpu_seconds(self.pids) - before[1]
        return said


def median(runs, *path):
    values = []
    for run in runs:
        for key in path:
            run = run[key]
        values.append(run)
    return statistics.median(values)


def row(name, calm, storm):
    votes = median(storm, "counted")
    per_second = votes / (median(storm, "latency_ms", "recorded", "max") / 1000)
    cpu = median(storm, "node_cpu")
    return (f"| {name} | {median(calm, 'latency_ms', 'recorded', 'p50'):.1f} / "
            f"{median(calm, 'latency_ms', 'recorded', 'p99'):.1f} | "
            f"{median(calm, 'latency_ms', 'seen', 'p50'):.1f} / "
            f"{median(calm, 'latency_ms', 'seen', 'p99'):.1f} | {per_second:,.0f} | "
            f"{votes / cpu:,.0f} | {cpu:.2f} + {median(storm, 'broker_cpu'):.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--storm", type=int, default=3000, help="people at once")
    arguments = parser.parse_args()
    calm, storm = {}, {}
    for number in range(1, arguments.rounds + 1):
        for brokers in (0, 1, 3):
            with contextlib.ExitStack() as stack:
                place = Place(brokers, stack)
                place.burst(100, 500, 99)  # caches and connections warm
                calm.setdefault(place.name, []).append(place.burst(500, 2000, number))
                storm.setdefault(place.name, []).append(place.burst(arguments.storm, 1, number))
            print(f"round {number}: {place.name} done", file=sys.stderr)
    print("| log | recorded p50 / p99 ms | seen p50 / p99 ms | votes/s at once | votes per CPU-second "
          "of the node | CPU s of node + brokers |\n|---|---|---|---|---|---|")
    for name in calm:
        print(row(name, calm[name], storm[name]))


if __name__ == "__main__":
    main()
