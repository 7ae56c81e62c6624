// A small scored form of format 2 for tests, in pieces that a test replaces.
#pragma once

#include <string>
#include <utility>

#include "core/document.hpp"
#include "core/json.hpp"

namespace duibiao::tests {

/// `changes` are merged into it (RFC 7386).
inline Json scored_definition(const char* changes = "{}") {
    Json form = Json::parse(R"({
        "format": "duibiao-instrument", "format_version": 2, "id": "small", "version": "1", "kind": "scored",
        "title": "考评表", "score_step": 0.5,
        "scorers": [{"id": "examiner", "label": "考核组得分", "short": "考核组"}],
        "columns": [{"role": "section", "label": "项目"}, {"role": "criterion", "label": "内容"},
                    {"role": "rule", "id": "standard", "label": "评分标准"},
                    {"role": "score", "label": "得分", "scorer": "examiner"}],
        "sections": [{"title": "组织", "items": [
            {"text": "报表", "points": 10, "blanks": ["应报", "实报"],
             "rules": [{"text": "少报", "deduct": 2, "per": "次", "count": {"short": {"due": "应报", "done": "实报"}}}]},
            {"text": "其他", "points": 5}]}]})");
    form.merge_patch(Json::parse(changes));
    return form;
}

inline Document scored_document(const Json& definition) {
    const Author author{"s", {}, "2026-11-21T06:03:34Z"};
    return *new_document(*load_instrument(definition.dump()), "d", "某单位", "2026", author);
}

/// Types an answer, as a user would; false when it is refused.
inline bool answer(Document& document, const char* item, const char* field, const char* text,
                   Layer layer = Layer::self) {
    const Author author{"s", {}, "2026-11-21T06:03:34Z"};
    const Target target{layer, item, field};
    const auto value = parse_value(*document.instrument, target, text);
    if (!value) return false;
    auto edit = make_edit(document, author, target, *value, {});
    return edit && apply(document, *std::move(edit)).has_value();
}

}  // namespace duibiao::tests
