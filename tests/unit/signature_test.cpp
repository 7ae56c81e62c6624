// Signatures of handed-over layers: what they hold, what breaks them, what is said of them.
#include "exchange/signature.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/custody.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/statement.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

using Status = LayerSignature::Status;

const std::string unit_key = make_signing_key("the unit's randomness");
const std::string other_key = make_signing_key("somebody else's randomness");

Signer signer_of(const std::string& secret) {
    return {public_key(secret), [secret](std::string_view text) { return sign(secret, text); }};
}

Author who(std::string session, int minute) {
    return {std::move(session), "王五 · 市卫健委", "2026-11-21T08:" + std::to_string(10 + minute) + ":00Z"};
}

void go(Document& document, Layer layer, LayerState to, const Author& author, const std::string& secret) {
    const Signer signer = signer_of(secret);
    auto edits = hand_over(document, author, layer, to, "原因", secret.empty() ? nullptr : &signer);
    REQUIRE(edits.has_value());
    REQUIRE(apply_all(document, *std::move(edits)).has_value());
}

Document signed_document() {
    Document document = clean();
    go(document, Layer::self, LayerState::submitted, who("u", 1), unit_key);
    return document;
}

Status status_of(const Document& document, Layer layer) {
    for (const LayerSignature& own : check_signatures(document)) {
        if (own.layer == layer) return own.status;
    }
    return Status::none;
}

std::vector<std::string> codes_of(const Document& document) {
    std::vector<std::string> codes;
    for (const Finding& finding : describe_signatures(document, check_signatures(document)))
        codes.push_back(finding.code);
    return codes;
}

/// The document with one edit of its log changed, as somebody writes it who computes all hashes anew.
template <typename Change>
Document forged(const Document& document, Change change) {
    std::vector<Edit> log = document.log;
    change(log);
    auto made = replay(document.instrument, document.id, std::move(log));
    REQUIRE(made.has_value());
    return *std::move(made);
}

}  // namespace

TEST_CASE("signature: RFC 6979, A.2.5: P-256 with SHA-256, message “sample”") {
    const std::string secret = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
    CHECK(public_key(secret) ==
          "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
          "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    const std::string signature = sign(secret, "sample");
    CHECK(signature ==
          "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
          "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    CHECK(is_signed("sample", public_key(secret), signature));
    CHECK_FALSE(is_signed("Sample", public_key(secret), signature));
    CHECK_FALSE(is_signed("sample", public_key(other_key), signature));
    CHECK_FALSE(is_signed("sample", public_key(secret), std::string(128, '0')));
    CHECK_FALSE(is_signed("sample", std::string(128, '0'), signature));
    CHECK_FALSE(is_signed("sample", public_key(secret).substr(1), signature));
    CHECK_FALSE(is_signed("sample", public_key(secret), signature + "00"));
}

TEST_CASE("signature: what is no key signs nothing") {
    for (const std::string& secret : {std::string(), std::string(64, '0'), std::string(64, 'f'), std::string("zz")}) {
        CHECK(public_key(secret).empty());
        CHECK(sign(secret, "text").empty());
    }
    CHECK(make_signing_key("a") != make_signing_key("b"));
}

TEST_CASE("signature: a layer is signed when it is handed over, travels in its report, and holds it") {
    const Document document = signed_document();
    CHECK(status_of(document, Layer::self) == Status::right);
    const std::string text = write_report(document);
    auto read = read_report(text, finder());
    REQUIRE(read.has_value());
    CHECK(read->findings.empty());
    CHECK(write_report(read->document) == text);
    CHECK(status_of(read->document, Layer::self) == Status::right);
    CHECK(codes_of(document) == std::vector<std::string>{"signature-right"});
    CHECK(check_signatures(document).front().office == "市第一医院党委");
}

TEST_CASE("signature: the chain of the three layers, a return, and a new revision all hold") {
    Document document = signed_document();
    put(document, Layer::acceptance, "1.1.1", "score", points(1), who("s", 2));
    go(document, Layer::acceptance, LayerState::returned, who("s", 3), other_key);
    score(document, "1.1.2", 0.5);
    go(document, Layer::self, LayerState::submitted, who("u", 4), unit_key);
    put(document, Layer::acceptance, "1.1.2", "score", points(0.5), who("s", 5));
    go(document, Layer::acceptance, LayerState::accepted, who("s", 6), other_key);
    go(document, Layer::self, LayerState::draft, who("u", 7), unit_key);
    CHECK(status_of(document, Layer::self) == Status::right);
    CHECK(status_of(document, Layer::acceptance) == Status::right);
    CHECK(check_signatures(document)[1].office == "市卫健委");
    CHECK(check_handed_over(document).empty());
}

TEST_CASE("signature: whatever is changed in a signed layer breaks it") {
    const Document document = signed_document();
    const std::size_t last = document.log.size() - 1;
    const auto status = [&](auto change) { return status_of(forged(document, change), Layer::self); };
    CHECK(status([](auto& log) { log[2].after = points(0.5); }) == Status::wrong);
    CHECK(status([](auto& log) { log[2].at = "2026-11-21T06:03:35Z"; }) == Status::wrong);
    CHECK(status([](auto& log) { log[2].by = "李四"; }) == Status::wrong);
    CHECK(status([](auto& log) { log[2].id = "s-999"; }) == Status::wrong);
    CHECK(status([](auto& log) { log.erase(log.begin() + 4); }) == Status::wrong);
    CHECK(status([](auto& log) { std::swap(log[2], log[3]); }) == Status::wrong);
    CHECK(status([](auto& log) { log[0].after = std::string("别的单位"); }) == Status::wrong);
    CHECK(status([&](auto& log) { log[last].at = "2026-11-22T06:03:35Z"; }) == Status::wrong);
    CHECK(status([&](auto& log) { log[last].batch += "x"; }) == Status::dropped);
    CHECK(status([&](auto& log) { log[last - 1].after = sign(unit_key, "another text"); }) == Status::wrong);
    CHECK(status([&](auto& log) { log.erase(log.end() - 2); }) == Status::none);
    CHECK(status([&](auto& log) { log[last - 2].after = public_key(other_key); }) == Status::wrong);
    const Edit intruder = [&] {
        Edit edit = document.log[2];
        edit.id = "x-1";
        edit.after = points(0.5);
        return edit;
    }();
    CHECK(status([&](auto& log) { log.insert(log.end() - 3, intruder); }) == Status::wrong);
    // After the signature it is found, too, though not by it.
    const Document late = forged(document, [&](auto& log) { log.push_back(intruder); });
    CHECK(status_of(late, Layer::self) == Status::right);
    REQUIRE(check_handed_over(late).size() == 1);
    CHECK(check_handed_over(late)[0].code == "written-locked");
    CHECK(is_altered(late, check_signatures(late)));
    CHECK_FALSE(is_altered(document, check_signatures(document)));
}

TEST_CASE("signature: another key than before is told of, an unsigned unlocking too") {
    Document document = signed_document();
    Document unsigned_too = document;
    go(unsigned_too, Layer::self, LayerState::draft, who("x", 2), "");
    CHECK(codes_of(unsigned_too) == std::vector<std::string>{"signature-dropped"});
    go(document, Layer::self, LayerState::draft, who("x", 2), other_key);
    CHECK(codes_of(document) == std::vector<std::string>{"signature-key"});
    const auto all_known = [](const LayerSignature&) { return true; };
    CHECK(describe_signatures(document, check_signatures(document), all_known)[0].code == "signature-right");
}

TEST_CASE("signature: files without one are as they were, and called so") {
    Document document = clean();
    go(document, Layer::self, LayerState::submitted, who("u", 1), "");
    CHECK(codes_of(document) == std::vector<std::string>{"signature-none"});
    const Findings missing =
        describe_signatures(document, check_signatures(document), [](const LayerSignature&) { return false; });
    REQUIRE(missing.size() == 1);  // of an office that is known to sign
    CHECK(missing[0].code == "signature-missing");
    CHECK(missing[0].severity == Severity::warning);
    CHECK(short_code(document).size() == 10);
    CHECK(paper_code(document) == short_code(document));
    CHECK(write_report(document).find("\"version\":1}") != std::string::npos);
    CHECK(write_report(signed_document()).find("\"version\":2}") != std::string::npos);
    CHECK(codes_of(clean()).empty());
}

TEST_CASE("signature: the code has sixteen characters from then on, and old papers still fit") {
    Document document = clean();
    const std::string draft = short_code(document);
    CHECK(draft.size() == 10);
    go(document, Layer::self, LayerState::submitted, who("u", 1), "");
    const std::string old = short_code(document);
    CHECK(old.size() == 10);
    go(document, Layer::self, LayerState::draft, who("u", 2), unit_key);
    go(document, Layer::self, LayerState::submitted, who("u", 3), unit_key);
    const std::string code = short_code(document);
    CHECK(code.size() == 16);
    const std::string paper = paper_code(document);
    CHECK(paper.size() == 19);
    CHECK(check_code(document, paper).code == "code-fits");
    CHECK(check_code(document, code).code == "code-fits");
    CHECK(check_code(document, code.substr(0, 10)).code == "code-unknown");
    CHECK(check_code(document, code.substr(0, 15)).code == "code-unknown");
    CHECK(check_code(document, old).code == "code-earlier");
    CHECK(check_code(document, draft).code == "code-earlier");
    const std::string label = paper_label(document);
    CHECK(label.starts_with("DUIBIAO:2:SMALL:2026:R2:" + code));
    CHECK(label.substr(label.rfind(':') + 1).size() == 52);
    CHECK(check_code(document, label).code == "code-fits");
    CHECK(check_code(document, label.substr(0, label.size() - 1) + (label.back() == 'A' ? "Q" : "A")).code ==
          "code-unknown");
}

TEST_CASE("signature: merging keeps it, whatever the other layers did meanwhile") {
    Document unit = signed_document();
    Document above = unit;
    put(above, Layer::acceptance, "1.1.1", "score", points(1), who("above", 2));
    go(above, Layer::acceptance, LayerState::accepted, who("above", 3), other_key);
    go(unit, Layer::self, LayerState::draft, who("u", 2), unit_key);
    score(unit, "1.1.1", 0.5);
    go(unit, Layer::self, LayerState::submitted, who("u", 5), unit_key);
    const auto both = merge(above, unit);
    REQUIRE(both.has_value());
    CHECK(status_of(both->document, Layer::self) == Status::right);
    CHECK(status_of(both->document, Layer::acceptance) == Status::right);
}

TEST_CASE("signature: whoever unlocks or sends again a signed layer without signing cannot be taken in") {
    const Document ours = signed_document();
    const auto unlocked_by = [&](const std::string& secret, bool again) {
        Document theirs = ours;
        go(theirs, Layer::self, LayerState::draft, who("x", 2), secret);
        put(theirs, Layer::self, "1.1.1", "score", points(0.5), who("x", 3));
        if (again) go(theirs, Layer::self, LayerState::submitted, who("x", 4), secret);
        return theirs;
    };
    for (const bool again : {false, true}) {
        const Document theirs = unlocked_by("", again);
        const auto both = merge(ours, theirs);
        REQUIRE(both.has_value());
        const auto found = find_unsigned(ours, both->document);
        REQUIRE(found.size() == 2);
        CHECK(found[0].kind == Rewriting::Kind::intruding);
        CHECK(found[0].target().item == "1.1.1");
        CHECK(found[0].ours->after == ours.answer({Layer::self, "1.1.1", "score"}));
        CHECK(found[0].theirs->after == Value{points(0.5)});
        CHECK(found[1].target().item == "document");
        CHECK(find_unsigned(theirs, both->document).empty());  // there it is so already
        CHECK(find_unsigned(ours, unlocked_by(unit_key, again)).empty());
        CHECK(find_unsigned(ours, unlocked_by(other_key, again)).empty());  // told of as another key
    }
    CHECK(find_unsigned(ours, ours).empty());
    CHECK(find_unsigned(clean(), ours).empty());
}
