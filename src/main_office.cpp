// The page's second program: Word, Excel, e-mail, and files under a password. It is fetched when somebody first wants
// one of them, so that a first visit does not wait for it. web/office.js gives it a job and takes the file.
#include <emscripten.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/authoring/carry.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"
#include "core/text.hpp"
#include "exchange/author/author_view.hpp"
#include "exchange/author/given_json.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/export.hpp"
#include "exchange/given_table/doubts.hpp"
#include "exchange/given_table/read_given.hpp"
#include "exchange/given_table/write_draft.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/letter.hpp"
#include "exchange/library.hpp"
#include "exchange/workbook/workbook.hpp"

// clang-format off
EM_JS(void, duibiao_office_attach, (), {
    Module["office"].heap = () => HEAPU8;
});
EM_JS(void, duibiao_office_answer, (int done, const char* bytes, int size, const char* name, int name_size), {
    Module["office"].answer(done !== 0, HEAPU8.slice(bytes, bytes + size), HEAPU8.slice(name, name + name_size));
});
EM_JS(void, duibiao_office_random, (unsigned char* bytes, int size), {
    crypto.getRandomValues(HEAPU8.subarray(bytes, bytes + size));
});
// clang-format on

namespace {

using namespace duibiao;

/// What is to be written, and from what.
struct Job {
    std::string format;
    std::string name;
    Language language = Language::chinese;
    Date today;
    std::vector<std::string> attachments;  ///< formats, of a draft
    std::set<std::string> left_out;        ///< of a Word form that is filled
    std::size_t report_size = 0;
    std::string to;  ///< of a draft
    Privacy privacy = Privacy::whole;
    std::string password;
};

LockSeed lock_seed() {
    LockSeed seed{};
    duibiao_office_random(seed.data(), static_cast<int>(seed.size()));
    return seed;
}

Result<Job> read_job(std::string_view text) {
    const Result<Json> header = parse_json(text, limits::report_bytes);
    if (!header) return tl::unexpected(header.error());
    const Result<Date> today = parse_date(text_member(*header, "today"));
    if (!today) return tl::unexpected(today.error());
    Job job;
    job.format = text_member(*header, "format");
    job.name = text_member(*header, "name");
    job.today = *today;
    if (text_member(*header, "language") == "en") job.language = Language::english;
    const std::string attached = text_member(*header, "attach");
    for (const std::string_view format : split_list(attached)) job.attachments.emplace_back(format);
    const std::string left_out = text_member(*header, "left_out");
    for (const std::string_view link : split_list(left_out)) job.left_out.emplace(link);
    job.report_size = size_member(*header, "report");
    job.to = text_member(*header, "to");
    if (!text_member(*header, "masked").empty()) job.privacy = Privacy::masked;
    job.password = text_member(*header, "password");
    return job;
}

/// The form that the report was filled with: a user's own where `definition` says one, else a shipped one. Only this
/// one is read and proved.
InstrumentPtr find_form(std::string_view definition, const FormIdentity& wanted) {
    if (InstrumentPtr shipped = load_shipped(wanted)) return shipped;
    const std::string newest = "instruments/" + wanted.id + ".json";
    const Result<InstrumentPtr> form = load_instrument(definition.empty() ? asset(newest) : definition);
    return form ? *form : nullptr;
}

/// A file that the page has already: only the lock is wanted.
bool is_given(const Job& job) { return job.format == "json" || job.format == "file" || job.format == "backup"; }

/// `rest` is the report, and behind it the Word form that is matched or filled.
Result<std::string> write_plain(const Job& job, std::string_view form, std::string_view rest) {
    const std::string_view report = rest.substr(0, job.report_size);
    const std::string_view given = rest.substr(report.size());
    if (is_given(job)) return std::string(report);
    const auto finder = [form](const FormIdentity& wanted) { return find_form(form, wanted); };
    const Result<LoadedReport> loaded = read_report(report, finder);
    if (!loaded) return tl::unexpected(loaded.error());
    if (job.format == "letter")
        return write_letter(loaded->document, job.left_out.empty() ? std::string_view() : *job.left_out.begin(),
                            job.today, "docx");
    if (job.format == "given") return fill_docx(given, loaded->document, job.today, job.left_out);
    if (job.format == "match") {
        const Result<DocxMatch> match = match_docx(given, loaded->document, job.today);
        return match ? Result<std::string>(write_docx_match(*match)) : tl::unexpected(match.error());
    }
    if (job.format != "eml") return write_format(loaded->document, job.today, job.format, job.privacy);
    return write_draft(loaded->document, job.today, report,
                       {job.attachments, job.to, {job.privacy, job.password, lock_seed}});
}

/// The files of an e-mail or an archive in one.
Result<NamedFile> unpack(const Job& job, std::string_view bytes) {
    const auto wrapper = look_at({job.name, std::string(bytes)});
    if (!wrapper) return tl::unexpected(wrapper.error());
    const auto files = open_wrapper(*wrapper);
    if (!files) return tl::unexpected(files.error());
    return NamedFile{job.name, pack_files(*files)};
}

/// The sheets of a workbook in one.
Result<NamedFile> take_sheets_out(const Job& job, std::string_view workbook) {
    const auto sheets = read_workbook(workbook);
    if (!sheets) return tl::unexpected(sheets.error());
    return NamedFile{job.name, write_sheets(*sheets)};
}

/// A form made from the tables of a mailed file, and what is to be looked at in it.
Result<NamedFile> make_form_of(const Job& job, std::string_view bytes) {
    const auto given =
        bytes.starts_with(given_start) ? read_given_json(bytes) : read_given(job.name, std::string(bytes));
    if (!given) return tl::unexpected(given.error());
    const std::string name = job.name.substr(0, job.name.rfind('.'));
    const auto found = authoring::recognise(*given, {{}, 0, name});
    if (!found) return tl::unexpected(found.error());
    const MadeForm made = make_form(write_draft(found->draft));
    if (made.report.form == nullptr) return fail("import-nothing");
    Json doubts = Json::array();
    for (const FormDoubt& doubt : doubts_of(job.language, *found, made))
        doubts.push_back(doubt_words(job.language, doubt));
    return NamedFile{
        job.name, Json{{"form", made.text}, {"doubts", std::move(doubts)}, {"given", write_given_json(*given)}}.dump()};
}

/// What the author of a form sees of it: `rest` is the given table and behind it his decisions.
Result<NamedFile> show_author(const Job& job, std::string_view older, std::string_view rest) {
    const auto given = read_given_json(rest.substr(0, job.report_size));
    if (!given) return tl::unexpected(given.error());
    AuthorJob author{job.name, read_decisions(rest.substr(job.report_size)), std::string(older), false, job.language};
    author.is_next = author.decisions.contains("like");
    return NamedFile{job.name, write_author_view(*given, author)};
}

/// The decisions about a table, for the next one: `rest` is that one, behind it the table before and its decisions.
Result<NamedFile> carry_over(const Job& job, std::string_view rest) {
    const auto now = read_given_json(rest.substr(0, job.report_size));
    if (!now) return tl::unexpected(now.error());
    const Result<Json> before = parse_json(rest.substr(job.report_size), limits::report_bytes);
    if (!before) return tl::unexpected(before.error());
    const auto given = read_given_json(text_member(*before, "given"));
    if (!given) return tl::unexpected(given.error());
    const auto decisions = read_decisions(text_member(*before, "decisions"));
    return NamedFile{job.name, write_decisions(authoring::carry_decisions(decisions, *given, *now))};
}

/// The key of the file that is being opened, a step at a time.
std::optional<LockKey>& key_in_making() {
    static std::optional<LockKey> key;
    return key;
}

Result<NamedFile> open_with_key(std::string_view bytes, std::string_view password) {
    const Result<LockParts> parts = read_lock(bytes);
    if (!parts || !key_in_making()) return open_locked(bytes, password);
    return open_locked(*parts, *std::exchange(key_in_making(), std::nullopt));
}

/// Locked where there is a password; a draft has its attachments locked, not itself.
Result<NamedFile> write(const Job& job, std::string_view form, std::string_view rest) {
    if (job.format == "open") return open_with_key(rest.substr(0, job.report_size), job.password);
    if (job.format == "unpack") return unpack(job, rest.substr(0, job.report_size));
    if (job.format == "form") return make_form_of(job, rest.substr(0, job.report_size));
    if (job.format == "author-next") return carry_over(job, rest);
    if (job.format == "author") return show_author(job, form, rest);
    if (job.format == "sheets") return take_sheets_out(job, rest.substr(0, job.report_size));
    auto content = write_plain(job, form, rest);
    if (!content) return tl::unexpected(std::move(content.error()));
    if (job.format == "eml") return NamedFile{job.name, *std::move(content)};
    const std::string ending = "." + std::string(lock::extension);
    const std::string inner =
        job.name.ends_with(ending) ? job.name.substr(0, job.name.size() - ending.size()) : job.name;
    return protect({inner, *std::move(content)}, {job.privacy, job.password, lock_seed});
}

std::string& buffer() {
    static std::string bytes;
    return bytes;
}

}  // namespace

extern "C" {

/// Room for a job: its header, the form's definition, the report, a Word form.
EMSCRIPTEN_KEEPALIVE char* duibiao_office_buffer(int size) {
    duibiao_office_attach();
    buffer().resize(static_cast<std::size_t>(size));
    return buffer().data();
}

/// A step towards the key of the locked file in the buffer. Answers how much is done, in hundredths; of a file that
/// needs none 100.
EMSCRIPTEN_KEEPALIVE int duibiao_office_make_key(int header_size, int form_size) {
    constexpr int whole = 100;
    const std::string_view all = buffer();
    if (!key_in_making()) {
        const auto header = static_cast<std::size_t>(header_size);
        const Result<Job> job = read_job(all.substr(0, header));
        if (!job || job->password.empty() || job->password.size() > lock::most_password_bytes) return whole;
        const Result<LockParts> parts =
            read_lock(all.substr(header + static_cast<std::size_t>(form_size), job->report_size));
        if (!parts) return whole;
        key_in_making().emplace(job->password, parts->salt, parts->rounds);
    }
    key_in_making()->work(lock::step_rounds);
    return key_in_making()->percent();
}

/// Forgets the job and its key.
EMSCRIPTEN_KEEPALIVE void duibiao_office_forget() {
    key_in_making().reset();
    buffer().clear();
    buffer().shrink_to_fit();
}

/// Does the job in the buffer and answers with the file, or with what is wrong in words.
EMSCRIPTEN_KEEPALIVE void duibiao_office_write(int header_size, int form_size) {
    const std::string_view all = buffer();
    const auto header = static_cast<std::size_t>(header_size);
    const auto form = static_cast<std::size_t>(form_size);
    const Result<Job> job = read_job(all.substr(0, header));
    const Result<NamedFile> file = job ? write(*job, all.substr(header, form), all.substr(header + form))
                                       : Result<NamedFile>(tl::unexpected(job.error()));
    const std::string name = file ? file->name : std::string();
    const std::string answer = file ? file->content : describe(job ? job->language : Language::chinese, file.error());
    duibiao_office_answer(file ? 1 : 0, answer.data(), static_cast<int>(answer.size()), name.data(),
                          static_cast<int>(name.size()));
    duibiao_office_forget();
}
}
