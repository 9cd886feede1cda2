"""Updates made up from the schema of the Bot API's types, right ones and broken ones."""

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.office import TELEGRAM_IDS
from tests.schema import bot_api_schema

Json = dict[str, Any]

_STRANGERS = (9001, 9002, 777000, 136817688)
_GROUPS = (-1_000_000_854_001, -5_000_001, -1_001_234_567_890)
_ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "👩‍👩‍👧‍👦" * 40,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 20,
    "\u202eđảo chiều\u202c",
    "<b>không đóng",
    "&lt;script&gt;",
    "%s {you} {0} {name}",
    "' or 1=1; --",
    "x" * 5000,
    "đồng chí " * 455,
    "\n" * 300,
    "0",
    "-1",
    "/",
    "/ ",
    "//",
    "/decu@guongsang_bot",
    "/start i" + "A" * 64,
    "/start \x00",
)
_SENTENCES = (
    "/start",
    "/help",
    "/decu",
    "/nominate anh Bùi Anh Tuấn, phòng TH, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến",
    "/cuatoi",
    "/binhchon",
    "/tonghop",
    "/huy",
    "/ngonngu",
    "/xuat",
    "/moi",
    "/nhansu",
    "/dulieucuatoi",
    "/trangthai",
    "Đề cử chị Lan, phòng HCTC, vì đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến",
    "đề cử",
    "Lan",
    "Phòng Nội chính",
    "đã ba tháng hướng dẫn người dân nộp hồ sơ trực tuyến, giảm một nửa thời gian chờ",
)
_MADE_UP_DATA = ("n:1:1:send:", "n:0:0:more:", "x:1:0::h:1:0:list:2026-11", "::::", "n", "ệ:1:1:a:b")
_ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    2**31,
    2**53 + 1,
    2**63,
    -(2**70),
    10**300,
    1e308,
    [],
    {},
    [None],
    [[[]]],
    {"id": {"id": {}}},
    "private",
    *_ODD_TEXTS,
)
_DEEPEST = 7


class Updates:
    """Makes updates with the dice it is given.

    Attributes:
        data: what buttons the bot has shown would say; taps carry some of it.
        people: ids of the office's people that may act.
    """

    def __init__(self, dice: random.Random, people: Sequence[int], data: Sequence[str] = ()) -> None:
        self._dice = dice
        self._people, self._data = list(people), list(data)
        self._definitions: dict[str, Json] = bot_api_schema()["definitions"]

    def of_kind(self, kind: str) -> Json:
        """A right update with this property of `Update`."""
        return {kind: self._value(self._definitions["TelegramUpdate"]["properties"][kind], 0, kind)}

    def message_with(self, content: str) -> Json:
        """A right message with this property, from somebody in a private chat."""
        message = self.of_kind("message")["message"]
        message[content] = self._value(
            self._definitions["TelegramMessage"]["properties"][content], 1, content
        )
        return {"message": message}

    def any(self) -> Json:
        """A right update, likely one that the bot asks for."""
        if self._dice.random() < 0.7:
            kind = self._dice.choice(
                ("message", "message", "callback_query", "edited_message", "my_chat_member")
            )
        else:
            kind = self._dice.choice(kinds_of_update())
        return self.of_kind(kind)

    def broken(self) -> Json:
        """An update in which something is not as it should be."""
        update = copy.deepcopy(self.any())
        for _ in range(self._dice.choice((1, 1, 2, 5))):
            self._break(update)
        return update

    def _break(self, update: Json) -> None:
        places: list[tuple[Any, Any]] = []
        _collect(update, places, top=True)
        if not places:
            return
        holder, key = self._dice.choice(places)
        act = self._dice.randrange(4)
        if act == 0 and isinstance(holder, dict):
            del holder[key]
        elif act == 1:
            holder[key] = self._tower(holder[key])
        elif act == 2 and isinstance(holder, dict):
            holder[self._dice.choice(("unknown", "id", "type", "text", "chat", "from"))] = self._odd()
        else:
            holder[key] = self._odd()

    def _odd(self) -> Any:
        return copy.deepcopy(self._dice.choice(_ODD_VALUES))

    def _tower(self, value: Any) -> Any:
        key = self._dice.choice(("message", "reply_to_message", "chat", "x"))
        for _ in range(self._dice.choice((1, 3, 60))):
            value = [value] if self._dice.random() < 0.5 else {key: value}
        return value

    # Values by the schema

    def _value(self, schema: Json, depth: int, name: str) -> Any:
        if "$ref" in schema:
            definition = schema["$ref"].rsplit("/", 1)[1]
            special = _SPECIAL.get(definition)
            if special is not None:
                return special(self, depth)
            return self._value(self._definitions[definition], depth, name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._dice.choice(schema["enum"])
        if "anyOf" in schema:
            return self._value(self._dice.choice(schema["anyOf"]), depth, name)
        return self._plain(schema, depth, name)

    def _plain(self, schema: Json, depth: int, name: str) -> Any:
        sort = schema.get("type")
        if sort == "object":
            return self._object(schema, depth)
        if sort == "array":
            most = 0 if depth > _DEEPEST else self._dice.choice((0, 1, 1, 3))
            return [self._value(schema["items"], depth + 1, name) for _ in range(most)]
        if sort == "string":
            return self._text(name)
        if sort == "boolean":
            return self._dice.random() < 0.5
        return self._number(name)

    def _object(self, schema: Json, depth: int) -> Json:
        required = set(schema.get("required", ()))
        likelihood = 0.0 if depth >= _DEEPEST - 2 else 0.3 / (depth + 1)
        return {
            name: self._value(part, depth + 1, name)
            for name, part in schema.get("properties", {}).items()
            if name in required or self._dice.random() < likelihood
        }

    def _text(self, name: str) -> str:
        if name == "data":
            return self._button_data()
        if name in {"text", "caption"}:
            return self._dice.choice(_SENTENCES if self._dice.random() < 0.7 else _ODD_TEXTS)
        if name == "language_code":
            return self._dice.choice(("vi", "en", "vi-VN", "xx"))
        if name == "phone_number":
            return self._dice.choice(("+84912000001", "0912 000 001", "113", ""))
        return self._dice.choice(("a", "Lê", "file_1", "12345", "𝕏", ""))

    def _button_data(self) -> str:
        if self._data and self._dice.random() < 0.7:
            data = self._dice.choice(self._data)
            if self._dice.random() < 0.3:
                parts = data.split(":")
                parts[self._dice.randrange(len(parts))] = self._dice.choice(
                    ("", "0", "-1", "9" * 17, "send", "x")
                )
                data = ":".join(parts)
            return data
        return self._dice.choice(
            ("n:1:1:send:", "n:0:0:more:", "x:1:0::h:1:0:list:2026-11", "::::", "n", "ệ:1:1:a:b")
        )

    def _number(self, name: str) -> int | float:
        if name in {"latitude", "longitude"}:
            return round(self._dice.uniform(-90, 90), 6)
        if name == "message_id":
            return self._dice.choice((1, 2, 3, 5, 8, 13, 100_000))
        if "date" in name:
            return self._dice.choice((0, 1_795_000_000, 2_000_000_000))
        return self._dice.choice((0, 1, 2, 7, 4096, 2**31, 2**40))

    def _user(self, _depth: int) -> Json:
        user_id = self._dice.choice(self._people if self._dice.random() < 0.7 else _STRANGERS)
        user = {"id": user_id, "is_bot": self._dice.random() < 0.05, "first_name": self._text("first_name")}
        if self._dice.random() < 0.7:
            user["language_code"] = self._text("language_code")
        return user

    def _chat(self, _depth: int) -> Json:
        if self._dice.random() < 0.25:
            sort = self._dice.choice(("group", "supergroup", "channel"))
            return {"id": self._dice.choice(_GROUPS), "type": sort, "title": self._text("title")}
        return {"id": self._user(0)["id"], "type": "private", "first_name": "Lê"}

    def _message(self, depth: int) -> Json:
        user = self._user(depth)
        chat = {"id": user["id"], "type": "private"} if self._dice.random() < 0.7 else self._chat(depth)
        definition = self._definitions["TelegramMessage"]
        parts = definition["properties"]
        message = {name: self._value(parts[name], depth + 1, name) for name in definition["required"]}
        message |= {"chat": chat, "from": user}
        if self._dice.random() < 0.6:
            message["text"] = self._text("text")
        if depth < _DEEPEST - 2:
            for name in self._dice.sample(sorted(parts), self._dice.choice((0, 1, 1, 2))):
                message[name] = self._value(parts[name], depth + 1, name)
        return message

    def _tap(self, depth: int) -> Json:
        user = self._user(depth)
        tap: Json = {"id": str(self._dice.getrandbits(60)), "from": user, "chat_instance": "1"}
        tap["data"] = self._button_data()
        if self._dice.random() < 0.9:
            tap["message"] = {**self._message(depth + 1), "chat": {"id": user["id"], "type": "private"}}
        return tap


_SPECIAL: dict[str, Callable[[Updates, int], Any]] = {
    "TelegramUser": Updates._user,
    "TelegramChat": Updates._chat,
    "TelegramMessage": Updates._message,
    "TelegramCallbackQuery": Updates._tap,
}


def kinds_of_update() -> list[str]:
    """Every property of `Update` that is a kind of update."""
    return sorted(set(bot_api_schema()["definitions"]["TelegramUpdate"]["properties"]) - {"update_id"})


def contents_of_message() -> list[str]:
    """Every property of `Message`."""
    return sorted(bot_api_schema()["definitions"]["TelegramMessage"]["properties"])


def people_who_act() -> list[int]:
    """Everybody of the office but one, who looks whether the bot still answers."""
    return [user_id for code, user_id in TELEGRAM_IDS.items() if code not in {"cu", "thao"}]


def _collect(value: Any, places: list[tuple[Any, Any]], *, top: bool = False) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not top:
                places.append((value, key))
            _collect(inner, places)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            places.append((value, index))
            _collect(inner, places)
