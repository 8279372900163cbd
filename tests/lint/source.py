"""The files of the project, and C++ text without what is not code."""

import dataclasses
import pathlib
import re
import subprocess


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int  # from 1; 0 for the file as a whole
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


class Tree:
    """The files of the project under `root`: what git knows, or would if it were added."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        if (self.root / ".git").exists():
            listed = subprocess.run(
                ["git", "ls-files", "-co", "--exclude-standard", "-z"],
                cwd=self.root, check=True, capture_output=True, text=True)
            names = [name for name in listed.stdout.split("\0") if name]
        else:  # an exported archive, or the lint's own tests
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*")
                     if path.is_file() and "build" not in path.relative_to(self.root).parts]
        self.names = sorted(name for name in names if (self.root / name).is_file())

    def matching(self, *suffixes):
        return [name for name in self.names if name.endswith(suffixes)]

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")


def is_cpp(name):
    return name.endswith((".h", ".cc"))


_NOT_CODE = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<delimiter>[^(\s]*)\(.*?\)(?P=delimiter)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'
    """, re.VERBOSE | re.DOTALL)


def code_only(text, literals=False):
    """`text` with comments, and the insides of literals unless they are asked for, blanked; every
    character keeps its place."""

    def blank(match):
        kept = match.group(0)
        if kept.startswith("/") or (kept.startswith("R") and not literals):
            return re.sub(r"[^\n]", " ", kept)
        return kept if literals else kept[0] + "_" * (len(kept) - 2) + kept[-1]

    return _NOT_CODE.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def matching_brace(code, opening):
    """Position of the brace that closes the one at `opening`; the end if there is none."""
    depth = 0
    for position in range(opening, len(code)):
        if code[position] == "{":
            depth += 1
        elif code[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    return len(code)


def opens_block(code, brace):
    """Whether `{` at `brace` opens a block of statements, and not an initializer. clang-format puts
    a space before the one and none before the other."""
    before = code[:brace].rstrip(" ")
    if before.endswith(("=", ",", "(", "return")):
        return False
    if not before or before[-1] in ";{}\n)]":
        return True
    return len(before) < brace


def _skip_back(code, position):
    """`position` is at a closing bracket: the position of the one that opens it."""
    pairs = {"}": "{", ")": "(", "]": "["}
    closing, opening = code[position], pairs[code[position]]
    depth = 0
    while position >= 0:
        if code[position] == closing:
            depth += 1
        elif code[position] == opening:
            depth -= 1
            if depth == 0:
                return position
        position -= 1
    return 0


def statement_start(code, position):
    """Where the statement, or the head of a block, begins that is around `position`."""
    position -= 1
    while position >= 0:
        char = code[position]
        if char == ";":
            return position + 1
        if char == "{" and opens_block(code, position):
            return position + 1
        if char == "}":
            opening = _skip_back(code, position)
            if opens_block(code, opening):
                return position + 1
            position = opening
        elif char in ")]":
            position = _skip_back(code, position)
        position -= 1
    return 0
