# QuickJS-ng: found (C6_QUICKJS_DIR), installed (/usr/src/quickjs-ng) or unpacked from Debian's
# source-carrying package into the build folder; compiled in one translation unit, src/js/engine.c.
set(C6_ENGINE_MIN 0.17)
set(C6_ENGINE_MAX 0.18~)
if(C6_QUICKJS_DIR)
  set(C6_ENGINE_DIR ${C6_QUICKJS_DIR})
elseif(EXISTS /usr/src/quickjs-ng/quickjs.c)
  set(C6_ENGINE_DIR /usr/src/quickjs-ng)
else()
  if(NOT DEFINED C6_DOWNLOADS)
    set(C6_DOWNLOADS ${CMAKE_BINARY_DIR})
  endif()
  execute_process(COMMAND sh ${CMAKE_SOURCE_DIR}/cmake/fetch-deb.sh qjs-src ${C6_ENGINE_MIN} ${C6_ENGINE_MAX} ${C6_DOWNLOADS}/qjs-src
    RESULT_VARIABLE rc)
  if(NOT rc EQUAL 0)
    message(FATAL_ERROR "QuickJS-ng's source could not be had: no qjs-src in [${C6_ENGINE_MIN}, ${C6_ENGINE_MAX}) on this machine's Debian mirror. Give a folder that holds it: cmake -DC6_QUICKJS_DIR=/path (or make QUICKJS_DIR=/path).")
  endif()
  set(C6_ENGINE_DIR ${C6_DOWNLOADS}/qjs-src/usr/src/quickjs-ng)
endif()
if(NOT EXISTS ${C6_ENGINE_DIR}/quickjs.c)
  message(FATAL_ERROR "${C6_ENGINE_DIR} holds no quickjs.c")
endif()

set(C6_ENGINE_SOURCES ${CMAKE_SOURCE_DIR}/src/js/engine.c ${C6_ENGINE_DIR}/libregexp.c ${C6_ENGINE_DIR}/libunicode.c
  ${C6_ENGINE_DIR}/dtoa.c)

if(EXISTS ${CMAKE_SOURCE_DIR}/src/js/engine.c)
  add_library(c6_engine STATIC ${C6_ENGINE_SOURCES})
  target_include_directories(c6_engine PRIVATE ${C6_ENGINE_DIR} ${CMAKE_SOURCE_DIR}/src)
  target_compile_definitions(c6_engine PRIVATE _GNU_SOURCE)
  target_compile_options(c6_engine PRIVATE -w -O3 -fno-omit-frame-pointer
    -fwrapv) # string sizes near the limit overflow an int on purpose of nobody; what comes out is checked
  # The flags of the twin only have to be those of -O3 up to the point where counters are added: what comes after is left out,
  # which halves the time to compile it.
  c6_profile(c6_engine -O2 --param=early-inlining-insns=14 -fno-tree-pre -fno-gcse -fno-schedule-insns2 -fno-tree-vectorize
    -fno-ivopts -fno-tree-loop-optimize -fno-ipa-cp -fno-inline-functions -fno-tree-dominator-opts -fno-tree-slsr
    -fno-crossjumping -fno-rerun-cse-after-loop -fno-peephole2 -fno-tree-sink -fno-split-paths -fno-code-hoisting
    -fno-tree-tail-merge -fno-reorder-blocks)
  if(san)
    target_compile_options(c6_engine PRIVATE ${san} -O1)
  endif()
  if(C6_FORCE_GC)
    target_compile_definitions(c6_engine PRIVATE FORCE_GC_AT_MALLOC=1)
  endif()
endif()
