// What the author of a form decided about a table that was recognised. Decisions are kept apart from what was
// recognised and are heard while it is recognised again: so one of them can be taken back, and next year's table gets
// those that still fit.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "core/authoring/draft.hpp"

namespace duibiao::authoring {

/// Texts by what they are about: "points/1.5" has the points of row 5 of table 1. What there is:
///   title, id, table           of the whole form; `table` is a number
///   body/T                     the number of the first row behind the head
///   role/T.C                   what column C, from 1, is for: a word of to_string(Role)
///   kind/T.R                   what row R is: "item", "bonus", "penalty", "section", "group", "join", "note", "veto",
///                              "leave"
///   text/T.R, points/T.R       of an item; points "unlimited" have no end
///   rules/T.R                  its sentence of rules, which is read anew
///   title/T.R                  of the section or group that begins in the row
///   each/T.R.N, cap/T.R.N      figures of the item's N-th rule, from 1; `each` "free": a person says how much
///   drop/T.R.N                 the rule is no rule
///   split/T.R                  the row is as many items as its text has numbered parts (arrange.hpp)
///   add/T.R                    "item" or "section": a row that is not in the table
///   order/T.R                  of the section that begins in the row: its items "1.5", and groups "g1.5"
///   sections                   the sections' order: "1.2 1.9"
///   type/T.C, options/T.C,     of a ledger's column: its type, its options (a line each), its name
///   label/T.C
///   notes, heads, remarks,     around the table, a line each; of grades 90分以上为优秀
///   signatures, bands
///   accept/…                   a doubt that was looked at
using Decisions = std::map<std::string, std::string, std::less<>>;

/// Null: nothing was decided.
[[nodiscard]] const std::string* decided(const Decisions& decisions, std::string_view what, const Place& place);
[[nodiscard]] std::string key_of(std::string_view what, const Place& place);
/// The same of a column or of a rule, from 1.
[[nodiscard]] std::string key_of(std::string_view what, const Place& place, std::size_t number);

/// Texts, sentences of rules, and what an item is: before its texts are read.
void decide_texts(const Decisions& decisions, std::string_view rule_column, DraftItem& item);
/// Type and options of a ledger's column.
void decide_field(const Decisions& decisions, DraftLedgerField& field);
/// Points and figures of rules: when they were read.
void decide_figures(const Decisions& decisions, DraftItem& item);

}  // namespace duibiao::authoring
