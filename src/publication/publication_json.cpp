#include <thuocdo/publish/publication_json.hpp>

#include <cmath>
#include <set>
#include <utility>

#include "io/json_text.hpp"
#include "io/message_text.hpp"
#include "io/pretty_json.hpp"
#include "publication/member_reader.hpp"
#include "publication/member_writer.hpp"
#include "publication/members.hpp"

namespace thuocdo::publish {
namespace detail {
namespace {

constexpr std::size_t publication_indent = 1;

void check_codes(const auto& entries, const char* member, std::vector<Problem>& problems) {
    std::set<std::string> known;
    for (std::size_t k = 0; k < entries.size(); ++k) {
        const std::string place = std::string("/") + member + '/' + std::to_string(k) + "/code";
        if (entries[k].code.empty())
            problems.push_back({"empty_code", place, "no code", "a code", "give it one"});
        else if (!known.insert(entries[k].code).second)
            problems.push_back({"duplicate_code", place,
                                io::detail::in_quotes(entries[k].code) + " again",
                                "a code that no other entry has", "remove one of the two"});
    }
}

bool has_numbers(const PublishedFigure& figure) {
    for (const double each :
         {figure.result, figure.contribution, figure.value, figure.numerator, figure.denominator})
        if (!std::isnan(each)) return true;
    return !figure.source.empty() || figure.date.has_value();
}

void check_unit(const PublishedUnit& unit, std::size_t nodes, const std::string& place,
                std::vector<Problem>& problems) {
    if (unit.figures.size() != nodes)
        problems.push_back({"figure_count", place + "/figures",
                            std::to_string(unit.figures.size()) + " figures",
                            std::to_string(nodes) + ", one a node", "give every node its figure"});
    const auto report = [&](const std::string& at) {
        problems.push_back({"withheld_number", at, "a number that is marked as withheld",
                            "nothing of what is withheld", "take it out"});
    };
    if (unit.rank_withheld && !std::isnan(unit.rank)) report(place + "/rank");
    if (unit.band_withheld && !unit.band.empty()) report(place + "/band");
    for (std::size_t k = 0; k < unit.figures.size(); ++k)
        if (unit.figures[k].withheld && has_numbers(unit.figures[k]))
            report(place + "/figures/" + std::to_string(k));
}

}  // namespace
}  // namespace detail

std::vector<Problem> check_publication(const Publication& publication) {
    std::vector<Problem> problems;
    if (publication.version < 1)
        problems.push_back({"bad_version", "/version", std::to_string(publication.version),
                            "1 or more", "number the versions of a period from 1"});
    detail::check_codes(publication.nodes, "nodes", problems);
    for (std::size_t k = 0; k < publication.nodes.size(); ++k) {
        const Index parent = publication.nodes[k].parent;
        const bool root = k == 0;
        if (root ? parent == -1 : parent >= 0 && parent < static_cast<Index>(k)) continue;
        problems.push_back({"bad_parent", "/nodes/" + std::to_string(k) + "/parent",
                            std::to_string(parent),
                            root ? "-1 for the root" : "the position of an earlier node",
                            "list parents before their children"});
    }
    detail::check_codes(publication.units, "units", problems);
    for (std::size_t k = 0; k < publication.units.size(); ++k)
        detail::check_unit(publication.units[k], publication.nodes.size(),
                           "/units/" + std::to_string(k), problems);
    return problems;
}

std::string to_json(const Publication& publication) {
    std::vector<Problem> problems = check_publication(publication);
    detail::MemberWriter out("", problems);
    detail::members_of_publication(out, publication);
    if (!problems.empty())
        throw DataError("the publication cannot be written", std::move(problems));
    return io::detail::pretty_json(out.str(), detail::publication_indent);
}

Publication parse_publication(std::string_view text) {
    const io::detail::JsonText json = io::detail::parse_json_text(text, {});
    io::detail::ReadLog log;
    log.problems = json.problems;
    Publication out;
    if (json.readable) {
        detail::MemberReader in(json.value, "", log);
        detail::members_of_publication(in, out);
        in.finish();
        if (log.problems.empty()) log.problems = check_publication(out);
        io::detail::sort_by_text(json, log.problems);
    }
    if (!log.problems.empty())
        throw DataError("the publication cannot be read", std::move(log.problems));
    return out;
}

}  // namespace thuocdo::publish
