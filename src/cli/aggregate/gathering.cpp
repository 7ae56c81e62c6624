#include "cli/aggregate/gathering.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/campaign/partial.hpp"
#include "core/limits.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/lock.hpp"

namespace duibiao::cli {
namespace {

constexpr std::size_t most_queued = 256;
constexpr std::size_t most_queued_bytes = std::size_t{32} * 1024 * 1024;

/// A thread's own view of the forms that all share: shipped ones, and those beside the reports.
class Forms {
public:
    explicit Forms(SharedForms& shared) : shared_(shared) {}

    void look_in(const std::string& folder) { folder_ = folder; }

    InstrumentPtr find(const FormIdentity& wanted) {
        const bool is_last = wanted.hash == last_.hash && wanted.id == last_.id && wanted.version == last_.version;
        if (is_last && folder_ == last_folder_) return last_form_;
        last_ = wanted;
        last_folder_ = folder_;
        return last_form_ = shared_.find(folder_, wanted);
    }

private:
    SharedForms& shared_;
    std::string folder_;
    std::string last_folder_;
    FormIdentity last_;
    InstrumentPtr last_form_;
};

/// A form's definition that lies beside the reports.
bool is_form(std::string_view text) {
    constexpr std::size_t head_bytes = 256;
    return text.substr(0, head_bytes).find("\"duibiao-instrument\"") != std::string_view::npos;
}

/// A report as it lies there, or as look_at() reads it: in another encoding, with a mail gateway's text behind it. Its
/// key is of the report's own bytes, so that it is the same one however it came.
Result<ReportDigest> digest_plain(std::string_view bytes, const InstrumentFinder& find_instrument, Outlines& outlines) {
    auto digest = digest_report(bytes, find_instrument, outlines);
    if (digest || !digest.error().code.starts_with("json-")) return digest;
    const auto seen = look_at({{}, std::string(bytes)});
    const bool is_other = seen && seen->kind == ArrivedFile::Kind::json && seen->content != bytes;
    return is_other ? digest_report(seen->content, find_instrument, outlines) : digest;
}

Result<ReportDigest> digest_bytes(std::string_view bytes, const std::string& password,
                                  const InstrumentFinder& find_instrument, Outlines& outlines) {
    if (!is_locked(bytes)) return digest_plain(bytes, find_instrument, outlines);
    if (password.empty()) return fail("file-locked");
    const auto opened = open_locked(bytes, password);
    if (!opened) return tl::unexpected<Error>(opened.error());
    return digest_plain(opened->content, find_instrument, outlines);
}

}  // namespace

/// Every form is loaded once, by whoever needs it first.
InstrumentPtr SharedForms::find(const std::string& folder, const FormIdentity& wanted) {
    const std::lock_guard lock(mutex_);
    const auto [known, fresh] = known_.try_emplace(std::tuple(folder, wanted.id, wanted.version, wanted.hash), nullptr);
    if (fresh) known->second = load(folder, wanted);
    return known->second;
}

InstrumentPtr SharedForms::load(const std::string& folder, const FormIdentity& wanted) {
    if (InstrumentPtr built_in = library_.find(wanted)) return built_in;
    if (!is_plain_id(wanted.id)) return nullptr;
    const auto text = read_input(folder + wanted.id + ".json", limits::instrument_bytes);
    auto form = text ? load_instrument(*text) : fail("file-missing");
    return form && (*form)->id == wanted.id ? *form : nullptr;
}

Gathering::Gathering(Language language, Collection& collection, std::string password)
    : language_(language),
      collection_(collection),
      password_(std::move(password)),
      has_terminal_(::isatty(STDERR_FILENO) == 1) {
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
    for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
}

Gathering::~Gathering() { finish(); }

void Gathering::give(Piece piece) {
    std::unique_lock lock(queue_mutex_);
    has_room_.wait(lock, [this] { return queue_.size() < most_queued && queued_bytes_ < most_queued_bytes; });
    queued_bytes_ += piece.bytes.size();
    queue_.push_back(std::move(piece));
    lock.unlock();
    has_work_.notify_one();
}

void Gathering::give_form(FormOutline form) {
    const std::lock_guard lock(collection_mutex_);
    (void)collection_.add(std::make_shared<const FormOutline>(std::move(form)));
}

void Gathering::refuse(const std::string& name, std::string key, Error error) {
    const std::lock_guard lock(collection_mutex_);
    add_rejected({std::move(key), name, std::move(error)});
}

void Gathering::leave_aside(const std::string& name) {
    const std::lock_guard lock(collection_mutex_);
    print_notice(name, label(language_, "cli.aggregate.aside"));
}

void Gathering::add_rejected(RejectedFile file) {
    if (has_terminal_ && shown_at_ != 0) (void)write_output("/dev/stderr", "\r\033[K");
    print_error(language_, file.file, file.error);
    collection_.add(std::move(file));
}

void Gathering::finish() {
    {
        const std::lock_guard lock(queue_mutex_);
        no_more_ = true;
    }
    has_work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    const std::lock_guard lock(collection_mutex_);
    show_progress(true);
}

void Gathering::work() {
    Forms forms(forms_);
    Outlines outlines;
    const InstrumentFinder find_instrument = [&forms](const FormIdentity& wanted) { return forms.find(wanted); };
    for (;;) {
        std::unique_lock lock(queue_mutex_);
        has_work_.wait(lock, [this] { return no_more_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const Piece piece = std::move(queue_.front());
        queue_.pop_front();
        queued_bytes_ -= piece.bytes.size();
        lock.unlock();
        has_room_.notify_one();
        forms.look_in(piece.folder);
        if (piece.is_line) {
            take_line(piece);
        } else {
            take(piece, find_instrument, outlines);
        }
    }
}

void Gathering::take(const Piece& piece, const InstrumentFinder& find_instrument, Outlines& outlines) {
    auto digest = digest_bytes(piece.bytes, password_, find_instrument, outlines);
    std::string line;
    if (digest) {
        digest->file = piece.name;
        line = write_digest_line(*digest);
    }
    const std::lock_guard lock(collection_mutex_);
    ++done_;
    show_progress(false);
    if (digest) {
        if (digest->key != left_out_) collection_.add(*digest, line);
        return;
    }
    if (is_form(piece.bytes)) return print_notice(piece.name, label(language_, "cli.aggregate.form"));
    add_rejected({to_hex(sha256(piece.bytes)), piece.name, std::move(digest.error())});
}

void Gathering::take_line(const Piece& piece) {
    const OutlineFinder find_form = [this](std::string_view hash) {
        const std::lock_guard lock(collection_mutex_);
        return collection_.find_form(hash);
    };
    if (kind_of_line(piece.bytes) == PartialLine::rejected) {
        auto file = read_rejected_line(piece.bytes);
        const std::lock_guard lock(collection_mutex_);
        if (!file) return add_rejected({to_hex(sha256(piece.bytes)), piece.name, std::move(file.error())});
        return add_rejected(std::move(*file));
    }
    auto digest = read_digest_line(piece.bytes, find_form);
    const std::string line = digest ? write_digest_line(*digest) : std::string{};
    const std::lock_guard lock(collection_mutex_);
    ++done_;
    show_progress(false);
    if (digest) return collection_.add(*digest, line);
    add_rejected({to_hex(sha256(piece.bytes)), piece.name, std::move(digest.error())});
}

/// On a terminal five times a second, in one line that is gone at the end.
void Gathering::show_progress(bool last) {
    if (!has_terminal_) return;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    constexpr std::int64_t step = 200;  // milliseconds
    if (last ? shown_at_ == 0 : now - shown_at_ < step) return;
    shown_at_ = now;
    const std::string count = std::to_string(done_);
    const std::string said = translate(language_, "cli.aggregate.progress", {{"count", count}});
    (void)write_output("/dev/stderr", last ? "\r\033[K" : "\r\033[K" + said);
}

}  // namespace duibiao::cli
