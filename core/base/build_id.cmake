# SPDX-License-Identifier: GPL-3.0-or-later
# Writes OUTPUT, a header with PATCHLIGHT_BUILD_ID: BUILD where it is given, else the commit of SOURCE, else nothing. The
# file is touched only when its text changes, so that a build without a new commit compiles nothing.
set(id "${BUILD}")
if(NOT id)
    execute_process(COMMAND git -C ${SOURCE} rev-parse --show-toplevel
        OUTPUT_VARIABLE top RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    file(REAL_PATH ${SOURCE} source)
    if(NOT failed AND top STREQUAL source) # a source folder unpacked within another repository has no commit of its own
        execute_process(COMMAND git -C ${SOURCE} rev-parse --short=9 HEAD
            OUTPUT_VARIABLE id RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
        execute_process(COMMAND git -C ${SOURCE} diff --quiet HEAD RESULT_VARIABLE changed ERROR_QUIET)
        if(failed)
            set(id "")
        elseif(changed)
            string(APPEND id "+changes")
        endif()
    endif()
endif()
set(text "// Made by core/base/build_id.cmake.\n#define PATCHLIGHT_BUILD_ID \"${id}\"\n")
set(old "")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} old)
endif()
if(NOT old STREQUAL text)
    file(WRITE ${OUTPUT} "${text}")
endif()
