#!/bin/sh
# Make .venv with the Python given, or say which package of the system is missing.
set -eu
python=${1:-}
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed and was not found: install it (Debian, Ubuntu," >&2
    echo "Astra: apt install python3 python3-venv; RED OS, Fedora: dnf install python3;" >&2
    echo "ALT: apt-get install python3), or name it: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("{}.{}".format(*sys.version_info))')
    echo "$python has no venv module. Install the package that brings it:" >&2
    echo "  Debian, Ubuntu, Astra:  apt install python$version-venv" >&2
    echo "  elsewhere it is a part of python3 itself, or of a package named like this one" >&2
    exit 1
fi
"$python" -m venv .venv
