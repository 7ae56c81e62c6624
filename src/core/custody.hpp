// Custody: who has handed a layer over, and who may write in it now.
//
// Every layer is written by one office and read by the next: 草稿 → 传出 (submitted) → the next layer says 通过
// (accepted) or 退回 (returned), which opens the layer below again. What is handed over is locked; opening it again by
// oneself (解锁) needs a reason, which stays in the log. Nobody writes in another's layer: a returned layer is open
// because the layer above says so.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "core/document.hpp"

namespace duibiao {

enum class LayerState : std::uint8_t { draft, submitted, accepted, returned };
/// "draft", "submitted", "accepted", "returned": as reports have it.
[[nodiscard]] std::string_view to_string(LayerState state);

/// What the log says of one layer.
struct Custody {
    LayerState state = LayerState::draft;  ///< as its own office left it
    bool locked = false;                   ///< handed over, and neither unlocked nor returned since
    bool returned = false;                 ///< the layer above wants it done again
    int revision = 0;                      ///< how often it was handed over
    std::string by;                        ///< who did so last; who returned it, while it is returned
    std::string at;                        ///< when, an instant
    std::string reason;                    ///< why it was unlocked or returned last
};
using Custodies = PerLayer<Custody>;  ///< by index_of(Layer)

[[nodiscard]] Custodies custody_of(const Document& document);
/// One word for the whole document, as lists show it: what the highest layer that spoke says of it.
[[nodiscard]] LayerState state_of(const Document& document);

/// What a layer that was returned is asked for, while it is: "returned" {by, at, reason} once (item "document"), and
/// "returned-item" {by, at, text} for every remark of the layer above on an item. Warnings; the layer above is cited.
[[nodiscard]] Findings check_returned(const Document& document);

/// The document as it stood when this layer was handed over before: while it is locked, the time before the last;
/// otherwise the last time. Nothing when there was none.
[[nodiscard]] std::optional<Document> last_revision(const Document& document, Layer layer);

/// Whether this edit hands its layer over.
[[nodiscard]] bool hands_over(const Edit& edit);

/// Edits of the log, by index, that changed an answer of a layer while it was handed over, told of a handing over that
/// never came, unlocked it without a reason or handed it over once more without unlocking; make_edit() and hand_over()
/// make none.
[[nodiscard]] std::vector<std::size_t> written_while_locked(const Document& document);

/// Where a log stands against custody, whoever wrote it, and where somebody marked a document as altered. Errors:
/// "written-locked" {by, at} for every item that was changed while its layer was handed over, "unlocked-silently" {by,
/// at} where a layer was unlocked without a reason, "marked-altered" {items} (hand_over() and make_edit() never make
/// the first two).
[[nodiscard]] Findings check_handed_over(const Document& document);

/// The edit that says of a layer that it is not as it was handed over, for a document kept beside the original.
/// `items` are what differs.
[[nodiscard]] Result<Edit> mark_altered(const Document& document, const Author& author, Layer layer,
                                        const std::vector<std::string>& items);

/// Living records (the ledger, tasks, measures) are sent again and again and never locked.
[[nodiscard]] bool has_custody(const Instrument& instrument);

/// May a user write in this layer? Error: "layer-locked" {layer, by, at}.
[[nodiscard]] Done check_custody(const Document& document, Layer layer);

/// With what an office signs (exchange/signature.hpp): its public key, and how a text is signed with it.
struct Signer {
    std::string key;
    std::function<std::string(std::string_view text)> sign;
};

/// The edits that hand a layer over (submitted; accepted and returned for layers above the first) or unlock it (draft),
/// to be applied at once; undo never goes back behind them. `text` is kept with them: 出错说明 when errors remain,
/// the reason of returning or unlocking. With a signer, key and signature stand before the state (statement.hpp).
/// Errors (place "document"): "layer-locked" (handed over before), "layer-open" (nothing to unlock), "state-layer"
/// (only a layer above may accept or return), "reason-empty" (unlocking, or returning without a single remark in the
/// layer), "text-long".
[[nodiscard]] Result<std::vector<Edit>> hand_over(const Document& document, const Author& author, Layer layer,
                                                  LayerState to, std::string_view text, const Signer* signer = nullptr);

}  // namespace duibiao
