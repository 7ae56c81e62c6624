#include "exchange/docx_form.hpp"

#include <algorithm>

#include "exchange/docx_plan.hpp"
#include "exchange/given_docx.hpp"

namespace duibiao {
namespace {

Result<Plan> make_plan(const GivenDocx& given, const Document& document, Date as_of,
                       const std::set<std::string>& left_out) {
    const FormSide form = read_form_side(document, lay_out(document, as_of));
    Planning planning{form, given.text, given.xml, left_out};
    if (const Done done = plan_tables(planning); !done) return tl::unexpected(done.error());
    plan_heads(planning);
    auto& links = planning.plan.match.links;
    const auto is_head = [](const DocxLink& link) { return link.kind == DocxLink::Kind::head; };
    if (std::all_of(links.begin(), links.end(), is_head)) return fail("docx-nothing");
    std::stable_partition(links.begin(), links.end(), is_head);
    return std::move(planning.plan);
}

}  // namespace

Result<DocxMatch> match_docx(std::string_view docx, const Document& document, Date as_of) {
    const auto given = open_docx(docx);
    if (!given) return tl::unexpected(given.error());
    auto plan = make_plan(*given, document, as_of, {});
    if (!plan) return tl::unexpected(std::move(plan.error()));
    return std::move(plan->match);
}

Result<std::string> fill_docx(std::string_view docx, const Document& document, Date as_of,
                              const std::set<std::string>& left_out) {
    const auto given = open_docx(docx);
    if (!given) return tl::unexpected(given.error());
    auto plan = make_plan(*given, document, as_of, left_out);
    if (!plan) return tl::unexpected(std::move(plan.error()));
    const std::string xml = apply_splices(given->xml, {0, given->xml.size()}, std::move(plan->splices));
    return given->archive.with(given->main_part, xml);
}

}  // namespace duibiao
