#!/bin/sh
# Every public header compiles alone (tools/check_headers.py says how), and so do the benchmarks,
# which no other test compiles.
#
# Usage: tools/check-headers.sh
set -eu
cd "$(dirname "$0")/.."

build=build/headers
jobs=${JOBS:-2}
compiler=${CXX_FOR_HEADERS:-clang++-14}
flags="-std=c++20 -Iinclude $(pkg-config --cflags eigen3 | sed 's/-I/-isystem /g')
       -Wall -Wextra -Wconversion -Wsign-conversion -Werror"
mkdir -p "$build"
# shellcheck disable=SC2086
python3 tools/check_headers.py "$compiler" "$jobs" "$build" $flags

# shellcheck disable=SC2016
find benchmarks -name '*.cpp' | LC_ALL=C sort | xargs -P "$jobs" -I {} sh -c '
    '"$compiler $(echo $flags)"' -DNDEBUG -DTHUOCDO_COMPILED -DTHUOCDO_DATA_DIR=\"data\" -fsyntax-only "$1" ||
        { echo "benchmark does not compile: $1" >&2; exit 255; }' sh {}
echo "every benchmark compiles"
