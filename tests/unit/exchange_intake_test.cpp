#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "exchange/archive.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/intake/mail.hpp"
#include "exchange/intake/text_bytes.hpp"

using namespace duibiao;

namespace {

using Kind = ArrivedFile::Kind;

std::string utf16(std::u16string_view text, bool big) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char high = static_cast<char>(static_cast<unsigned char>(unit >> 8U));
        const char low = static_cast<char>(static_cast<unsigned char>(unit & 0xFFU));
        bytes += big ? high : low;
        bytes += big ? low : high;
    }
    return bytes;
}

std::string text(std::string_view bytes) {
    const auto read = text_of(bytes);
    return read ? *read : read.error().code + (read.error().place.empty() ? "" : " " + read.error().place);
}

std::string seen(std::string content) {
    const auto file = look_at({"x", std::move(content)});
    if (!file) return file.error().code;
    const std::vector<std::string> kinds{"json", "table", "locked", "word", "workbook", "mail", "archive"};
    return kinds[static_cast<std::size_t>(file->kind)] + (file->has_footer ? " footer" : "");
}

std::string zip_with(const std::string& name) {
    return "PK\x03\x04PK\x01\x02" + name + "PK\x05\x06" + std::string(12, '\0') + std::string("\x04\0\0\0\0\0", 6);
}

}  // namespace

TEST_CASE("A text's encoding is told by its mark and by strict tests") {
    const std::u16string wide = u"日期\t类型\r\n2026-03-05\t支委会\r\n";
    const std::string narrow = "日期\t类型\r\n2026-03-05\t支委会\r\n";
    CHECK(text(narrow) == narrow);
    CHECK(text("\xEF\xBB\xBF" + narrow) == narrow);
    CHECK(text("\xFF\xFE" + utf16(wide, false)) == narrow);
    CHECK(text("\xFE\xFF" + utf16(wide, true)) == narrow);
    CHECK(text(utf16(wide, false)) == narrow);
    CHECK(text(utf16(wide, true)) == narrow);
    CHECK(text(utf16(u"{\"a\":1}", false)) == "{\"a\":1}");
    CHECK(text(utf16(u"\U00020BB7,1\n", true)) == "\U00020BB7,1\n");
    CHECK(text("\xC8\xD5\xC6\xDA,\xC0\xE0\xD0\xCD\n") == "日期,类型\n");
    CHECK(text("\xD0\xD5\xC3\xFB,\xB5\xA5\xCE\xBB\n\xE9"
               "F,\xD2\xBB\n") == "姓名,单位\n镕,一\n");  // one rare character among common ones
    CHECK(text(std::string("a\0b\n", 4)) == std::string("a\0b\n", 4));
    CHECK(text("") == "");
}

TEST_CASE("A text of no certain encoding is refused") {
    CHECK(text("\xA9"
               "m\xA6W,\xA5X\xA5\xCD\xA6~\xA4\xEB,\xB2{\xA4u\xA7@\xB3\xE6\xA6\xEC\n") == "text-encoding");  // Big5
    CHECK(text("甲,乙\n丙,\xE4\xBD\n丁") == "text-encoding line 2");
    CHECK(text("\xEF\xBB\xBF\xC8\xD5") == "text-encoding line 1");
    CHECK(text("caf\xE9"
               ",1\n") == "text-encoding");
    CHECK(text("\xFF\xFE" + utf16(u"日期", false) + "x") == "text-encoding");
    CHECK(text(std::string("\xFF\xFE\0\0a\0\0\0", 8)) == "text-encoding");                // UTF-32
    CHECK(text("\xFF\xFE\x00\xD8\x41\x00\n" + std::string(1, '\0')) == "text-encoding");  // half a surrogate
    CHECK(text("\xC8\xD5\xC6\xDA,\xFF\n") == "text-encoding");
    CHECK(text("\x88\x99\xAA\xBB\xCC") == "text-encoding");
}

TEST_CASE("A file is what its content is") {
    CHECK(seen("{\"format\":\"duibiao-report\"}") == "json");
    CHECK(seen("\xEF\xBB\xBF\r\n {\"a\":\"}\\\"{\"}\r\n\r\n") == "json");
    CHECK(seen(utf16(u"{\"a\":\"日\"}", false)) == "json");
    CHECK(seen("{\"a\":1}\n-- \n本邮件由病毒网关检查") == "json footer");
    CHECK(seen("{\"a\":1}{\"a\":2}") == "file-two");
    CHECK(seen("{\"a\":1") == "json");  // its reader says where it breaks off
    CHECK(seen("<html><body><pre style=\"x\">{&quot;a&quot;:1}</pre></body></html>") == "json");
    CHECK(seen("<html><table><tr><td>1</td></tr></table></html>") == "file-page");
    CHECK(seen("eyJmb3JtYXQiOiJkdWliaWFvLXJlcG9ydCIsImEiOjEsImIiOjJ9Cg==") == "json");
    CHECK(seen("data:application/json;base64,eyJmb3JtYXQiOiJkdWliaWFvLXJlcG9ydCIsImEiOjEsImIiOjJ9Cg==") == "json");
    CHECK(seen("日期,类型\n2026-03-05,支委会\n") == "table");
    CHECK(seen("姓名\n甲某\n") == "table");
    CHECK(seen("姓名\n甲\uFFFD\n") == "text-lost");
    CHECK(seen("{\"a\":\"\uFFFD\"}") == "json");  // a report stays what it is
    CHECK(seen("DBLOCK1\n" + std::string(60, 'x')) == "locked");
    CHECK(seen(zip_with("word/document.xml")) == "word");
    CHECK(seen(zip_with("xl/workbook.xml [Content_Types].xml")) == "workbook");
    CHECK(seen(zip_with("xl/workbook.bin [Content_Types].xml")) == "file-xlsb");
    CHECK(seen(zip_with("report.json")) == "archive");
    CHECK(seen(zip_with("ppt/presentation.xml [Content_Types].xml")) == "file-unknown");
    CHECK(seen("PK\x03\x04") == "archive-broken");
    CHECK(seen(zip_with("report.json") + "{\"a\":1}") == "file-two");
    CHECK(seen(zip_with("word/document.xml") + "\r\n-- \r\n本邮件已查毒") == "file-two");
    CHECK(seen(zip_with("report.json") + std::string("\0\0\r\n", 4)) == "archive");
    CHECK(seen("{\"a\":1}\n" + zip_with("report.json")) == "file-two");
    CHECK(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16(u"Workbook", false)) == "file-xls");
    CHECK(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16(u"EncryptedPackage", false)) == "file-protected");
    CHECK(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16(u"WordDocument", false)) == "word");
    CHECK(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16(u"__properties_version1.0", false)) == "file-outlook");
    CHECK(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16(u"PowerPoint Document", false)) == "file-unknown");
    CHECK(seen("%PDF-1.7") == "file-unknown");
    CHECK(seen("\x89PNG\r\n") == "file-unknown");
    CHECK(seen(" \r\n\u200B") == "file-empty");
    CHECK(seen("From: a@b\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx") == "mail");
}

TEST_CASE("A report within another text is the report") {
    const std::string letters = "eyJmb3JtYXQiOiJkdWliaWFvLXJlcG9ydCIsImEiOjEsImIiOjJ9Cg==";
    CHECK(seen("-----BEGIN FILE-----\n" + letters + "\n-----END FILE-----\n") == "json");
    CHECK(seen("begin-base64 644 report.json\n" + letters + "\n====\n") == "json");
    CHECK(seen("> {\"a\":\n> 1}\n") == "json");
    CHECK(seen(">{\"a\":\r\n>1}\r\n\r\n") == "json");
    CHECK(seen("> From: a@b\n> Subject: x\n> MIME-Version: 1.0\n>\n> x\n") == "mail");
    CHECK(seen(">一、二\n三\n") == "table");
}

TEST_CASE("E-mails and archives are opened within each other") {
    const auto mail = [](const std::string& type, const std::string& name, const std::string& content) {
        return "From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
               "Content-Type: " +
               type + "\r\nContent-Disposition: attachment; filename=" + name + "\r\n\r\n" + content + "\r\n--b--\r\n";
    };
    const auto zip = [](const std::string& name, const std::string& content) {
        Archive archive;
        archive.add(name.c_str(), content);
        return archive.take();
    };
    const auto names = [](std::string content) {
        const auto wrapper = look_at({"x", std::move(content)});
        REQUIRE(wrapper);
        const auto files = open_wrapper(*wrapper);
        if (!files) return files.error().code;
        std::string all;
        for (const NamedFile& file : *files) all += file.name + "=" + file.content + ";";
        return all;
    };
    const std::string report = "{\"a\":1}";
    CHECK(names(mail("application/octet-stream", "in.eml", mail("application/json", "r.json", report))) ==
          "r.json={\"a\":1};");
    CHECK(names(zip("in.eml", mail("application/json", "r.json", report))) == "r.json={\"a\":1};");
    CHECK(names(zip("in.zip", zip("r.json", report))) == "r.json={\"a\":1};");
    CHECK(names("From: a@b\nMIME-Version: 1.0\n\n{\"a\":1}\n") == "={\"a\":1}\n;");
    std::string deep = report;
    for (int i = 0; i < 5; ++i) deep = zip("in.zip", deep);
    CHECK(names(deep) == "wrapper-deep");
    CHECK(names(zip("in.zip", "PK\x03\x04 broken")) == "in.zip=PK\x03\x04 broken;");  // its reader says what it is
}

TEST_CASE("An e-mail's attachments come out, whatever program wrote it") {
    const auto files = open_mail(
        "From: a@b\r\nSubject: =?GB18030?B?sai45g==?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed;\r\n boundary=\"b=1\"\r\n\r\npreamble\r\n--b=1\r\n"
        "Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\r\nbody\r\n--inner--\r\n--b=1\r\n"
        "Content-Type: application/json; name=\"=?UTF-8?Q?=E7=94=B2.json?=\"\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\n"
        "eyJhIjox\r\nfQ==\r\n--b=1\r\nContent-Disposition: attachment;\r\n filename*0*=UTF-8''%E4%B9%99;\r\n "
        "filename*1*=.txt\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc\r\n--b=1\r\n"
        "Content-Type: message/rfc822\r\n\r\nFrom: c@d\r\nContent-Type: text/csv; "
        "name=../c.csv\r\n\r\n1,2\r\n--b=1--\r\nafter");
    REQUIRE(files.size() == 3);
    CHECK(files[0].name == "甲.json");
    CHECK(files[0].content == "{\"a\":1}");
    CHECK(files[1].name == "乙.txt");
    CHECK(files[1].content == "a=bc");
    CHECK(files[2].name == "c.csv");
    CHECK(files[2].content == "1,2");
    CHECK(open_mail("no: mail").empty());
    CHECK(open_mail("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Disposition: attachment; "
                    "filename=x\r\n\r\ncut")
              .front()
              .content == "cut");
}

TEST_CASE("Packed files come out as they went in") {
    const std::vector<NamedFile> files{{"一.json", "{\"a\":1}"}, {"", ""}, {"b", std::string("\0\n1 2", 5)}};
    const auto again = unpack_files(pack_files(files));
    REQUIRE(again.size() == files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        CHECK(again[i].name == files[i].name);
        CHECK(again[i].content == files[i].content);
    }
    CHECK(unpack_files("9 9\nx").empty());
    CHECK(unpack_files("99999999999999999999 1\nx").empty());
}
