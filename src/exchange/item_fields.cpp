#include "exchange/item_fields.hpp"

#include <algorithm>

namespace duibiao {

std::vector<const FieldSpec*> item_fields(const Instrument& instrument) {
    std::vector<const FieldSpec*> fields;
    for (const Instrument::Place& place : instrument.order) {
        for (const FieldSpec& field : instrument.criterion(place).fields) {
            const bool known = std::any_of(fields.begin(), fields.end(),
                                           [&field](const FieldSpec* other) { return other->id == field.id; });
            if (!known) fields.push_back(&field);
        }
    }
    return fields;
}

}  // namespace duibiao
