"""TLS and SASL/SCRAM for a cluster of the tests: an authority and a server certificate by openssl, one
account with a password, and the settings of both sides."""

import dataclasses
import pathlib
import secrets
import subprocess

ACCOUNT = "plenum"


@dataclasses.dataclass(frozen=True)
class Security:
    authority: pathlib.Path    # the certificate that clients trust
    client_file: pathlib.Path  # key=value lines with librdkafka's names
    password: str
    scram: str                 # for the storage tool's --add-scram
    broker_settings: list


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)


def prepare(folder):
    """Everything is made in `folder`, anew, and worth nothing outside of it."""
    authority, authority_key = folder / "authority.pem", folder / "authority.key"
    certificate, key, wish = folder / "broker.pem", folder / "broker.key", folder / "broker.csr"
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    _openssl("req", "-x509", *curve, "-keyout", authority_key, "-out", authority, "-days", 2,
             "-subj", "/CN=plenum tests")
    _openssl("req", *curve, "-keyout", key, "-out", wish, "-subj", "/CN=localhost")
    _openssl("x509", "-req", "-in", wish, "-CA", authority, "-CAkey", authority_key, "-CAcreateserial",
             "-out", certificate, "-days", 2, "-extfile", names)
    pair = folder / "broker-pair.pem"
    pair.write_text(key.read_text() + certificate.read_text())

    password = secrets.token_hex(16)
    client_file = folder / "client.conf"
    client_file.touch(mode=0o600)
    client_file.write_text("\n".join([
        "security.protocol=SASL_SSL", f"ssl.ca.location={authority}", "sasl.mechanism=SCRAM-SHA-512",
        f"sasl.username={ACCOUNT}", f"sasl.password={password}"]) + "\n")
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    return Security(
        authority, client_file, password, f"SCRAM-SHA-512=[name={ACCOUNT},password={password}]",
        ["ssl.keystore.type=PEM", f"ssl.keystore.location={pair}", "ssl.client.auth=none",
         "sasl.enabled.mechanisms=SCRAM-SHA-512",
         f"listener.name.client.scram-sha-512.sasl.jaas.config={scram}"])
