"""The proxy of compose.yaml, as it ships, before the real app: what it lets through, what it adds, and what it refuses."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
NAME = "shop.test"
# what compose tells the app of where it stands
TOLD = ("ANALYTICS_URL", "STREAMLIT_SERVER_ALLOWED_HOSTS")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")

WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Version": "13",
}
SAYS_ITS_NAME = (
    "import sys; from http.server import *\n"
    "class Says(BaseHTTPRequestHandler):\n"
    "    def do_GET(self): self.send_response(200); self.end_headers(); self.wfile.write(sys.argv[2].encode())\n"
    "    def log_message(self, *_): pass\n"
    "ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Says).serve_forever()"
)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in small letters, the body."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Proxy:
    """nginx with the configuration of compose.yaml, its two doors, and what it wrote."""

    plain: int
    secure: int
    log: Path

    def get(self, path: str, method: str = "GET", host: str = NAME, **headers: str) -> Answer:
        """The answer to a request over TLS."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.secure), timeout=20) as raw:
            with context.wrap_socket(raw, server_hostname=host) as secured:
                lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
                lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
                secured.sendall("\r\n".join([*lines, "", ""]).encode())
                got = http.client.HTTPResponse(secured, method=method)
                got.begin()
                body = "" if got.status == 101 else got.read().decode(errors="replace")
                return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, body)


COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def filled_in(text: str) -> str:
    """A text of compose.yaml as compose hands it on: variables filled in, one dollar for two."""
    return re.sub(r"\$\{STORELEDGER_HOST[^}]*\}", NAME, text).replace("$$", "$")


def shipped() -> str:
    """The proxy's configuration."""
    return filled_in(COMPOSE["configs"]["proxy"]["content"])


def here(shipped_text: str, room: Path, doors: tuple[int, int], processes: list[int]) -> str:
    """The same on this machine: other ports and files, and the processes by their addresses instead of compose's names."""
    servers = "\n".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;" for port in processes)
    text = re.sub(r"resolver [^;]*;\s*", "", shipped_text).replace(
        "server app:8501 resolve max_fails=1 fail_timeout=5s;", servers
    )
    text = text.replace("listen 80", f"listen 127.0.0.1:{doors[0]}").replace(
        "listen 443", f"listen 127.0.0.1:{doors[1]}"
    )
    text = text.replace("/run/secrets/certificate_key", f"{room}/key.pem").replace(
        "/run/secrets/certificate", f"{room}/cert.pem"
    )
    text = text.replace("/dev/stdout", f"{room}/access.log").replace("/dev/stderr", f"{room}/error.log")
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {room}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"daemon off; pid {room}/pid; {user} error_log {room}/error.log crit; events {{}} http {{ {temporary}\n{text}\n}}"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None and time.monotonic() < until, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def proxied(room: Path, processes: list[int]) -> Iterator[Proxy]:
    room.mkdir()
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run(
        [*certificate, "-keyout", str(room / "key.pem"), "-out", str(room / "cert.pem")],
        check=True,
        capture_output=True,
    )
    doors = free_port(), free_port()
    (room / "nginx.conf").write_text(here(shipped(), room, doors, processes), encoding="utf-8")
    with running([NGINX, "-p", str(room), "-c", str(room / "nginx.conf"), "-e", str(room / "error.log")], doors[1]):
        yield Proxy(*doors, room / "access.log")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    room, port = tmp_path_factory.mktemp("hosting"), free_port()
    streamlit = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    told = {name: filled_in(COMPOSE["services"]["app"]["environment"][name]) for name in TOLD}
    with ExitStack() as stack:
        stack.enter_context(running(streamlit, port, ANALYTICS_HOME=str(room / "home"), **told))
        yield stack.enter_context(proxied(room / "proxy", [port]))


def upgraded(proxy: Proxy, **headers: str) -> int:
    return proxy.get("/_stcore/stream", **WEBSOCKET, **headers).status


def test_the_app_answers_through_it_and_every_answer_says_what_the_browser_may_do(proxy: Proxy) -> None:
    for path, status in (("/", 200), ("/_stcore/metrics", 404)):
        answer = proxy.get(path)
        assert answer.status == status
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    answer = proxy.get("/")
    assert "script" in answer.body
    assert re.fullmatch(
        r"__Host-process=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", answer.headers["set-cookie"]
    )


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/script-health-check"],
)
def test_what_the_server_tells_of_itself_is_not_for_outside(proxy: Proxy, path: str) -> None:
    assert proxy.get(path).status == 404


def test_another_site_cannot_read_the_host_s_settings(proxy: Proxy) -> None:
    answer = proxy.get("/_stcore/host-config", Origin="https://evil.example")
    assert answer.status == 200 and "access-control-allow-origin" not in answer.headers


def test_a_websocket_opens_from_the_app_s_own_pages_only(proxy: Proxy) -> None:
    assert upgraded(proxy, Origin=f"https://{NAME}") == 101
    assert upgraded(proxy) == 403
    assert upgraded(proxy, Origin="https://evil.example") == 403
    assert upgraded(proxy, Origin=f"http://{NAME}") == 403
    assert upgraded(proxy, Origin=f"https://{NAME}.evil.example") == 403


def test_another_name_gets_no_answer(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        proxy.get("/", host="evil.example")
    with socket.create_connection(("127.0.0.1", proxy.plain), timeout=20) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert raw.recv(100) == b""


def test_without_tls_the_browser_is_sent_to_it(proxy: Proxy) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=20)
    asked.request("GET", "/products?store=Mugs", headers={"Host": NAME})
    answer = asked.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/products?store=Mugs")


@pytest.mark.parametrize(
    ("path", "size"), [("/_stcore/upload_file/session/file", 202 << 20), ("/_stcore/health", 65 << 10)]
)
def test_a_body_beyond_the_limit_is_refused_before_it_is_sent(proxy: Proxy, path: str, size: int) -> None:
    assert proxy.get(path, method="PUT", Content_Length=str(size)).status == 413


def test_an_upload_may_be_as_large_as_the_app_says(proxy: Proxy) -> None:
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    limit = int(re.search(r"maxUploadSize = (\d+)", settings)[1])  # type: ignore[index]
    assert int(re.search(r"client_max_body_size (\d+)m", shipped())[1]) == limit + 1  # type: ignore[index]


def test_no_log_holds_what_stands_behind_the_question_mark(proxy: Proxy) -> None:
    proxy.get("/products?share=a-secret")
    for _ in range(50):
        if "/products" in (text := proxy.log.read_text(encoding="utf-8")):
            break
        time.sleep(0.05)
    assert "GET /products" in text and "a-secret" not in text


@pytest.fixture(scope="module")
def two_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proxy, Callable[[], None]]]:
    room, ports = tmp_path_factory.mktemp("two"), [free_port(), free_port()]
    with ExitStack() as stack, ExitStack() as first:
        for name, port, kept in (("one", ports[0], first), ("two", ports[1], stack)):
            kept.enter_context(running([sys.executable, "-c", SAYS_ITS_NAME, str(port), name], port))
        yield stack.enter_context(proxied(room / "proxy", ports)), first.close


def test_a_browser_stays_with_one_process_until_that_is_gone(two_processes: tuple[Proxy, Callable[[], None]]) -> None:
    proxy, stop_one = two_processes
    browsers = []
    for _ in range(16):
        answer = proxy.get("/")
        browsers.append((answer.headers["set-cookie"].partition(";")[0], answer.body))
    assert {body for _, body in browsers} == {"one", "two"}
    for cookie, body in browsers:
        again = proxy.get("/", Cookie=cookie)
        assert again.body == body and "set-cookie" not in again.headers
    stop_one()
    assert {proxy.get("/", Cookie=cookie).body for cookie, _ in browsers} == {"two"}
