# How the project compiles its own files. Nothing here reaches a user of the targets: directory
# options end at this directory.

if(PROJECT_IS_TOP_LEVEL)
    if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
        set(CMAKE_BUILD_TYPE Release CACHE STRING "Type of build" FORCE)
    endif()
    set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
    set(CMAKE_CXX_EXTENSIONS OFF)
    # A compiler launcher set by the user wins.
    find_program(THUOCDO_CCACHE ccache)
    mark_as_advanced(THUOCDO_CCACHE)
    if(THUOCDO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
        set(CMAKE_CXX_COMPILER_LAUNCHER "${THUOCDO_CCACHE}")
    endif()
endif()

set(thuocdo_known_compiler OFF)
if(CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang|AppleClang)$")
    set(thuocdo_known_compiler ON)
endif()

if(PROJECT_IS_TOP_LEVEL AND thuocdo_known_compiler)
    add_compile_options(-Wall -Wextra -Wconversion -Wsign-conversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # g++ 12 warns of overlap in every `"text" + std::string` it inlines (GCC bug 105651).
        add_compile_options(-Wno-restrict)
    endif()
endif()
if(THUOCDO_WERROR AND thuocdo_known_compiler)
    add_compile_options(-Werror)
endif()

if(THUOCDO_SANITIZE)
    if(NOT thuocdo_known_compiler)
        message(FATAL_ERROR "thuocdo: THUOCDO_SANITIZE needs g++ or clang")
    endif()
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # The instrumented code hides from g++ that a value was set, and it warns falsely.
        add_compile_options(-Wno-maybe-uninitialized)
    else()
        # Loops with checks inside are not vectorised, which clang would report.
        add_compile_options(-Wno-pass-failed)
    endif()
endif()
