"""The report on a run that was killed, and on one that is going on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import runs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def report(out: Path) -> dict[str, Any]:
    """Return what ``vanban status --report`` writes for programs."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "status", str(out), "--report"],
        env=runs.environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return found


def test_a_run_is_reported_on_while_it_goes_on_and_after_it_was_killed(tmp_path: Path) -> None:
    inputs, out = runs.put_inputs(tmp_path / "vào", texts=60, pictures=0), tmp_path / "ra"
    run = runs.start(inputs, out)
    while len(list(out.rglob("*.docx"))) < 10:
        assert run.poll() is None
        time.sleep(0.02)
    run.send_signal(signal.SIGSTOP)  # so that it is not done before it is reported on
    alive = report(out)
    run.kill()
    run.communicate()
    dead = report(out)

    assert (alive["running"], dead["running"]) == (True, False)
    assert "Going on" not in (out / "report.html").read_text(encoding="utf-8")
    assert "Cut off" in (out / "report.html").read_text(encoding="utf-8")
    (only,) = dead["runs"]
    assert only["ending"] == "none"
    assert 0 < alive["runs"][0]["pages"] <= only["pages"]
    assert dead["totals"]["documents"] == 60

    assert runs.run(inputs, out).returncode == 0
    whole = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [each["ending"] for each in whole["runs"]] == ["none", "complete"]
    assert whole["totals"]["by_state"]["done"] == 60
    assert whole["totals"]["pages"] == 120
