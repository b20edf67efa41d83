#!/bin/sh
# Install sedctl and sed-tui from this directory, without a network.
#   sh install.sh [DIRECTORY]     ~/.local/share/sed-tui/program by default
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-$HOME/.local/share/sed-tui/program}
version=$(cat "$here/python-version")
for python in "${PYTHON:-python$version}" python3 none; do
    "$python" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" \
        2>/dev/null && break
done
if [ "$python" = none ]; then
    echo "this archive is for Python $version with its venv module, which was not found" >&2
    exit 1
fi
"$python" -m venv "$place"
pip() { "$place/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
pip install --no-index --find-links "$here/wheels" --no-deps --require-hashes -r "$here/run.txt"
pip install --no-index --no-deps --force-reinstall "$here"/wheels/sed_tui-*.whl
mkdir -p "$HOME/.local/bin"
ln -sf "$place/bin/sedctl" "$place/bin/sed-tui" "$HOME/.local/bin/"
"$place/bin/sedctl" --version
echo "installed: $place; commands in $HOME/.local/bin"
