; SPDX-License-Identifier: GPL-3.0-or-later
; Per-user installer: no administrator, nothing outside the user's own folders. Silent with /S, folder with /D=...
; makensis -DVERSION=0.1.0 -DSTAGED=folder -DOUTPUT=file patchlight.nsi
Target amd64-unicode
Unicode true
!include MUI2.nsh
!include LogicLib.nsh
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
Name "Patchlight"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Patchlight"
InstallDirRegKey HKCU "Software\Patchlight" "InstallFolder"
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Patchlight"
VIAddVersionKey "FileDescription" "Patchlight installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!insertmacro MUI_PAGE_LICENSE "${STAGED}\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\patchlight.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Patchlight"
!define CLASS "Software\Classes\Patchlight.Project"

Section
    SetOutPath "$INSTDIR"
    ; What an earlier version left would be loaded by this one.
    RMDir /r "$INSTDIR\bin"
    RMDir /r "$INSTDIR\plugins"
    RMDir /r "$INSTDIR\share"
    File /r "${STAGED}\*.*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Patchlight.lnk" "$INSTDIR\bin\patchlight.exe"
    WriteRegStr HKCU "Software\Patchlight" "InstallFolder" "$INSTDIR"
    ; Offered under "Open with"; the ending stays with whatever has it.
    WriteRegStr HKCU "${CLASS}" "" "Patchlight project"
    WriteRegStr HKCU "${CLASS}\DefaultIcon" "" "$INSTDIR\bin\patchlight.exe,0"
    WriteRegStr HKCU "${CLASS}\shell\open\command" "" '"$INSTDIR\bin\patchlight.exe" "%1"'
    WriteRegStr HKCU "Software\Classes\.gpkg\OpenWithProgids" "Patchlight.Project" ""
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Patchlight"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Patchlight authors"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\bin\patchlight.exe"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
    RMDir /r "$INSTDIR\bin"
    RMDir /r "$INSTDIR\plugins"
    RMDir /r "$INSTDIR\share"
    RMDir /r "$INSTDIR\licences"
    Delete "$INSTDIR\LICENSE"
    Delete "$INSTDIR\README.md"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Patchlight.lnk"
    ; Settings and log; projects stay, the sample among them.
    Delete "$APPDATA\Patchlight\patchlight.ini"
    RMDir "$APPDATA\Patchlight"
    RMDir /r "$LOCALAPPDATA\Patchlight\Patchlight\log"
    RMDir "$LOCALAPPDATA\Patchlight\Patchlight"
    RMDir "$LOCALAPPDATA\Patchlight"
    DeleteRegValue HKCU "Software\Classes\.gpkg\OpenWithProgids" "Patchlight.Project"
    DeleteRegKey /ifempty HKCU "Software\Classes\.gpkg\OpenWithProgids"
    DeleteRegKey HKCU "${CLASS}"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "Software\Patchlight"
SectionEnd
