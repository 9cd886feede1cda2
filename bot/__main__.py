"""The command line: guongsang demo | run | check | roster | export | …"""

import sys


def main(argv: list[str] | None = None) -> int:
    return 0


if __name__ == "__main__":
    sys.exit(main())
