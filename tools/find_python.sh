#!/bin/sh
# Prints the Python that set-up uses: the environment's own if it works, else the newest suitable one on the PATH.
# Rule: a candidate counts only if it runs, is 3.11 or newer, and is not a pre-release; a name alone proves nothing.
set -u
cd "$(dirname "$0")/.." || exit 1

suits() {
    "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 15) and sys.version_info.releaselevel == "final"))' \
        >/dev/null 2>&1 </dev/null
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1 </dev/null
}

if suits .venv/bin/python; then
    echo .venv/bin/python
    exit 0
fi

# A Python that can make environments by itself goes first; otherwise set-up names the package that is missing.
fallback=
for name in python3.14 python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
    suits "$name" || continue
    if can_make_environments "$name"; then
        echo "$name"
        exit 0
    fi
    fallback=${fallback:-$name}
done
if [ -n "$fallback" ]; then
    echo "$fallback"
    exit 0
fi

echo "Fairlot needs Python 3.11 or newer, and none was found on the PATH. On Debian 12 or newer: apt-get install python3 python3-venv" >&2
exit 1
