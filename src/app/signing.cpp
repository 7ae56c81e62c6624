// Keys and signatures of handed-over layers. Nobody is asked for a key or a password: the key is made when a layer is
// first handed over here, and kept with the settings and in backups.
#include <algorithm>
#include <utility>

#include "app/handlers.hpp"

namespace duibiao::app {

namespace {

/// Making it takes as long as signing, and it is asked for whenever something changes: the last one is kept.
const std::string& own_key(const Settings& settings) {
    static std::string secret;
    static std::string key;
    if (secret != settings.signing_key) {
        secret = settings.signing_key;
        key = public_key(secret);
    }
    return key;
}

void put_key(State& state, const Ports& ports, const std::string& office, std::string keys) {
    ports.storage.put_setting(std::string(known_key_setting) + office, keys, begin_save(state));
    state.settings.known_keys.insert_or_assign(office, std::move(keys));
}

/// Layers that differ, each with its items.
std::map<Layer, std::vector<std::string>> items_by_layer(const std::vector<Rewriting>& rewritten) {
    std::map<Layer, std::vector<std::string>> layers;
    for (const Rewriting& rewriting : rewritten) {
        if (rewriting.kind == Rewriting::Kind::typed) continue;
        std::vector<std::string>& items = layers[rewriting.target().layer];
        const std::string& item = rewriting.target().item;
        if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
    }
    return layers;
}

}  // namespace

Signer signer(State& state, const Ports& ports) {
    if (own_key(state.settings).empty()) {
        constexpr int ids = 6;  // of sixty bits each
        std::string randomness;
        for (int i = 0; i < ids; ++i) randomness += ports.random.unique_id();
        on(state, ports, command::SetSetting{"signing-key", make_signing_key(randomness)});
    }
    const std::string secret = state.settings.signing_key;
    return {own_key(state.settings), [secret](std::string_view text) { return sign(secret, text); }};
}

void refresh_signatures(OpenedDocument& opened) {
    const auto& log = opened.document.log;
    const auto turns = static_cast<std::size_t>(
        std::count_if(log.begin(), log.end(), [](const Edit& edit) { return edit.target.item == "document"; }));
    if (turns == opened.signed_edits) return;
    opened.signed_edits = turns;
    opened.signatures = check_signatures(opened.document);
}

bool is_known_key(const Settings& settings, const LayerSignature& own) {
    if (own.key.empty()) return !settings.known_keys.contains(own.office);
    if (own.key == own_key(settings)) return true;
    const auto known = settings.known_keys.find(own.office);
    return known == settings.known_keys.end() ? own.before.empty() : known->second.find(own.key) != std::string::npos;
}

bool is_of_others(const Settings& settings, const OpenedDocument& opened) {
    return std::any_of(opened.signatures.begin(), opened.signatures.end(), [&](const LayerSignature& signature) {
        return signature.layer == opened.layer && !signature.key.empty() && signature.key != own_key(settings);
    });
}

void remember_keys(State& state, const Ports& ports, const std::vector<LayerSignature>& signatures) {
    for (const LayerSignature& own : signatures) {
        const bool is_own = own.key == own_key(state.settings);
        if (own.status != LayerSignature::Status::right || is_own || own.office.empty() || !own.before.empty())
            continue;
        if (!state.settings.known_keys.contains(own.office)) put_key(state, ports, own.office, own.key);
    }
}

std::vector<Rewriting> cannot_be_taken_in(const Document& ours, const Document& theirs, const Result<Merge>& merged) {
    if (merged && merged->intruding.empty()) return find_unsigned(ours, merged->document);
    if (merged) return merged->intruding;
    return merged.error().code == "merge-rewritten" ? find_rewritings(ours, theirs) : std::vector<Rewriting>{};
}

void keep_beside(State& state, const Ports& ports, Document document, Findings load_findings,
                 const std::vector<Rewriting>& rewritten) {
    document.id = ports.random.unique_id();
    const Author marking{ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
    for (const auto& [layer, items] : items_by_layer(rewritten)) {
        Result<Edit> mark = mark_altered(document, marking, layer, items);
        if (mark) (void)duibiao::apply(document, *std::move(mark));
    }
    adopt(state, ports, std::move(document), std::move(load_findings));
}

void on(State& state, const Ports& ports, const command::TrustKey& request) {
    const auto known = state.settings.known_keys.find(request.office);
    const std::string before = known == state.settings.known_keys.end() ? std::string() : known->second + " ";
    put_key(state, ports, request.office, before + request.key);
    if (state.opened) refresh(state);
}

}  // namespace duibiao::app
