// The page's real drawing code without a browser: what a user does goes in, the mirror's nodes come out.
//
//     Stage stage;
//     stage.create("f12-integrity").focus("fact/self/5.1.5/少").type("10").key("Enter");
//     CHECK(stage.value("fact/self/5.1.5/少") == "10");
//
// It stands in for the browser only in what web/mirror.js promises: fields hold what is typed, keys that a field names
// are handed over, Tab goes to the next node that takes the focus. Every letter is as wide as in no font: half an em, a
// hanzi one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/headless/headless.hpp"
#include "scenario/page.hpp"
#include "ui/ui.hpp"

namespace duibiao::ui {

class Stage {
public:
    explicit Stage(ImVec2 size = {1280, 800});
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // ---- What a user does ----

    Stage& send(Command command);
    /// A form from its file, known to the page from now on.
    Stage& bring_form(std::string_view definition);
    Stage& create(std::string form, std::string unit = "市第一医院党委", std::string period = "2026");
    /// Enter or a stage reader's click.
    Stage& click(std::string_view id);
    /// The pointer, pressed and let go in its middle, the page scrolled to it.
    Stage& press(std::string_view id);
    Stage& focus(std::string_view id);
    /// A key in the node with the focus, or anywhere when none takes it.
    Stage& key(std::string_view name);
    /// Into the field with the focus: after what it holds, or instead of it where a field selects its text.
    Stage& type(std::string_view text);
    /// The field's whole text.
    Stage& fill(std::string_view id, std::string_view text);
    /// Until nothing asks for another frame.
    Stage& settle();

    // ---- What is to be seen ----

    [[nodiscard]] const MirrorNode* find(std::string_view id) const;
    /// It has to be there.
    [[nodiscard]] const MirrorNode& node(std::string_view id) const;
    [[nodiscard]] std::string value(std::string_view id) const { return node(id).value; }
    [[nodiscard]] std::string name(std::string_view id) const { return node(id).name; }
    [[nodiscard]] const std::string& focused() const { return focused_; }
    /// Ids that begin so, in the order of the page.
    [[nodiscard]] std::vector<std::string> ids(std::string_view beginning) const;

    headless::Disk disk;
    Page page{disk};
    View view;

private:
    void frame();
    void move_focus(std::string_view id);
    void tab(int step);
    void event(DomEvent::Kind kind, std::string_view id, std::string text = {}, std::string key = {});

    ImVec2 size_;
    Theme theme_;
    TextLayout text_;
    Mirror mirror_;
    std::vector<MirrorNode> nodes_;  ///< of the last frame
    std::vector<DomEvent> events_;   ///< for the next
    std::string focused_;
    std::string typed_;      ///< what the field with the focus holds
    bool selected_ = false;  ///< all of it: the next letter replaces it
    int serial_ = 0;         ///< of what the page put into it
    bool wants_frame_ = false;
};

}  // namespace duibiao::ui
