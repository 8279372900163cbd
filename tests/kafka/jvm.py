"""How Java is called for a broker. An archive of Kafka's classes, made once beside the jars from the
short life of one broker, halves the time that each start takes."""

import fcntl
import hashlib
import os
import pathlib
import shutil

import jars

# Small and quick to start; a broker of the tests has little to do.
FLAGS = ["-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
         "-Xshare:auto", "-Djava.awt.headless=true"]
LOGGING = """\
appender.file.type=File
appender.file.name=file
appender.file.fileName=${sys:plenum.log}
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d{ABSOLUTE} %p %m (%c{1})%n
rootLogger.level=INFO
rootLogger.appenderRef.file.ref=file
"""


def command(folder, flags):
    """What goes before a main class and its arguments; needs -Dplenum.log=FILE yet."""
    logging = folder / "log4j2.properties"
    logging.write_text(LOGGING)
    return ["java", *FLAGS, *flags, "-cp", os.pathsep.join(map(str, jars.jars())),
            f"-Dlog4j2.configurationFile={logging}"]


def _key():
    """Java uses an archive only with the same Java, the same jars and their times."""
    java = pathlib.Path(shutil.which("java") or "java").resolve()
    seen = [java, *jars.jars()]
    text = repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in seen])
    return hashlib.sha256((text + repr(FLAGS)).encode()).hexdigest()[:16]


def archive(record):
    """The flags that use the archive; `record(flags)` makes it if it is not there yet."""
    path = jars.CACHE / f"classes-{_key()}.jsa"
    with open(jars.CACHE / "lock-classes", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in jars.CACHE.glob("classes-*"):
                old.unlink()
            fresh = path.with_suffix(".fresh")
            record([f"-XX:ArchiveClassesAtExit={fresh}"])
            fresh.rename(path)
    return [f"-XX:SharedArchiveFile={path}"]
