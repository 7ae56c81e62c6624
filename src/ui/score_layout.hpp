// Where every row and column of the score table stands, before anything is drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ui/widgets.hpp"

namespace duibiao::ui {

struct Span {
    float x = 0;
    float width = 0;
};

/// Columns of the table at one width. On narrow pages a criterion's parts stand under each other.
struct ScoreColumns {
    Box sheet;  ///< left edge and width of the white sheet; y and height unused
    Span criterion;
    Span note;
    PerLayer<Span> scores{};  ///< by layer, as many as the form has
    std::size_t count = 3;
    bool stacked = false;
};

struct ScoreRow {
    enum class Kind : std::uint8_t { kind, section, group, criterion, veto_head, veto_condition, total, foot };
    Kind kind = Kind::criterion;
    std::string id;  ///< section, group, criterion or condition id
    std::size_t section = 0;
    std::size_t group = 0;
    std::size_t index = 0;  ///< criterion: in Instrument::order; condition: in the veto
    float y = 0;            ///< from the top of the contents
    float height = 0;
};

struct ScoreLayout {
    ScoreColumns columns;
    float head_height = 0;     ///< title block above the table
    float columns_height = 0;  ///< the sticky row of column heads
    std::vector<ScoreRow> rows;
    float height = 0;  ///< of everything
};

[[nodiscard]] ScoreLayout layout_score_table(Ui& ui, ImVec2 position, ImVec2 size);

/// The title block: width of its texts, and where its fields begin below the block's top.
[[nodiscard]] float head_text_width(const Ui& ui, const ScoreColumns& columns);
[[nodiscard]] float head_fields_top(Ui& ui, const ScoreColumns& columns);

// Heights of a criterion's parts; the drawing uses the same.
[[nodiscard]] std::string criterion_text(const Criterion& criterion);
[[nodiscard]] float criterion_text_height(Ui& ui, const Criterion& criterion, float width);
[[nodiscard]] std::string measure_label(const Ui& ui, const Measure& measure);
[[nodiscard]] float measure_height(Ui& ui, const Measure& measure, float width);
/// On a narrow column a measure's label stands above its field.
[[nodiscard]] bool measure_is_stacked(const Ui& ui, float width);
[[nodiscard]] float measure_label_width(const Ui& ui, float width);
/// The score is more than its measures can support, as the rule `above_measure` has it.
[[nodiscard]] bool is_above_measures(const Proposal& proposal, const std::optional<Points>& score);
/// True when the criterion needs, or has, a written explanation of a score above its measures or of an answer
/// that the ledger contradicts.
[[nodiscard]] bool wants_explanation(const Ui& ui, const Criterion& criterion, const Proposal& proposal);
/// Ids of fields, as the mirror and the links name them.
[[nodiscard]] std::string field_id(std::string_view field, Layer layer, std::string_view item);
[[nodiscard]] float note_height(Ui& ui, Layer layer, std::string_view item, float width);
/// True when a later layer's reason is shown under the note.
[[nodiscard]] bool shows_reason(const Ui& ui, Layer layer, std::string_view item);
/// Whether there is room for the button that opens a remark where nothing is taken off.
[[nodiscard]] bool offers_remark(const Ui& ui, Layer layer, std::string_view item);
[[nodiscard]] float reasons_height(Ui& ui, std::string_view item, float width);
/// The column of notes as the form calls it; 说明 where its paper has none.
[[nodiscard]] std::string note_title(const Ui& ui);
inline constexpr float remark_line = 26;  ///< that button
inline constexpr float label_line = 20;   ///< small label above a field, CSS pixels at text size 15

}  // namespace duibiao::ui
