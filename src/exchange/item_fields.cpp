#include "exchange/item_fields.hpp"

#include <algorithm>

namespace duibiao {

std::vector<const AnswerField*> item_fields(const Instrument& instrument) {
    std::vector<const AnswerField*> fields;
    for (const Instrument::Place& place : instrument.order) {
        for (const AnswerField& field : instrument.criterion(place).fields) {
            const bool known = std::any_of(fields.begin(), fields.end(),
                                           [&field](const AnswerField* other) { return other->id == field.id; });
            if (!known) fields.push_back(&field);
        }
    }
    return fields;
}

}  // namespace duibiao
