#!/bin/sh
# The oracle of the tests of signatures: the engine of GOST for openssl, where it can be had.
# Installs it on Debian as root; elsewhere, or when that fails, those tests skip and say so.
set -u
openssl engine -t gost 2>/dev/null | grep -q 'available' && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v openssl >/dev/null || exit 0
timeout 120 apt-get install -qq -y --no-install-recommends libengine-gost-openssl \
    >/dev/null 2>&1 || echo "no engine of GOST for openssl: its tests will skip" >&2
exit 0
