#include "platform/web/mirror_sender.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "core/json.hpp"
#include "core/sort.hpp"
#include "platform/web/bridge.hpp"

namespace duibiao::web {
namespace {

/// Role names as mirror.js knows them, in the order of ui::Role.
constexpr std::array<std::string_view, 26> role_names = {
    "button", "link",     "checkbox",  "radio",  "tab",          "menuitem",  "text",       "multiline",  "number",
    "select", "heading",  "paragraph", "status", "alert",        "region",    "navigation", "dialog",     "group",
    "list",   "listitem", "table",     "row",    "columnheader", "rowheader", "cell",       "progressbar"};

void append_number(std::string& out, float value) {
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%.6g", static_cast<double>(value));
    out.append(buffer.data(), static_cast<std::size_t>(size));
}

void append_key(std::string& out, std::string_view key) {
    out += ",\"";
    out += key;
    out += "\":";
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    append_key(out, key);
    append_json_string(out, text);
}

void append_number(std::string& out, std::string_view key, float value) {
    append_key(out, key);
    append_number(out, value);
}

void append_flag(std::string& out, std::string_view key, bool flag) {
    if (!flag) return;
    append_key(out, key);
    out += "true";
}

bool is_field(ui::Role role) {
    return role == ui::Role::text || role == ui::Role::multiline || role == ui::Role::number ||
           role == ui::Role::select;
}

void append_field(std::string& out, const ui::MirrorNode& node) {
    append_text(out, "placeholder", node.placeholder);
    append_number(out, "fontSize", node.font_size);
    append_number(out, "lineHeight", node.line_height);
    append_number(out, "paddingX", node.padding_x);
    append_number(out, "paddingY", node.padding_y);
    append_number(out, "fontWeight", static_cast<float>(node.font_weight));
    append_number(out, "maxLength", static_cast<float>(node.max_length));
    append_flag(out, "centred", node.centred);
    append_text(out, "waitingKeys", node.waiting_keys);
    append_flag(out, "waiting", node.waiting);
    append_flag(out, "caretInside", node.caret_inside);
    if (node.serial > 0) append_number(out, "serial", static_cast<float>(node.serial));
}

void append_options(std::string& out, const std::vector<std::string>& options) {
    if (options.empty()) return;
    append_key(out, "options");
    char separator = '[';
    for (const std::string& option : options) {
        out += separator;
        append_json_string(out, option);
        separator = ',';
    }
    out += ']';
}

void append_node(std::string& out, const ui::MirrorNode& node, int handle, int parent) {
    if (!out.empty()) out += ',';
    out += "{\"h\":" + std::to_string(handle) + ",\"parent\":" + std::to_string(parent);
    append_text(out, "id", node.id);
    append_text(out, "role", role_names[static_cast<std::size_t>(node.role)]);
    append_text(out, "name", node.name);
    append_text(out, "value", node.value);
    append_text(out, "description", node.description);
    append_text(out, "keys", node.keys);
    append_flag(out, "disabled", node.disabled);
    append_flag(out, "readOnly", node.read_only);
    append_flag(out, "skipped", node.skipped);
    append_flag(out, "over", node.over);
    append_flag(out, "invalid", node.invalid);
    append_flag(out, "secret", node.secret);
    append_flag(out, "selected", node.selected);
    if (node.expanded >= 0) append_number(out, "expanded", static_cast<float>(node.expanded));
    if (node.row_count > 0) append_number(out, "rowCount", static_cast<float>(node.row_count));
    if (node.row_index > 0) append_number(out, "rowIndex", static_cast<float>(node.row_index));
    append_options(out, node.options);
    if (is_field(node.role)) append_field(out, node);
    out += '}';
}

void append_handle(std::string& out, int handle) {
    if (!out.empty()) out += ',';
    out += std::to_string(handle);
}

void append_move(std::string& out, const Place& place, int handle) {
    append_handle(out, handle);
    for (const float value : place) {
        out += ',';
        append_number(out, value);
    }
}

bool is_container(ui::Role role) {
    return (role >= ui::Role::region && role <= ui::Role::columnheader) || role == ui::Role::cell;
}

/// To what a browser lays out with; sums of floats would differ in every frame.
float round_to_grid(float position) { return std::round(position * 64) / 64; }

Place place_of(const ui::MirrorNode& node, const ui::Rect& parent) {
    const ui::Rect& rect = node.rect;
    const ui::Rect& clip = node.clip;
    Place place = {rect.x - parent.x, rect.y - parent.y, rect.width, rect.height, 0, 0, 0, 0};
    if (!is_container(node.role) && clip.width > 0 && clip.height > 0) {
        place[4] = clip.y - rect.y;
        place[5] = rect.x + rect.width - clip.x - clip.width;
        place[6] = rect.y + rect.height - clip.y - clip.height;
        place[7] = clip.x - rect.x;
        for (std::size_t side = 4; side < place.size(); ++side) place[side] = std::max(0.0F, place[side]);
    }
    for (float& value : place) value = round_to_grid(value);
    return place;
}

}  // namespace

const MirrorSender::Known* MirrorSender::parent_of(const ui::MirrorNode& node) const {
    const auto parent = node.parent.empty() ? known_.end() : known_.find(node.parent);
    return parent != known_.end() && parent->second.frame == frame_ ? &parent->second : nullptr;
}

void MirrorSender::compare(const ui::MirrorNode& node) {
    const Known* const owner = parent_of(node);
    const int parent = owner != nullptr ? owner->handle : 0;
    const Place place = place_of(node, owner != nullptr ? owner->node.rect : ui::Rect{});
    Known& known = known_[node.id];
    if (known.frame == frame_) return;  // an id given twice: the first one counts
    const bool fresh = known.handle == 0 || known.node.role != node.role;
    if (fresh) replace_handle(known);
    known.frame = frame_;
    order_.emplace_back(parent, known.handle);
    if (fresh || place != known.place) append_move(moved_, place, known.handle);
    known.place = place;
    known.node.rect = node.rect;
    known.node.clip = node.clip;
    if (fresh || known.parent != parent || !(known.node == node)) {
        append_node(set_, node, known.handle, parent);
        known.node = node;
        known.parent = parent;
    }
}

void MirrorSender::replace_handle(Known& known) {
    if (known.handle != 0) append_handle(dropped_, known.handle);
    known.handle = next_handle_++;
}

void MirrorSender::compare_order() {
    if (order_ == last_order_) return;
    sort_stably(order_, [](const auto& left, const auto& right) { return left.first < right.first; });
    int parent = -1;
    for (const auto& [owner, child] : order_) {
        if (owner != parent) children_ += (parent < 0 ? "[" : "],[") + std::to_string(owner);
        parent = owner;
        children_ += ',' + std::to_string(child);
    }
    if (parent >= 0) children_ += ']';
}

void MirrorSender::drop_missing() {
    for (auto entry = known_.begin(); entry != known_.end();) {
        if (entry->second.frame == frame_) {
            ++entry;
            continue;
        }
        append_handle(dropped_, entry->second.handle);
        entry = known_.erase(entry);
    }
}

std::string MirrorSender::focus_request(ui::Mirror& mirror) {
    std::string asked = mirror.take_focus_request();
    if (!asked.empty()) wanted_focus_ = std::move(asked);
    const auto known = known_.find(wanted_focus_);
    if (wanted_focus_.empty() || known == known_.end()) return {};
    wanted_focus_.clear();
    return std::to_string(known->second.handle);
}

bool MirrorSender::send(ui::Mirror& mirror) {
    ++frame_;
    set_.clear();
    moved_.clear();
    children_.clear();
    dropped_.clear();
    order_.clear();
    for (const ui::MirrorNode& node : mirror.nodes()) compare(node);
    const std::vector<std::pair<int, int>> emitted = order_;
    compare_order();
    last_order_ = emitted;
    drop_missing();
    const std::string focus = focus_request(mirror);
    if (set_.empty() && moved_.empty() && children_.empty() && dropped_.empty() && focus.empty()) return false;
    const std::string message = "{\"set\":[" + set_ + "],\"move\":[" + moved_ + "],\"order\":[" + children_ +
                                "],\"drop\":[" + dropped_ + "],\"focus\":" + (focus.empty() ? "0" : focus) + "}";
    bridge::post("mirror", message);
    return true;
}

}  // namespace duibiao::web
