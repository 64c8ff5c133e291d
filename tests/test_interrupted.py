"""Ctrl-C: one line and exit code 130, whatever it meets and however often it comes."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are another thing there")
LINE = "parallax: interrupted; the same command begins again"
MET = {
    "waiting": "time.sleep(9)",
    "an error on the way out": """
        try:
            time.sleep(9)
        finally:
            raise RuntimeError("the loop is closed")""",
    "something that makes another error of it": """
        try:
            time.sleep(9)
        except BaseException:
            raise ValueError("no answer") from None""",
    "clearing away what takes time": """
        try:
            time.sleep(9)
        finally:
            time.sleep(0.5)
            print("cleared", flush=True)""",
}
PROGRAM = """
import sys, time
from helpers import interrupted
interrupted.listen()
print("ready", flush=True)
{before}
with interrupted.in_order():
        print("working", flush=True)
        {body}
"""


def _stopped(program: str, word: str) -> tuple[int, str, str]:
    """What becomes of a program that is interrupted, twice, when it has said a word."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    while word not in said:
        said += process.stdout.readline()
    for _ in range(2):
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    return process.returncode, said + out, err


@pytest.mark.parametrize("met", MET)
def test_whatever_it_meets_it_is_one_line(met: str) -> None:
    code, out, err = _stopped(PROGRAM.format(before="", body=MET[met]), "working")
    assert (code, err.split("\n")) == (130, ["", LINE, ""])
    assert ("cleared" in out) == ("clearing" in met)


def test_before_the_work_there_is_nothing_to_clear_away() -> None:
    code, _, err = _stopped(PROGRAM.format(before="time.sleep(9)", body="pass"), "ready")
    assert (code, err.split("\n")) == (130, ["", LINE, ""])


def test_an_exit_that_was_asked_for_stays_what_it_is() -> None:
    body = """
        try:
            time.sleep(9)
        except KeyboardInterrupt:
            sys.exit(0)"""
    code, _, err = _stopped(PROGRAM.format(before="", body=body), "working")
    assert (code, err) == (0, "")


def test_a_step_of_the_set_up_ends_with_what_it_started_and_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "made"
    below = f"import time; time.sleep(0.9); open({str(file)!r}, 'w')"
    step = (
        f"import os, signal, subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-S', '-c', {below!r}])\n"
        "time.sleep(0.3)\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(9)"
    )
    script = (
        "import importlib.util, os, sys\n"
        f"spec = importlib.util.spec_from_file_location('run', {str(ROOT / 'run.py')!r})\n"
        "run = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(run)\n"
        "sys.excepthook = run.last_word\n"
        f"run.stopped([sys.executable, '-S', '-c', {step!r}], dict(os.environ), None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "\nrun.py: interrupted; the same command goes on from here\n"
    time.sleep(1)
    assert not file.exists()


def test_a_command_that_does_not_listen_yet_is_told_again() -> None:
    """`run.py` waits for what it runs, which hears of Ctrl-C once it can answer."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    # the command itself interrupts who waits for it: by then it was surely started
    slow = (
        "import os, signal, sys, time\ntime.sleep(0.6)\nos.kill(os.getppid(), signal.SIGINT)\n"
        "time.sleep(0.6)\nsignal.signal(signal.SIGINT, lambda *_: sys.exit(130))\n"
        "time.sleep(9)\nsys.exit(1)"
    )
    assert run.waited([sys.executable, "-S", "-c", slow], dict(os.environ)) == 130
