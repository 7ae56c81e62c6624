#include "core/sha256.hpp"

#include <doctest/doctest.h>

using namespace duibiao;

TEST_CASE("sha256: vectors of FIPS 180-4 and NIST") {
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(
        to_hex(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                      "mnopqrstnopqrstu")) == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: messages around the end of a block") {
    // Python's hashlib over that many times the letter a.
    CHECK(to_hex(sha256(std::string(55, 'a'))) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(to_hex(sha256(std::string(56, 'a'))) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(to_hex(sha256(std::string(63, 'a'))) == "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
    CHECK(to_hex(sha256(std::string(64, 'a'))) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    CHECK(to_hex(sha256(std::string(65, 'a'))) == "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
}

TEST_CASE("sha256: in pieces it is the same as at once") {
    std::string bytes;
    for (int i = 0; i < 400; ++i) bytes += static_cast<char>(i * 7);
    const Digest whole = sha256(bytes);
    for (std::size_t piece = 1; piece <= 200; ++piece) {
        Sha256 hash;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            hash.add(std::string_view(bytes).substr(at, piece));
            hash.add("");
            CHECK(hash.digest() == sha256(bytes.substr(0, at + piece)));
        }
        CHECK(hash.digest() == whole);
    }
}

TEST_CASE("sha256: base32 as RFC 4648 writes it") {
    const Digest digest = sha256("abc");  // ba 78 16 bf 8f …
    CHECK(base32_prefix(digest, 10) == "XJ4BNP4PAH");
    CHECK(base32_prefix(digest, 0).empty());
    CHECK(base32_prefix(digest, 51).size() == 51);
    CHECK(base32_prefix(digest, 99).size() == 52);
    CHECK(base32_prefix(digest, 51).starts_with("XJ4BNP4PAH"));
    Digest ones;
    ones.fill(0xFF);
    CHECK(base32_prefix(ones, 51) == std::string(51, '7'));
}
