# Install sedctl and sed-tui from this directory, without a network.
#   powershell -ExecutionPolicy Bypass -File install.ps1 [DIRECTORY]
param([string]$Place = "$env:LOCALAPPDATA\sed-tui\program")
$ErrorActionPreference = "Stop"
$python = "$Place\Scripts\python.exe"
$version = Get-Content "$PSScriptRoot\python-version"
py "-$version" -m venv $Place
& $python -m pip install --quiet --no-index --find-links "$PSScriptRoot\wheels" --no-deps --require-hashes -r "$PSScriptRoot\run.txt"
& $python -m pip install --quiet --no-index --no-deps --force-reinstall (Get-ChildItem "$PSScriptRoot\wheels\sed_tui-*.whl").FullName
& "$Place\Scripts\sedctl.exe" --version
Write-Output "installed: $Place\Scripts; add it to PATH"
