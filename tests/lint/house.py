"""The rules of the house that no compiler knows."""

import posixpath
import re

from source import Finding, code_only, is_cpp, line_of

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", ".clang-format", ".clang-tidy",
    ".ci", ".gitignore", "schema", "ingest", "projector", "gateway", "tests", "deploy",
}
DATA = (".json", ".ndjson", ".bin", ".png", ".svg", ".txt", ".html", ".css", ".ico", ".pem")

# Made by a build, and committed.
MADE = {"gateway/web/dist"}

# Put together, so that this file does not find itself.
LEFT_FOR_LATER = re.compile("|".join([
    "TO" "DO", "FIX" "ME", r"\bX{3}\b", "DISABLED" "_", "GTEST" "_SKIP", r"\bnot" " implemented"]))
OUTSIDE = re.compile(r"\.\./" "shared|/wo" "rk/")
MAY_READ_VECTORS = re.compile(r"^tests/.*\.(cc|py|h)$")
# The connection's session is the one that is meant.
FORBIDDEN_NAME = re.compile(
    r"\b(?:class|struct|enum class|enum)\s+(\w*(?:Manager|Helper|Util|Utils|Object|User)\w*)\b")
FORBIDDEN_FILE = re.compile(r"(manager|helper|util|object|user)s?(_|\.|$)")


def check_top_level(tree):
    for entry in sorted({name.split("/")[0] for name in tree.names} - TOP_LEVEL):
        yield Finding(entry, 0, "the top level is fixed")


def check_readmes(tree):
    folders = {posixpath.dirname(name) for name in tree.names if not name.endswith(DATA)}
    for folder in sorted(folders - MADE):
        if any(part.startswith(".") for part in folder.split("/")):
            continue
        if posixpath.join(folder, "README.md") not in tree.names:
            yield Finding(folder or ".", 0, "a folder without a README.md")


def check_left_for_later(tree):
    for name in tree.names:
        if name.endswith(DATA) and not name.endswith((".txt", ".html", ".css")):
            continue
        text = tree.read(name)
        for match in LEFT_FOR_LATER.finditer(text):
            yield Finding(name, line_of(text, match.start()), f"left for later: {match.group(0)}")


def check_outside(tree):
    for name in tree.names:
        text = tree.read(name)
        for match in OUTSIDE.finditer(text):
            if match.group(0).startswith("..") and MAY_READ_VECTORS.match(name):
                continue
            yield Finding(name, line_of(text, match.start()),
                          f"names a place outside of the project: {match.group(0)}")


def check_words(tree):
    for name in tree.names:
        if not is_cpp(name):
            continue
        if FORBIDDEN_FILE.search(posixpath.basename(name)):
            yield Finding(name, 0, "a file name that says nothing (see Words in the README)")
        code = code_only(tree.read(name))
        for match in FORBIDDEN_NAME.finditer(code):
            yield Finding(name, line_of(code, match.start()),
                          f"{match.group(1)}: a word that says nothing")
