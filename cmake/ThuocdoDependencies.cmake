# Finds what the library needs. A parent project may bring the targets itself.

set(THUOCDO_EIGEN_MINIMUM 3.4)
set(THUOCDO_BOOST_MINIMUM 1.74)
# Read-only WAL files, upserts, sqlite_schema, and the defensive settings of connections.
set(THUOCDO_SQLITE_MINIMUM 3.33)

# Eigen 3 and Eigen 5 share one package name and each refuses the other's version number, so ask
# for none and check after.
if(NOT TARGET Eigen3::Eigen)
    find_package(Eigen3 QUIET)
    if(NOT TARGET Eigen3::Eigen)
        message(FATAL_ERROR "thuocdo: Eigen ${THUOCDO_EIGEN_MINIMUM} or later was not found. "
                            "On Debian: apt-get install libeigen3-dev")
    endif()
    if(Eigen3_VERSION AND Eigen3_VERSION VERSION_LESS THUOCDO_EIGEN_MINIMUM)
        message(FATAL_ERROR "thuocdo: found Eigen ${Eigen3_VERSION}, "
                            "but ${THUOCDO_EIGEN_MINIMUM} or later is needed. "
                            "On Debian 12: apt-get install libeigen3-dev")
    endif()
endif()

if(NOT TARGET Boost::headers)
    if(POLICY CMP0167)
        cmake_policy(SET CMP0167 NEW)
    endif()
    find_package(Boost ${THUOCDO_BOOST_MINIMUM} QUIET)
    if(NOT TARGET Boost::headers)
        message(FATAL_ERROR "thuocdo: the headers of Boost ${THUOCDO_BOOST_MINIMUM} or later "
                            "were not found. On Debian: apt-get install libboost-dev")
    endif()
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

if(NOT TARGET nlohmann_json::nlohmann_json)
    find_package(nlohmann_json 3.11 QUIET)
    if(NOT TARGET nlohmann_json::nlohmann_json)
        message(FATAL_ERROR "thuocdo: nlohmann-json 3.11 or later was not found. "
                            "On Debian 12: apt-get install nlohmann-json3-dev")
    endif()
endif()

if(NOT TARGET PkgConfig::UTF8PROC)
    find_package(PkgConfig QUIET)
    if(NOT PkgConfig_FOUND)
        message(FATAL_ERROR "thuocdo: pkg-config was not found; it locates utf8proc. "
                            "On Debian: apt-get install pkg-config")
    endif()
    pkg_check_modules(UTF8PROC QUIET IMPORTED_TARGET GLOBAL libutf8proc)
    if(NOT TARGET PkgConfig::UTF8PROC)
        message(FATAL_ERROR "thuocdo: utf8proc was not found. "
                            "On Debian: apt-get install libutf8proc-dev")
    endif()
endif()

# Only the journal needs it, and is left out by default where it is missing.
if(TARGET SQLite::SQLite3)
    set(SQLite3_FOUND TRUE)
else()
    find_package(SQLite3 ${THUOCDO_SQLITE_MINIMUM} QUIET)
endif()

# Only signatures of publications need it, and are left out where it is missing.
if(NOT TARGET PkgConfig::SODIUM AND PkgConfig_FOUND)
    pkg_check_modules(SODIUM QUIET IMPORTED_TARGET GLOBAL libsodium)
endif()
