#!/bin/sh
# Every public header compiles alone, without warnings, whatever was included before; so do the
# benchmarks, which no other test compiles.
#
# Checked by clang on the syntax and everything that is instantiated, with Eigen/Core
# precompiled: that takes a tenth of what compiling each header to an object takes
# (`cmake --build --preset dev --target all_verify_interface_header_sets` still does that).
# Headers of which the compiled library holds a copy are checked in both forms.
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
echo '#include <Eigen/Core>' >"$build/eigen.hpp"
# shellcheck disable=SC2086
$compiler $flags -x c++-header "$build/eigen.hpp" -o "$build/eigen.pch"

{
    find include -name '*.hpp' ! -path '*/detail/*' | sed 's/$/ -DTHUOCDO_COMPILED/'
    grep -rl THUOCDO_DECLARATIONS_ONLY include --include='*.hpp' | grep -v '/config.hpp$' |
        sed 's/$/ -DTHUOCDO_HEADER_ONLY/'
} | LC_ALL=C sort >"$build/list.txt"
echo "checking $(wc -l <"$build/list.txt") headers"
# shellcheck disable=SC2016
xargs -P "$jobs" -L 1 sh -c '
    echo "#include \"$1\"" |
        '"$compiler $(echo $flags)"' -fsyntax-only -include-pch "'"$build"'/eigen.pch" "$2" -x c++ - ||
        { echo "header does not compile alone: $1 $2" >&2; exit 255; }
' sh <"$build/list.txt" 2>"$build/errors.txt" || { cat "$build/errors.txt" >&2; exit 1; }
echo "every header compiles alone"

# shellcheck disable=SC2016
find benchmarks -name '*.cpp' | LC_ALL=C sort | xargs -P "$jobs" -I {} sh -c '
    '"$compiler $(echo $flags)"' -DNDEBUG -DTHUOCDO_COMPILED -DTHUOCDO_DATA_DIR=\"data\" -fsyntax-only "$1" ||
        { echo "benchmark does not compile: $1" >&2; exit 255; }' sh {}
echo "every benchmark compiles"
