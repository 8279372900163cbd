# Puts the files of gateway/web/dist, as the pages' build made them, into the program.
#   include(EmbedPages.cmake)            sets `embedded_pages`, the source that holds them
#   cmake -DOUT=F -DWEB=DIR -P EmbedPages.cmake    writes that source (run by the build)
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB pages ${WEB}/*)
  list(SORT pages)
  set(bytes "")
  set(table "")
  set(index 0)
  foreach(page IN LISTS pages)
    get_filename_component(name ${page} NAME)
    file(READ ${page} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
    string(APPEND bytes "const unsigned char kBytes${index}[] = {${hex}0};\n")
    string(APPEND table "    {\"${name}\", {reinterpret_cast<const char*>(kBytes${index}), sizeof kBytes${index} - 1}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[
// Made by EmbedPages.cmake from gateway/web/dist.
#include "gateway/pages.h"

namespace plenum {
namespace {
@bytes@
const EmbeddedPage kPages[] = {
@table@    {"", ""}};
}  // namespace

std::span<const EmbeddedPage> EmbeddedPages() {
  return {kPages, sizeof kPages / sizeof kPages[0] - 1};
}

}  // namespace plenum
]])
  return()
endif()

set(web ${CMAKE_CURRENT_SOURCE_DIR}/web/dist)
file(GLOB pages CONFIGURE_DEPENDS ${web}/*)
set(embedded_pages ${CMAKE_CURRENT_BINARY_DIR}/embedded_pages.cc)
add_custom_command(
  OUTPUT ${embedded_pages}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embedded_pages} -DWEB=${web} -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${pages} ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Embedding the pages"
  VERBATIM)
