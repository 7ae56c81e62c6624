#include "exchange/workbook/workbook.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "core/limits.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/workbook/sheet_cells.hpp"
#include "exchange/workbook/xml_events.hpp"

namespace duibiao {
namespace {

constexpr std::size_t mebibyte_of_parts = std::size_t{1024} * 1024;
constexpr std::size_t most_part_bytes = 256 * mebibyte_of_parts;  ///< of all parts together
constexpr std::size_t most_shared_texts = 4'000'000;
constexpr std::size_t most_formats = 100'000;
constexpr std::size_t most_sheets = 1'000;

tl::unexpected<Error> broken_part(std::string_view part) {
    return fail("workbook-broken", {}, {{"part", std::string(part)}});
}

/// A part of the workbook, and of what kind.
struct PartTarget {
    std::string type;
    std::string path;
};

int read_id(std::string_view text) {
    int id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
}

/// "../xl/a.xml" and "/xl/a.xml" as a path in the archive, seen from a folder: "xl/".
std::string path_from(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        const std::size_t slash = folder.empty() ? std::string_view::npos : folder.rfind('/', folder.size() - 2);
        folder = folder.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
    }
    if (target.starts_with("./")) target.remove_prefix(2);
    return std::string(folder) + std::string(target);
}

class WorkbookReading {
public:
    WorkbookReading(const GivenArchive& archive, bool takes_grids) : archive_(archive), takes_grids_(takes_grids) {}

    Result<std::vector<Sheet>> read() {
        for (const auto step : {&WorkbookReading::find_book, &WorkbookReading::read_book, &WorkbookReading::read_styles,
                                &WorkbookReading::read_texts, &WorkbookReading::read_cells}) {
            if (Done done = (this->*step)(); !done) return tl::unexpected(std::move(done.error()));
        }
        return std::move(sheets_);
    }
    [[nodiscard]] std::vector<SheetGrid> take_grids() { return std::move(grids_); }

private:
    Done find_book();
    Done read_book();
    Done read_styles();
    Done read_texts();
    Done read_cells();
    Done read_part(const std::string& path, const XmlListener& listener);
    Result<std::string> unpack_part(const std::string& path);
    Result<std::map<std::string, PartTarget>> relationships_of(std::string_view part);
    [[nodiscard]] std::string path_of_kind(std::string_view kind) const;

    const GivenArchive& archive_;
    std::size_t left_ = most_part_bytes;
    std::string book_;
    std::map<std::string, PartTarget> targets_;  ///< of the book, by their ids
    std::vector<std::string> paths_;             ///< of sheets_
    std::vector<Sheet> sheets_;
    bool takes_grids_;
    std::vector<SheetGrid> grids_;  ///< of sheets_
    WorkbookParts parts_;
};

Result<std::string> WorkbookReading::unpack_part(const std::string& path) {
    auto content = archive_.read(path, left_);
    if (content) left_ -= content->size();
    if (!content && content.error().code == "archive-large")
        return fail("archive-large", {}, {{"limit", static_cast<std::int64_t>(most_part_bytes / mebibyte_of_parts)}});
    return content;
}

Done WorkbookReading::read_part(const std::string& path, const XmlListener& listener) {
    const auto xml = unpack_part(path);
    if (!xml) return tl::unexpected(xml.error());
    if (!read_xml(*xml, listener)) return broken_part(path);
    return {};
}

/// What a part points to, by id. None where it points to nothing.
Result<std::map<std::string, PartTarget>> WorkbookReading::relationships_of(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    const std::string folder(part.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
    const std::string path = folder + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
    std::map<std::string, PartTarget> found;
    if (!archive_.has(path)) return found;
    const auto take = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name != "Relationship" || attributes["TargetMode"] == "External") return;
        const std::string_view type = attributes["Type"];
        const std::size_t last = type.rfind('/');
        found[std::string(attributes["Id"])] = {std::string(type.substr(last == std::string_view::npos ? 0 : last + 1)),
                                                path_from(folder, attributes["Target"])};
    };
    if (Done done = read_part(path, {take}); !done) return tl::unexpected(std::move(done.error()));
    return found;
}

Done WorkbookReading::find_book() {
    const auto targets = relationships_of({});
    if (!targets) return tl::unexpected(targets.error());
    for (const auto& [id, target] : *targets) {
        if (target.type == "officeDocument") book_ = target.path;
    }
    if (!archive_.has(book_)) return broken_part("officeDocument");
    return {};
}

Done WorkbookReading::read_book() {
    auto targets = relationships_of(book_);
    if (!targets) return tl::unexpected(targets.error());
    targets_ = *std::move(targets);
    const auto take = [this](std::string_view name, const XmlAttributes& attributes) {
        if (name == "workbookPr" && attributes.is_on("date1904")) parts_.dates = DateSystem::since_1904;
        if (name != "sheet" || sheets_.size() >= most_sheets) return;
        const auto target = targets_.find(std::string(attributes.relationship()));
        if (target == targets_.end() || target->second.type != "worksheet") return;  // a chart's, a macro's
        const std::string_view state = attributes["state"];
        paths_.push_back(target->second.path);
        sheets_.push_back({unescaped_text(attributes["name"]), {}, state == "hidden" || state == "veryHidden"});
    };
    return read_part(book_, {take});
}

std::string WorkbookReading::path_of_kind(std::string_view kind) const {
    const auto found =
        std::find_if(targets_.begin(), targets_.end(), [kind](const auto& one) { return one.second.type == kind; });
    return found == targets_.end() ? std::string() : found->second.path;
}

Done WorkbookReading::read_styles() {
    const std::string path = path_of_kind("styles");
    if (!archive_.has(path)) return {};
    std::map<int, NumberFormat> own;
    std::string list;  // xf and numFmt stand in other lists, too
    const auto start = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "numFmts" || name == "cellXfs") list = name;
        if (name == "numFmt" && list == "numFmts" && own.size() < most_formats)
            own[read_id(attributes["numFmtId"])] = NumberFormat::of(attributes["formatCode"]);
        if (name != "xf" || list != "cellXfs" || parts_.formats.size() >= most_formats) return;
        const int id = read_id(attributes["numFmtId"]);
        const auto known = own.find(id);
        parts_.formats.push_back(known == own.end() ? NumberFormat::built_in(id) : known->second);
    };
    const auto end = [&list](std::string_view name) {
        if (name == list) list.clear();
    };
    return read_part(path, {start, end});
}

Done WorkbookReading::read_texts() {
    const std::string path = path_of_kind("sharedStrings");
    if (!archive_.has(path)) return {};
    std::string text;
    std::size_t above = 0;
    bool is_letters = false;
    const auto start = [&](std::string_view name, const XmlAttributes&) {
        if (name == "si") text.clear();
        if (name == "rPh") ++above;
        if (name == "t") is_letters = above == 0;
    };
    const auto end = [&](std::string_view name) {
        if (name == "t") is_letters = false;
        if (name == "rPh") --above;
        if (name == "si" && parts_.texts.size() < most_shared_texts) parts_.texts.push_back(unescaped_text(text));
    };
    const auto take = [&](std::string_view more) {
        if (is_letters) text += more;
    };
    return read_part(path, {start, end, take});
}

Done WorkbookReading::read_cells() {
    std::size_t room = limits::report_bytes;
    for (std::size_t i = 0; i < sheets_.size(); ++i) {
        const auto xml = unpack_part(paths_[i]);
        if (!xml) return tl::unexpected(xml.error());
        bool is_large = false;
        const bool is_read = takes_grids_ ? read_sheet(*xml, parts_, room, sheets_[i], is_large, grids_.emplace_back())
                                          : read_sheet(*xml, parts_, room, sheets_[i], is_large);
        if (is_large)
            return fail("archive-large", {},
                        {{"limit", static_cast<std::int64_t>(limits::report_bytes / mebibyte_of_parts)}});
        if (!is_read) return broken_part(paths_[i]);
        room -= sheets_[i].text.size();
    }
    return {};
}

}  // namespace

Result<std::vector<Sheet>> read_workbook(std::string_view bytes) {
    const auto archive = GivenArchive::open(bytes);
    if (!archive) return tl::unexpected(archive.error());
    return WorkbookReading(*archive, false).read();
}

Result<std::vector<GivenSheet>> read_workbook_grids(std::string_view bytes) {
    const auto archive = GivenArchive::open(bytes);
    if (!archive) return tl::unexpected(archive.error());
    WorkbookReading reading(*archive, true);
    auto sheets = reading.read();
    if (!sheets) return tl::unexpected(std::move(sheets.error()));
    std::vector<SheetGrid> grids = reading.take_grids();
    std::vector<GivenSheet> given;
    given.reserve(grids.size());
    for (std::size_t i = 0; i < grids.size(); ++i) given.push_back({std::move((*sheets)[i]), std::move(grids[i])});
    return given;
}

}  // namespace duibiao
