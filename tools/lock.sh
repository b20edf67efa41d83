#!/bin/sh
# Resolve the dependencies anew where pyproject.toml asks for it, and export uv.lock
# to the hashed files that pip installs. Wants uv; nobody else does.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}
"$uv" lock "$@"
for set in run build dev fuzz; do
    case $set in
        run) choose="--no-dev --all-extras" ;;
        *) choose="--only-group $set" ;;
    esac
    # shellcheck disable=SC2086
    "$uv" export --quiet --locked --format requirements-txt --no-emit-project \
        --no-header --no-annotate $choose --output-file "requirements/$set.txt"
done
