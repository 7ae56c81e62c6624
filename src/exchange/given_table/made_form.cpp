#include "exchange/given_table/made_form.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace duibiao {
namespace {

using OrderedMember = nlohmann::ordered_json;

constexpr int most_left_out = 200;

/// Takes out what a pointer names, or what is around it where nothing is there.
bool take_out(OrderedMember& form, std::string pointer) {
    while (!pointer.empty()) {
        const OrderedMember::json_pointer place(pointer);
        const OrderedMember::json_pointer parent = place.parent_pointer();
        if (form.contains(place) && !place.parent_pointer().empty()) {
            OrderedMember& around = form[parent];
            const std::string& step = place.back();
            if (around.is_array())
                around.erase(static_cast<std::size_t>(std::stoul(step)));
            else
                around.erase(step);
            if (around.empty()) return take_out(form, parent.to_string());
            return true;
        }
        pointer = parent.to_string();
        if (form.contains(parent) && form[parent].is_object() && form[parent].contains("text") &&
            form[parent].contains("rules")) {
            form[parent].erase("rules");
            return true;
        }
    }
    return false;
}

}  // namespace

MadeForm make_form(std::string text) {
    MadeForm made;
    made.text = std::move(text);
    made.report = check_form(made.text);
    for (int i = 0; i < most_left_out && made.report.form == nullptr && !made.report.mistakes.empty(); ++i) {
        const Error mistake = made.report.mistakes.front();
        OrderedMember form = OrderedMember::parse(made.text);
        if (!mistake.place.starts_with('/') || !take_out(form, mistake.place)) break;
        made.left_out.push_back(mistake);
        constexpr int indent = 2;
        made.text = form.dump(indent) + "\n";
        made.report = check_form(made.text);
    }
    return made;
}

}  // namespace duibiao
