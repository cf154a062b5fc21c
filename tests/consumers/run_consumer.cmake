# Runs one step of the consumer tests; see CMakeLists.txt beside it for the variables.

cmake_minimum_required(VERSION 3.24)

# Stops at the first command that fails, and shows what it printed.
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result
                    OUTPUT_VARIABLE output ERROR_VARIABLE output)
    list(JOIN ARGV " " command)
    message("$ ${command}\n${output}")
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "consumer failed (${result}): ${command}")
    endif()
endfunction()

set(build "${WORK_DIR}/${STEP}")
file(REMOVE_RECURSE "${build}")

# The C++ program of the README, as a reader would paste it.
file(READ "${LIBRARY_SOURCE_DIR}/README.md" readme)
string(REGEX MATCH "```cpp\n([^`]+)```" block "${readme}")
if(NOT block)
    message(FATAL_ERROR "consumer failed: README.md has no C++ program")
endif()
file(WRITE "${build}/readme.cpp" "${CMAKE_MATCH_1}")
set(readme_arguments "${LIBRARY_SOURCE_DIR}/data/models/index766-province.json"
                     "${LIBRARY_SOURCE_DIR}/data/panels/index766_provinces.csv")

if(STEP STREQUAL "install")
    file(REMOVE_RECURSE "${PREFIX}")
    run("${CMAKE_COMMAND}" --install "${LIBRARY_BUILD_DIR}" --prefix "${PREFIX}")
    # A moved tree must still work: no file may know where it was built, and no library where the
    # data lay. (The debug information of a library does name its sources.)
    file(GLOB_RECURSE texts "${PREFIX}/*.cmake" "${PREFIX}/*.pc")
    file(GLOB_RECURSE binaries "${PREFIX}/*.a" "${PREFIX}/*.so*")
    foreach(installed IN LISTS texts binaries)
        set(forbidden "${LIBRARY_SOURCE_DIR}")
        if(installed IN_LIST binaries)
            set(forbidden "${LIBRARY_SOURCE_DIR}/data")
        endif()
        file(STRINGS "${installed}" lines)
        string(FIND "${lines}" "${forbidden}" position)
        if(NOT position EQUAL -1)
            message(FATAL_ERROR "consumer failed: ${installed} holds the path ${forbidden}")
        endif()
    endforeach()
elseif(STEP STREQUAL "pkg_config")
    set(ENV{PKG_CONFIG_PATH} "${PREFIX}/${LIBDIR}/pkgconfig")
    run(pkg-config --exact-version=${VERSION} thuocdo)
    run(sh "${SOURCE_DIR}/pkg_config/build.sh" "${COMPILER}" thuocdo "${SOURCE_DIR}/kernel.cpp"
        "${build}/kernel")
    run(sh "${SOURCE_DIR}/pkg_config/build.sh" "${COMPILER}" thuocdo-io "${build}/readme.cpp"
        "${build}/readme")
    # Only a shared library needs it.
    set(ENV{LD_LIBRARY_PATH} "${PREFIX}/${LIBDIR}")
    run("${build}/readme" ${readme_arguments})
    run("${build}/kernel")
else()
    set(extra -Dthuocdo_ROOT=${PREFIX})
    if(STEP STREQUAL "add_subdirectory")
        # Few large files compile in a third of the time.
        set(extra -DTHUOCDO_SOURCE_DIR=${LIBRARY_SOURCE_DIR} -DCMAKE_UNITY_BUILD=ON
                  -DCMAKE_UNITY_BUILD_BATCH_SIZE=12)
    endif()
    run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${SOURCE_DIR}/${STEP}" -B "${build}"
        "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
        # Debug information would take a quarter of the time, and nobody reads it.
        "-DCMAKE_CXX_FLAGS_DEBUG=" "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}"
        "-DREADME_PROGRAM=${build}/readme.cpp" ${extra})
    run("${CMAKE_COMMAND}" --build "${build}" --parallel 2)
    run("${build}/readme" ${readme_arguments})
    if(EXISTS "${build}/publication")
        run("${build}/publication")
    endif()
    if(EXISTS "${build}/journal")
        run("${build}/journal" "${build}/events.db")
    endif()
    if(EXISTS "${build}/kernel")
        run("${build}/kernel")
    else()
        run("${build}/consumer")
    endif()
endif()
