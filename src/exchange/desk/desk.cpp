#include "exchange/desk/desk.hpp"

#include <utility>

#include "core/campaign/partial.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"
#include "core/sha256.hpp"
#include "exchange/desk/desk_view.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/intake/mail.hpp"
#include "exchange/weak/found_weak.hpp"

namespace duibiao {
namespace {

constexpr int most_mails = 4;  ///< within each other
constexpr std::size_t most_entries = 50'000;
constexpr std::string_view form_key = "form:";

std::string key_of(std::string_view bytes) { return to_hex(sha256(bytes)); }

/// Whose report it is, as far as it can be read: who is asked for it again should know that something came.
Error with_unit(Error error, std::string_view text) {
    const auto json = parse_json(text, limits::report_bytes);
    const std::string unit = json && json->is_object() ? text_member(*json, "unit") : std::string();
    if (!unit.empty()) error.params["unit"] = unit;
    return error;
}

/// Lists, plans and reviews of weak organisations are documents of the office itself.
bool is_own_document(const Campaign* campaign, const std::string& form) {
    const Result<Doors> doors = doors_in(campaign == nullptr ? std::string_view() : campaign->doors_file);
    return doors && (form == doors->list.form || form == doors->plan.form || form == doors->review.form);
}

bool is_of_format(std::string_view text, std::string_view format) {
    constexpr std::size_t head_bytes = 256;
    return text.substr(0, head_bytes).find("\"" + std::string(format) + "\"") != std::string_view::npos;
}

/// 认定条件, as people write the file, or with its members sorted.
bool is_doors_file(std::string_view text) {
    if (is_of_format(text, "duibiao-doors")) return true;
    const std::size_t brace = text.find_first_not_of(" \t\r\n");
    if (brace == std::string_view::npos || text[brace] != '{') return false;
    const std::size_t key = text.find_first_not_of(" \t\r\n", brace + 1);
    return key != std::string_view::npos && text.substr(key).starts_with("\"doors\"");
}

}  // namespace

void Desk::add_form(std::string_view definition) { (void)library_.add(definition); }

Done Desk::set_campaign(std::string_view report) {
    const Result<LoadedReport> loaded = read_report(report, library_.finder());
    if (!loaded) return tl::unexpected<Error>(loaded.error());
    Result<Campaign> campaign = read_campaign(loaded->document);
    if (!campaign) return tl::unexpected<Error>(campaign.error());
    campaign_ = *std::move(campaign);
    is_changed_ = true;
    return {};
}

void Desk::add(std::string_view key, std::string_view line) {
    lines_.insert_or_assign(std::string(key), std::string(line));
    is_changed_ = true;
}

void Desk::clear() {
    lines_.clear();
    campaign_.reset();
    is_changed_ = true;
}

// --- Taking in ----------------------------------------------------------------------------------------------------

void Desk::keep(DeskPiece piece, const DeskPieceUse& use) {
    ++met_;
    const auto known = lines_.find(piece.key);
    // What could be used once is not made useless by the same bytes met in another way, nor counted twice.
    if (known != lines_.end() && kind_of_line(known->second) == PartialLine::digest) piece.line = known->second;
    add(piece.key, piece.line);
    use(std::move(piece));
}

void Desk::keep_form(const FormOutline& form, const DeskPieceUse& use) {
    std::string key = std::string(form_key) + form.hash;
    if (!lines_.contains(key)) keep({std::move(key), {}, write_form_line(form), {}, false}, use);
}

void Desk::refuse(const std::string& name, std::string_view bytes, Error error, const DeskPieceUse& use) {
    std::string key = key_of(bytes);
    std::string line = write_rejected_line({key, name, std::move(error)});
    keep({std::move(key), name, std::move(line), {}, false}, use);
}

void Desk::take(NamedFile file, std::string_view password, const DeskPieceUse& use) {
    take_any(std::move(file), password, {}, use);
}

void Desk::take_any(NamedFile file, std::string_view password, Within within, const DeskPieceUse& use) {
    if (is_partial(file.content)) return take_partial(file.name, file.content, use);
    auto seen = look_at(file);
    using Kind = ArrivedFile::Kind;
    if (seen && seen->kind == Kind::json) return take_report(file.name, std::move(seen->content), use);
    if (seen && seen->kind == Kind::mail) return take_mail(file, password, within, use);
    if (seen && seen->kind == Kind::archive) return take_archive(file, password, within, use);
    if (seen && seen->kind == Kind::locked) return take_locked(file, password, within, use);
    if (within.mail) return;
    refuse(file.name, file.content, seen ? Error{"desk-no-report", {}, {}} : std::move(seen.error()), use);
}

void Desk::take_locked(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use) {
    if (password.empty()) return refuse(file.name, file.content, {"file-locked", {}, {}}, use);
    auto opened = open_locked(file.content, password);
    if (!opened) return refuse(file.name, file.content, std::move(opened.error()), use);
    const std::string key = key_of(file.content);
    if (lines_.erase(key) > 0) use({key, file.name, {}, {}, false});  // it was refused before its password was known
    take_any({file.name, std::move(opened->content)}, {}, within, use);
}

void Desk::take_mail(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use) {
    if (within.mails == most_mails)
        return refuse(file.name, file.content, {"wrapper-deep", {}, {{"limit", std::int64_t{most_mails}}}}, use);
    const std::size_t before = met_;
    for (NamedFile& inner : open_mail(file.content)) {
        inner.name = file.name + "/" + inner.name;
        take_any(std::move(inner), password, {true, within.archive, within.mails + 1}, use);
    }
    if (met_ == before) refuse(file.name, file.content, {"wrapper-none", {}, {}}, use);
}

void Desk::take_archive(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use) {
    if (within.archive) return refuse(file.name, file.content, {"zip-nested", {}, {}}, use);
    const auto archive = GivenArchive::open(file.content, most_entries);
    if (!archive) return refuse(file.name, file.content, archive.error(), use);
    archive->for_each(limits::report_bytes, [&](const std::string& entry, Result<std::string> content) {
        if (entry.starts_with("__MACOSX/") || entry.starts_with(".") || entry.find("/.") != std::string::npos) return;
        const std::string name = file.name + "/" + entry;
        if (!content) return refuse(name, name, std::move(content.error()), use);
        take_any({name, *std::move(content)}, password, {within.mail, true, within.mails}, use);
    });
}

void Desk::take_report(const std::string& name, std::string text, const DeskPieceUse& use) {
    if (is_of_format(text, "duibiao-instrument")) return add_form(text);
    if (is_doors_file(text)) {  // the campaign takes it, not the sums
        ++met_;
        return use({key_of(text), name, {}, std::move(text), true, true});
    }
    const auto known = lines_.find(key_of(text));
    if (known != lines_.end() && kind_of_line(known->second) == PartialLine::digest)
        return keep({known->first, name, known->second, std::move(text), true}, use);  // what is here is not read again
    auto digest = digest_report(text, library_.finder(), outlines_);
    if (!digest) return refuse(name, text, with_unit(std::move(digest.error()), text), use);
    if (digest->form->id == campaign_form) return;  // the list itself, sent along
    if (is_own_document(campaign_ ? &*campaign_ : nullptr, digest->form->id)) {
        ++met_;
        return use({digest->key, name, {}, std::move(text), true, true});
    }
    digest->file = name;
    keep_form(*digest->form, use);
    std::string line = write_digest_line(*digest);
    keep({digest->key, name, std::move(line), std::move(text), true}, use);
}

/// Nothing of it counts when its hash does not fit.
void Desk::take_partial(const std::string& name, std::string_view text, const DeskPieceUse& use) {
    auto lines = open_partial(text);
    if (!lines) return refuse(name, text, std::move(lines.error()), use);
    std::map<std::string, FormOutlinePtr, std::less<>> forms;
    const OutlineFinder find_form = [&forms](std::string_view hash) {
        const auto found = forms.find(hash);
        return found == forms.end() ? nullptr : found->second;
    };
    while (!lines->empty()) {
        const std::size_t end = std::min(lines->find('\n'), lines->size());
        const std::string_view line = lines->substr(0, end);
        lines->remove_prefix(std::min(end + 1, lines->size()));
        const PartialLine kind = kind_of_line(line);
        if (kind == PartialLine::form) {
            auto form = read_form_line(line);
            if (!form) return refuse(name, text, std::move(form.error()), use);
            keep_form(*form, use);
            const std::string hash = form->hash;
            forms[hash] = std::make_shared<const FormOutline>(std::move(*form));
        } else if (kind == PartialLine::digest) {
            auto digest = read_digest_line(line, find_form);
            if (!digest) return refuse(name, text, std::move(digest.error()), use);
            keep({digest->key, name + "/" + digest->file, std::string(line), {}, true}, use);
        } else if (auto file = read_rejected_line(line)) {
            keep({file->key, file->file, std::string(line), {}, false}, use);
        }
    }
}

Result<DeskPiece> Desk::revise(std::string_view key, std::string_view report) {
    auto digest = digest_report(report, library_.finder(), outlines_);
    if (!digest) return tl::unexpected<Error>(std::move(digest.error()));
    const auto known = lines_.find(key);
    if (known != lines_.end() && kind_of_line(known->second) == PartialLine::digest) {
        const OutlineFinder find_form = [&](std::string_view) { return digest->form; };
        // The name it came under stays.
        if (auto before = read_digest_line(known->second, find_form)) digest->file = before->file;
    }
    DeskPiece piece{std::string(key), digest->file, write_digest_line(*digest), std::string(report), true};
    add(std::string(form_key) + digest->form->hash, write_form_line(*digest->form));
    add(piece.key, piece.line);
    return piece;
}

// --- What it comes to ---------------------------------------------------------------------------------------------

void Desk::roll() {
    if (!is_changed_) return;
    collection_.reset();
    store_.emplace();
    collection_.emplace(*store_);
    kept_under_.clear();
    for (const auto& [key, line] : lines_) {
        if (kind_of_line(line) != PartialLine::form) continue;
        if (auto form = read_form_line(line))
            (void)collection_->add(std::make_shared<const FormOutline>(std::move(*form)));
    }
    const OutlineFinder find_form = [this](std::string_view hash) { return collection_->find_form(hash); };
    for (const auto& [key, line] : lines_) {
        if (kind_of_line(line) == PartialLine::digest) {
            const auto digest = read_digest_line(line, find_form);
            if (!digest) continue;
            collection_->add(*digest, line);
            kept_under_[digest->key] = key;
        } else if (kind_of_line(line) == PartialLine::rejected) {
            if (auto file = read_rejected_line(line)) collection_->add(std::move(*file));
        }
    }
    const Campaign* campaign = campaign_ ? &*campaign_ : nullptr;
    sorted_ = sort_reports(*collection_, campaign);
    all_ = roll_up(*collection_, campaign, sorted_);
    proposal_ = propose_grades(*collection_, campaign, sorted_, all_);
    is_changed_ = false;
}

CampaignSource Desk::source() {
    roll();
    return {*collection_, campaign_ ? &*campaign_ : nullptr, sorted_, all_, proposal_ ? &*proposal_ : nullptr};
}

std::string Desk::view(Language language) {
    const CampaignSource made = source();
    return write_desk_view(
        made, [this](const std::string& key) { return key_kept(key); }, language);
}

Result<std::string> Desk::weak(Date as_of) {
    const CampaignSource made = source();
    return write_found_weak(
        made.collection, made.campaign, [this](const std::string& key) { return key_kept(key); }, as_of);
}

std::string Desk::key_kept(const std::string& key) const {
    const auto found = kept_under_.find(key);
    return found == kept_under_.end() ? key : found->second;
}

}  // namespace duibiao
