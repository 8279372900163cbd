// Open space: how many tables each topic gets.
#pragma once

#include <cstdint>
#include <vector>

namespace plenum {

// `interest`: how many people are interested in each topic. While tables last, each topic gets one,
// the most wanted first; the others go to the most wanted by Sainte-Laguë's highest averages, to
// topics whose people do not fit at their tables (each of `capacity`) before any other. Ties go to
// the topic that is named first. Returns the number of tables of each topic; all tables are given
// away if there is a topic.
std::vector<uint32_t> AssignTables(const std::vector<uint32_t>& interest, uint32_t tables,
                                   uint32_t capacity);

}  // namespace plenum
