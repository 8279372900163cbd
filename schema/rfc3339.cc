#include "schema/rfc3339.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace plenum {
namespace {

constexpr TimeMs kLastTime = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

void AppendDigits(int64_t n, int width, std::string* out) {
  std::string digits = std::to_string(n);
  out->append(static_cast<size_t>(width) - std::min<size_t>(digits.size(), width), '0');
  *out += digits;
}

}  // namespace

std::string FormatTime(TimeMs time) {
  using namespace std::chrono;
  const sys_time<milliseconds> at(milliseconds(std::clamp<TimeMs>(time, 0, kLastTime)));
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss clock(at - day);
  std::string text;
  AppendDigits(static_cast<int>(date.year()), 4, &text);
  AppendDigits(static_cast<unsigned>(date.month()), 2, &(text += '-'));
  AppendDigits(static_cast<unsigned>(date.day()), 2, &(text += '-'));
  AppendDigits(clock.hours().count(), 2, &(text += 'T'));
  AppendDigits(clock.minutes().count(), 2, &(text += ':'));
  AppendDigits(clock.seconds().count(), 2, &(text += ':'));
  AppendDigits(clock.subseconds().count(), 3, &(text += '.'));
  return text += 'Z';
}

std::optional<TimeMs> ParseTime(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != 24) return std::nullopt;
  bool valid = true;
  const auto number = [&](size_t at, size_t width) {
    int n = 0;
    const char* const end = text.data() + at + width;
    const auto result = std::from_chars(text.data() + at, end, n);
    valid = valid && result.ec == std::errc() && result.ptr == end;
    return n;
  };
  const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                            day(static_cast<unsigned>(number(8, 2))));
  if (!valid || !date.ok()) return std::nullopt;
  const auto at = sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) +
                  seconds(number(17, 2)) + milliseconds(number(20, 3));
  const TimeMs time = at.time_since_epoch().count();
  // Writing it again finds what is left: signs, separators, a 25th hour, a year before 1970.
  if (!valid || FormatTime(time) != text) return std::nullopt;
  return time;
}

}  // namespace plenum
