"""A function fits on a screen, a file has one job."""

import re

from source import Finding, code_only, is_cpp, line_of, matching_brace, opens_block, statement_start

FUNCTION_LINES = 70
FILE_LINES = 500
COUNTED = (".h", ".cc", ".py", ".sh", ".js", ".mjs", ".ts", ".css", ".html", ".cmake")

_TYPE_OR_NAMESPACE = re.compile(r"\b(namespace|class|struct|union|enum)\b[^;()]*$")
_CONTROL = re.compile(r"\b(if|for|while|switch|catch|else|do|try)\b[^;]*$")


_ACCESS = re.compile(r"\s*(public|private|protected)\s*:")


def _head(code, brace):
    """Where what stands before the `{` at `brace` begins, and its text."""
    start = statement_start(code, brace)
    label = _ACCESS.match(code, start, brace)
    if label:
        start = label.end()
    while start < brace and code[start].isspace():
        start += 1
    return start, code[start:brace]


def functions(code):
    """(line of the head, number of lines) of each outermost function body."""
    position = 0
    while (brace := code.find("{", position)) >= 0:
        start, head = _head(code, brace)
        position = brace + 1
        if _TYPE_OR_NAMESPACE.search(head) or not opens_block(code, brace):
            continue
        if "(" not in head or _CONTROL.match(head):
            continue
        end = matching_brace(code, brace)
        yield line_of(code, start), code.count("\n", start, end) + 1
        position = end


def check_text(name, text):
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > FILE_LINES:
        yield Finding(name, 0, f"{lines} lines, more than {FILE_LINES}: does it have one job?")
    if not is_cpp(name):
        return
    for line, length in functions(code_only(text)):
        if length > FUNCTION_LINES:
            yield Finding(name, line, f"a function of {length} lines, more than {FUNCTION_LINES}")


def check(tree):
    for name in tree.matching(*COUNTED):
        yield from check_text(name, tree.read(name))
