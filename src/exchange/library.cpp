#include "exchange/library.hpp"

#include <algorithm>

#include "core/sort.hpp"
#include "exchange/embedded_assets.hpp"

namespace duibiao {

InstrumentLibrary InstrumentLibrary::shipped() {
    InstrumentLibrary library;
    for (const EmbeddedAsset& embedded : embedded_assets()) {
        if (!embedded.path.starts_with("instruments/")) continue;
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
        *same = *instrument;
    }
    return instrument;
}

InstrumentPtr InstrumentLibrary::find(std::string_view id) const {
    const auto at =
        std::find_if(instruments_.begin(), instruments_.end(), [id](const InstrumentPtr& i) { return i->id == id; });
    return at == instruments_.end() ? nullptr : *at;
}

InstrumentFinder InstrumentLibrary::finder() const {
    return [instruments = instruments_](std::string_view id) {
        const auto at =
            std::find_if(instruments.begin(), instruments.end(), [id](const InstrumentPtr& i) { return i->id == id; });
        return at == instruments.end() ? nullptr : *at;
    };
}

std::string_view asset(std::string_view path) {
    for (const EmbeddedAsset& embedded : embedded_assets()) {
        if (embedded.path == path) return embedded.content;
    }
    return {};
}

}  // namespace duibiao
