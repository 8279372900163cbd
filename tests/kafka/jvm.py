"""How Java is called for a broker. An archive of Kafka's classes, made once beside the jars from
the short life of one broker, halves the time that each start takes."""

import fcntl
import hashlib
import os
import pathlib
import shutil

import jars

# Small and quick to start; a broker of the tests has little to do.
FLAGS = ["-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
         "-Xshare:auto", "-Djava.awt.headless=true"]
# Kafka 4 speaks to log4j 2, Kafka 3 to log4j 1: the option that names the settings, and these.
LOGGING = {
    "4": ("log4j2.configurationFile", """\
appender.file.type=File
appender.file.name=file
appender.file.fileName=${sys:plenum.log}
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d{ABSOLUTE} %p %m (%c{1})%n
rootLogger.level=INFO
rootLogger.appenderRef.file.ref=file
"""),
    "3": ("log4j.configuration", """\
log4j.appender.file=org.apache.log4j.FileAppender
log4j.appender.file.File=${plenum.log}
log4j.appender.file.layout=org.apache.log4j.PatternLayout
log4j.appender.file.layout.ConversionPattern=%d{ABSOLUTE} %p %m (%c{1})%n
log4j.rootLogger=INFO, file
"""),
}


def command(release, folder, flags):
    """What goes before a main class and its arguments; needs -Dplenum.log=FILE yet."""
    option, settings = LOGGING[release]
    path = folder / "logging.properties"
    path.write_text(settings)
    return ["java", *FLAGS, *flags, "-cp", os.pathsep.join(map(str, jars.jars(release))),
            f"-D{option}={path.as_uri()}"]


def _key(release):
    """Java uses an archive only with the same Java, the same jars and their times."""
    java = pathlib.Path(shutil.which("java") or "java").resolve()
    seen = [java, *jars.jars(release)]
    text = repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in seen])
    return hashlib.sha256((text + repr(FLAGS)).encode()).hexdigest()[:16]


def archive(release, record):
    """The flags that use the archive; `record(flags)` makes it if it is not there yet."""
    path = jars.CACHE / f"classes-{release}-{_key(release)}.jsa"
    with open(jars.CACHE / f"lock-classes-{release}", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in jars.CACHE.glob(f"classes-{release}-*"):
                old.unlink()
            fresh = path.with_suffix(".fresh")
            record([f"-XX:ArchiveClassesAtExit={fresh}"])
            fresh.rename(path)
    return [f"-XX:SharedArchiveFile={path}"]
