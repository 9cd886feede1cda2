"""What people typed, where a spreadsheet would take it for a formula."""

import re


def guarded(text: str) -> str:
    """The text with a `'` before what a spreadsheet would compute; reading takes that one `'` away again."""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text
