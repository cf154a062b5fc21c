# Install rules: headers, library, data, the CMake package and the pkg-config files.
#
# The core and the compiled libraries are separate exports, so that a user of the headers alone
# needs no utf8proc, and one of thuocdo::io neither SQLite nor libsodium.

include(CMakePackageConfigHelpers)

set(thuocdo_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/thuocdo")
set(thuocdo_data_install_dir "${CMAKE_INSTALL_DATADIR}/thuocdo")

install(TARGETS thuocdo_headers EXPORT thuocdoTargets
        FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development
        FILE_SET private_headers DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
install(EXPORT thuocdoTargets NAMESPACE thuocdo:: DESTINATION "${thuocdo_package_dir}"
        COMPONENT development)

if(TARGET thuocdo_io)
    install(TARGETS thuocdo_io EXPORT thuocdoIoTargets
            LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
                    NAMELINK_COMPONENT development
            ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
            RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT library)
    install(EXPORT thuocdoIoTargets NAMESPACE thuocdo:: DESTINATION "${thuocdo_package_dir}"
            COMPONENT development)
endif()

if(TARGET thuocdo_journal)
    install(TARGETS thuocdo_journal EXPORT thuocdoJournalTargets
            LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
                    NAMELINK_COMPONENT development
            ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
            RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT library)
    install(EXPORT thuocdoJournalTargets NAMESPACE thuocdo:: DESTINATION "${thuocdo_package_dir}"
            COMPONENT development)
endif()

install(TARGETS thuocdo_publication EXPORT thuocdoPublicationTargets
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
                NAMELINK_COMPONENT development
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT library)
install(EXPORT thuocdoPublicationTargets NAMESPACE thuocdo::
        DESTINATION "${thuocdo_package_dir}" COMPONENT development)

if(EXISTS "${PROJECT_SOURCE_DIR}/data")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/data/" DESTINATION "${thuocdo_data_install_dir}"
            COMPONENT data)
endif()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/thuocdo" COMPONENT development)

configure_package_config_file(cmake/thuocdoConfig.cmake.in thuocdoConfig.cmake
    INSTALL_DESTINATION "${thuocdo_package_dir}"
    PATH_VARS thuocdo_data_install_dir
    NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(thuocdoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/thuocdoConfig.cmake"
              "${PROJECT_BINARY_DIR}/thuocdoConfigVersion.cmake"
        DESTINATION "${thuocdo_package_dir}" COMPONENT development)

# The .pc files find their own prefix, so that the tree can be moved.
file(RELATIVE_PATH thuocdo_pc_prefix
     "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
get_target_property(thuocdo_boost_include Boost::headers INTERFACE_INCLUDE_DIRECTORIES)
set(thuocdo_pc_boost_flags "")
foreach(directory IN LISTS thuocdo_boost_include)
    if(directory AND NOT directory IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
        string(APPEND thuocdo_pc_boost_flags " -I${directory}")
    endif()
endforeach()
set(thuocdo_pc_flags "")
if(THUOCDO_NATIVE)
    set(thuocdo_pc_flags " -march=native")
endif()
# Whoever links a static library must also link what it uses.
if(BUILD_SHARED_LIBS)
    set(thuocdo_pc_io_requires "Requires.private: libutf8proc")
    set(thuocdo_pc_journal_requires "Requires.private: sqlite3")
    set(thuocdo_pc_publication_requires_public "thuocdo-io = ${PROJECT_VERSION}")
    set(thuocdo_pc_journal_requires_public "thuocdo-io = ${PROJECT_VERSION}")
    set(thuocdo_pc_io_requires_public "thuocdo = ${PROJECT_VERSION}")
else()
    set(thuocdo_pc_io_requires "")
    set(thuocdo_pc_io_requires_public "thuocdo = ${PROJECT_VERSION}, libutf8proc")
    set(thuocdo_pc_journal_requires "")
    set(thuocdo_pc_journal_requires_public "thuocdo-io = ${PROJECT_VERSION}, sqlite3")
    set(thuocdo_pc_publication_requires_public "thuocdo-io = ${PROJECT_VERSION}")
    if(TARGET PkgConfig::SODIUM)
        string(APPEND thuocdo_pc_publication_requires_public ", libsodium")
    endif()
endif()
configure_file(cmake/thuocdo.pc.in thuocdo.pc @ONLY)
configure_file(cmake/thuocdo-io.pc.in thuocdo-io.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/thuocdo.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
if(TARGET thuocdo_io)
    install(FILES "${PROJECT_BINARY_DIR}/thuocdo-io.pc"
            DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
endif()
if(TARGET thuocdo_journal)
    configure_file(cmake/thuocdo-journal.pc.in thuocdo-journal.pc @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/thuocdo-journal.pc"
            DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
endif()
configure_file(cmake/thuocdo-publication.pc.in thuocdo-publication.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/thuocdo-publication.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
