# SPDX-License-Identifier: GPL-3.0-or-later
# Icon, version and manifest of a program: patchlight_windows_resources(TARGET). Nothing elsewhere.
function(patchlight_windows_resources target)
    if(NOT WIN32)
        return()
    endif()
    set(manifest ${PROJECT_SOURCE_DIR}/packaging/windows/patchlight.manifest)
    if(MSVC) # its linker takes the manifest itself
        set(PATCHLIGHT_MANIFEST_LINE "")
        target_sources(${target} PRIVATE ${manifest})
    else()
        set(PATCHLIGHT_MANIFEST_LINE "1 24 \"${manifest}\"")
    endif()
    enable_language(RC)
    configure_file(${PROJECT_SOURCE_DIR}/packaging/windows/patchlight.rc.in ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc @ONLY)
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc)
endfunction()
