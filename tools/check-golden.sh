#!/bin/sh
# Proves that the published numbers have the same bits whatever compiled them: the digests that
# tests/golden/*.cpp print must equal tests/golden/digests.txt in every combination of
# g++ and clang, without and with optimisation for the baseline of the architecture (SSE2 on
# x86-64), and with optimisation for this processor.
#
# The digest program is compiled WITHOUT -ffp-contract=off and holds its own copy of the scoring,
# as for a header-only user. The readers of files are compiled once for each target: Eigen aligns
# memory by the instruction set, so a program for this processor needs readers for this processor.
#
# Usage: tools/check-golden.sh           compare
#        tools/check-golden.sh --write   store the digests of g++ without optimisation
set -eu
cd "$(dirname "$0")/.."

# Without optimisation no compiler contracts or vectorises, so the processor makes no difference.
targets_of() {
    if [ "$1" = release ]; then echo "baseline native"; else echo baseline; fi
}

stored=tests/golden/digests.txt
build=build/golden
library=build/dev/libthuocdo_io.a
jobs=${JOBS:-2}

if [ ! -f "$library" ]; then
    echo "golden digests: $library is missing; build the dev preset first" >&2
    exit 1
fi

launcher=""
if command -v ccache >/dev/null 2>&1; then launcher=ccache; fi
data=$(pwd)/data
library_flags=$(pkg-config --cflags eigen3 libutf8proc | sed 's/-I/-isystem /g')
mkdir -p "$build/native-readers"

# The program reads models and panels; its tasks are made up. Eight readers at a time compile in
# half the time of each alone, for what they include is compiled once.
find src/io -name '*.cpp' ! -name 'task*' ! -name 'calendar_*' ! -name 'warning_*' ! -name 'event*' ! -name 'unit_json.cpp' |
    LC_ALL=C sort | sed 's/.*/#include "&"/' >"$build/readers.new"
# Unchanged files keep their time, so that ninja stays quick.
if ! cmp -s "$build/readers.new" "$build/readers"; then
    rm -f "$build"/native-readers/batch_*
    split -l 8 --additional-suffix=.cpp "$build/readers.new" "$build/native-readers/batch_"
    mv "$build/readers.new" "$build/readers"
else
    rm "$build/readers.new"
fi

# One rule file for ninja: it recompiles what changed and no more.
{
    echo "ninja_required_version = 1.8"
    echo "builddir = $build"
    echo "rule compile"
    echo "  command = $launcher \$compiler -std=c++20 -Iinclude $library_flags -pthread \$flags -MD -MF \$out.d -c \$in -o \$out"
    echo "  depfile = \$out.d"
    echo "  deps = gcc"
    echo "rule link"
    echo "  command = \$compiler -pthread \$in -o \$out $(pkg-config --libs libutf8proc)"
    native_readers=""
    for source in "$build"/native-readers/batch_*.cpp; do
        object=${source%.cpp}.o
        native_readers="$native_readers $object"
        echo "build $object: compile $source"
        echo "  compiler = g++"
        echo "  flags = -O1 -march=native -ffp-contract=off -Isrc -I."
    done
    for compiler in g++ clang++-14; do
        for optimisation in debug release; do
            for target in $(targets_of "$optimisation"); do
                name=$compiler-$optimisation-$target
                readers=$library
                if [ "$target" = native ]; then readers=$native_readers; fi
                flags="-O0"
                if [ "$optimisation" = release ]; then flags="-O3 -DNDEBUG"; fi
                if [ "$target" = native ]; then flags="$flags -march=native"; fi
                objects=""
                for source in tests/golden/*.cpp; do
                    object=$build/$name/${source%.cpp}.o
                    objects="$objects $object"
                    echo "build $object: compile $source"
                    echo "  compiler = $compiler"
                    echo "  flags = $flags -DTHUOCDO_DATA_DIR='\"$data\"'"
                done
                echo "build $build/$name/golden_digests: link$objects $readers"
                echo "  compiler = $compiler"
            done
        done
    done
} >"$build/build.ninja.new"
if ! cmp -s "$build/build.ninja.new" "$build/build.ninja"; then
    mv "$build/build.ninja.new" "$build/build.ninja"
else
    rm "$build/build.ninja.new"
fi
ninja -f "$build/build.ninja" -j "$jobs"

if [ "${1-}" = --write ]; then
    "$build/g++-debug-baseline/golden_digests" >"$stored.new"
    mv "$stored.new" "$stored"
    echo "golden digests: wrote $stored"
    exit 0
fi

failed=0
for compiler in g++ clang++-14; do
    for optimisation in debug release; do
        for target in $(targets_of "$optimisation"); do
            name=$compiler-$optimisation-$target
            "$build/$name/golden_digests" >"$build/$name/digests.txt"
            if [ ! -s "$build/$name/digests.txt" ]; then
                echo "golden digests: $name printed nothing" >&2
                failed=1
            elif diff -u "$stored" "$build/$name/digests.txt"; then
                echo "golden digests: $name agrees"
            else
                echo "golden digests: $name DIFFERS from $stored" >&2
                failed=1
            fi
        done
    done
done
if [ "$(uname -m)" = x86_64 ] && ! grep -qw fma /proc/cpuinfo; then
    echo "golden digests: this processor has no FMA, so the native builds prove little" >&2
fi
exit "$failed"
