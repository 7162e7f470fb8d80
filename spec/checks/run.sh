#!/bin/sh
# Checks spec/hasty.yaml with openapi-spec-validator and with redocly, in the versions pinned beside this file.
# Installs both under target/spec-checks, once per set of pins. Needs python3 (seen with 3.11), node (20.19 or 22.12 and later) and npm.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/target/spec-checks"
pins=$(cat "$here/requirements.txt" "$here/package-lock.json" | cksum)

if [ "$(cat "$work/installed" 2>/dev/null || true)" != "$pins" ]; then
    rm -rf "$work"
    mkdir -p "$work"
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/package.json" "$here/package-lock.json" "$work/"
    (cd "$work" && npm ci --silent --no-audit --no-fund)
    printf '%s\n' "$pins" >"$work/installed"
fi

"$work/venv/bin/openapi-spec-validator" "$root/spec/hasty.yaml"
REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_TELEMETRY=off \
    "$work/node_modules/.bin/redocly" lint --config "$here/redocly.yaml" "$root/spec/hasty.yaml"
