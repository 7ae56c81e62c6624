// Help as the user's language has it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "exchange/messages.hpp"

namespace duibiao::cli {

/// Usage as the contract writes it, what the command does, its arguments, and an example.
class HelpFormatter : public CLI::FormatterBase {
public:
    explicit HelpFormatter(Language language) : language_(language) {}

    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

private:
    [[nodiscard]] std::string main_help(const CLI::App& app) const;
    [[nodiscard]] std::string command_help(const CLI::App& app) const;
    [[nodiscard]] std::string options(const CLI::App& app) const;
    [[nodiscard]] std::string words(std::string_view key) const { return std::string(duibiao::label(language_, key)); }

    Language language_;
};

}  // namespace duibiao::cli
