"""A browser without scripts: pages, forms, cookies. What it cannot find on a page it cannot do."""

import html.parser
import http.client
import urllib.parse


class Form:
    def __init__(self, action):
        self.action = action
        self.fields = []    # name, value, as they would be sent
        self.choices = {}   # values that a name may have, of radio buttons, check boxes and lists
        self.types = {}
        self.button = ""

    def get(self, name):
        return next((value for key, value in self.fields if key == name), None)


class Page(html.parser.HTMLParser):
    """What is on a page: forms, text, headings, table rows, and what a careful reader would miss."""

    def __init__(self, status, headers, text):
        super().__init__(convert_charrefs=True)
        self.status, self.headers, self.source = status, headers, text
        self.forms, self.words, self.rows, self.headings = [], [], [], []
        self.labels, self.inputs, self.tags = set(), [], []
        self.refresh = None
        self._form = self._select = self._cell = None
        self._heading = self._button = False
        self.feed(text)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        name, value = found.get("name"), found.get("value", "")
        if tag == "meta" and found.get("http-equiv") == "refresh":
            self.refresh = found["content"]
        elif tag == "form":
            self._form = Form(found.get("action"))
            self.forms.append(self._form)
        elif tag == "label":
            self.labels.add(found.get("for"))
        elif tag in ("input", "textarea", "select"):
            kind = found.get("type", tag)
            if kind != "hidden":
                self.inputs.append(found.get("id"))
            self._form.types[name] = kind
            if kind in ("radio", "checkbox"):
                self._form.choices.setdefault(name, []).append(value)
                if "checked" in found:
                    self._form.fields.append((name, value))
            elif tag == "select":
                self._select = name
            else:
                self._form.fields.append((name, value))
        elif tag == "option":
            self._form.choices.setdefault(self._select, []).append(value)
            if "selected" in found:
                self._form.fields.append((self._select, value))
        elif tag == "button":
            self._button = True
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag in ("h1", "h2", "h3"):
            self._heading = True
            self.headings.append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(self._cell.strip())
            self._cell = None
        elif tag == "form":
            self._form = None
        elif tag == "button":
            self._button = False
        elif tag in ("h1", "h2", "h3"):
            self._heading = False

    def handle_data(self, data):
        self.words.append(data)
        if self._cell is not None:
            self._cell += data
        if self._heading:
            self.headings[-1] += data
        if self._button and self._form:
            self._form.button += data

    def form(self, do, **fields):
        """The form of this action, and with these hidden values."""
        for form in self.forms:
            if form.get("do") == do and all(form.get(k) == str(v) for k, v in fields.items()):
                return form
        raise AssertionError(f"no form \"{do}\" {fields} on: {self.text}")

    def has(self, do):
        return any(form.get("do") == do for form in self.forms)


class Browser:
    def __init__(self, server, cookies=True, headers=None):
        self.server, self.keeps, self.headers = server, cookies, dict(headers or {})
        self.cookies = {}  # name, path -> value
        self.set_cookies = []
        self.page = None

    def _cookies_for(self, path):
        fit = [(p, n, v) for (n, p), v in self.cookies.items()
               if path == p or path.startswith(p.rstrip("/") + "/")]
        return "; ".join(f"{n}={v}" for p, n, v in sorted(fit, key=lambda c: -len(c[0])))

    def _take(self, text):
        self.set_cookies.append(text)
        parts = [part.strip() for part in text.split(";")]
        name, value = parts[0].split("=", 1)
        path = next((p[5:] for p in parts if p.lower().startswith("path=")), "/")
        if not self.keeps:
            return
        if "Max-Age=0" in parts:
            self.cookies.pop((name, path), None)
        else:
            self.cookies[(name, path)] = value

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        sent = {**self.headers, **(headers or {})}
        if cookie := self._cookies_for(path):
            sent["Cookie"] = cookie
        if body is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            sent.setdefault("Origin", self.server.url)
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self._take(value)
        if response.status == 303:
            return self.request("GET", response.headers["Location"])
        self.page = Page(response.status, response.headers, text)
        return self.page

    def open(self, path):
        return self.request("GET", path)

    def submit(self, form, values=None, **more):
        """`values`: by name; a list for several. Only what the form offers can be sent."""
        values = {**(values or {}), **more}
        fields = [(k, v) for k, v in form.fields if k not in values]
        for name, value in values.items():
            assert name in form.types, (name, form.types)
            chosen = value if isinstance(value, list) else [value]
            for one in chosen:
                if name in form.choices:
                    assert str(one) in form.choices[name], (name, one, form.choices[name])
                fields.append((name, str(one)))
        return self.request("POST", form.action, urllib.parse.urlencode(fields))

    def do(self, action, values=None, where=None, **more):
        return self.submit(self.page.form(action, **(where or {})), values, **more)
