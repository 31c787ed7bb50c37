# SPDX-License-Identifier: GPL-3.0-or-later
# Desktop entry, icons, type of file, AppStream metadata, manual pages, completion.
set(PATCHLIGHT_SITE "" CACHE STRING "Address that serves resources/pictures, for AppStream's screenshots; empty: none")
string(TIMESTAMP today "%Y-%m-%d" UTC)
set(PATCHLIGHT_RELEASE_DATE ${today} CACHE STRING "Date of the release, for AppStream and the changelog")
set(PATCHLIGHT_SCREENSHOTS "")
if(PATCHLIGHT_SITE)
    set(PATCHLIGHT_SCREENSHOTS "  <url type=\"homepage\">${PATCHLIGHT_SITE}</url>
  <screenshots>
    <screenshot type=\"default\">
      <caption>The window on the sample project</caption>
      <image>${PATCHLIGHT_SITE}/resources/pictures/main-window.png</image>
    </screenshot>
  </screenshots>
")
endif()

set(here ${PROJECT_SOURCE_DIR}/packaging/linux)
configure_file(${here}/org.patchlight.Patchlight.metainfo.xml.in
    ${CMAKE_CURRENT_BINARY_DIR}/org.patchlight.Patchlight.metainfo.xml @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/org.patchlight.Patchlight.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${here}/org.patchlight.Patchlight.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${here}/patchlight-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME patchlight.xml)

set(icons ${PROJECT_SOURCE_DIR}/resources/icons)
foreach(size 16 22 24 32 48 64 128 256 512)
    install(FILES ${icons}/patchlight-${size}.png RENAME patchlight.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps)
endforeach()
install(FILES ${icons}/patchlight.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)

# The pages come out of the program itself, so that they say what it does.
set(manuals ${CMAKE_CURRENT_BINARY_DIR}/manuals)
file(MAKE_DIRECTORY ${manuals})
set(print ${CMAKE_COMMAND} -E env QT_QPA_PLATFORM=offscreen $<TARGET_FILE:patchlight-cli> manual)
add_custom_command(OUTPUT ${manuals}/patchlight-cli.1.gz ${manuals}/patchlight.1.gz ${manuals}/patchlight-cli.bash
    COMMAND ${print} page > ${manuals}/patchlight-cli.1
    COMMAND ${print} window-page > ${manuals}/patchlight.1
    COMMAND ${print} bash > ${manuals}/patchlight-cli.bash
    COMMAND gzip -9nf ${manuals}/patchlight-cli.1 ${manuals}/patchlight.1
    DEPENDS patchlight-cli VERBATIM)
add_custom_target(patchlight_manuals ALL DEPENDS ${manuals}/patchlight-cli.1.gz)
install(FILES ${manuals}/patchlight-cli.1.gz ${manuals}/patchlight.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${manuals}/patchlight-cli.bash RENAME patchlight-cli
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
