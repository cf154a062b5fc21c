#!/bin/sh
# Prints the Python interpreter that the build uses: `python3` of the PATH when it can make virtual
# environments and compile extension modules, else the one of the system. Several Pythons on one
# machine (pyenv, conda) are common, and headers of one do not fit another.
# PYTHON in the environment wins.
set -eu

usable() {
    "$1" - >/dev/null 2>&1 <<'CHECK'
import ensurepip, os, sys, sysconfig, venv
header = os.path.join(sysconfig.get_paths()["include"], "Python.h")
sys.exit(0 if sys.version_info >= (3, 9) and os.path.exists(header) else 1)
CHECK
}

for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
    if usable "$candidate"; then
        # A shim chooses by the folder it runs in; the real path does not.
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
echo "thuocdo: no Python 3.9 or later with venv and headers; on Debian: apt-get install python3-dev python3-venv" >&2
exit 1
