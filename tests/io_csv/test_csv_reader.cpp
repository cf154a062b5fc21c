#include <thuocdo/io/csv_reader.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "problems_of.hpp"

using thuocdo::io::CsvOptions;
using thuocdo::io::CsvTable;
using thuocdo::io::read_csv;

namespace {

using Messages = std::vector<std::string>;

std::vector<std::vector<std::string>> cells(const CsvTable& table) {
    std::vector<std::vector<std::string>> out(1);
    for (const auto& field : table.header) out[0].emplace_back(field.text);
    for (const auto& row : table.rows) {
        out.emplace_back();
        for (const auto& field : row.fields) out.back().emplace_back(field.text);
    }
    return out;
}

Messages refused(const std::string& text, const CsvOptions& options = {}) {
    return problems_of([&] { return read_csv(text, "p.csv", options); });
}

using Cells = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE(
    "fields, quotes, doubled quotes, separators and line ends in quotes (RFC 4180, 2.1-2.7)") {
    const CsvTable table = read_csv("a,\"b \"\"c\"\"\",\"d,\r\ne\"\r\n,\"\",3\r\nx,y,z", "p.csv");
    CHECK(cells(table) == Cells{{"a", "b \"c\"", "d,\r\ne"}, {"", "", "3"}, {"x", "y", "z"}});
    CHECK(table.header[2].line == 1);
    CHECK(table.rows[0].line == 3);
    CHECK(table.rows[0].fields[1].quoted);
    CHECK_FALSE(table.rows[0].fields[0].quoted);
    CHECK(table.rows[1].line == 4);
    CHECK(table.rows[1].fields[2].column == 3);
    CHECK(table.place(table.rows[1].fields[2]) == "p.csv:4:3");
}

TEST_CASE("the end of the last line may be missing, LF and CRLF are the same") {
    const Cells expected{{"a", "b"}, {"1", "2"}};
    for (const char* text :
         {"a,b\n1,2", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r\n1,2", "a,b\n1,\"2\""})
        CHECK(cells(read_csv(text, "p.csv")) == expected);
    // An empty last field before the end of the file is a field.
    CHECK(cells(read_csv("a,b\n1,", "p.csv")) == Cells{{"a", "b"}, {"1", ""}});
}

TEST_CASE("spaces belong to the field and codes keep their zeros") {
    CHECK(cells(read_csv("unit, v \n01, 2", "p.csv")) == Cells{{"unit", " v "}, {"01", " 2"}});
}

TEST_CASE("the separator is the one that the header has outside quotes") {
    CHECK(read_csv("a;b\n1;2", "p.csv").separator == ';');
    CHECK(read_csv("a,b\n1,2", "p.csv").separator == ',');
    CHECK(read_csv("a\n1", "p.csv").separator == ',');
    CHECK(cells(read_csv("\"a;b\",c\n1;2,3", "p.csv")) == Cells{{"a;b", "c"}, {"1;2", "3"}});
    CHECK(cells(read_csv("a;b\n1,5;2", "p.csv")) == Cells{{"a", "b"}, {"1,5", "2"}});
    CHECK(cells(read_csv("a\tb;c\n1\t2", "p.csv", {.separator = '\t'})) ==
          Cells{{"a", "b;c"}, {"1", "2"}});
    CHECK(refused("a,b;c\n1,2\n") ==
          Messages{"p.csv:1: found 1 comma and 1 semicolon in the header; expected only one of "
                   "them outside "
                   "quotes; say which one separates, or put names that hold the other in quotes "
                   "[ambiguous_separator]"});
    CHECK(refused("a|b\n1|2\n", {.separator = '|'}) ==
          Messages{"p.csv:1: found separator \"|\"; expected a comma, semicolon or tab; correct "
                   "the option "
                   "[bad_option]"});
}

TEST_CASE("a byte order mark is skipped; lines count from 1") {
    const CsvTable table = read_csv("\xef\xbb\xbf# note\nunit;v\n01;2\n", "p.csv");
    CHECK(table.leading_lines == std::vector<std::string>{"# note"});
    CHECK(cells(table) == Cells{{"unit", "v"}, {"01", "2"}});
    CHECK(table.rows[0].line == 3);
}

TEST_CASE("notes are only before the header, and only if asked for") {
    const CsvTable table = read_csv("# one\r\n#two\na,b\n#c,d\n", "p.csv");
    CHECK(table.leading_lines == std::vector<std::string>{"# one", "#two"});
    CHECK(cells(table) == Cells{{"a", "b"}, {"#c", "d"}});
    CHECK(cells(read_csv("#a,b\n1,2\n", "p.csv", {.leading_comments = false})) ==
          Cells{{"#a", "b"}, {"1", "2"}});
}

TEST_CASE("ragged rows and empty lines are named with both counts") {
    CHECK(refused("a,b,c\n1,2\n1,2,3,4\n\n1,2,3\n") ==
          Messages{
              "p.csv:2: found 2 fields; expected 3 fields, as in the header; fields are separated "
              "by a comma; a "
              "field that holds one needs quotes [ragged_row]",
              "p.csv:3: found 4 fields; expected 3 fields, as in the header; fields are separated "
              "by a comma; a "
              "field that holds one needs quotes [ragged_row]",
              "p.csv:4: found an empty line; expected 3 fields, as in the header; delete the line "
              "[blank_line]"});
    CHECK(refused("\na,b\n") ==
          Messages{"p.csv:1: found an empty line; expected the header with the names of the "
                   "columns; delete the line [blank_line]"});
    // With one column an empty line is an empty field.
    CHECK(cells(read_csv("a\n\n1\n", "p.csv")) == Cells{{"a"}, {""}, {"1"}});
}

TEST_CASE("a stray quote, text after a quote and an unterminated quote name their field") {
    CHECK(
        refused("a,b\n1,5\" pipe\n\"x\"y,2\n3,\"open\nstill\n") ==
        Messages{
            "p.csv:2:2: found a quote inside the unquoted text \"5\" pipe\"; expected quotes "
            "around the whole "
            "field, or none; put the field in quotes and double the quotes inside it [stray_quote]",
            "p.csv:3:1: found text \"y\" after a closing quote; expected a comma or the end of the "
            "line; double "
            "the quotes that belong to the text [text_after_quote]",
            "p.csv:4:2: found a quote that is opened and never closed; expected a closing quote "
            "before the end "
            "of the file; close the quote, or double it if it belongs to the text "
            "[unterminated_quote]"});
}

TEST_CASE("invalid UTF-8, NUL and old line ends are named") {
    CHECK(refused("a,b\n1,H\xe0 N\n") == Messages{"p.csv:2:2: found byte 0xE0, which is not UTF-8; "
                                                  "expected text in UTF-8; save the file as UTF-8 "
                                                  "[invalid_utf8]"});
    CHECK(refused(std::string("a,b\n1,2\0\n", 9)) ==
          Messages{"p.csv:2:2: found a NUL character; expected text; save the file as UTF-8; in "
                   "UTF-16 every second "
                   "byte may be NUL [nul_character]"});
    CHECK(refused(std::string("\xff\xfe"
                              "a\0",
                              4)) == Messages{"p.csv:1: found text in UTF-16; expected text in "
                                              "UTF-8; save the file as UTF-8 [utf16]"});
    CHECK(refused("a\rb\rc") ==
          Messages{"p.csv:1:1: found a carriage return without a line feed; expected lines that "
                   "end with LF or CRLF; "
                   "save the file with one of these line ends [stray_carriage_return]"});
    CHECK(refused("a,\"b\"\r1") ==
          Messages{"p.csv:1:2: found text \"\\r1\" after a closing quote; expected a comma or the "
                   "end of the line; "
                   "double the quotes that belong to the text [text_after_quote]"});
}

TEST_CASE("an empty file has no header") {
    const Messages empty{
        "p.csv:1: found no header; expected a first row with the names of the columns; the file is "
        "empty or has notes "
        "only [no_header]"};
    CHECK(refused("") == empty);
    CHECK(refused("\xef\xbb\xbf") == empty);
    CHECK(refused("# a\n# b\n").size() == 1);
}

TEST_CASE("decomposed text is reported, or normalised if asked for") {
    const std::string text = "unit,name\n01,Ha\xcc\x80 No\xcc\xa3\xcc\x82i\n";
    CHECK(refused(text) == Messages{"p.csv:2:2: found text \"Hà Nội\" in decomposed form (NFD); "
                                    "expected composed form (NFC); save the "
                                    "text in NFC, or set normalise_to_nfc [not_nfc]"});
    const CsvTable table = read_csv(text, "p.csv", {.normalise_to_nfc = true});
    CHECK(table.rows[0].fields[1].text == "Hà Nội");
    // A Greek question mark is a semicolon in NFC: it becomes text, not a separator.
    CHECK(cells(read_csv("a,b\n1,\xcd\xbe\n", "p.csv", {.normalise_to_nfc = true})) ==
          Cells{{"a", "b"}, {"1", ";"}});
}

TEST_CASE("the fields of a copy outlive the table and the text they were read from") {
    CsvTable copy;
    {
        std::string text = "a,b\n\"x \"\"y\"\"\",Ha\xcc\x80\n";
        const CsvTable table = read_csv(text, "p.csv", {.normalise_to_nfc = true});
        text.assign(text.size(), '!');
        copy = table;
    }
    CHECK(cells(copy) == Cells{{"a", "b"}, {"x \"y\"", "Hà"}});
}

TEST_CASE("find gives the column of a name") {
    const CsvTable table = read_csv("a,b\n1,2\n", "p.csv");
    CHECK(table.find("b") == 1);
    CHECK(table.find("c") == 2);
}

TEST_CASE("random bytes are read or refused, with places inside the file") {
    constexpr unsigned seed = 20260115;
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const std::string alphabet = "\"\",;\n\r\t#aé01 .%\x80\xcc\xff";
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        const std::size_t length = random() % 60;
        for (std::size_t k = 0; k < length; ++k)
            text += random() % 20 == 0 ? static_cast<char>(random() % 256)
                                       : alphabet[random() % alphabet.size()];
        CsvOptions options;
        options.normalise_to_nfc = random() % 2 == 0;
        options.leading_comments = random() % 2 == 0;
        try {
            const CsvTable table = read_csv(text, "p.csv", options);
            for (const auto& row : table.rows)
                if (row.fields.size() != table.header.size()) FAIL("ragged");
        } catch (const thuocdo::DataError& error) {
            for (const auto& problem : error.problems()) {
                const std::size_t line =
                    std::stoul(problem.place.substr(problem.place.find(':') + 1));
                if (line > 62) FAIL("line ", line);
            }
        }
    }
}
