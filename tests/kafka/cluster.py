#!/usr/bin/env python3
"""A real Apache Kafka on loopback for the tests: one broker, or three, each also a controller.

    python3 cluster.py [--brokers 1|3] [--security scram-tls] [--folder F] -- COMMAND [ARGUMENT...]

starts it, runs COMMAND, takes everything down and ends with COMMAND's exit code. COMMAND finds

    PLENUM_TEST_KAFKA           HOST:PORT,HOST:PORT,... of all brokers
    PLENUM_TEST_KAFKA_CONTROL   path of a Unix stream socket
    PLENUM_TEST_KAFKA_SECURITY  with --security: a file of key=value lines with librdkafka's names

The control socket: connect, write one request as a line, read one reply as a line; as many as you like
over one connection, and several connections at a time. Brokers are 1, 2, 3; `all` stands for each.

    kill N         SIGKILL; answered when the process is gone
    stop N         SIGTERM and an orderly end
    start N        on the same folders; answered when it takes requests again
    pause N        SIGSTOP
    resume N       SIGCONT
    leader T P     the broker that leads partition P of topic T
    wait           until all brokers that run are known to each other, and each partition has a leader

A reply begins with `ok` (`ok 2` for leader) or with `error ` and one sentence. Each ends within 60 s."""
