// Rules of visibility as documents: read, and refused with every problem at its pointer.
#include <thuocdo/io/visibility.hpp>

#include <doctest/doctest.h>

#include <string>

namespace visibility_document_tests {

using thuocdo::Visibility;
using thuocdo::io::check_visibility_document;
using thuocdo::io::parse_visibility;

TEST_CASE("Visibility: a document gives the rules that it states") {
    const auto rules = parse_visibility(R"({"thuocdo_visibility": 1,
        "units": [{"unit": "BQP"}],
        "cells": [{"unit": "HN", "node": "rnd", "visibility": "internal"}],
        "tasks": [{"task": "T-17", "visibility": "public"}],
        "digits": [{"node": "total", "digits": 1}], "default_digits": 2,
        "ranks_without_totals": true})");
    thuocdo::publish::VisibilityRules expected;
    expected.units = {{"BQP", Visibility::restricted}};
    expected.cells = {{"HN", "rnd", Visibility::internal}};
    expected.tasks = {{"T-17", Visibility::open}};
    expected.digits = {{"total", 1}};
    expected.default_digits = 2;
    expected.ranks_without_totals = true;
    CHECK(rules == expected);
    CHECK(parse_visibility("{}") == thuocdo::publish::VisibilityRules{});
}

TEST_CASE("Visibility: every problem of a document with its pointer, at once") {
    std::string places;
    for (const auto& problem : check_visibility_document(
             R"({"thuocdo_visibility": 2, "units": [{"unit": 5}, {"visibility": "secret"}],
                 "cells": {}, "digits": [{"node": "t", "digits": 1.5}],
                 "ranks_without_totals": "yes", "colour": 1})"))
        places += problem.place + ' ';
    CHECK(places ==
          "/thuocdo_visibility /units/0/unit /units/1/unit /units/1/visibility /cells "
          "/digits/0/digits /ranks_without_totals /colour ");
    CHECK(check_visibility_document("{").size() == 1);
    CHECK_THROWS_AS((void)parse_visibility("[]"), thuocdo::DataError);
    CHECK_THROWS_AS((void)thuocdo::io::load_visibility("no/such/file.json"), thuocdo::DataError);
}

}  // namespace visibility_document_tests
