"""Layering: which folder may include what. Debian's headers share one folder, so the compiler
does not notice when a layer reaches for a library or a folder that is not its own."""

import posixpath
import re

from source import Finding, code_only, is_cpp, line_of

# Folder: (folders of the project it may include, libraries in its headers, libraries in its .cc).
# The longest folder that a file is under decides. "std" may be used everywhere.
LAYERS = {
    "schema": (["schema"], [], ["simdjson", "openssl", "sodium", "icu"]),
    "ingest": (["ingest", "schema"], ["rocksdb", "rdkafka"], ["rocksdb", "rdkafka", "posix"]),
    "projector/fold": (["projector/fold", "schema"], [], []),
    "projector/planner": (["projector/planner", "projector/fold/draw.h", "schema"], [], []),
    "projector/record": (["projector", "schema"], [], ["xlsxwriter", "posix"]),
    "projector": (["projector", "ingest", "schema"], ["rocksdb"], ["rocksdb"]),
    "gateway": (
        ["gateway", "projector", "ingest", "schema"],
        ["boost", "prometheus"],
        ["boost", "beast", "openssl", "sodium", "zlib", "prometheus", "spdlog", "fmt", "qrcodegen",
         "posix", "systemd"]),
    "gateway/rehearse": (
        ["gateway/rehearse", "gateway/http_client.h", "schema"],
        ["boost"], ["boost", "beast", "openssl", "fmt", "posix"]),
    "gateway/commands": (
        ["gateway", "projector", "ingest", "schema"],
        ["boost", "cli11"],
        ["boost", "beast", "openssl", "sodium", "cli11", "spdlog", "fmt", "posix"]),
    "gateway/main.cc": (
        ["gateway", "projector", "ingest", "schema"],
        [], ["boost", "cli11", "sodium", "spdlog", "fmt", "posix"]),
    "tests": (None, None, None),  # everything
}

# Folders of the project that are a layer's own business, even to those above it.
PRIVATE = {
    "gateway/rehearse": ["gateway/rehearse", "gateway/commands", "gateway/main.cc", "tests"],
    "gateway/commands": ["gateway/commands", "gateway/main.cc", "tests"],
}

# How an #include names its library; the first that fits.
LIBRARIES = [
    ("beast", r"boost/beast(/|\.hpp)"),
    ("boost", r"boost/"),
    ("rocksdb", r"rocksdb/"),
    ("simdjson", r"simdjson"),
    ("openssl", r"openssl/"),
    ("sodium", r"sodium"),
    ("zlib", r"zlib\.h"),
    ("icu", r"unicode/"),
    ("prometheus", r"prometheus/"),
    ("spdlog", r"spdlog/"),
    ("fmt", r"fmt/"),
    ("cli11", r"CLI/"),
    ("qrcodegen", r"qrcodegen"),
    ("rdkafka", r"librdkafka/"),
    ("xlsxwriter", r"xlsxwriter"),
    ("systemd", r"systemd/"),
    ("posix", r"(sys|net|netinet|arpa|linux)/|(unistd|fcntl|poll|signal|pthread|dirent|termios|ifaddrs)\.h$"),
    ("std", r"[a-z_0-9]+$"),
]

_INCLUDE = re.compile(
    r'^[ \t]*#[ \t]*include[ \t]*(?P<open>[<"])(?P<what>[^>"\n]+)[>"]', re.MULTILINE)


def library_of(header):
    for name, pattern in LIBRARIES:
        if re.match(pattern, header):
            return name
    return None


def _is_under(name, folder):
    return name == folder or name.startswith(folder + "/")


def layer_of(name, table=LAYERS):
    fitting = [folder for folder in table if _is_under(name, folder)]
    return max(fitting, key=len, default=None)


def _check_project_include(name, what, layer):
    own_part = what.split("/")[0]
    if own_part not in {folder.split("/")[0] for folder in LAYERS}:
        return f'"{what}" is not named from the root of the project'
    folders = LAYERS[layer][0]
    if folders is None:
        return None
    target = layer_of(posixpath.dirname(what)) or own_part
    if not any(_is_under(what, folder) for folder in folders):
        return f"{layer} may not use {target} ({what})"
    for private, friends in PRIVATE.items():
        if _is_under(what, private) and not any(_is_under(name, friend) for friend in friends):
            return f"{private} is not for {layer} ({what})"
    return None


def _check_library(name, what, layer):
    library = library_of(what)
    if library == "std":
        return None
    in_header, in_source = LAYERS[layer][1:]
    allowed = in_header if name.endswith(".h") else in_source
    if allowed is None or library in allowed:
        return None
    where = "a header" if name.endswith(".h") else "a source"
    return f"{where} of {layer} may not use {library or 'an unknown library'} (<{what}>)"


def check(tree):
    for name in tree.names:
        if not is_cpp(name):
            continue
        text = tree.read(name)
        layer = layer_of(name)
        if layer is None:
            yield Finding(name, 0, "C++ outside of the layers")
            continue
        for match in _INCLUDE.finditer(code_only(text, literals=True)):
            what = match["what"]
            check_one = _check_library if match["open"] == "<" else _check_project_include
            problem = check_one(name, what, layer)
            if problem:
                yield Finding(name, line_of(text, match.start()), problem)
