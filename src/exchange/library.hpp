// The shipped form definitions and examples, and whatever the user adds.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/instrument.hpp"
#include "core/report.hpp"

namespace duibiao {

/// Instruments by id, in the order they were added; shipped ones first, sorted by id.
class InstrumentLibrary {
public:
    /// The shipped definitions, loaded and proved. A shipped definition that fails to load is a defect the tests find;
    /// it is left out here.
    [[nodiscard]] static InstrumentLibrary shipped();
    /// Finds the shipped definitions, too, but loads only those that are asked for; all() is empty. Not for several
    /// threads at once.
    [[nodiscard]] static InstrumentLibrary on_demand();

    /// Adds a user's own definition; it takes the place of one of the same id, which is still found by its hash.
    /// Errors: those of load_instrument.
    [[nodiscard]] Result<InstrumentPtr> add(std::string_view json_text);
    /// Adds a version that is only found by its hash. Errors: those of load_instrument.
    [[nodiscard]] Result<InstrumentPtr> add_earlier(std::string_view json_text);

    /// The newest version of the form; also a form of the superior's desk (assets/campaign/), which all() leaves out.
    [[nodiscard]] InstrumentPtr find(std::string_view id) const;
    /// The version that a file was filled with, earlier ones of shipped forms included; the newest where none has that
    /// hash.
    [[nodiscard]] InstrumentPtr find(const FormIdentity& wanted) const;
    [[nodiscard]] std::span<const InstrumentPtr> all() const { return instruments_; }
    [[nodiscard]] InstrumentFinder finder() const;

private:
    std::vector<InstrumentPtr> instruments_;
    /// Other versions of shipped forms, and forms of the desk, that were asked for: most visits need none, so they are
    /// loaded only then.
    std::shared_ptr<std::vector<InstrumentPtr>> others_ = std::make_shared<std::vector<InstrumentPtr>>();
};

/// The shipped version with that hash, earlier ones included, loaded and proved alone; null when there is none. It may
/// also be the newest, when a user's own form took its id.
[[nodiscard]] InstrumentPtr load_shipped(const FormIdentity& wanted);

/// Whether a form of that id is shipped.
[[nodiscard]] bool is_shipped(std::string_view id);

/// The earlier versions of a shipped form.
[[nodiscard]] std::vector<InstrumentPtr> earlier_versions(std::string_view id);

/// Text of an embedded file ("examples/clean.json", "print.css") that stands in the program as it is; empty when there
/// is none.
[[nodiscard]] std::string_view asset(std::string_view path);

}  // namespace duibiao
