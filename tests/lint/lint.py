#!/usr/bin/env python3
"""Checks the rules of the house: lint.py [RULE ...]; all of them without arguments.

Prints each finding as path:line: what, and ends non-zero if there is one."""

import argparse
import pathlib
import shutil
import subprocess
import sys

import coroutines
import house
import layers
import sizes
from source import Finding, Tree, is_cpp


def check_format(tree):
    """Skipped where clang-format 19 is not installed: another version formats differently."""
    tool = shutil.which("clang-format-19")
    if tool is None:
        print("format: no clang-format-19 here, not checked", file=sys.stderr)
        return
    names = [name for name in tree.names if is_cpp(name)]
    done = subprocess.run([tool, "--dry-run", "--ferror-limit=1", *names], cwd=tree.root,
                          capture_output=True, text=True, check=False)
    for line in done.stderr.splitlines():
        if "-Wclang-format-violations" in line:
            path, number = line.split(":")[:2]
            yield Finding(path, int(number), "not formatted (clang-format-19 -i)")


RULES = {
    "layers": layers.check,
    "coroutines": coroutines.check,
    "sizes": sizes.check,
    "top-level": house.check_top_level,
    "readmes": house.check_readmes,
    "left-for-later": house.check_left_for_later,
    "outside": house.check_outside,
    "words": house.check_words,
    "format": check_format,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*", metavar="RULE", help=", ".join(RULES))
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    unknown = set(arguments.rules) - set(RULES)
    if unknown:
        parser.error(f"unknown rule: {', '.join(sorted(unknown))}")
    tree = Tree(arguments.root)
    if not tree.names:
        sys.exit(f"lint: no files under {arguments.root}")
    findings = [finding for rule in arguments.rules or RULES for finding in RULES[rule](tree)]
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
