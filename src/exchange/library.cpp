#include "exchange/library.hpp"

#include <algorithm>

#include "core/sort.hpp"
#include "exchange/embedded_assets.hpp"

namespace duibiao {

namespace {

constexpr std::string_view forms_folder = "instruments/";
/// Versions that documents were filled with before: "ID-VERSION.json".
constexpr std::string_view earlier_folder = "instruments/earlier/";

/// Forms of the superior's desk: no unit fills them in, so no list of forms offers them.
constexpr std::string_view desk_folder = "campaign/";

const EmbeddedAsset* find_embedded(std::string_view path) {
    const auto all = embedded_assets();
    const auto at = std::find_if(all.begin(), all.end(), [path](const EmbeddedAsset& one) { return one.path == path; });
    return at == all.end() ? nullptr : &*at;
}

}  // namespace

InstrumentPtr load_shipped(const FormIdentity& wanted) {
    for (const std::string& path :
         {std::string(earlier_folder) + wanted.id + "-" + wanted.version + ".json",
          std::string(forms_folder) + wanted.id + ".json", std::string(desk_folder) + wanted.id + ".json"}) {
        const EmbeddedAsset* const definition = find_embedded(path);
        if (definition == nullptr) continue;
        auto form = load_instrument(whole(*definition));
        if (form && (*form)->id == wanted.id && (*form)->hash == wanted.hash) return *std::move(form);
    }
    return nullptr;
}

bool is_shipped(std::string_view id) { return !asset(std::string(forms_folder) + std::string(id) + ".json").empty(); }

InstrumentLibrary InstrumentLibrary::on_demand() { return {}; }

std::vector<InstrumentPtr> earlier_versions(std::string_view id) {
    std::vector<InstrumentPtr> versions;
    const std::string start = std::string(earlier_folder) + std::string(id) + "-";
    for (const EmbeddedAsset& embedded : embedded_assets()) {
        if (!embedded.path.starts_with(start)) continue;
        auto form = load_instrument(whole(embedded));
        if (form && (*form)->id == id) versions.push_back(*std::move(form));
    }
    return versions;
}

InstrumentLibrary InstrumentLibrary::shipped() {
    InstrumentLibrary library;
    for (const EmbeddedAsset& embedded : embedded_assets()) {
        if (!embedded.path.starts_with(forms_folder) || embedded.path.starts_with(earlier_folder)) continue;
        if (auto instrument = load_instrument(embedded.content)) library.instruments_.push_back(*std::move(instrument));
    }
    sort_stably(library.instruments_, [](const InstrumentPtr& a, const InstrumentPtr& b) { return a->id < b->id; });
    return library;
}

Result<InstrumentPtr> InstrumentLibrary::add(std::string_view json_text) {
    auto instrument = load_instrument(json_text);
    if (!instrument) return instrument;
    const auto same = std::find_if(instruments_.begin(), instruments_.end(),
                                   [&](const InstrumentPtr& known) { return known->id == (*instrument)->id; });
    if (same == instruments_.end()) {
        instruments_.push_back(*instrument);
    } else {
        // What was filled with the version before is still read with it.
        if ((*same)->hash != (*instrument)->hash) others_->push_back(*same);
        *same = *instrument;
    }
    return instrument;
}

Result<InstrumentPtr> InstrumentLibrary::add_earlier(std::string_view json_text) {
    auto instrument = load_instrument(json_text);
    if (instrument) others_->push_back(*instrument);
    return instrument;
}

InstrumentPtr InstrumentLibrary::find(std::string_view id) const {
    const auto has_id = [id](const InstrumentPtr& form) { return form->id == id; };
    const auto at = std::find_if(instruments_.begin(), instruments_.end(), has_id);
    if (at != instruments_.end()) return *at;
    const auto known = std::find_if(others_->begin(), others_->end(), has_id);
    if (known != others_->end()) return *known;
    for (const std::string_view folder : {forms_folder, desk_folder}) {
        const std::string_view definition = asset(std::string(folder) + std::string(id) + ".json");
        auto form = definition.empty() ? fail("instrument-unknown") : load_instrument(definition);
        if (!form) continue;
        others_->push_back(*form);
        return *std::move(form);
    }
    return nullptr;
}

InstrumentPtr InstrumentLibrary::find(const FormIdentity& wanted) const {
    InstrumentPtr newest = find(std::string_view(wanted.id));
    if (!newest || newest->hash == wanted.hash) return newest;
    const auto known = std::find_if(others_->begin(), others_->end(),
                                    [&wanted](const InstrumentPtr& form) { return form->hash == wanted.hash; });
    if (known != others_->end()) return (*known)->id == wanted.id ? *known : newest;
    InstrumentPtr other = load_shipped(wanted);
    if (!other) return newest;
    others_->push_back(other);
    return other;
}

InstrumentFinder InstrumentLibrary::finder() const {
    return [library = *this](const FormIdentity& wanted) { return library.find(wanted); };
}

std::string_view asset(std::string_view path) {
    const EmbeddedAsset* const embedded = find_embedded(path);
    return embedded == nullptr ? std::string_view() : embedded->content;
}

}  // namespace duibiao
