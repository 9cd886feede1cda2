"""How the bot talks HTTP to Telegram: python-telegram-bot's `BaseRequest` over pyreqwest.

Whoever sends must know what a failure means, so failures are of three sorts:

- `NotSent`: the request certainly never left; it may be tried again.
- `Unanswered`: it may or may not have been carried out; only a late sign can tell.
- Telegram's own refusals (`RetryAfter`, `Forbidden`, `BadRequest`, ...), as python-telegram-bot raises them.

Addresses hold the bot's token, so no address is ever part of an error.
"""

import json
import os
import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, Final

import certifi
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import BuilderError, DetailedPyreqwestError, PoolTimeoutError, PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.request import ConsumedRequest
from telegram.error import BadRequest, NetworkError
from telegram.request import BaseRequest, RequestData

Files = Mapping[str, tuple[str, bytes | IO[bytes], str]]

# python-telegram-bot asks for it whenever a duration is read: `RetryAfter.retry_after` is then a timedelta,
# not a number with a warning that would replace the error where warnings are errors.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_CERTIFICATE: Final = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_ADDRESS: Final = re.compile(r"[a-zA-Z][\w+.-]*://\S*")
# The one cause that stands only where no connection was made. The classes do not tell: pyreqwest says
# `ConnectError` of a reset after the request was read, and `ConnectTimeoutError` of an answer that is late.
_NO_CONNECTION: Final = "client error (Connect)"
# As browsers write file names in forms. RFC 5987's `filename*` is not read by every server.
_FILE_NAME: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A", "\\": "_"})


class NotSent(NetworkError):
    """Certainly not sent: no connection, no name resolved, no free place in the pool, client not open."""


class Unanswered(NetworkError):
    """Perhaps carried out: a late or broken answer, a lost connection, HTTP 5xx, words not Telegram's."""


class CallingRequest(BaseRequest):
    """A `BaseRequest` by which the poller can also call a method without having the answer read."""

    @abstractmethod
    async def call(
        self, url: str, params: Mapping[str, object], *, read_timeout_s: float
    ) -> tuple[int, bytes]:
        """Call a method; answers status and body, also of Telegram's own refusals. Raises NetworkError."""


class TelegramRequest(CallingRequest):
    """One pool of kept-alive connections to the Bot API, for calls, uploads, downloads and the poller.

    Times are seconds; None means without limit. pyreqwest knows one deadline a call, so it is the sum of
    what is allowed for a place in the pool, for connecting, for sending files (`media_timeout_s`) and for the
    answer: then none of them is cut short by another, and what was late is always known.
    The time-outs for the pool and for connecting are the same for all calls.

    A cancelled call is over for its caller at once; its request may still be carried out, and keeps its
    connection and its place in the pool until its deadline.

    Args:
        proxy: `http://`, `https://` or `socks5://`, perhaps with `user:password@`. Without it there is none:
            what the environment names is not used.
        max_connections: calls in flight; more wait for `pool_timeout_s`, then raise `NotSent`.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        max_connections: int = 256,
        connect_timeout_s: float = 5.0,
        pool_timeout_s: float = 5.0,
        read_timeout_s: float | None = 20.0,
        media_timeout_s: float | None = 120.0,
    ) -> None:
        self._proxy = proxy
        self._max_connections = max_connections
        self._connect_timeout_s = connect_timeout_s
        self._pool_timeout_s = pool_timeout_s
        self._read_timeout_s = read_timeout_s
        self._media_timeout_s = media_timeout_s
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds allowed for an answer where a call does not say."""
        return self._read_timeout_s

    async def initialize(self) -> None:
        """Open the pool; nothing if it is open."""
        if self._client is None:
            self._client = self._open()

    async def shutdown(self) -> None:
        """Close the pool; calls in flight end `Unanswered`. Nothing if it is closed."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def call(
        self, url: str, params: Mapping[str, object], *, read_timeout_s: float
    ) -> tuple[int, bytes]:
        """POST `params` and return status and body as they came: for the poller, which parses by itself.

        Args:
            params: values that are not text are written as JSON; None is left out.
            read_timeout_s: for `getUpdates`, more than its own `timeout`.

        Raises:
            NotSent, Unanswered, BadRequest: as `do_request`.
        """
        fields = {name: _written(value) for name, value in params.items() if value is not None}
        return await self._exchange("POST", url, fields, {}, self._deadline_s(read_timeout_s, 0))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all calls
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one HTTP exchange and return its status and body.

        Status is 2xx, or less than 500 with the Bot API's own `"ok": false`.

        Raises:
            NotSent: it certainly never left.
            Unanswered: whether it was carried out is not known.
            BadRequest: it cannot be written as an HTTP request (half a character, a broken address).
        """
        fields = request_data.json_parameters if request_data else {}
        files: Files = request_data.multipart_data if request_data and request_data.contains_files else {}
        write_s = _seconds(write_timeout, self._media_timeout_s) if files else 0
        read_s = _seconds(read_timeout, self._media_timeout_s if method == "GET" else self._read_timeout_s)
        return await self._exchange(method, url, fields, files, self._deadline_s(read_s, write_s))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's JSON object; unlike the inherited one, keep what it says out of log and error.

        Raises:
            Unanswered: it is not a JSON object.
        """
        answer = _json_object(payload)
        if answer is None:
            raise Unanswered("the answer is not a JSON object")
        return answer

    def _open(self) -> Client:
        try:
            return self._builder().build()
        except BuilderError:  # no certificates on this machine: a slim container
            return _trusting_certifi(self._builder()).build()

    def _builder(self) -> ClientBuilder:
        builder = (
            ClientBuilder()
            .user_agent(self.USER_AGENT)
            .max_connections(self._max_connections)
            .pool_max_idle_per_host(self._max_connections)
            .pool_idle_timeout(timedelta(seconds=30))
            .pool_timeout(timedelta(seconds=self._pool_timeout_s))
            .connect_timeout(timedelta(seconds=self._connect_timeout_s))
            .follow_redirects(enable=False)
        )
        return builder.proxy(ProxyBuilder.all(self._proxy)) if self._proxy else builder.no_proxy()

    def _deadline_s(self, read_s: float | None, write_s: float | None) -> float | None:
        if read_s is None or write_s is None:
            return None
        return self._pool_timeout_s + self._connect_timeout_s + write_s + read_s

    async def _exchange(
        self, method: str, url: str, fields: Mapping[str, str], files: Files, deadline_s: float | None
    ) -> tuple[int, bytes]:
        if self._client is None:
            raise NotSent("the HTTP client is not open")
        request = _written_request(self._client, method, url, fields, files, deadline_s)
        status, body = await _answer(request)
        _require_answer_of_telegram(method, status, body)
        return status, body


def _trusting_certifi(builder: ClientBuilder) -> ClientBuilder:
    for certificate in _CERTIFICATE.findall(Path(certifi.where()).read_bytes()):
        builder = builder.add_root_certificate_pem(certificate)
    return builder


def _seconds(given: object, default: float | None) -> float | None:
    if given is None or isinstance(given, int | float):
        return given
    return default


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _written_request(
    client: Client, method: str, url: str, fields: Mapping[str, str], files: Files, deadline_s: float | None
) -> ConsumedRequest:
    try:
        builder = client.request(method, url)
        if files:
            builder = builder.multipart(_form(fields, files))
        elif fields:
            builder = builder.form(fields)
        if deadline_s is not None:
            builder = builder.timeout(timedelta(seconds=deadline_s))
        return builder.build()
    except ValueError as error:
        sort = type(error).__name__
    raise BadRequest(f"Not an HTTP request: {sort}")


def _form(fields: Mapping[str, str], files: Files) -> FormBuilder:
    form = FormBuilder().percent_encode_noop()
    for name, value in fields.items():
        form = form.text(name, value)
    for name, (file_name, content, mime) in files.items():
        part = PartBuilder.from_bytes(content if isinstance(content, bytes) else content.read())
        form = form.part(name, part.file_name(file_name.translate(_FILE_NAME)).mime(mime))
    return form


async def _answer(request: ConsumedRequest) -> tuple[int, bytes]:
    try:
        response = await request.send()
        return response.status, (await response.bytes()).to_bytes()
    except PyreqwestError as error:
        raise _failure(error) from error


def _failure(error: PyreqwestError) -> NetworkError:
    """Tell what `error` means, and take the addresses out of it."""
    causes = [_ADDRESS.sub("<address>", cause) for cause in _causes(error)]
    error.args = (error.message, *causes)
    if isinstance(error, DetailedPyreqwestError):
        error.details = {"causes": [{"message": cause} for cause in causes]}
    text = ": ".join([error.message, *causes[-1:]])
    if isinstance(error, BuilderError):
        return BadRequest(f"Not an HTTP request: {text}")
    if isinstance(error, PoolTimeoutError) or _NO_CONNECTION in causes:
        return NotSent(text)
    return Unanswered(text)


def _causes(error: PyreqwestError) -> list[str]:
    if not isinstance(error, DetailedPyreqwestError):
        return []
    return [cause["message"] for cause in error.details.get("causes") or ()]


def _require_answer_of_telegram(method: str, status: int, body: bytes) -> None:
    """Refuse what a proxy, a portal or a broken server said instead of the Bot API."""
    if 200 <= status < 300:
        if method == "POST" and b'"result"' not in body:
            raise Unanswered(f"HTTP {status} without a result")
        return
    refusal = _json_object(body) if status < 500 else None
    if refusal is None or refusal.get("ok") is not False:
        raise Unanswered(f"HTTP {status}")


def _json_object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
