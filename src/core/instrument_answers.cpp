// Loading what a list's rows answer elsewhere.
#include "core/instrument_reader.hpp"

namespace duibiao::instrument_parts {
namespace {

constexpr std::array<std::string_view, 3> activity_by_names{"day", "row", "all"};
constexpr std::array<std::string_view, 3> figure_count_names{"sum", "share", "least-advance"};

RowActivity read_activity(Reader& reader, const Node& node, const Instrument& form) {
    RowActivity activity;
    activity.kind = reader.text(node, "kind", Need::required);
    activity.by = static_cast<RowActivity::By>(reader.choice(node, "by", activity_by_names, Need::optional));
    activity.when = read_conditions(reader, node, form.table);
    activity.filled = read_column_list(reader, node, form.table, Need::optional, "filled");
    activity.header = read_texts(reader, node, "header", Need::optional);
    activity.published = reader.flag(node, "published", false);
    const auto column = [&](std::string_view key) { return read_optional_column(reader, node, form.table, key); };
    activity.date = column("date");
    activity.branch = column("branch");
    activity.topic = column("topic");
    activity.chair = column("chair");
    activity.people = column("people");
    activity.speakers = column("speakers");
    activity.hours = column("hours");
    activity.theory = column("theory_hours");
    activity.citation = read_citation(reader, node);
    for (const std::string& field : activity.header) {
        if (form.find_header(field) == nullptr)
            reader.refuse("rule-reference", json_pointer(node.pointer, "header"), {{"field", field}});
    }
    const int days = (activity.date ? 1 : 0) + (activity.header.empty() ? 0 : 1) + (activity.published ? 1 : 0);
    if (reader.good() && days != 1) {
        reader.refuse("field-missing", json_pointer(node.pointer, "date"), {{"field", "date"}});
    }
    if (reader.good() && activity.published && !form.is_appraisal()) {
        reader.refuse("rule-reference", json_pointer(node.pointer, "published"), {{"field", "published"}});
    }
    return activity;
}

RowFigure read_figure(Reader& reader, const Node& node, const Instrument& form) {
    RowFigure figure;
    figure.form = reader.text(node, "form", Need::required);
    figure.item = reader.text(node, "item", Need::required);
    figure.field = reader.text(node, "field", Need::required);
    figure.count = static_cast<RowFigure::Count>(reader.choice(node, "count", figure_count_names, Need::required));
    figure.columns = read_column_list(reader, node, form.table, Need::required);
    figure.of = read_optional_column(reader, node, form.table, "of");
    figure.citation = read_citation(reader, node);
    const bool is_least = figure.count == RowFigure::Count::least_advance;
    if (reader.good() && is_least && !form.table.term) {
        reader.refuse("rule-reference", json_pointer(node.pointer, "count"), {{"field", "term"}});
    }
    return figure;
}

}  // namespace

void read_answers(Reader& reader, const Node& root, Instrument& instrument) {
    const Node node = reader.member(root, "answers", Need::optional);
    if (node.value == nullptr) return;
    for (const Node& child : reader.list(node, "activities", Need::optional))
        instrument.table.activities.push_back(read_activity(reader, child, instrument));
    for (const Node& child : reader.list(node, "figures", Need::optional))
        instrument.table.figures.push_back(read_figure(reader, child, instrument));
}

}  // namespace duibiao::instrument_parts
