#!/usr/bin/env python3
"""Each rule of the lint must catch its bad samples, and leave the good ones alone."""

import pathlib
import tempfile
import unittest

import coroutines
import house
import layers
import sizes
from source import Tree, code_only


class Sample(unittest.TestCase):
    """Files written into a folder of their own, and what a rule says of them."""

    def findings(self, rule, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return [(finding.path, finding.line) for finding in rule(Tree(folder))]

    def assert_caught(self, rule, name, text, line=1):
        self.assertEqual(self.findings(rule, {name: text}), [(name, line)], text)

    def assert_fine(self, rule, name, text):
        self.assertEqual(self.findings(rule, {name: text}), [], text)


class LayersTest(Sample):
    def test_bad_includes_are_caught(self):
        for name, include in [
                ("schema/a.cc", '"ingest/event_log.h"'),
                ("schema/a.h", "<openssl/evp.h>"),
                ("schema/a.cc", "<rocksdb/db.h>"),
                ("projector/fold/a.cc", '"projector/store.h"'),
                ("projector/fold/a.cc", '"projector/views/view_builder.h"'),
                ("projector/fold/a.cc", "<unistd.h>"),
                ("projector/fold/a.cc", "<openssl/sha.h>"),
                ("ingest/a.cc", '"projector/store.h"'),
                ("projector/a.cc", '"gateway/hub.h"'),
                ("projector/a.cc", "<boost/asio.hpp>"),
                ("gateway/a.h", "<boost/beast/core.hpp>"),
                ("gateway/a.h", "<boost/beast.hpp>"),
                ("gateway/a.cc", "<rocksdb/db.h>"),
                ("gateway/a.cc", "<CLI/CLI.hpp>"),
                ("gateway/a.cc", '"gateway/rehearse/rehearse.h"'),
                ("gateway/rehearse/a.cc", '"projector/fold/fold.h"'),
                ("gateway/rehearse/a.cc", '"gateway/session.h"'),
                ("gateway/a.cc", '"session.h"'),
                ("gateway/a.cc", "<curl/curl.h>"),
        ]:
            self.assert_caught(layers.check, name, f"// x\n#include {include}\n", line=2)

    def test_good_includes_pass(self):
        for name, include in [
                ("schema/a.cc", "<simdjson.h>"),
                ("schema/a.cc", "<openssl/evp.h>"),
                ("schema/a.h", "<expected>"),
                ("projector/fold/a.cc", '"schema/event.h"'),
                ("projector/views/a.cc", '"projector/fold/state.h"'),
                ("ingest/a.cc", "<rocksdb/db.h>"),
                ("gateway/a.cc", "<boost/beast/core.hpp>"),
                ("gateway/rehearse/a.cc", "<boost/beast/websocket.hpp>"),
                ("gateway/commands/a.cc", '"gateway/rehearse/rehearse.h"'),
                ("tests/unit/a.cc", "<boost/json.hpp>"),
        ]:
            self.assert_fine(layers.check, name, f"#include {include}\n")

    def test_a_comment_is_no_include(self):
        text = '// #include "gateway/hub.h"\n/*\n#include "gateway/hub.h"\n*/\n'
        self.assert_fine(layers.check, "schema/a.h", text)

    def test_cpp_outside_of_the_layers(self):
        self.assert_caught(layers.check, "deploy/a.cc", "int a;\n", line=0)


class CoroutinesTest(Sample):
    NAME = "gateway/ws_connection.cc"

    def in_body(self, statement):
        return f"awaitable<void> Run() {{\n  int before = 1;\n  {statement}\n}}\n"

    def test_bad_statements_are_caught(self):
        for statement in [
                "co_await F(Agg{1, 2});",
                "auto x = ok ? co_await A() : 0;",
                "auto n = co_await A(b ? 1 : 2);",
                "co_await F([x] { return x; }());",
                "co_await F([&x](int n) -> int { return x + n; });",
                "Agg x{co_await A(), b};",
                "auto x = Agg{co_await A()};",
                "co_await F({1, 2, 3});",
                "if (ok && (co_await A(Agg{1})).has_value()) {\n  }",
        ]:
            self.assert_caught(coroutines.check, self.NAME, self.in_body(statement), line=3)

    def test_two_awaits_in_a_statement(self):
        text = self.in_body("auto x = co_await A() + co_await B();")
        found = self.findings(coroutines.check, {self.NAME: text})
        self.assertEqual(found, [(self.NAME, 3), (self.NAME, 3)])

    def test_good_statements_pass(self):
        for statement in [
                "auto x = co_await A(first, second);",
                "auto [error, n] = co_await stream.async_read(buffer, as_tuple(use_awaitable));",
                "while (open) {\n    auto x = co_await A();\n    if (!x) co_return;\n  }",
                "if (x) {\n    co_await A();\n  } else {\n    co_await B();\n  }",
                "Agg named{1, 2};\n  co_await F(named);\n  auto after = b ? 1 : 2;",
                "co_spawn(ex, [self] { return self->Run(); }, detached);\n  co_await A();",
                "auto run = [self]() -> awaitable<void> {\n    co_await self->A();\n  };",
                "for (int i = 0; i < 3; ++i) {\n    co_await A(i);\n  }",
                "co_await A(list[0]);",
                "// F(Agg{1}) beside co_await is wrong ?\n  co_await A();",
        ]:
            self.assert_fine(coroutines.check, self.NAME, self.in_body(statement))

    def test_only_in_connection_files(self):
        for name in "projector/projector_thread.cc", "gateway/hub.cc":
            self.assert_caught(coroutines.check, name, "task F() {\n  co_return;\n}\n", line=2)
            self.assert_caught(coroutines.check, name, "task F() {\n  co_await A();\n}\n", line=2)


class SizesTest(Sample):
    def function(self, lines):
        return "int F(int a,\n      int b) {\n" + "  a += b;\n" * (lines - 3) + "}\n"

    def test_a_long_function(self):
        self.assert_caught(sizes.check, "schema/a.cc", "\n" + self.function(71), line=2)
        self.assert_fine(sizes.check, "schema/a.cc", self.function(70))

    def test_a_long_method_and_a_long_test(self):
        text = "class A {\n public:\n  void F() const {\n" + "    a();\n" * 70 + "  }\n};\n"
        self.assert_caught(sizes.check, "schema/a.h", text, line=3)
        text = "TEST(A, B) {\n" + "  a();\n" * 70 + "}\n"
        self.assert_caught(sizes.check, "tests/unit/a.cc", text)

    def test_a_constructor_with_initializers(self):
        text = "A::A(int b)\n    : b_(b),\n      c_{b} {\n" + "  a();\n" * 70 + "}\n"
        self.assertEqual(len(self.findings(sizes.check, {"schema/a.cc": text})), 1)

    def test_a_namespace_and_a_table_are_no_functions(self):
        body = "int F() {\n  return 1;\n}\n" * 30
        text = "namespace plenum {\nnamespace {\n" + body + "}\n}\n"
        self.assert_fine(sizes.check, "schema/a.cc", text)
        text = "const int kTable[] = {\n" + "    1,\n" * 90 + "};\n"
        self.assert_fine(sizes.check, "schema/a.cc", text)
        self.assert_fine(sizes.check, "schema/a.h", "enum class A {\n" + "  b,\n" * 90 + "};\n")

    def test_a_long_file(self):
        self.assert_caught(sizes.check, "schema/a.h", "int a;\n" * 501, line=0)
        self.assert_caught(sizes.check, "tests/a.py", "a = 1\n" * 501, line=0)
        self.assert_fine(sizes.check, "schema/a.h", "int a;\n" * 500)


class HouseTest(Sample):
    def test_top_level(self):
        self.assert_caught(house.check_top_level, "util.cc", "int a;\n", line=0)
        self.assert_fine(house.check_top_level, "README.md", "# plenum\n")

    def test_readmes(self):
        self.assertEqual(self.findings(house.check_readmes, {
            "README.md": "", "schema/a.h": "", "schema/README.md": "", "schema/deep/a.h": ""}),
            [("schema/deep", 0)])
        self.assert_fine(house.check_readmes, "schema/examples/a.json", "{}")

    def test_left_for_later(self):
        for word in ["TO" + "DO", "FIX" + "ME", "DISABLED" + "_Vote", "GTEST" + "_SKIP()",
                     "not" + " implemented"]:
            text = f"int a;\n// {word}: b\n"
            self.assert_caught(house.check_left_for_later, "schema/a.cc", text, line=2)
        self.assert_fine(house.check_left_for_later, "schema/a.cc", '// "/tmp/plenum-XXXXXX"\n')

    def test_outside(self):
        shared = "../" + "shared/day.json"
        self.assert_caught(house.check_outside, "gateway/a.cc", f'Open("{shared}");\n')
        self.assert_caught(house.check_outside, "deploy/demo", "cd /wo" + "rk/main\n")
        self.assert_fine(house.check_outside, "tests/unit/a.cc", f'Open("{shared}");\n')

    def test_words(self):
        self.assert_caught(house.check_words, "gateway/a.h", "class VoteManager {};\n")
        self.assert_caught(house.check_words, "gateway/string_util.h", "int a;\n", line=0)
        self.assert_fine(house.check_words, "gateway/a.h", "class Session {};  // no Manager\n")


class SourceTest(unittest.TestCase):
    def test_code_only_keeps_lines_and_places(self):
        text = 'a("x // {", \'{\'); // {\n/* {\n */ b = R"({"k": 1})"; n = 1\'000\'000;\n'
        code = code_only(text)
        self.assertEqual(len(code), len(text))
        self.assertEqual(code.count("\n"), text.count("\n"))
        self.assertNotIn("{", code)
        self.assertIn("1'000'000;", code)


if __name__ == "__main__":
    unittest.main()
