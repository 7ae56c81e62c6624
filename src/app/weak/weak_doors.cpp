// 认定条件 of a campaign: those of the program, or a file of the office's own that the campaign keeps.
#include <utility>

#include "app/weak/handlers.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/embedded_assets.hpp"
#include "exchange/form_mistakes.hpp"

namespace duibiao::app {

namespace {

constexpr std::string_view shipped_file = "doors/ruian-2019.json";

/// Forms that it names and that nobody has: nothing could be filled in.
void add_missing_forms(const State& state, const Json& file, std::vector<Error>& mistakes) {
    const Json& forms = member_of(file, "forms");
    std::vector<std::string> wanted;
    for (const char* form : {"list", "plan", "review"}) wanted.push_back(text_member(member_of(forms, form), "form"));
    for (const Json& survey : list_member(file, "surveys")) wanted.push_back(text_member(survey, "form"));
    for (const std::string& form : wanted) {
        if (!form.empty() && !state.library.find(form))
            mistakes.push_back({"doors-form-missing", {}, {{"form", form}}});
    }
    if (!wanted.front().empty() && wanted.front() != weak_list_form)
        mistakes.push_back({"doors-list", {}, {{"form", std::string(weak_list_form)}, {"found", wanted.front()}}});
}

/// As short as it can be written: it is kept in a field of the campaign.
std::string compact(const Json& file, std::vector<Error>& mistakes) {
    std::string kept = file.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (count_characters(kept) > limits::text_characters)
        mistakes.push_back({"doors-long", {}, {{"limit", static_cast<std::int64_t>(limits::text_characters)}}});
    return kept;
}

/// The file, and all its doors as it has them on.
void keep_doors(State& state, const Ports& ports, const std::string& text) {
    const std::string batch = ports.random.unique_id();
    on(state, ports, command::SetAnswer{{Layer::self, "header", "doors_file"}, text, batch});
    if (!state.opened->document.text(Layer::self, "header", "doors").empty())
        on(state, ports, command::SetAnswer{{Layer::self, "header", "doors"}, {}, batch});
}

}  // namespace

void take_doors(State& state, const Ports& ports, const command::FileArrived& file) {
    if (!is_open_of(state, campaign_form)) {
        if (state.weak->campaign.empty()) return show_error(state, Error{"doors-unopened", {}, {}}, file.name);
        return open_then(state, ports, state.weak->campaign, file);
    }
    DoorsReport read = load_doors(file.content, [&state](std::string_view id) { return state.library.find(id); });
    for (Error& mistake : read.mistakes)
        mistake.place = form_place(state.settings.language, file.content, mistake.place);
    const auto json = parse_json(file.content, limits::instrument_bytes);
    if (json) add_missing_forms(state, *json, read.mistakes);
    const std::string text = json ? compact(*json, read.mistakes) : std::string();
    if (!read.mistakes.empty()) return show_errors(state, read.mistakes, file.name);
    // A campaign of before has no place for it.
    if (state.opened->newer) on(state, ports, command::Renew{});
    if (state.opened->document.instrument->find_header("doors_file") == nullptr || !state.opened->is_open())
        return show_error(state, Error{"doors-closed", {}, {}}, file.name);
    keep_doors(state, ports, text);
    show_toast(state, ports,
               say(state, "ui.weak.doors.taken",
                   {{"title", read.doors->title}, {"count", static_cast<std::int64_t>(read.doors->doors.size())}}),
               say(state, "ui.undo"), command::Undo{});
}

void on(State& state, const Ports& ports, const command::UseShippedDoors&) {
    if (!is_open_of(state, campaign_form)) return;
    keep_doors(state, ports, {});
    show_toast(state, ports, say(state, "ui.weak.doors.back.done"), say(state, "ui.undo"), command::Undo{});
}

void on(State& state, const Ports& ports, const command::SaveDoors&) {
    if (!is_open_of(state, campaign_form)) return;
    const std::string_view own = state.opened->document.text(Layer::self, "header", "doors_file");
    ports.files.download(say(state, "ui.weak.doors.name"), "application/json",
                         std::string(own.empty() ? asset(shipped_file) : own));
}

}  // namespace duibiao::app
