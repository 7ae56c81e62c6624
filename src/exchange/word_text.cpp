#include "exchange/word_text.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "core/plain_text.hpp"
#include "exchange/word_signs.hpp"

namespace duibiao {
namespace {

constexpr char between_names = '|';  ///< expat puts it between a namespace and a name
constexpr std::array<std::string_view, 2> word_namespaces{
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"};
constexpr std::size_t deepest_table = 8;
constexpr std::size_t deepest_element = 1'000;
constexpr std::size_t most_cells = 200'000;
constexpr std::size_t most_rows = 10'000;    ///< of a table
constexpr std::size_t most_columns = 1'000;  ///< of a table's grid; Word has 63
constexpr unsigned long hash_salt = 1;

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

constexpr std::string_view word_2010_namespace = "http://schemas.microsoft.com/office/word/2010/wordml";

/// Elements of Word 2010's: those of a box to be ticked.
std::string_view box_name(std::string_view name) {
    constexpr std::array<std::string_view, 3> names{"w14:checkbox", "w14:checked", "w14:checkedState"};
    constexpr std::size_t prefix = 4;
    const auto found = std::find_if(names.begin(), names.end(),
                                    [name](std::string_view known) { return known.substr(prefix) == name; });
    return found == names.end() ? std::string_view{} : *found;
}

/// The name of an element or attribute of Word's; empty for all others.
std::string_view word_name(std::string_view name) {
    const std::size_t end = name.rfind(between_names);
    if (end == std::string_view::npos) return {};
    if (name.substr(0, end) == word_2010_namespace) return box_name(name.substr(end + 1));
    const bool is_word =
        std::find(word_namespaces.begin(), word_namespaces.end(), name.substr(0, end)) != word_namespaces.end();
    return is_word ? name.substr(end + 1) : std::string_view();
}

std::string_view attribute(const XML_Char** attributes, std::string_view wanted) {
    for (; *attributes != nullptr; attributes += 2) {
        if (word_name(attributes[0]) == wanted) return attributes[1];
    }
    return {};
}

/// Attributes of Word 2010's elements have its namespace.
std::string_view value_2010(const XML_Char** attributes) {
    for (; *attributes != nullptr; attributes += 2) {
        if (std::string_view(attributes[0]).ends_with("|val")) return attributes[1];
    }
    return {};
}

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off"; }

std::size_t number_of(const XML_Char** attributes) {
    const std::string_view text = attribute(attributes, "val");
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::min(number, most_columns);
}

/// Elements that the reader knows by name.
enum class Tag : std::uint8_t {
    other,
    table,
    row,
    row_format,
    cell,
    cell_format,
    paragraph,
    paragraph_format,
    run,
    run_format,
    text,
    gone,
    numbering,
    object,
    text_box,
    control,
    control_format,
    placeholder,
    form_box
};

Tag tag_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Tag>, 25> names{{{"tbl", Tag::table},
                                                                      {"tr", Tag::row},
                                                                      {"trPr", Tag::row_format},
                                                                      {"tc", Tag::cell},
                                                                      {"tcPr", Tag::cell_format},
                                                                      {"p", Tag::paragraph},
                                                                      {"pPr", Tag::paragraph_format},
                                                                      {"r", Tag::run},
                                                                      {"rPr", Tag::run_format},
                                                                      {"t", Tag::text},
                                                                      {"del", Tag::gone},
                                                                      {"moveFrom", Tag::gone},
                                                                      {"pPrChange", Tag::gone},
                                                                      {"rPrChange", Tag::gone},
                                                                      {"tcPrChange", Tag::gone},
                                                                      {"trPrChange", Tag::gone},
                                                                      {"numPr", Tag::numbering},
                                                                      {"drawing", Tag::object},
                                                                      {"pict", Tag::object},
                                                                      {"object", Tag::object},
                                                                      {"txbxContent", Tag::text_box},
                                                                      {"sdt", Tag::control},
                                                                      {"sdtPr", Tag::control_format},
                                                                      {"showingPlcHdr", Tag::placeholder},
                                                                      {"checkBox", Tag::form_box}}};
    const auto found =
        std::find_if(names.begin(), names.end(), [name](const auto& known) { return known.first == name; });
    return found == names.end() ? Tag::other : found->second;
}

/// Marks of tracked changes; what a new run does not take over.
bool is_mark(std::string_view name) {
    return name == "ins" || name == "del" || name == "moveFrom" || name == "moveTo" || name == "rPrChange";
}

/// Takes expat's events and builds the text.
class Reader {
public:
    explicit Reader(std::string_view xml) : xml_(xml), parser_(XML_ParserCreateNS("UTF-8", between_names)) {}
    Result<WordText> read();

private:
    static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
        static_cast<Reader*>(self)->start(word_name(name), attributes);
    }
    static void on_end(void* self, const XML_Char*) { static_cast<Reader*>(self)->end(); }
    static void on_text(void* self, const XML_Char* text, int size) {
        static_cast<Reader*>(self)->take({text, static_cast<std::size_t>(size)});
    }
    static void on_document_type(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        static_cast<Reader*>(self)->refuse({"docx-entities", {}, {}});
    }

    void start(std::string_view name, const XML_Char** attributes);
    void start_cell_format(std::string_view name, const XML_Char** attributes);
    void start_row_format(std::string_view name, const XML_Char** attributes);
    void start_in_paragraph(Tag tag, std::string_view name, const XML_Char** attributes);
    void start_control_part(Tag tag, std::string_view name, const XML_Char** attributes);
    void start_form_box_part(std::string_view name, const XML_Char** attributes);
    void start_run_format(std::string_view name, const XML_Char** attributes);
    void take_sign(const XML_Char** attributes);
    void take_letters(std::string_view text, WordRange source);
    void take_plain(std::string_view text, WordRange source);
    void add_box(bool is_ticked, std::vector<WordChange> tick);
    void end_run();
    void end_form_box();
    void start_table();
    void start_grid_column(const XML_Char** attributes);
    void start_row();
    void start_cell();
    void start_paragraph();
    void end();
    void end_table();
    void end_row();
    void end_paragraph();
    void take(std::string_view text);

    void refuse(Error error) {
        if (!error_) error_ = std::move(error);
        XML_StopParser(parser_.get(), XML_FALSE);
    }
    [[nodiscard]] WordRange here() const {
        const auto begin = static_cast<std::size_t>(XML_GetCurrentByteIndex(parser_.get()));
        return {begin, begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()))};
    }
    /// The element that is open `above` levels above the innermost.
    [[nodiscard]] Tag open(std::size_t above) const {
        return above < tags_.size() ? tags_[tags_.size() - 1 - above] : Tag::other;
    }

    /// The innermost element says how a paragraph's end mark looks.
    [[nodiscard]] bool is_of_end_mark() const {
        return open(1) == Tag::run_format && open(2) == Tag::paragraph_format && open(3) == Tag::paragraph;
    }

    /// A table while it is read.
    struct OpenTable {
        WordTable table;
        bool in_row = false;
        bool in_cell = false;
        bool is_row_gone = false;
        std::size_t column = 0;  ///< of the next cell
    };

    /// A content control while it is read.
    struct Control {
        std::optional<WordRange> placeholder;  ///< the element that says that it shows one
        bool is_box = false;
        bool is_ticked = false;
        WordRange state;      ///< the value that says so
        std::string on{"☑"};  ///< its sign when it is ticked
    };

    /// The control whose placeholder is being read; null where none is.
    [[nodiscard]] const Control* showing() const {
        const auto found = std::find_if(controls_.rbegin(), controls_.rend(),
                                        [](const Control& control) { return control.placeholder.has_value(); });
        return found == controls_.rend() ? nullptr : &*found;
    }
    /// Where the value of this name stands in the tag that is being read.
    [[nodiscard]] WordRange value_range(std::string_view name) const;

    std::string_view xml_;
    Parser parser_;
    WordText text_;
    std::vector<Control> controls_;
    WordBox form_box_;     ///< while it is read
    std::size_t run_ = 0;  ///< where the run began
    std::string run_font_;
    bool is_hidden_ = false;  ///< the run's text is not shown
    std::vector<Tag> tags_;
    std::vector<OpenTable> tables_;
    std::optional<WordParagraph> paragraph_;
    std::optional<Error> error_;
    std::size_t gone_ = 0;   ///< elements around that hide their texts
    std::size_t boxes_ = 0;  ///< text boxes around
    std::size_t cells_ = 0;
    std::size_t format_ = 0;  ///< where the element of the end mark's format began
};

Result<WordText> Reader::read() {
    if (!parser_ || xml_.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return fail("docx-broken");
    XML_SetHashSalt(parser_.get(), hash_salt);
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_document_type);
    const bool done = XML_Parse(parser_.get(), xml_.data(), static_cast<int>(xml_.size()), XML_TRUE) == XML_STATUS_OK;
    if (error_) return tl::unexpected(*std::move(error_));
    if (done) return std::move(text_);
    const auto line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_.get()));
    return fail("docx-broken", {}, {{"line", line}});
}

void Reader::start(std::string_view name, const XML_Char** attributes) {
    if (error_) return;
    if (tags_.size() >= deepest_element) return refuse({"docx-broken", {}, {}});
    const Tag tag = tag_of(name);
    const Tag parent = open(0);
    tags_.push_back(tag);
    if (tag == Tag::text_box) {
        ++boxes_;
        text_.has_text_boxes = true;
    }
    if (boxes_ > 0) return;
    text_.has_changes = text_.has_changes || name == "ins" || name == "del";
    if (name == "gridCol") return start_grid_column(attributes);
    const bool is_gone = gone_ > 0;
    if (tag == Tag::gone) ++gone_;
    if (is_gone) return;
    if (tag == Tag::control) controls_.emplace_back();
    if (!controls_.empty()) start_control_part(tag, name, attributes);
    if (parent == Tag::cell_format) return start_cell_format(name, attributes);
    if (parent == Tag::row_format) return start_row_format(name, attributes);
    if (tag == Tag::table) return start_table();
    if (tag == Tag::row) return start_row();
    if (tag == Tag::cell) return start_cell();
    if (tag == Tag::paragraph) return start_paragraph();
    if (paragraph_) start_in_paragraph(tag, name, attributes);
}

void Reader::start_table() {
    if (tables_.size() >= deepest_table)
        return refuse({"docx-deep", {}, {{"limit", static_cast<std::int64_t>(deepest_table)}}});
    if (!tables_.empty() && tables_.back().in_cell) tables_.back().table.rows.back().cells.back().has_table = true;
    tables_.emplace_back();
}

void Reader::start_grid_column(const XML_Char** attributes) {
    if (tables_.empty() || tables_.back().in_row || tables_.back().table.widths.size() >= most_columns) return;
    const std::string_view text = attribute(attributes, "w");
    std::size_t width = 0;
    std::from_chars(text.data(), text.data() + text.size(), width);
    tables_.back().table.widths.push_back(width);
}

void Reader::start_row() {
    if (tables_.empty() || tables_.back().in_row) return;
    OpenTable& open = tables_.back();
    if (open.table.rows.size() >= most_rows)
        return refuse({"docx-many", {}, {{"limit", static_cast<std::int64_t>(most_rows)}}});
    open.table.rows.emplace_back();
    open.table.rows.back().source.begin = here().begin;
    open.in_row = true;
    open.is_row_gone = false;
    open.column = 0;
}

void Reader::start_row_format(std::string_view name, const XML_Char** attributes) {
    if (tables_.empty()) return;
    if (name == "gridBefore") tables_.back().column += number_of(attributes);
    if (name == "del") tables_.back().is_row_gone = true;
    if (name == "tblHeader" && tables_.back().in_row)
        tables_.back().table.rows.back().is_head = !is_off(attribute(attributes, "val"));
}

void Reader::start_cell() {
    if (tables_.empty() || !tables_.back().in_row || tables_.back().in_cell) return;
    if (++cells_ > most_cells) return refuse({"docx-many", {}, {{"limit", static_cast<std::int64_t>(most_cells)}}});
    OpenTable& open = tables_.back();
    WordCell cell;
    cell.column = open.column;
    open.table.rows.back().cells.push_back(std::move(cell));
    open.in_cell = true;
}

void Reader::start_cell_format(std::string_view name, const XML_Char** attributes) {
    if (tables_.empty() || !tables_.back().in_cell) return;
    WordCell& cell = tables_.back().table.rows.back().cells.back();
    if (name == "gridSpan") cell.columns = std::max<std::size_t>(number_of(attributes), 1);
    if (name == "vMerge") cell.is_below = attribute(attributes, "val") != "restart";
}

void Reader::start_paragraph() {
    if (paragraph_) return;
    WordParagraph paragraph;
    paragraph.tag = here();
    paragraph.start = paragraph.tag.end;
    paragraph.is_bare = paragraph.tag.size() >= 2 && xml_[paragraph.tag.end - 2] == '/';
    paragraph_ = std::move(paragraph);
}

WordRange Reader::value_range(std::string_view name) const {
    const WordRange tag = here();
    const std::string_view text = xml_.substr(tag.begin, tag.size());
    const std::string wanted = ":" + std::string(name) + "=";
    const std::size_t at = text.find(wanted);
    if (at == std::string_view::npos || at + wanted.size() >= text.size()) return {};
    const std::size_t begin = at + wanted.size() + 1;
    const std::size_t end = text.find(text[begin - 1], begin);
    return end == std::string_view::npos ? WordRange{} : WordRange{tag.begin + begin, tag.begin + end};
}

void Reader::start_control_part(Tag tag, std::string_view name, const XML_Char** attributes) {
    Control& control = controls_.back();
    if (tag == Tag::placeholder && open(1) == Tag::control_format && !is_off(attribute(attributes, "val")))
        control.placeholder = here();
    if (name == "w14:checkbox") control.is_box = true;
    if (name == "w14:checked") {
        control.is_ticked = !is_off(value_2010(attributes));
        control.state = value_range("val");
    }
    if (name != "w14:checkedState") return;
    constexpr int base = 16;
    const std::string_view digits = value_2010(attributes);
    std::uint32_t character = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), character, base);
    if (character < 0x20 || character > 0xFFFD) return;
    control.on.clear();
    append_character(control.on, character);
}

/// A box as Word puts it in as a sign: <w:sym w:font="Wingdings" w:char="F0A8"/>.
void Reader::take_sign(const XML_Char** attributes) {
    constexpr int base = 16;
    constexpr std::string_view digits = "0123456789ABCDEF";
    const std::string_view code = attribute(attributes, "char");
    std::uint32_t letter = 0;
    std::from_chars(code.data(), code.data() + code.size(), letter, base);
    const auto sign = find_word_sign(attribute(attributes, "font"), letter);
    const WordRange value = value_range("char");
    if (!sign || value.size() < 2) return;
    const std::string last{digits[sign->ticked / base % base], digits[sign->ticked % base]};
    add_box(sign->is_ticked, {{{value.end - 2, value.end}, last}});
}

/// A text in a font with pictures for letters: some of them are boxes.
void Reader::take_letters(std::string_view text, WordRange source) {
    const bool is_plain = text.size() == source.size();
    std::size_t plain = 0;  // where what is no box began
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const auto sign = find_word_sign(run_font_, take_character(text, at));
        const bool is_whole = begin == 0 && at == text.size();
        if (!sign || !(is_plain || is_whole)) continue;
        const auto part = [source, is_plain](std::size_t from, std::size_t to) {
            return is_plain ? WordRange{source.begin + from, source.begin + to} : source;
        };
        if (begin > plain) take_plain(text.substr(plain, begin - plain), part(plain, begin));
        std::string ticked;
        append_character(ticked, sign->ticked);
        add_box(sign->is_ticked, {{part(begin, at), std::move(ticked)}});
        plain = at;
    }
    if (plain == 0) return take_plain(text, source);
    if (plain < text.size()) take_plain(text.substr(plain), {source.begin + plain, source.end});
}

void Reader::add_box(bool is_ticked, std::vector<WordChange> tick) {
    const std::string_view box = is_ticked ? "☑" : "□";
    paragraph_->boxes.push_back({paragraph_->text.size(), box.size(), is_ticked, std::move(tick)});
    paragraph_->text += box;
}

void Reader::start_form_box_part(std::string_view name, const XML_Char** attributes) {
    const bool off = is_off(attribute(attributes, "val"));
    if (name == "default" && form_box_.tick.empty()) form_box_.is_ticked = !off;
    if (name != "checked") return;
    form_box_.is_ticked = !off;
    const WordRange value = value_range("val");
    if (value.size() > 0) form_box_.tick = {{value, "1"}};
}

/// A form field of Word 97: the box is drawn by Word, and is no text.
void Reader::end_form_box() {
    if (!paragraph_) return;
    const WordRange tag = here();
    const std::string_view end = xml_.substr(tag.begin, tag.size());  // "</w:checkBox>"
    if (form_box_.tick.empty() && end.starts_with("</")) {
        const std::size_t colon = end.find(':');
        const std::string prefix(colon == std::string_view::npos ? std::string_view{} : end.substr(2, colon - 1));
        form_box_.tick = {{{tag.begin, tag.begin}, "<" + prefix + "checked/>"}};
    }
    add_box(form_box_.is_ticked, std::move(form_box_.tick));
}

void Reader::end_run() {
    const Control* control = showing();
    if (!paragraph_ || control == nullptr) return;
    auto& placeholders = paragraph_->placeholders;
    if (placeholders.empty() || placeholders.back().flag.begin != control->placeholder->begin)
        placeholders.push_back({paragraph_->text.size(), *control->placeholder, {}});
    placeholders.back().runs.push_back({run_, here().end});
}

void Reader::start_run_format(std::string_view name, const XML_Char** attributes) {
    if (name == "vanish") is_hidden_ = !is_off(attribute(attributes, "val"));
    if (name != "rFonts") return;
    run_font_ = attribute(attributes, "ascii");
    if (run_font_.empty()) run_font_ = attribute(attributes, "hAnsi");
}

void Reader::start_in_paragraph(Tag tag, std::string_view name, const XML_Char** attributes) {
    if (tag == Tag::run) {
        run_ = here().begin;
        run_font_.clear();
        is_hidden_ = false;
    }
    if (open(1) == Tag::run_format && open(2) == Tag::run) start_run_format(name, attributes);
    if (tag == Tag::form_box) form_box_ = {};
    if (open(1) == Tag::form_box) start_form_box_part(name, attributes);
    if (name == "sym" && open(1) == Tag::run && showing() == nullptr) take_sign(attributes);
    if (tag == Tag::numbering) paragraph_->is_numbered = true;
    if (tag == Tag::object) paragraph_->has_object = true;
    if (is_of_end_mark()) format_ = is_mark(name) ? std::string_view::npos : here().begin;
    if (open(1) != Tag::run || showing() != nullptr || is_hidden_) return;
    if (name == "tab") paragraph_->text += '\t';
    if (name == "br" || name == "cr") paragraph_->text += '\n';
}

void Reader::end() {
    if (error_ || tags_.empty()) return;
    const Tag tag = open(0);
    if (tag == Tag::text_box) --boxes_;
    if (boxes_ == 0 && tag != Tag::text_box) {
        if (tag == Tag::gone) --gone_;
        if (tag == Tag::table) end_table();
        if (tag == Tag::row) end_row();
        if (tag == Tag::cell && !tables_.empty() && tables_.back().in_cell) {
            const WordCell& cell = tables_.back().table.rows.back().cells.back();
            tables_.back().column = std::min(cell.column + cell.columns, most_columns);
            tables_.back().in_cell = false;
        }
        if (tag == Tag::run && gone_ == 0) end_run();
        if (tag == Tag::form_box && gone_ == 0) end_form_box();
        if (tag == Tag::placeholder && !controls_.empty() && controls_.back().placeholder)
            controls_.back().placeholder->end = here().end;
        if (tag == Tag::control && !controls_.empty()) controls_.pop_back();
        if (tag == Tag::paragraph) end_paragraph();
        if (paragraph_ && tag == Tag::paragraph_format && open(1) == Tag::paragraph) paragraph_->start = here().end;
        if (paragraph_ && is_of_end_mark() && format_ != std::string_view::npos)
            paragraph_->format.push_back({format_, here().end});
    }
    tags_.pop_back();
}

void Reader::end_table() {
    if (tables_.empty()) return;
    text_.tables.push_back(std::move(tables_.back().table));
    tables_.pop_back();
}

void Reader::end_row() {
    if (tables_.empty() || !tables_.back().in_row) return;
    OpenTable& open = tables_.back();
    open.table.rows.back().source.end = here().end;
    if (open.is_row_gone) open.table.rows.pop_back();
    open.in_row = false;
    open.in_cell = false;
}

void Reader::end_paragraph() {
    if (!paragraph_) return;
    WordParagraph done = *std::move(paragraph_);
    paragraph_.reset();
    if (tables_.empty()) {
        text_.paragraphs.push_back(std::move(done));
    } else if (tables_.back().in_cell) {
        tables_.back().table.rows.back().cells.back().paragraphs.push_back(std::move(done));
    }
}

void Reader::take(std::string_view text) {
    if (error_ || !paragraph_ || boxes_ > 0 || gone_ > 0 || open(0) != Tag::text) return;
    if (showing() != nullptr || is_hidden_) return;
    if (controls_.empty() || !controls_.back().is_box) return take_letters(text, here());
    take_plain(text, here());
}

void Reader::take_plain(std::string_view text, WordRange source) {
    if (!controls_.empty() && controls_.back().is_box) {
        const Control& control = controls_.back();
        WordBox box{paragraph_->text.size(), text.size(), control.is_ticked, {{source, control.on}}};
        if (control.state.size() > 0) box.tick.push_back({control.state, "1"});
        paragraph_->boxes.push_back(std::move(box));
    }
    paragraph_->pieces.push_back({paragraph_->text.size(), text.size(), source});
    paragraph_->text += text;
}

}  // namespace

Result<WordText> read_word_text(std::string_view xml) { return Reader(xml).read(); }

}  // namespace duibiao
