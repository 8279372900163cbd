"""Alerts and dashboard: promtool reads them and tries the alerts; every name of a metric is one that
a running node prints."""

import json
import pathlib
import re
import shutil
import tempfile
import unittest

import yaml
from kit import DEPLOY, must, run, tool
from plenum import Server
from sheets import SCALE, sheet

FOLDER = DEPLOY / "prometheus"
DASHBOARD = DEPLOY / "grafana" / "plenum.json"
# What Prometheus itself says of whom it asks.
OF_PROMETHEUS = {"up"}


def alerts():
    return yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]


def panels():
    return json.loads(DASHBOARD.read_text())["panels"]


def dashboard_expressions():
    found = [target["expr"] for panel in panels() for target in panel["targets"]]
    # As Grafana would fill them in.
    return [e.replace("$__rate_interval", "1m").replace("$instance", ".*") for e in found]


def names_in(expression):
    bare = re.sub(r'\{[^}]*\}|"[^"]*"|\[[^]]*\]|\b(by|without)\s*\([^)]*\)', " ", expression)
    words = set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?!\s*\()\b", bare))
    return {w for w in words if "_" in w and not re.search(rf"\b{w}\s*\(", bare)} | (words & OF_PROMETHEUS)


def labels_in(expression):
    grouped = re.findall(r"\bby\s*\(([^)]*)\)", expression)
    matched = re.findall(r'\b(\w+)\s*=~?\s*"', expression)
    return {w.strip() for group in grouped for w in group.split(",")} | set(matched)


class PrometheusTest(unittest.TestCase):
    def test_promtool_reads_the_configuration(self):
        must(tool("promtool"), "check", "config", FOLDER / "prometheus.yml")

    def test_each_alert_fires_when_it_must_and_not_before(self):
        must(tool("promtool"), "test", "rules", "alerts_test.yml", cwd=FOLDER)
        tried = (FOLDER / "alerts_test.yml").read_text()
        for alert in alerts():
            name = alert["alert"]
            self.assertRegex(tried, rf"alertname: {name}\s+exp_alerts:\s+- ", f"{name} never fires")
            self.assertRegex(tried, rf"alertname: {name}, exp_alerts: \[\]", f"{name} is never silent")

    def test_a_spoilt_alert_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
            rules = pathlib.Path(folder) / "alerts.yml"
            rules.write_text(rules.read_text().replace("== 0", "== 2"))
            self.assertNotEqual(run(tool("promtool"), "test", "rules", "alerts_test.yml",
                                    cwd=folder).returncode, 0)

    def test_promtool_reads_what_the_dashboard_asks(self):
        rules = [{"record": f"panel:{n}", "expr": e} for n, e in enumerate(dashboard_expressions())]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "rules.yml"
            path.write_text(yaml.safe_dump({"groups": [{"name": "d", "rules": rules}]}))
            must(tool("promtool"), "check", "rules", path)

    def test_panels_do_not_overlap(self):
        taken = set()
        for panel in panels():
            place = panel["gridPos"]
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])}
            self.assertFalse(cells & taken, panel["title"])
            self.assertLessEqual(place["x"] + place["w"], 24)
            taken |= cells
        self.assertEqual(len({p["id"] for p in panels()}), len(panels()))


class NamesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        room = cls.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        cls.text = cls.server.request("GET", "/metrics")[1].decode()
        samples = re.findall(r"^([a-z_:]+)(?:\{(.*?)\})? \S+$", cls.text, re.MULTILINE)
        cls.names = {name for name, _ in samples}
        cls.labels = {name for _, labels in samples for name in re.findall(r'(\w+)="', labels)}

    def test_promtool_reads_what_a_node_prints(self):
        done = run(tool("promtool"), "check", "metrics", input=self.text)
        # It would also like other names for what is a count by another's right, see metrics.cc.
        self.assertNotIn("error while linting", done.stderr)
        self.assertNotIn("no help text", done.stderr)

    def test_every_name_is_one_that_a_node_prints(self):
        self.assertIn("plenum_ready", self.names)
        for expression in [alert["expr"] for alert in alerts()] + dashboard_expressions():
            used = names_in(expression)
            self.assertTrue(used, expression)
            self.assertLessEqual(used, self.names | OF_PROMETHEUS, expression)
            self.assertLessEqual(labels_in(expression), self.labels | {"job", "instance", "le"},
                                 expression)

    def test_refusals_are_there_before_the_first(self):
        """`increase` does not see the first step of a counter that was not there before."""
        self.assertIn('plenum_refused_total{reason="disk-full"} 0', self.text)

    def test_every_metric_is_on_the_dashboard(self):
        shown = set().union(*map(names_in, dashboard_expressions()))
        families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in self.names}
        missing = {n for n in families if n not in shown and n + "_bucket" not in shown}
        self.assertEqual(missing, set(), "without a panel in deploy/grafana/plenum.json")


if __name__ == "__main__":
    unittest.main()
