// The page's second program: Word, Excel and e-mail. It is fetched when somebody first wants one of them, so that a
// first visit does not wait for it. web/office.js gives it a job and takes the file.
#include <emscripten.h>

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/export.hpp"
#include "exchange/library.hpp"

// clang-format off
EM_JS(void, duibiao_office_attach, (), {
    Module["office"].heap = () => HEAPU8;
});
EM_JS(void, duibiao_office_answer, (int done, const char* bytes, int size), {
    Module["office"].answer(done !== 0, HEAPU8.slice(bytes, bytes + size));
});
// clang-format on

namespace {

using namespace duibiao;

/// What is to be written, and from what.
struct Job {
    std::string format;
    Language language = Language::chinese;
    Date today;
    std::vector<std::string> attachments;  ///< formats, of a draft
    std::set<std::string> left_out;        ///< of a Word form that is filled
    std::size_t report_size = 0;
};

std::string text_of(const Json& header, const char* key) {
    const auto member = header.find(key);
    return member != header.end() && member->is_string() ? member->get<std::string>() : std::string();
}

std::size_t size_of(const Json& header, const char* key) {
    const auto member = header.find(key);
    return member != header.end() && member->is_number_unsigned() ? member->get<std::size_t>() : 0;
}

Result<Job> read_job(std::string_view text) {
    const Result<Json> header = parse_json(text, limits::report_bytes);
    if (!header) return tl::unexpected(header.error());
    const Result<Date> today = parse_date(text_of(*header, "today"));
    if (!today) return tl::unexpected(today.error());
    Job job{text_of(*header, "format"), Language::chinese, *today, {}, {}, size_of(*header, "report")};
    if (text_of(*header, "language") == "en") job.language = Language::english;
    if (std::string attach = text_of(*header, "attach"); !attach.empty()) job.attachments.push_back(std::move(attach));
    const std::string left_out = text_of(*header, "left_out");
    for (std::size_t at = 0; at < left_out.size();) {
        const std::size_t end = std::min(left_out.find(',', at), left_out.size());
        job.left_out.insert(left_out.substr(at, end - at));
        at = end + 1;
    }
    return job;
}

/// A user's own form where `definition` says one, else the shipped one. Only this one is read and proved.
InstrumentPtr find_form(std::string_view definition, std::string_view id) {
    const std::string shipped = "instruments/" + std::string(id) + ".json";
    const Result<InstrumentPtr> form = load_instrument(definition.empty() ? asset(shipped) : definition);
    return form ? *form : nullptr;
}

/// `rest` is the report, and behind it the Word form that is matched or filled.
Result<std::string> write(const Job& job, std::string_view form, std::string_view rest) {
    const std::string_view report = rest.substr(0, job.report_size);
    const std::string_view given = rest.substr(report.size());
    const auto finder = [form](std::string_view id) { return find_form(form, id); };
    const Result<LoadedReport> loaded = read_report(report, finder);
    if (!loaded) return tl::unexpected(loaded.error());
    if (job.format == "eml") return write_draft(loaded->document, job.language, job.today, report, job.attachments);
    if (job.format == "given") return fill_docx(given, loaded->document, job.today, job.left_out);
    if (job.format == "match") {
        const Result<DocxMatch> match = match_docx(given, loaded->document, job.today);
        return match ? Result<std::string>(write_docx_match(*match)) : tl::unexpected(match.error());
    }
    return write_format(loaded->document, job.language, job.today, job.format);
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

/// Does the job in the buffer and answers with the file, or with what is wrong in words.
EMSCRIPTEN_KEEPALIVE void duibiao_office_write(int header_size, int form_size) {
    const std::string_view all = buffer();
    const auto header = static_cast<std::size_t>(header_size);
    const auto form = static_cast<std::size_t>(form_size);
    const Result<Job> job = read_job(all.substr(0, header));
    const Result<std::string> file = job ? write(*job, all.substr(header, form), all.substr(header + form))
                                         : Result<std::string>(tl::unexpected(job.error()));
    const std::string answer = file ? *file : describe(job ? job->language : Language::chinese, file.error());
    duibiao_office_answer(file ? 1 : 0, answer.data(), static_cast<int>(answer.size()));
    buffer().clear();
    buffer().shrink_to_fit();
}
}
