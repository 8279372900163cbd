#!/usr/bin/env python3
"""Plays days with simulated people while things break, and checks what must hold. Prints a table.

    run.py [--runs N] [--seed S] [--only WORDS] [--attendees N] [--keep FOLDER] [--short]

One world (brokers, nodes, proxy) serves all runs of a kind. Ends with 1 if anything did not hold; a
fault that this machine does not allow is named with the reason, and is no failure."""

import argparse
import contextlib
import itertools
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import net
from check import Evidence, Verdict, read_history, recovery
from faults import FAULTS, set_clock
from world import Failed, Rehearsal, Sampler, World, exported, state_of

LIBFAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
FIU = "/usr/lib/fiu/fiu_run_preload.so /usr/lib/fiu/fiu_posix_preload.so"
DAY_TAKES = 400  # seconds, at most, with a fault in it
DISK = "400m"
MOST_TIMES = 3  # in one day


def say(text):
    print(text, file=sys.stderr, flush=True)


def why_not(kind):
    """One sentence, or nothing if this machine has what faults of this kind need."""
    if kind == "net":
        return net.why_not()
    if kind == "fiu" and not shutil.which("fiu-ctrl"):
        return "there is no fiu-ctrl here"
    if kind == "clock" and not pathlib.Path(LIBFAKETIME).exists():
        return "there is no libfaketime here"
    if kind == "tmpfs":
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["mount", "-t", "tmpfs", "none", folder],
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                return f"no tmpfs can be mounted here ({done.stderr.strip()})"
            subprocess.run(["umount", folder], check=True)
    return None


@contextlib.contextmanager
def small_disk(folder):
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def a_world(fault, folder):
    """Brokers, nodes and what else this fault needs."""
    environment, data = {}, None
    with contextlib.ExitStack() as ends:
        if fault.world == "tmpfs":
            data = ends.enter_context(small_disk(folder / "disk"))
        if fault.world == "fiu":
            environment = {"LD_PRELOAD": FIU, "FIU_CTRL_FIFO": str(folder / "fiu")}
        if fault.world == "clock":
            for number in range(fault.nodes):
                set_clock(folder, number, "+0")
            environment = {
                "LD_PRELOAD": LIBFAKETIME, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "FAKETIME_TIMESTAMP_FILE": str(folder / "clock-{node}"),
                "FAKETIME_CACHE_DURATION": "1"}
        yield ends.enter_context(World(folder, fault.brokers, fault.nodes, fault.world == "net",
                                       data, environment))


def play(world, fault, folder, seed, attendees):
    """One day with the fault in it; the verdict and the seconds that it took to recover."""
    chance = random.Random(seed)
    rehearsal = Rehearsal(world, folder, attendees, seed)
    sampler = Sampler(world, rehearsal.room, rehearsal.token)
    waits = []
    try:
        most = chance.randint(1, MOST_TIMES)
        time.sleep(chance.uniform(1, 5))
        while rehearsal.runs() and len(waits) < most:
            if wait := fault.do(world, rehearsal.room, chance):
                waits.append((*wait, time.monotonic()))
            time.sleep(chance.uniform(3, 8))
        said = rehearsal.finish(DAY_TAKES)
    finally:
        rehearsal.end()
        samples = sampler.finish()
    (folder / "waits.json").write_text(json.dumps(waits))
    if not waits:
        raise AssertionError("the day was over before anything broke")
    if said is None:
        raise AssertionError("the rehearsal could not go on: " + rehearsal.said())
    world.settle()
    entries = rehearsal.export.read_bytes().splitlines()
    states = [converged(node, rehearsal, len(entries)) for node in world.nodes]
    history = read_history(rehearsal.history)
    slowest = recovery(history, waits)
    records = world.records(rehearsal.room) if world.cluster else None
    verdict = Verdict(Evidence(
        history=history, exports=[exported(node, rehearsal) for node in world.nodes],
        records=records, samples=samples, states=states, said=said, recovery=slowest,
        bound=fault.bound))
    return verdict, len(waits), slowest


def converged(node, rehearsal, entries, timeout=30):
    """What the node claims, as soon as it is at the end, or what it claims after a while."""
    deadline = time.monotonic() + timeout
    while True:
        state = state_of(node, rehearsal.room, rehearsal.token)
        if (state and state["index"] >= entries) or time.monotonic() > deadline:
            return state or {"index": -1, "state": "", "root": ""}
        time.sleep(0.1)


class Table:
    def __init__(self):
        self._rows = []

    def add(self, fault, runs, times, votes, lost, duplicated, recovered):
        self._rows.append((fault, str(runs), str(times), str(votes), str(lost), str(duplicated),
                           f"{recovered:.1f} s" if runs else ""))

    def text(self):
        head = ("fault", "runs", "times", "votes acknowledged", "lost", "duplicated",
                "time to recover")
        rows = [head, *self._rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
                 for row in rows]
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join([lines[0], rule, *lines[1:]])


def run_fault(fault, world, folder, arguments, table):
    """All runs of one fault; whether all was well."""
    well, times, votes, lost, duplicated, recovered, runs = True, 0, 0, 0, 0, 0.0, 0
    for number in range(arguments.runs):
        seed = arguments.seed + number
        place = folder / f"run-{seed}-{fault.do.__name__}"
        place.mkdir()
        try:
            verdict, injected, slowest = play(world, fault, place, seed, arguments.attendees)
        except (AssertionError, Failed, OSError, subprocess.SubprocessError) as problem:
            say(f"{fault.name}, seed {seed}: {problem}")
            well = False
            world.settle()
            continue
        runs, times = runs + 1, times + injected
        votes, lost, duplicated = (votes + verdict.votes, lost + verdict.lost,
                                   duplicated + verdict.duplicated)
        recovered = max(recovered, slowest)
        for sentence, invariant in verdict.broken.items():
            well = False
            say(f"{fault.name}, seed {seed}: invariant {invariant}: {sentence}")
        say(f"{fault.name}, seed {seed}: {verdict.votes} votes, {injected} times, "
            f"at most {slowest:.1f} s")
    table.add(fault.name, runs, times, votes, lost, duplicated, recovered)
    return well


def parse():
    parser = argparse.ArgumentParser(description="Days while things break.")
    parser.add_argument("--runs", type=int, default=2, help="days for each fault")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--attendees", type=int, default=60)
    parser.add_argument("--only", help="faults with these words in their name or function")
    parser.add_argument("--short", action="store_true", help="the few of tests/run")
    parser.add_argument("--keep", help="a new folder that keeps everything, for looking into it")
    return parser.parse_args()


def main():
    arguments = parse()
    chosen = [fault for fault in FAULTS if (fault.short or not arguments.short) and (
        not arguments.only or arguments.only in fault.name or arguments.only in fault.do.__name__)]
    say(f"seed {arguments.seed} (repeat with --seed {arguments.seed})")
    table, well = Table(), bool(chosen)
    with contextlib.ExitStack() as ends:
        root = pathlib.Path(arguments.keep or ends.enter_context(
            tempfile.TemporaryDirectory(prefix="plenum-faults-")))
        root.mkdir(exist_ok=True)

        def kind(fault):
            return fault.brokers, fault.nodes, fault.world
        for number, (_, faults) in enumerate(itertools.groupby(sorted(chosen, key=kind), key=kind)):
            faults = list(faults)
            reason = why_not(faults[0].world)
            if reason:
                for fault in faults:
                    say(f"{fault.name}: left out, {reason}.")
                continue
            folder = root / f"world-{number}"
            folder.mkdir()
            with a_world(faults[0], folder) as world:
                for fault in faults:
                    well = run_fault(fault, world, folder, arguments, table) and well
    print(table.text())
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
