"""What a run of signing or verifying imports: heavy libraries only when they are needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {"asn1crypto", "cryptography", "gostcrypto", "pyhanko_certvalidator", "aiohttp"}
_PROBE = """
import json, sys
from sed_tui.gost import authority, command, keys, pfx, revocation, verification
from sed_tui.gost.cms import reading, writing
from sed_tui.gost.providers.choice import provider_named
from tests.gost.chain import NOON, make_chain
chain = make_chain(provider_named())
signature = chain.sign()
signing = sorted(sys.modules)
assert chain.verify(signature).findings == ()
print(json.dumps([provider_named().is_slow, signing, sorted(sys.modules)]))
"""


def test_signing_imports_nothing_heavy_and_verifying_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    is_slow, signing, verifying = json.loads(done.stdout)

    assert HEAVY & set(signing) == ({"gostcrypto"} if is_slow else set())
    assert HEAVY & set(verifying) >= {"asn1crypto", "pyhanko_certvalidator"}
    assert {"aiohttp", "requests", "sqlalchemy", "textual"}.isdisjoint(verifying)
