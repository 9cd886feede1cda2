"""Reads what a request brings: values of the query and the body, and files."""

import json
import mimetypes
from typing import Final
from urllib.parse import parse_qsl

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.sandbox.params import Upload
from bot.sandbox.refusals import Json, bad_request

_FIELD_BYTES: Final = 4 * 1024**2


async def read_body(request: Request) -> tuple[Json, dict[str, Upload]]:
    """Values of the query and the body (form, multipart or JSON), and the files among them.

    Raises:
        Refused: the body is not what its content type says.
    """
    values: Json = dict(parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        fields, files = await _read_multipart(request)
        return values | fields, files
    content = await request.body()
    if kind == "application/json":
        try:
            body = json.loads(content or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("a JSON object is expected")
        return values | body, {}
    if content and kind == "application/x-www-form-urlencoded":
        values |= dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
    return values, {}


async def _read_multipart(request: Request) -> tuple[Json, dict[str, Upload]]:
    parser = MultiPartParser(request.headers, request.stream(), max_part_size=_FIELD_BYTES)
    values: Json = {}
    files: dict[str, Upload] = {}
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise bad_request(f"can't parse multipart/form-data: {error.message}") from None
    for name, value in form.multi_items():
        if isinstance(value, str):
            values[name] = value
        else:
            file_name = value.filename or "file"
            mime = value.content_type or mimetypes.guess_type(file_name)[0] or "application/octet-stream"
            files[name] = Upload(file_name, await value.read(), mime)
    await form.close()
    return values, files
