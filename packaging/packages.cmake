# SPDX-License-Identifier: GPL-3.0-or-later
# `cpack -G DEB` makes the package for the system it runs on; library names differ between releases, so each release has
# its own. The portable folder and the Windows packages have scripts (linux/portable, windows/build).
set(CPACK_PACKAGE_NAME patchlight)
set(CPACK_PACKAGE_VENDOR "The Patchlight authors")
set(CPACK_PACKAGE_CONTACT "The Patchlight authors <authors@patchlight.org>" CACHE STRING "Maintainer of the packages")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "hotspot maps of crime and anti-social behaviour")
set(CPACK_PACKAGE_DESCRIPTION "Patchlight finds where and when crime and anti-social behaviour concentrate,
and makes the map of it that a board can rely on. It takes incident extracts
as they come, tests what it finds, and exports pages, tables and data, offline.
The package holds the window and the command line.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR TGZ)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "proj-data, gdal-data")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-liberation, qt6-wayland")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# What Debian's policy asks of the documents: the licence by reference, a changelog in its own form.
if(UNIX AND NOT APPLE)
    set(documents ${CMAKE_CURRENT_BINARY_DIR}/documents)
    file(WRITE ${documents}/copyright "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Patchlight

Files: *
Copyright: 2026 The Patchlight authors
License: GPL-3.0-or-later
 On Debian systems the whole text is in /usr/share/common-licenses/GPL-3.
")
    string(TIMESTAMP stamp "%a, %d %b %Y 00:00:00 +0000" UTC)
    file(WRITE ${documents}/changelog "patchlight (${PROJECT_VERSION}) stable; urgency=medium

  * See /usr/share/doc/patchlight/README.md.

 -- ${CPACK_PACKAGE_CONTACT}  ${stamp}
")
    execute_process(COMMAND gzip -9nkf ${documents}/changelog)
    install(FILES ${documents}/copyright ${documents}/changelog.gz DESTINATION ${PATCHLIGHT_DOCUMENTS})
endif()
include(CPack)
