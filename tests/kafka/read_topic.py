#!/usr/bin/env python3
"""The tally of a poll, from the rooms' topic alone. None of plenum is in here: the short form
of schema/rules.md for polls, ten lines, and a reader of your choice.

    read_topic.py BROKERS TOPIC ROOM ACTIVITY          reads with python3-kafka
    kcat -C -e -q -b BROKERS -t TOPIC -f '%k %s\\n' | read_topic.py - - ROOM ACTIVITY

Prints one JSON object: the ballots that count, by what they say. It trusts the gateway to have let in only
ballots that fit the activity; recompute.py of tests/integration trusts nobody."""

import collections
import json
import sys


def tally(events, activity):
    generation, phase, armed_at, ballots = 0, "waiting", None, {}
    for index, event in enumerate(events):
        kind, data = event["type"].split(".")[-2], event["data"]
        if event.get("activity") != activity:
            continue
        if "seen" in data and (data["seen"]["generation"], data["seen"]["phase"]) == (generation, phase):
            if kind == "advanced" and phase == "waiting":  # a new generation, which nobody has voted in
                generation, ballots = generation + 1, {}
            phase, armed_at = {"advanced": data.get("to"), "restarted": "waiting"}.get(kind, phase), index
        elif kind == "fired" and data["armed_at"] == armed_at and phase in ("voting", "closing"):
            phase = "closed"
        elif kind == "cast" and event["generation"] == generation and phase in ("voting", "closing"):
            if event["seq"] > ballots.get(event["person"], (0, None))[0]:  # the last of a person counts
                ballots[event["person"]] = event["seq"], data["ballot"]
    return count(ballot for _, ballot in ballots.values())


def count(ballots):
    counts = collections.Counter()
    for ballot in ballots:
        for option in ballot.get("options", []):
            counts[option] += 1
        for placed in ballot.get("dots", []):
            counts[placed["item"]] += placed["dots"]
        if "value" in ballot:
            counts[str(ballot["value"])] += 1
    return {name: number for name, number in sorted(counts.items()) if number}


def read(brokers, topic, room):
    from kafka import KafkaConsumer, TopicPartition  # Debian's python3-kafka
    consumer = KafkaConsumer(bootstrap_servers=brokers, auto_offset_reset="earliest")
    partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
    consumer.assign(partitions)
    ends = consumer.end_offsets(partitions)
    while any(consumer.position(partition) < end for partition, end in ends.items()):
        for records in consumer.poll(timeout_ms=1000).values():
            yield from (json.loads(record.value) for record in records if record.key.decode() == room)


def read_pipe(room):
    for line in sys.stdin:
        key, value = line.split(" ", 1)
        if key == room:
            yield json.loads(value)


if __name__ == "__main__":
    brokers, topic, room, activity = sys.argv[1:]
    events = read_pipe(room) if brokers == "-" else read(brokers, topic, room)
    print(json.dumps(tally(events, activity)))
