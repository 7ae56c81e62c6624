// An office's own paper, described once: what stands where is decided here, a writer only knows its format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/campaign/campaign_tables.hpp"

namespace duibiao::papers {

struct PaperPart {
    enum class Kind : std::uint8_t {
        addressee,  ///< 主送, from the left margin
        heading,    ///< 一、…
        text,       ///< two characters indented
        line,       ///< from the left margin, without indent: figures above a table
        signature,  ///< 落款: office and date, a line each, at the right
        table,
        annex  ///< begins a new page: 附件1 and its title
    };
    Kind kind = Kind::text;
    std::string text;
    CampaignTable table = {};
};

struct Paper {
    std::string mark;  ///< above the title at the left: 内部资料; may be empty
    std::string title;
    std::vector<PaperPart> parts;
    bool is_wide = false;  ///< A4 landscape

    void add(PaperPart::Kind kind, std::string text) { parts.push_back({kind, std::move(text)}); }
    void add(CampaignTable table) { parts.push_back({PaperPart::Kind::table, {}, std::move(table)}); }
};

/// Characters of title and text, without blanks, tables and annexes: what the limits on a paper's length count.
[[nodiscard]] std::size_t count_paper_characters(const Paper& paper);

/// How wide a table's columns are.
struct TableWidths {
    std::vector<int> shares;  ///< of the page, in hundredths of a percent; together 10,000
    bool is_small = false;    ///< in letters of 9 points, not 10.5
};
/// `is_wide`: of a landscape page. Where columns do not fit, letters are smaller and long texts get more lines.
[[nodiscard]] TableWidths table_widths(const CampaignTable& table, bool is_wide);

/// "docx" (to edit, after GB/T 9704: title in 小标宋, text in 仿宋 of 16 points) or "html" (a whole file to print, no
/// script). Texts are texts in both: no markup. The same paper gives the same bytes. Error: "format-unknown" {format}.
[[nodiscard]] Result<std::string> write_paper(const Paper& paper, std::string_view format, Language language);
[[nodiscard]] std::string write_paper_docx(const Paper& paper);

}  // namespace duibiao::papers
