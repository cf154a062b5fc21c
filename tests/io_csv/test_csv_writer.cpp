#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/io/csv_writer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "problems_of.hpp"

using thuocdo::io::CsvTable;
using thuocdo::io::CsvWriter;
using thuocdo::io::read_csv;

TEST_CASE("texts are quoted where RFC 4180 asks for it, numbers are shortest") {
    CsvWriter csv;
    csv.note("Publisher\nsecond line").field("unit").field("a,b").field("say \"x\"").end_row();
    csv.field("01").field(0.1 + 0.2).field(std::nan("")).end_row();
    CHECK(csv.text() ==
          "# Publisher\n# second line\nunit,\"a,b\",\"say \"\"x\"\"\"\n01,0.30000000000000004,\n");
}

TEST_CASE("a decimal comma is quoted where the comma separates") {
    CsvWriter semicolon({.separator = ';', .decimal = ',', .byte_order_mark = true});
    semicolon.field("v").field("w").end_row().field(1.5).field(1e-7).end_row();
    CHECK(semicolon.text() == "\xef\xbb\xbfv;w\n\"1,5\";1e-7\n");
}

TEST_CASE("what cannot be read back is refused") {
    using Messages = std::vector<std::string>;
    CHECK(problems_of([] {
              return CsvWriter().field("a").end_row().field("b").field("c").end_row().take();
          }) == Messages{"row 2: found 2 fields; expected 1 fields, as in the first row; give "
                         "every row a field for each "
                         "column [ragged_row]"});
    CHECK(problems_of([] { return CsvWriter().field("\xff").take(); }) ==
          Messages{"row 1, field 1: found text \"\\xff\", which is not UTF-8; expected text in "
                   "UTF-8; correct the text "
                   "[invalid_utf8]"});
    CHECK(problems_of([] { return CsvWriter().field(std::string_view("\0", 1)).take(); }).size() ==
          1);
    CHECK(problems_of([] {
              return CsvWriter().field(std::numeric_limits<double>::infinity()).take();
          }).size() == 1);
    CHECK(problems_of([] { return CsvWriter().field("a").end_row().note("late").take(); }).size() ==
          1);
    CHECK(problems_of([] { return CsvWriter({.separator = '|'}).take(); }).size() == 1);
}

TEST_CASE("random tables read back field for field") {
    constexpr unsigned seed = 57;
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const std::vector<std::string> pieces = {"\"", ",", ";", "\t",  "\n", "\r\n",         "\r",
                                             "#",  " ", "a", "Đắk", "01", "\xef\xbb\xbf", "日"};
    for (int round = 0; round < 3000; ++round) {
        const std::size_t columns = 1 + random() % 4;
        const std::size_t rows = 1 + random() % 4;
        const char separator = ",;\t"[random() % 3];
        std::vector<std::vector<std::string>> table(rows, std::vector<std::string>(columns));
        for (auto& row : table)
            for (auto& text : row)
                for (std::size_t k = random() % 5; k > 0; --k)
                    text += pieces[random() % pieces.size()];
        CsvWriter csv({.separator = separator, .byte_order_mark = random() % 2 == 0});
        if (random() % 2 == 0) csv.note("a note\n\nof three lines");
        for (const auto& row : table) {
            for (const auto& text : row) csv.field(text);
            csv.end_row();
        }
        // A tab must be declared; so must a single column, which shows no separator.
        const CsvTable read =
            read_csv(csv.text(), "p.csv", {.separator = separator == '\t' ? '\t' : '\0'});
        REQUIRE(read.rows.size() + 1 == rows);
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < columns; ++j)
                if ((i == 0 ? read.header : read.rows[i - 1].fields)[j].text != table[i][j])
                    FAIL("round ", round, " row ", i, " field ", j, ": ", csv.text());
    }
}
