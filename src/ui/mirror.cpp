#include "ui/mirror.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace duibiao::ui {

std::vector<DomEvent> take_frame(std::vector<DomEvent>& events) {
    using Kind = DomEvent::Kind;
    std::string_view changed;
    const auto end = std::find_if(events.begin(), events.end(), [&](const DomEvent& event) {
        if (event.kind == Kind::input || event.kind == Kind::blur) changed = event.id;
        const bool is_press = event.kind == Kind::click || event.kind == Kind::key || event.kind == Kind::paste;
        return is_press && !changed.empty() && changed != event.id;
    });
    std::vector<DomEvent> frame(std::make_move_iterator(events.begin()), std::make_move_iterator(end));
    events.erase(events.begin(), end);
    return frame;
}

void Mirror::begin_frame(std::vector<DomEvent> events) {
    events_ = std::move(events);
    nodes_.clear();
    for (const DomEvent& event : events_) {
        if (event.kind == DomEvent::Kind::focus) focused_ = event.id;
        if (event.kind == DomEvent::Kind::blur && focused_ == event.id) focused_.clear();
    }
}

const DomEvent* Mirror::event(DomEvent::Kind kind, std::string_view id) const {
    const auto found = std::find_if(events_.rbegin(), events_.rend(),
                                    [&](const DomEvent& event) { return event.kind == kind && event.id == id; });
    return found == events_.rend() ? nullptr : &*found;
}

bool Mirror::pressed(std::string_view key, std::string_view id) const {
    return std::any_of(events_.begin(), events_.end(), [&](const DomEvent& event) {
        return event.kind == DomEvent::Kind::key && event.id == id && event.key == key;
    });
}

std::string Mirror::take_focus_request() { return std::exchange(focus_request_, {}); }

}  // namespace duibiao::ui
