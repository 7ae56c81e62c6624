#include "cli/arguments.hpp"
#include "cli/files.hpp"

int main(int count, char** values) {
    using namespace duibiao::cli;
    prepare_signals();
    const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
    return static_cast<int>(run(find_language(arguments), arguments));
}
