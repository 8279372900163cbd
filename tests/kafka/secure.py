"""TLS and SASL for a cluster of the tests: an authority and a server certificate by openssl, one
account with a password, and the settings of both sides."""

import dataclasses
import pathlib
import secrets
import subprocess

ACCOUNT = "plenum"
KINDS = {"scram-tls": "SCRAM-SHA-512", "plain-tls": "PLAIN"}


@dataclasses.dataclass(frozen=True)
class Security:
    authority: pathlib.Path    # the certificate that clients trust
    client_file: pathlib.Path  # key=value lines with librdkafka's names
    password: str
    format_flags: list         # for the storage tool
    broker_settings: list


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)


def prepare(kind, folder):
    """Everything is made in `folder`, anew, and worth nothing outside of it."""
    authority, authority_key = folder / "authority.pem", folder / "authority.key"
    certificate, key, wish = folder / "broker.pem", folder / "broker.key", folder / "broker.csr"
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    _openssl("req", "-x509", *curve, "-keyout", authority_key, "-out", authority, "-days", 2,
             "-subj", "/CN=plenum tests")
    _openssl("req", *curve, "-keyout", key, "-out", wish, "-subj", "/CN=localhost")
    _openssl("x509", "-req", "-in", wish, "-CA", authority, "-CAkey", authority_key,
             "-CAcreateserial", "-out", certificate, "-days", 2, "-extfile", names)
    pair = folder / "broker-pair.pem"
    pair.write_text(key.read_text() + certificate.read_text())

    password, mechanism = secrets.token_hex(16), KINDS[kind]
    client_file = folder / "client.conf"
    client_file.touch(mode=0o600)
    client_file.write_text("\n".join([
        "security.protocol=SASL_SSL", f"ssl.ca.location={authority}", f"sasl.mechanism={mechanism}",
        f"sasl.username={ACCOUNT}", f"sasl.password={password}"]) + "\n")
    module, flags = "scram.ScramLoginModule required", []
    if kind == "plain-tls":
        module = f'plain.PlainLoginModule required user_{ACCOUNT}="{password}"'
    else:  # kept by the brokers themselves, from the first start on
        flags = ["--add-scram", f"{mechanism}=[name={ACCOUNT},password={password}]"]
    return Security(
        authority, client_file, password, flags,
        ["ssl.keystore.type=PEM", f"ssl.keystore.location={pair}", "ssl.client.auth=none",
         f"sasl.enabled.mechanisms={mechanism}", f"listener.name.client.{mechanism.lower()}"
         f".sasl.jaas.config=org.apache.kafka.common.security.{module};"])
