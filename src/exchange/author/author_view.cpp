#include "exchange/author/author_view.hpp"

#include <map>
#include <utility>
#include <vector>

#include "core/authoring/arrange.hpp"
#include "core/authoring/recognise.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "exchange/author/author_doubts.hpp"
#include "exchange/given_table/doubts.hpp"
#include "exchange/given_table/like_form.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/given_table/write_draft.hpp"

namespace duibiao {

namespace {

using authoring::Decisions;
using authoring::Draft;
using authoring::DraftItem;
using authoring::DraftRule;
using authoring::Effect;
using authoring::Part;
using authoring::Place;
using authoring::Recognised;

std::string figure_text(const std::optional<Points>& points) { return points ? points->to_string() : std::string(); }

void put_place(Json& json, const Place& place) {
    json["t"] = place.table;
    json["r"] = place.row;
}

// --- The table ----------------------------------------------------------------------------------------------------

/// A ledger's column: its name, type and options as they are now.
void put_field(const Draft& draft, const Place& source, Json& role) {
    for (const authoring::DraftLedgerField& field : draft.fields) {
        if (field.source.table != source.table || field.source.row != source.row) continue;
        std::string options;
        for (const std::string& option : field.options) options += (options.empty() ? "" : "\n") + option;
        role[2] = field.label;
        role.push_back(field.type);
        role.push_back(options);
    }
}

Json source_json(const GivenTable& table, const authoring::Frame* frame, const Draft* draft) {
    Json json{
        {"number", table.number}, {"columns", table.columns()}, {"rows", Json::array()}, {"cells", Json::array()}};
    json["name"] = table.name;
    json["above"] = table.above;
    json["below"] = table.below;
    json["widths"] = table.widths;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        json["rows"].push_back(table.row(row).number);
        for (const GivenCell* cell : table.seen(row)) {
            if (cell->row == row)
                json["cells"].push_back({cell->row, cell->column, cell->rows, cell->columns, cell->text});
        }
    }
    if (frame == nullptr) return json;
    json["head"] = frame->head;
    json["body"] = frame->body;
    json["end"] = frame->end;
    json["roles"] = Json::array();
    for (std::size_t i = 0; i < frame->columns.size(); ++i) {
        const authoring::DraftColumn& column = frame->columns[i];
        Json role{column.begin, std::string(to_string(column.role)), column.label};
        if (draft != nullptr) put_field(*draft, {table.number, i + 1}, role);
        json["roles"].push_back(std::move(role));
    }
    return json;
}

/// The tables the form is made of; of a file that nothing was made of all of them.
Json tables_json(const GivenFile& file, const Recognised* found) {
    Json list = Json::array();
    for (const GivenTable& table : file.tables) {
        const authoring::Frame* own = nullptr;
        if (found != nullptr) {
            for (const authoring::Frame& frame : found->frames) {
                if (frame.table == &table) own = &frame;
            }
        }
        if (found == nullptr || own != nullptr)
            list.push_back(source_json(table, own, found == nullptr ? nullptr : &found->draft));
    }
    return list;
}

// --- The form -----------------------------------------------------------------------------------------------------

std::string role_name(Part role) {
    return role == Part::bonus ? "bonus" : role == Part::penalty ? "penalty" : std::string();
}

std::string effect_name(Effect effect) {
    switch (effect) {
        case Effect::deduct:
            return "deduct";
        case Effect::gain:
            return "gain";
        case Effect::bonus:
            return "bonus";
        case Effect::zero:
            return "zero";
        case Effect::times:
            break;
    }
    return "times";
}

Json rule_view(const DraftRule& rule, bool is_dropped) {
    Json json{{"n", rule.number},
              {"text", rule.text},
              {"effect", effect_name(rule.effect)},
              {"each", figure_text(rule.each)},
              {"cap", figure_text(rule.cap)},
              {"per", rule.per}};
    if (rule.once) json["once"] = true;
    if (is_dropped) json["dropped"] = true;
    if (rule.from || rule.to) json["range"] = figure_text(rule.from) + "–" + figure_text(rule.to);
    return json;
}

Json item_view(const DraftItem& item, const std::string& id, const std::string& rule_column) {
    Json json{{"level", "item"},
              {"id", id},
              {"number", item.number},
              {"text", item.text},
              {"points", figure_text(item.points)},
              {"role", role_name(item.role)},
              {"rules", Json::array()}};
    put_place(json, item.place);
    if (item.is_unlimited) json["unlimited"] = true;
    if (item.place.row < authoring::part_rows) json["parts"] = authoring::split_text(item.text).size();
    for (const DraftRule& rule : item.rules) json["rules"].push_back(rule_view(rule, false));
    for (const DraftRule& rule : item.dropped) json["rules"].push_back(rule_view(rule, true));
    for (const authoring::DraftLevel& level : item.levels)
        json["levels"].push_back(level.label + " " + figure_text(level.points));
    for (const auto& [column, text] : item.texts) {
        if (column == rule_column) json["said"] = text;
    }
    if (!item.tiers.empty()) json["tiers"] = item.tiers.size();
    if (!item.votes.empty()) json["votes"] = item.votes.size();
    return json;
}

Points points_of(const authoring::DraftGroup& group) {
    Points sum;
    for (const DraftItem& item : group.items) {
        if (item.role == Part::points && !item.is_unlimited) sum += item.points.value_or(Points{});
    }
    return sum;
}

std::string rule_column_of(const Draft& draft) {
    for (const authoring::DraftColumn& column : draft.columns) {
        if (column.role == authoring::Role::rule) return column.id;
    }
    return {};
}

/// Sections, groups and items as they stand in the form, with what the source prints for them.
Json tree_json(const Draft& draft) {
    const std::string rule_column = rule_column_of(draft);
    Json list = Json::array();
    std::size_t s = 0;
    for (const authoring::DraftSection& section : draft.sections) {
        const std::string number = std::to_string(++s);
        Points sum;
        for (const authoring::DraftGroup& group : section.groups) sum += points_of(group);
        Json head{{"level", "section"},        {"id", number},
                  {"text", section.title},     {"role", role_name(section.role)},
                  {"points", sum.to_string()}, {"printed", figure_text(section.printed)}};
        put_place(head, section.place);
        list.push_back(std::move(head));
        std::size_t g = 0;
        for (const authoring::DraftGroup& group : section.groups) {
            const std::string place = number + "." + std::to_string(++g);
            if (!group.title.empty()) {
                Json line{{"level", "group"},
                          {"id", place},
                          {"text", group.title},
                          {"points", points_of(group).to_string()},
                          {"printed", figure_text(group.printed)}};
                put_place(line, group.place);
                list.push_back(std::move(line));
            }
            std::size_t i = 0;
            for (const DraftItem& item : group.items)
                list.push_back(item_view(item, place + "." + std::to_string(++i), rule_column));
        }
    }
    return list;
}

/// What stands around the table, a line each.
Json around_json(const Draft& draft) {
    const auto lines = [](const std::vector<std::string>& texts) {
        std::string all;
        for (const std::string& text : texts) all += (all.empty() ? "" : "\n") + text;
        return all;
    };
    std::vector<std::string> heads;
    heads.reserve(draft.header.size());
    for (const authoring::DraftField& field : draft.header) heads.push_back(field.label);
    return {{"notes", lines(draft.notes)},
            {"heads", lines(heads)},
            {"remarks", lines(draft.remarks)},
            {"signatures", lines(draft.signatures)},
            {"bands", authoring::band_lines(draft.bands)}};
}

// --- As a whole ---------------------------------------------------------------------------------------------------

/// The form's file under the version that it is given out with: one more than the last, where anything differs.
std::string versioned(const std::string& text, const std::string& older) {
    using Ordered = nlohmann::ordered_json;
    if (older.empty()) return text;
    Ordered now = Ordered::parse(text, nullptr, false);
    const Ordered was = Ordered::parse(older, nullptr, false);
    if (!now.is_object() || !was.is_object() || !was.contains("version")) return text;
    constexpr int indent = 2;
    now["version"] = was["version"];
    const auto* version = was["version"].get_ptr<const std::string*>();
    if (now == was || version == nullptr) return now.dump(indent) + "\n";
    const auto figure = Points::parse(*version);
    now["version"] = figure ? (*figure + Points::from_whole(1)).to_string() : *version + "-2";
    return now.dump(indent) + "\n";
}

Json changes_json(Language language, const std::vector<FormChange>& changes) {
    Json list = Json::array();
    for (const FormChange& change : changes) {
        const Params params{{"item", change.item}, {"text", change.text}, {"was", change.was}, {"now", change.now}};
        list.push_back(translate(language, "ui.author.change." + change.code, params));
    }
    return list;
}

std::string bare_name(const std::string& name) { return name.substr(0, name.rfind('.')); }

std::string failed(const GivenFile& file, Language language, const Error& error) {
    const Json json{{"error", describe(language, error)}, {"tables", tables_json(file, nullptr)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string write_author_view(const GivenFile& file, const AuthorJob& job) {
    const auto found = authoring::recognise(file, {{}, 0, bare_name(job.name), job.decisions});
    if (!found) return failed(file, job.language, found.error());
    std::string text = write_draft(found->draft);
    Json json;
    if (job.is_next && !job.older.empty()) {
        if (auto like = make_like(text, job.older, KeptItems::none)) {
            text = versioned(like->text, job.older);
            json["changes"] = changes_json(job.language, like->changes);
        }
    } else {
        text = versioned(text, job.older);
    }
    const MadeForm made = make_form(std::move(text));
    if (made.report.form == nullptr) return failed(file, job.language, Error{"import-nothing", {}, {}});
    const Draft& draft = found->draft;
    json["form"] = made.text;
    json["title"] = draft.title;
    json["id"] = made.report.form->id;
    json["version"] = made.report.form->version;
    json["is_roster"] = draft.is_roster;
    json["points"] = made.report.form->points.to_string();
    json["printed"] = figure_text(draft.printed);
    json["items"] = draft.is_roster ? made.report.form->table.columns.size() : made.report.form->order.size();
    json["sections"] = draft.sections.size();
    json["tree"] = tree_json(draft);
    json["tables"] = tables_json(file, &*found);
    json["doubts"] = author_doubts(job.language, *found, made, job.decisions);
    json["sums"] = author_sums(job.language, *found, made);
    json["around"] = around_json(draft);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string write_decisions(const Decisions& decisions) {
    return Json(decisions).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Decisions read_decisions(std::string_view text) {
    Decisions decisions;
    const Result<Json> json = parse_json(text, limits::report_bytes);
    if (!json || !json->is_object()) return decisions;
    for (const auto& [key, value] : json->items()) {
        if (value.is_string()) decisions[key] = value.get<std::string>();
    }
    return decisions;
}

}  // namespace duibiao
