# c6_embed(TARGET FILE NAME): compiles the bytes of FILE into TARGET as `const char embed_NAME[]`, NUL-terminated,
# and `const size_t embed_NAME_len` without the NUL. Declared where they are used.
function(c6_embed target file name)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
  set(out ${CMAKE_BINARY_DIR}/gen/embed_${name}.c)
  file(CONFIGURE OUTPUT ${out} CONTENT "#include <stddef.h>
extern const char embed_${name}[];
extern const size_t embed_${name}_len;
const char embed_${name}[] = {
${bytes}0};
const size_t embed_${name}_len = sizeof embed_${name} - 1;
" @ONLY)
  target_sources(${target} PRIVATE ${out})
endfunction()
