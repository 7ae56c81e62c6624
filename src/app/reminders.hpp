// 一月一提示 and 一季一督查: what all documents on this machine ask for, from what their cards say.
#pragma once

#include <string>
#include <vector>

#include "app/state.hpp"

namespace duibiao {

enum class ReminderList : std::uint8_t { month, quarter };

/// One item of a document, what its rows ask for by one day, or one duty in all its periods that the list covers. Texts
/// belong to the card.
struct Reminder {
    const DocumentCard* card = nullptr;
    const DueItem* first = nullptr;    ///< the first of them
    std::vector<const DueItem*> open;  ///< those not done
    Date due;                          ///< last day of the first one not done, else of the last one
    int done = 0;
    int of = 0;
    bool late = false;  ///< something not done was due before today
};

/// month: what is not done and due by the end of this month, what is still in time first. quarter: everything due in
/// this quarter, done or not, what is late first. Otherwise by day.
[[nodiscard]] std::vector<Reminder> reminders(const std::vector<DocumentCard>& cards, ReminderList list, Date today);

/// "2026年11月" or "2026年四季度".
[[nodiscard]] std::string span_words(Language language, ReminderList list, Date today);

/// What is left of a reminder in words: "支委会（3月、7月）".
[[nodiscard]] std::string reminder_words(Language language, const Reminder& reminder);

/// Who still has to, and of several periods which: "第1党支部（3月、7月）、第4党支部（7月）". Empty when nobody is
/// named.
[[nodiscard]] std::string reminder_owners(Language language, const Reminder& reminder);

}  // namespace duibiao
