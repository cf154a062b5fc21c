#pragma once
/// @file
/// A publication as one HTML file that needs nothing else.

#include <thuocdo/model/label.hpp>
#include <thuocdo/publish/publication.hpp>

#include <cstddef>
#include <string>

namespace thuocdo::publish {

/// What is set about a report.
struct ReportOptions {
    /// With more units than this there is no section for each unit and no heat map, only the
    /// tables; the report says so.
    std::size_t unit_pages_limit = 200;
    /// Who publishes, printed above the title; may be empty.
    Label publisher{};
};

/// The publication as one self-contained HTML page in Vietnamese and English.
///
/// Sections: what it is and from what (with digests); the ranking with rank intervals, pillars,
/// bands, coverage and change of rank; a map of the 34 provinces as tiles, when the units are
/// those; a heat map of the pillars; a section for each unit with its decomposition, remarks,
/// overdue tasks, trend and peers; changes since the publication before, with their parts;
/// method; notes on data, with what is withheld.
///
/// The page loads nothing and says so to the browser (Content-Security-Policy with the digests of
/// its own style and script). It can be read whole without JavaScript, which adds sorting,
/// filters and the choice of a unit. Both languages are in it; numbers have a decimal comma in
/// Vietnamese and a point in English. Withheld figures, missing ones and those of no number are
/// words, never a number. Every text of the publication is escaped; control characters and
/// malformed UTF-8 become U+FFFD.
///
/// Numbers have the decimals of their node, or else as many as the figures of that node need, at
/// most 4: the full ones are in the tables of the publication.
///
/// Equal publications give equal bytes: no clock, no random number. Complexity: linear in the
/// figures.
[[nodiscard]] std::string html_report(const Publication& publication,
                                      const ReportOptions& options = {});

}  // namespace thuocdo::publish
