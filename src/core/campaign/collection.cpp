#include "core/campaign/collection.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "core/campaign/partial.hpp"
#include "core/name_key.hpp"

namespace duibiao {
namespace {

int nibble(char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; }

/// Keys are hexadecimal; a hand-made one that is not becomes the hash of itself.
Digest digest_of_key(std::string_view key) {
    Digest digest{};
    const bool is_hex = key.size() == digest.size() * 2 && std::all_of(key.begin(), key.end(), [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                        });
    if (!is_hex) return sha256(key);
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(nibble(key[2 * i]) << 4 | nibble(key[2 * i + 1]));
    return digest;
}

/// "2026-11-21T06:03:34Z" as 20261121060334.
std::int64_t instant_number(std::string_view instant) {
    std::int64_t number = 0;
    for (const char c : instant.substr(0, std::min<std::size_t>(instant.size(), 20))) {
        if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

std::uint64_t LinesInMemory::append(std::string_view line) {
    const std::uint64_t begin = lines_.size();
    lines_ += line;
    return begin;
}

std::string LinesInMemory::read(std::uint64_t begin, std::size_t size) const {
    return lines_.substr(static_cast<std::size_t>(begin), size);
}

TextMark mark_of(std::string_view text) {
    const Digest digest = sha256(text);
    TextMark mark;
    std::copy_n(digest.begin(), mark.size(), mark.begin());
    return mark;
}

std::size_t Collection::HashKey::operator()(const Digest& key) const {
    std::size_t hash = 0;
    std::memcpy(&hash, key.data(), sizeof hash);
    return hash;
}

FormOutlinePtr Collection::add(FormOutlinePtr form) {
    const auto [known, fresh] = forms_.try_emplace(form->hash, form);
    // Two programs may outline one form differently: the same one stays wherever they meet.
    if (!fresh && *known->second != *form && write_form_line(*form) < write_form_line(*known->second))
        known->second = std::move(form);
    return known->second;
}

FormOutlinePtr Collection::find_form(std::string_view hash) const {
    const auto found = forms_.find(hash);
    return found == forms_.end() ? nullptr : found->second;
}

void Collection::add(const ReportDigest& digest, std::string_view line) {
    add(digest.form);
    rejected_.erase(digest.key);
    CollectedReport report;
    report.key = digest_of_key(digest.key);
    report.document = mark_of(digest.document);
    report.unit = mark_of(organisation_key(digest.unit));
    if (!digest.subject.empty()) report.about = mark_of(digest.subject);
    report.edits = static_cast<std::uint32_t>(digest.edits);
    report.at = instant_number(digest.at);
    report.has_errors = digest.has_errors();
    const Subject subject{digest.form->id, digest.period};
    const auto [place, fresh_subject] = by_subject_.emplace(subject, static_cast<std::uint32_t>(subjects_.size()));
    if (fresh_subject) subjects_.push_back(subject);
    report.subject = place->second;
    const auto form = std::find(form_hashes_.begin(), form_hashes_.end(), digest.form->hash);
    report.form = static_cast<std::uint32_t>(form - form_hashes_.begin());
    if (form == form_hashes_.end()) form_hashes_.push_back(digest.form->hash);
    const auto [known, fresh] = by_key_.emplace(report.key, static_cast<std::uint32_t>(reports_.size()));
    if (!fresh && this->line(reports_[known->second]) <= line) return;
    report.line_begin = store_.append(line);
    report.line_size = static_cast<std::uint32_t>(line.size());
    if (fresh) {
        reports_.push_back(report);
    } else {
        reports_[known->second] = report;
    }
}

void Collection::add(RejectedFile file) {
    if (by_key_.contains(digest_of_key(file.key))) return;
    const auto [known, fresh] = rejected_.try_emplace(file.key, file);
    if (!fresh && write_rejected_line(file) < write_rejected_line(known->second)) known->second = std::move(file);
}

std::string Collection::line(const CollectedReport& report) const {
    return store_.read(report.line_begin, report.line_size);
}

ReportDigest Collection::digest(const CollectedReport& report) const {
    auto digest = read_digest_line(line(report), [this](std::string_view hash) { return find_form(hash); });
    if (digest) return std::move(*digest);
    // The line was read before: somebody gave another outline the form's hash since, which it does not fit.
    ReportDigest unread;
    unread.form = find_form(form_hashes_[report.form]);
    return unread;
}

void Collection::write_partial(const std::function<void(std::string_view)>& write) const {
    Sha256 hash;
    const auto put = [&](std::string_view line) {
        hash.add(line);
        hash.add("\n");
        write(line);
        write("\n");
    };
    put(partial_head);
    for (const auto& [name, form] : forms_) put(write_form_line(*form));
    std::vector<std::uint32_t> order(reports_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [this](std::uint32_t a, std::uint32_t b) { return reports_[a].key < reports_[b].key; });
    for (const std::uint32_t index : order) put(line(reports_[index]));
    for (const auto& [key, file] : rejected_) put(write_rejected_line(file));
    write(write_hash_line(to_hex(hash.digest())));
    write("\n");
}

}  // namespace duibiao
