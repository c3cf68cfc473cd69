# Profile-guided optimisation (C6_PGO): a twin of c6 that notes which paths it takes, c6_train, runs the scripts of bench/train.sh,
# and c6 is compiled with what it noted. That is done once for a build folder: sources that change later are compiled with the
# old notes, and where a function changed its shape, without. `make clean` takes new ones.
set(C6_PROFILING OFF)
if(C6_PGO AND NOT san AND NOT C6_FORCE_GC AND CMAKE_C_COMPILER_ID STREQUAL GNU)
  set(C6_PROFILING ON)
endif()
set(C6_PROFILE_DIR ${CMAKE_BINARY_DIR}/profile)
set(C6_TRAIN_LIBS "")

# Makes the twin of a library of objects whose definition is complete, with further options, and has the library use the notes.
# Names what the compilers write and read is a part of what a function is known by, so both need the same -dumpdir.
function(c6_profile name)
  if(NOT C6_PROFILING)
    return()
  endif()
  foreach(property SOURCES INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS)
    get_target_property(${property} ${name} ${property})
    if(NOT ${property})
      set(${property} "")
    endif()
  endforeach()
  set(dump -dumpdir ${C6_PROFILE_DIR}/)
  add_library(${name}_train STATIC ${SOURCES})
  target_include_directories(${name}_train SYSTEM PRIVATE ${INCLUDE_DIRECTORIES})
  target_compile_definitions(${name}_train PRIVATE ${COMPILE_DEFINITIONS} _GNU_SOURCE)
  target_compile_options(${name}_train PRIVATE ${COMPILE_OPTIONS} -w ${ARGN} ${dump} -fprofile-generate
    -fprofile-update=prefer-atomic)
  target_compile_options(${name} PRIVATE ${dump} -fprofile-use -fprofile-partial-training -Wno-missing-profile
    -Wno-coverage-mismatch)
  add_dependencies(${name} c6_profile)
  set(C6_TRAIN_LIBS ${C6_TRAIN_LIBS} ${name}_train PARENT_SCOPE)
endfunction()

# The twin itself, when all libraries have theirs.
function(c6_train main)
  add_executable(c6_train ${main})
  target_include_directories(c6_train PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_link_options(c6_train PRIVATE -fprofile-generate)
  target_link_libraries(c6_train PRIVATE -Wl,--start-group ${C6_TRAIN_LIBS} -Wl,--end-group ${ARGN})
  add_dependencies(c6_profile c6_train)
endfunction()

if(C6_PROFILING)
  file(GLOB train_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/train*)
  add_custom_command(OUTPUT ${C6_PROFILE_DIR}/done
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${C6_PROFILE_DIR}
    COMMAND sh ${CMAKE_SOURCE_DIR}/bench/train.sh ${CMAKE_BINARY_DIR}/c6_train
    COMMAND ${CMAKE_COMMAND} -E touch ${C6_PROFILE_DIR}/done
    DEPENDS ${train_scripts} COMMENT "Profiling c6" VERBATIM)
  add_custom_target(c6_profile DEPENDS ${C6_PROFILE_DIR}/done)
endif()
