#include "exchange/given_table/like_form.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/authoring/wording.hpp"
#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Member = nlohmann::ordered_json;

std::string member_words(const Member& object, const char* key) {
    const auto found = object.find(key);
    const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
    return text == nullptr ? std::string() : *text;
}

std::string member_figure(const Member& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    const auto* text = found->get_ptr<const std::string*>();
    return text == nullptr ? found->dump() : *text;
}

/// An item with its id, which its place gives it.
struct PlacedItem {
    std::string id;
    std::string key;  ///< its text without blanks, numbers in front, and points
    Member* item = nullptr;
};

std::string item_key(const Member& item) {
    std::string key = authoring::squeeze(member_words(item, "text"));
    if (const auto number = authoring::leading_number(key)) key.erase(0, number->end);
    if (const std::size_t open = key.rfind('(');
        key.ends_with(")") && open != std::string::npos && key.find("分", open) != std::string::npos)
        key.resize(open);
    return key;
}

std::vector<PlacedItem> placed_items(Member& form) {
    std::vector<PlacedItem> items;
    std::size_t s = 0;
    for (Member& section : form["sections"]) {
        const std::string place = std::to_string(++s) + ".";
        const auto take = [&](Member& group, std::size_t g) {
            std::size_t i = 0;
            for (Member& item : group["items"])
                items.push_back({place + std::to_string(g) + "." + std::to_string(++i), item_key(item), &item});
        };
        if (!section.contains("groups")) {
            take(section, 1);
            continue;
        }
        std::size_t g = 0;
        for (Member& group : section["groups"]) take(group, ++g);
    }
    return items;
}

/// The ids of a list's elements of the same label become those of the older form: old id by new id.
std::map<std::string, std::string> rename(Member& made, const Member& older, const char* list) {
    std::map<std::string, std::string> renamed;
    if (!made.contains(list) || !older.contains(list)) return renamed;
    std::set<std::string> taken;
    for (Member& one : made[list]) {
        for (const Member& other : older[list]) {
            const std::string id = member_words(other, "id");
            if (id.empty() || member_words(one, "id").empty() ||
                member_words(one, "label") != member_words(other, "label") || !taken.insert(id).second)
                continue;
            renamed[member_words(one, "id")] = id;
            one["id"] = id;
            if (other.contains("short")) one["short"] = other["short"];
            break;
        }
    }
    return renamed;
}

std::string renamed_id(const std::map<std::string, std::string>& renamed, const std::string& id) {
    const auto found = renamed.find(id);
    return found == renamed.end() ? id : found->second;
}

void take_over_ids(Member& made, const Member& older) {
    made["id"] = older["id"];
    const auto version = Points::parse(member_words(older, "version"));
    made["version"] = version ? (*version + Points::from_whole(1)).to_string() : member_words(older, "version") + "-2";
    const auto scorers = rename(made, older, "scorers");
    const auto columns = rename(made, older, "columns");
    (void)rename(made, older, "header");
    for (Member& column : made["columns"]) {
        if (column.contains("scorer")) column["scorer"] = renamed_id(scorers, member_words(column, "scorer"));
    }
    for (const PlacedItem& placed : placed_items(made)) {
        if (!placed.item->contains("texts")) continue;
        Member texts = Member::object();
        for (const auto& [id, text] : (*placed.item)["texts"].items()) texts[renamed_id(columns, id)] = text;
        (*placed.item)["texts"] = std::move(texts);
    }
}

/// An item that is the same is the older one's, with what its author put right.
void keep_item(const Member& older, Member& made) {
    const std::string number = member_words(made, "number");
    made = older;
    made.erase("id");
    if (!number.empty()) made["number"] = number;
}

std::string texts_beside(const Member& item) {
    std::string words;
    if (!item.contains("texts")) return words;
    for (const auto& [id, text] : item["texts"].items()) words += authoring::squeeze(text.get<std::string>()) + "\n";
    return words;
}

class Comparison {
public:
    Comparison(Member& made, Member& older, KeptItems kept)
        : made_(placed_items(made)), older_(placed_items(older)), kept_(kept) {}

    std::vector<FormChange> run() {
        for (const PlacedItem& now : made_) {
            const PlacedItem* was = find(now);
            if (was == nullptr) {
                changes_.push_back(
                    {"added", now.id, member_words(*now.item, "text"), {}, member_figure(*now.item, "points")});
            } else {
                compare(*was, now);
            }
        }
        for (const PlacedItem& was : older_) {
            if (!used_.contains(was.id))
                changes_.push_back(
                    {"removed", was.id, member_words(*was.item, "text"), member_figure(*was.item, "points"), {}});
        }
        return std::move(changes_);
    }

private:
    /// The same text at the same place, or anywhere.
    const PlacedItem* find(const PlacedItem& now) {
        const PlacedItem* found = nullptr;
        for (const PlacedItem& was : older_) {
            if (was.key != now.key || used_.contains(was.id)) continue;
            if (found == nullptr || was.id == now.id) found = &was;
        }
        if (found != nullptr) used_.insert(found->id);
        return found;
    }

    void compare(const PlacedItem& was, const PlacedItem& now) {
        const std::string text = member_words(*now.item, "text");
        if (was.id != now.id) changes_.push_back({"moved", now.id, text, was.id, now.id});
        const std::string old_points = member_figure(*was.item, "points");
        const std::string new_points = member_figure(*now.item, "points");
        const bool has_rule = texts_beside(*was.item) != texts_beside(*now.item);
        if (old_points != new_points) changes_.push_back({"points", now.id, text, old_points, new_points});
        if (has_rule) changes_.push_back({"rule", now.id, text, texts_beside(*was.item), texts_beside(*now.item)});
        if (kept_ == KeptItems::whole && old_points == new_points && !has_rule) keep_item(*was.item, *now.item);
    }

    std::vector<PlacedItem> made_;
    std::vector<PlacedItem> older_;
    KeptItems kept_;
    std::set<std::string> used_;
    std::vector<FormChange> changes_;
};

std::string printed_notes(const Member& form) {
    return form.contains("print") && form["print"].contains("notes") ? form["print"]["notes"].dump() : std::string();
}

}  // namespace

Result<LikeForm> make_like(std::string_view made, std::string_view older, KeptItems kept) {
    const FormReport report = check_form(older);
    if (report.form == nullptr || report.format != 2) return fail("import-like");
    Member was = Member::parse(older);
    Member now = Member::parse(made);
    if (member_words(was, "kind") != "scored" || member_words(now, "kind") != "scored") return fail("import-like");
    take_over_ids(now, was);
    LikeForm like;
    like.changes = Comparison(now, was, kept).run();
    if (printed_notes(now) == printed_notes(was)) {
        for (const char* key :
             {"grades", "foot", "item_rules", "kinds", "total", "order", "decimals", "scaled_decimals", "figures"}) {
            if (was.contains(key)) now[key] = was[key];
        }
    }
    if (was.contains("short_title")) now["short_title"] = was["short_title"];
    constexpr int indent = 2;
    like.text = now.dump(indent) + "\n";
    return like;
}

}  // namespace duibiao
