"""g++ 12 miscompiles some coroutines without a word (double frees, seen under ASan). What is
forbidden here is what it gets wrong: one co_await a statement, no such temporaries beside it."""

import re

from source import Finding, code_only, is_cpp, line_of, opens_block, statement_start

# Only these may hold coroutines; log and projector are plain threads.
WHERE = re.compile(
    r"^gateway/(rehearse/)?[a-z_]*"
    r"(connection|listener|client|phone|http|server)[a-z_]*\.(cc|h)$")

_KEYWORD = re.compile(r"\bco_(?:await|return|yield)\b")
_AWAIT = re.compile(r"\bco_await\b")
_LAMBDA = re.compile(
    r"(?<![\w\])])\[[^\[\]]*\]\s*"
    r"(\([^()]*\)\s*(mutable\b|noexcept\b|->[^{;]*)?\s*)?\{")
_DESIGNATED_OR_AGGREGATE = re.compile(r"(?:[\w>]|[=(,]\s*|\breturn\s*)\{")


def _statement_end(code, position):
    depth = 0
    while position < len(code):
        char = code[position]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "{":
            if depth <= 0 and opens_block(code, position):
                return position  # the block of an if or a loop
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == ";" and depth <= 0:
            return position
        position += 1
    return len(code)


def statement_around(code, position):
    """Begin and end of the statement that the code at `position` is part of."""
    return statement_start(code, position), _statement_end(code, position)


def check_text(name, text):
    code = code_only(text)
    first = _KEYWORD.search(code)
    if first is None:
        return
    if not WHERE.match(name):
        yield Finding(name, line_of(code, first.start()),
                      "a coroutine outside of the connection files (log and projector are threads)")
        return
    for match in _AWAIT.finditer(code):
        line = line_of(code, match.start())
        start, end = statement_around(code, match.start())
        statement = code[start:end]
        if len(_AWAIT.findall(statement)) > 1:
            yield Finding(name, line, "more than one co_await in a statement")
        if "?" in statement:
            yield Finding(name, line, "?: in one expression with co_await")
        if _LAMBDA.search(statement):
            yield Finding(name, line, "a lambda in one expression with co_await: name it first")
        elif _DESIGNATED_OR_AGGREGATE.search(statement):
            yield Finding(name, line,
                          "an aggregate or initializer list in one expression with co_await")


def check(tree):
    for name in tree.names:
        if is_cpp(name):
            yield from check_text(name, tree.read(name))
