#include <algorithm>

#include "exchange/intake/arrived_file.hpp"

namespace duibiao {

std::string pack_files(const std::vector<NamedFile>& files) {
    std::string packed;
    for (const NamedFile& file : files) {
        packed += std::to_string(file.name.size()) + ' ' + std::to_string(file.content.size()) + '\n';
        packed += file.name;
        packed += file.content;
    }
    return packed;
}

std::vector<NamedFile> unpack_files(std::string_view packed) {
    std::vector<NamedFile> files;
    const auto take_number = [&packed](char end) {
        std::size_t number = 0;
        while (!packed.empty() && packed.front() >= '0' && packed.front() <= '9' && number <= packed.size()) {
            number = number * 10 + static_cast<std::size_t>(packed.front() - '0');
            packed.remove_prefix(1);
        }
        const bool ends = packed.starts_with(end);
        if (ends) packed.remove_prefix(1);
        return ends ? number : std::string_view::npos;
    };
    while (!packed.empty()) {
        const std::size_t name = take_number(' ');
        const std::size_t content = take_number('\n');
        if (name > packed.size() || content > packed.size() - name) break;
        files.push_back({std::string(packed.substr(0, name)), std::string(packed.substr(name, content))});
        packed.remove_prefix(name + content);
    }
    return files;
}

}  // namespace duibiao
