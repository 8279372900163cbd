#!/usr/bin/env python3
"""The tally of a poll, from the rooms' topic alone. None of plenum is in here: the short form
of schema/rules.md for polls, ten lines, and a reader of your choice.

    read_topic.py BROKERS TOPIC ROOM ACTIVITY          reads with python3-kafka
    kcat -C -e -q -b BROKERS -t TOPIC -f '%k %s\\n' | read_topic.py - - ROOM ACTIVITY

Prints one JSON object: the ballots that count, by what they say. It trusts the gateway to have let
in only ballots that fit the activity; recompute.py of tests/integration trusts nobody."""

import collections
import json
import sys


OPEN = ("voting", "closing")


def tally(events, activity):
    generation, phase, armed_at, ballots = 0, "waiting", None, {}
    for index, event in enumerate(events):
        kind, data, is_open = event["type"].split(".")[-2], event["data"], phase in OPEN
        if event.get("activity") != activity:
            continue
        seen = data.get("seen", {})
        if (seen.get("generation"), seen.get("phase")) == (generation, phase):
            if kind == "advanced" and phase == "waiting":  # a new generation: nobody has voted
                generation, ballots = generation + 1, {}
            phase = {"advanced": data.get("to"), "restarted": "waiting"}.get(kind, phase)
            armed_at = index
        elif kind == "fired" and data["armed_at"] == armed_at and is_open:
            phase = "closed"
        elif kind == "cast" and event["generation"] == generation and is_open:
            if event["seq"] > ballots.get(event["person"], (0, None))[0]:  # a person's last
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
            for record in records:
                if record.key.decode() == room:
                    yield json.loads(record.value)


def read_pipe(room):
    for line in sys.stdin:
        key, value = line.split(" ", 1)
        if key == room:
            yield json.loads(value)


if __name__ == "__main__":
    brokers, topic, room, activity = sys.argv[1:]
    events = read_pipe(room) if brokers == "-" else read(brokers, topic, room)
    print(json.dumps(tally(events, activity)))
