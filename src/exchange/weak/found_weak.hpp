// What the desk's worker tells the page of weak organisations: candidates, and the reports that they come from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/weak/candidates.hpp"

namespace duibiao {

/// A report that counts: a self-check, a survey, or another one that some evidence is of.
struct WeakFile {
    std::string form;  ///< id
    std::string unit;
    std::string document;
    std::string key;  ///< under which the worker keeps it
    std::uint64_t edits = 0;
};

struct FoundWeak {
    Doors doors;  ///< as the campaign has them on and off
    Candidates candidates;
    std::vector<WeakFile> files;
};

/// As JSON: {"candidates": what write_candidates_json() gives, "files":[{"form","unit","document","key","edits"}],
/// "doors_file": the campaign's own}.
/// `kept_under` says under which key storage keeps a digest, by the digest's own. Errors: those of choose_doors().
[[nodiscard]] Result<std::string> write_found_weak(const Collection& collection, const Campaign* campaign,
                                                   const std::function<std::string(const std::string&)>& kept_under,
                                                   Date as_of);
/// Errors: those of parse_json.
[[nodiscard]] Result<FoundWeak> read_found_weak(std::string_view text);

/// Those of a file that was taken in before; of an empty one the shipped ones. Errors: those of load_doors().
[[nodiscard]] Result<Doors> doors_in(std::string_view text);

/// The campaign's own doors, or the shipped ones, as its words have them on and off. Errors: those of load_doors() and
/// choose_doors().
[[nodiscard]] Result<Doors> doors_of(const Campaign* campaign);

}  // namespace duibiao
