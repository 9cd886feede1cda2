"""The tour's claims hold, each looked up where it says."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_tour_shows_what_it_claims(language):
    """It exits 0 with a ✓ for each of its ten claims, in both languages."""
    command = [sys.executable, "-m", "bot", "demo", "--tour", "--lang", language]
    tour = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)  # noqa: S603
    assert tour.returncode == 0, tour.stdout + tour.stderr
    assert tour.stdout.count("  ✓ ") == 10
    assert "✗" not in tour.stdout
