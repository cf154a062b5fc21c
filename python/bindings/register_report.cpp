// The report of a publication as an HTML page.
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/report.hpp>

#include <cstddef>
#include <string>
#include <utility>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

void register_report(py::module_& module) {
    using py::arg;
    module.def(
        "html_report_of_json",
        [](const std::string& text, std::size_t unit_pages_limit, std::string publisher_vi,
           std::string publisher_en) {
            publish::ReportOptions options;
            options.unit_pages_limit = unit_pages_limit;
            options.publisher = {std::move(publisher_en), std::move(publisher_vi)};
            return without_lock(
                [&] { return publish::html_report(publish::parse_publication(text), options); });
        },
        arg("text"), arg("unit_pages_limit") = publish::ReportOptions{}.unit_pages_limit,
        arg("publisher_vi") = "", arg("publisher_en") = "");
}

}  // namespace thuocdo::python
