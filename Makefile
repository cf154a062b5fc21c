# The commands of the repository. Each installs what it needs on Debian (tools/bootstrap.sh).

JOBS ?= $(shell nproc 2>/dev/null || echo 2)
VENV := build/venv
WHEEL_BUILD := build/wheel-{wheel_tag}

export CMAKE_BUILD_PARALLEL_LEVEL := $(JOBS)
MAKEFLAGS += --no-print-directory

.PHONY: help demo test test-dev test-headers test-clang test-sanitize test-golden test-python \
        bench sanitize wheel format tidy clean

help:
	@echo "make demo      build and run the demonstrations (examples/*_demo.cpp)"
	@echo "make test      every test: g++, clang under sanitizers, golden digests, Python"
	@echo "make bench     build and run the benchmarks"
	@echo "make sanitize  the C++ tests under the sanitizers of clang and g++"
	@echo "make wheel     build the Python wheel into build/dist"
	@echo "make format    format the C++ sources"
	@echo "make tidy      run clang-tidy"
	@echo "make clean     remove build/"
	@echo "Parts of make test: test-dev test-headers test-sanitize test-golden test-python"
	@echo "make test-clang  the C++ tests by clang with optimisation and without assertions"

demo:
	@sh tools/bootstrap.sh demo
	cmake --preset demo
	cmake --build --preset demo
	build/demo/examples/national_demo
	build/demo/examples/task_demo
	build/demo/examples/publication_demo data build/demo/publication

test:
	@sh tools/bootstrap.sh test
	$(MAKE) test-dev
	$(MAKE) test-headers
	$(MAKE) test-sanitize
	$(MAKE) test-golden
	$(MAKE) test-python

test-dev:
	cmake --preset dev
	cmake --build --preset dev
	ctest --preset dev --parallel $(JOBS)

# Every public header compiles alone, and so does every benchmark.
test-headers:
	sh tools/check-headers.sh

# `make test` has clang compile every test for the sanitizers, and the golden digests with
# optimisation; this is for a longer look.
test-clang:
	cmake --preset clang
	cmake --build --preset clang
	ctest --preset clang --parallel $(JOBS)

# By clang without optimisation: g++ takes twice as long to compile (`make sanitize` runs both).
test-sanitize:
	cmake --preset sanitize
	cmake --build --preset sanitize
	ctest --preset sanitize --parallel $(JOBS)

test-golden:
	sh tools/check-golden.sh

test-python:
	sh tools/python-environment.sh
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    --no-build-isolation --config-settings=build-dir='$(WHEEL_BUILD)' \
	    --config-settings=cmake.define.THUOCDO_WERROR=ON \
	    --config-settings=cmake.define.CMAKE_UNITY_BUILD=ON \
	    --config-settings=cmake.define.CMAKE_CXX_FLAGS_RELEASE='-O1 -DNDEBUG' .
	MYPYPATH=python $(VENV)/bin/python -m mypy --package thuocdo
	THUOCDO_REQUIRE_BROWSER=1 $(VENV)/bin/python -m pytest --numprocesses=$(JOBS) --dist=loadfile tests/python

bench:
	@sh tools/bootstrap.sh bench
	cmake --preset release
	cmake --build --preset release --target benchmarks
	set -e; for program in build/release/benchmarks/bench_*; do \
	    if [ -x "$$program" ]; then "$$program"; fi; done

sanitize:
	@sh tools/bootstrap.sh sanitize
	$(MAKE) test-sanitize
	cmake --preset sanitize-gcc
	cmake --build --preset sanitize-gcc
	ctest --preset sanitize-gcc --parallel $(JOBS)

wheel:
	@sh tools/bootstrap.sh wheel
	sh tools/python-environment.sh
	$(VENV)/bin/python -m build --wheel --no-isolation --outdir build/dist \
	    --config-setting=build-dir='$(WHEEL_BUILD)'

format:
	@sh tools/bootstrap.sh format
	find include src tests examples benchmarks python \( -name '*.hpp' -o -name '*.cpp' \) \
	    -exec clang-format-14 -i {} +

tidy:
	@sh tools/bootstrap.sh tidy
	cmake --preset clang
	find src examples benchmarks tests -name '*.cpp' -not -path 'tests/consumers/*' \
	    -not -path 'tests/must_not_compile/*' -not -path 'tests/golden/*' -print0 | \
	    xargs -0 -n 1 -P $(JOBS) clang-tidy-14 --quiet -p build/clang

clean:
	rm -rf build
