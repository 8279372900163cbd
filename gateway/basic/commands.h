// From a form to a command of schema/wire.md. Form only: what a command means is decided where all
// commands are.
#pragma once

#include <expected>
#include <string>

#include "gateway/basic/form.h"
#include "gateway/basic/look.h"
#include "gateway/basic/words.h"

namespace plenum::basic {

// The id of a form's command: the same for the same form with the same content, so that sending it
// twice counts once; another one for what somebody changed after going back to an old page.
std::string CommandId(const Form& form);

// The command as JSON; the error says what the person should do.
std::expected<std::string, Word> CommandFrom(const Form& form);

// To tell a group for the series of an activity.
std::string GroupCommand(const std::string& id, const std::string& activity,
                         const std::string& group);

bool IsId(std::string_view text);  // 32 lower-case hex digits

}  // namespace plenum::basic
