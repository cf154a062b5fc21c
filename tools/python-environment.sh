#!/bin/sh
# Makes build/venv with what the Python tests need, and prints nothing when it is there already.
# The stamp holds the interpreter and the hash of the requirements: change either and it is redone.
set -eu
cd "$(dirname "$0")/.."

requirements=python/requirements-test.txt
environment=build/venv
stamp=$environment/requirements.stamp
python=$(sh tools/find-python.sh)
wanted="$python $("$python" --version) $(sha256sum <"$requirements")"

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi
echo "thuocdo: making $environment with $python"
mkdir -p build
# An environment of another interpreter cannot be turned into this one.
if [ ! -f "$stamp" ] || [ "$(cut -d ' ' -f 1 "$stamp")" != "$python" ]; then
    "$python" -m venv --clear "$environment"
fi
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$requirements"
printf '%s\n' "$wanted" >"$stamp"
