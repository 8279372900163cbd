#!/usr/bin/env python3
"""Counts the tests in JUnit files that ctest wrote: names those that failed, and ends with one line
"N passed, N failed". A test that was not run has failed: nothing here is optional."""

import argparse
import pathlib
import sys
import xml.etree.ElementTree


def results(path):
    """(name, status) of each test of a file; status is run, fail, disabled, notrun or skipped."""
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        yield case.get("name"), case.get("status")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--also-failed", type=int, default=0, help="steps that broke before a test")
    arguments = parser.parse_args()
    passed, failed = 0, arguments.also_failed
    for path in arguments.files:
        if not path.exists():  # the pattern of a shell that matched nothing
            continue
        for name, status in results(path):
            if status == "run":
                passed += 1
            else:
                failed += 1
                print(f"{path.stem}: {name}: {status}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
