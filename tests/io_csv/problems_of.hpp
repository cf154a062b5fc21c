#pragma once
// What a call refuses, as messages.

#include <thuocdo/error.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

/// The messages of every problem that a call throws; empty when it throws none.
template <class Call>
std::vector<std::string> problems_of(Call&& call) {
    std::vector<std::string> messages;
    try {
        static_cast<void>(call());
    } catch (const thuocdo::DataError& error) {
        for (const thuocdo::Problem& problem : error.problems())
            messages.push_back(problem.message());
    }
    return messages;
}

template <>
struct doctest::StringMaker<std::vector<std::string>> {
    static doctest::String convert(const std::vector<std::string>& texts) {
        std::string lines;
        for (const std::string& text : texts) lines += "\n    " + text;
        return lines.c_str();
    }
};
