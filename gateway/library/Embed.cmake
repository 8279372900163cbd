# Writes the source that holds the library's files, and the JSON Schema of run sheets:
# cmake -DOUT=F -DFOLDER=DIR -DSCHEMAS=DIR -P Embed.cmake
set(bytes "")
foreach(kind activities days)
  file(GLOB files ${FOLDER}/${kind}/*.json)
  list(SORT files)
  set(table_${kind} "")
  foreach(path IN LISTS files)
    get_filename_component(name ${path} NAME_WE)
    string(MAKE_C_IDENTIFIER "${kind}_${name}" symbol)
    file(READ ${path} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
    string(APPEND bytes "const unsigned char k_${symbol}[] = {${hex}0};\n")
    string(APPEND table_${kind}
           "    {\"${name}\", {reinterpret_cast<const char*>(k_${symbol}), sizeof k_${symbol} - 1}},\n")
  endforeach()
endforeach()
# The schema refers to definitions in another file; here they are all in one.
file(READ ${SCHEMAS}/run-sheet.json schema)
file(READ ${SCHEMAS}/common.json common)
set(shared "#/definitions/common-")
string(REPLACE "common.json#/definitions/" "${shared}" schema "${schema}")
string(REPLACE "#/definitions/" "${shared}" common "${common}")
string(JSON count LENGTH "${common}" definitions)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON name MEMBER "${common}" definitions ${index})
  string(JSON definition GET "${common}" definitions ${name})
  string(JSON schema SET "${schema}" definitions "common-${name}" "${definition}")
endforeach()
file(WRITE ${OUT}.schema "${schema}\n")
file(READ ${OUT}.schema hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
string(APPEND bytes "const unsigned char k_schema[] = {${hex}0};\n")

file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[
// Made by Embed.cmake from gateway/library.
#include "gateway/library/library.h"

namespace plenum {
namespace {
@bytes@
const LibraryFile kActivities[] = {
@table_activities@    {"", ""}};
const LibraryFile kDays[] = {
@table_days@    {"", ""}};
}  // namespace

std::span<const LibraryFile> LibraryActivities() {
  return {kActivities, sizeof kActivities / sizeof kActivities[0] - 1};
}
std::string_view RunSheetSchema() {
  return {reinterpret_cast<const char*>(k_schema), sizeof k_schema - 1};
}
std::span<const LibraryFile> LibraryDays() { return {kDays, sizeof kDays / sizeof kDays[0] - 1}; }

}  // namespace plenum
]])
