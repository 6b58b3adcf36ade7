# SPDX-License-Identifier: MIT
"""A Python that has dxtbx: this one, or the system's."""
import os
import subprocess
import sys

SKIPPED = 77


def find():
    """Returns an interpreter that can import dxtbx; nothing where there is none."""
    for python in (sys.executable, "/usr/bin/python3"):
        if not os.path.exists(python):
            continue
        if subprocess.run([python, "-c", "import dxtbx.model.experiment_list"], capture_output=True).returncode == 0:
            return python
    return None


def run_there(script, arguments):
    """Runs a script again in a Python that has dxtbx, or says that there is none. Returns the exit code."""
    python = find()
    if python is None:
        print("skipped: no Python here has dxtbx; Debian has it as `apt-get install --no-install-recommends dials`")
        return SKIPPED
    return subprocess.run([python, "-B", script, "--here", *arguments]).returncode
