import os
import subprocess
import sys
from pathlib import Path

import pytest

STATUS = Path("/proc/self/status")

PROBE = """
import sys
from pipeline.cli import main
main(["correct", sys.argv[1]])
import numpy as np
a = np.ones((1500, 1500), np.float32)
for _ in range(5):
    a @ a
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("Threads")))
"""


@pytest.mark.skipif(not STATUS.exists(), reason="this system does not tell a process's threads")
def test_the_command_computes_with_one_thread(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Ban Thirờng vụ Tỉnh ủy\n", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", PROBE, str(text)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.splitlines()[-1] == "1"
