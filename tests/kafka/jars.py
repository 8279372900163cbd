#!/usr/bin/env python3
"""The jars that a real Kafka is made of: fetched once by Maven into build/kafka, and used only if
they are, to the bit, those of the list kafka-RELEASE.sha256.

    python3 jars.py                   fetches what is not there yet, and checks
    python3 jars.py --write RELEASE   after a change of kafka-RELEASE.xml: writes the list anew, to
                                      be read and committed"""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE.parents[1] / "build" / "kafka"
RELEASES = ("4", "3")
COPY = "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies"  # its version: the .xml


class Refused(Exception):
    """One sentence: what is wrong with the jars, or why they could not be fetched."""


def _sums(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.glob("*.jar"))}


def _list(release):
    return HERE / f"kafka-{release}.sha256"


def _listed(release):
    pairs = (line.split() for line in _list(release).read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in pairs}


def _difference(found, wanted):
    """One sentence, or nothing if they are the same."""
    for name in sorted(found.keys() | wanted.keys()):
        if name not in wanted:
            return f"{name} is not in the list"
        if name not in found:
            return f"{name} of the list is missing"
        if found[name] != wanted[name]:
            return f"{name} has the SHA-256 {found[name]}, and the list says {wanted[name]}"
    return None


def _fetch(release, folder):
    """By Maven, into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = ["mvn", "-B", "-ntp", "-q", "-C", "-f", str(HERE / f"kafka-{release}.xml"), COPY,
               "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    for attempt in (1, 2, 3):  # a network has its moments
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode == 0:
            return
        print(f"jars: Maven failed, attempt {attempt} of 3", file=sys.stderr)
    raise Refused("Maven could not fetch Kafka: " + (done.stdout + done.stderr).strip()[-2000:])


def jars(release):
    """The paths of the jars, checked. Fetches them if they are not all there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = _listed(release)
    kept = CACHE / f"jars-{release}"
    with open(CACHE / f"lock-{release}", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        if _difference(_sums(kept), wanted):
            fresh = CACHE / f"fetched-{release}"
            _fetch(release, fresh)
            wrong = _difference(_sums(fresh), wanted)
            if wrong:
                raise Refused(f"Kafka refused: {wrong} ({_list(release).name}).")
            shutil.rmtree(kept, ignore_errors=True)
            fresh.rename(kept)
    return [kept / name for name in sorted(wanted)]


def _write(release):
    folder = CACHE / f"written-{release}"
    _fetch(release, folder)
    _list(release).write_text(
        "".join(f"{digest}  {name}\n" for name, digest in _sums(folder).items()), encoding="ascii")
    shutil.rmtree(folder)


def main():
    if sys.argv[1:2] == ["--write"]:
        _write(*sys.argv[2:])
    elif sys.argv[1:]:
        sys.exit(__doc__)
    for release in RELEASES:
        print(f"kafka-{release}: {len(jars(release))} jars in {CACHE}")


if __name__ == "__main__":
    main()
