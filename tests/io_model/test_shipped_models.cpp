#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_table.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io_model/support.hpp"

using namespace model_tests;
using thuocdo::IndexModel;
namespace io = thuocdo::io;

namespace {

std::vector<std::filesystem::path> shipped_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& each : std::filesystem::directory_iterator(shipped("")))
        files.push_back(each.path());
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 11);
    return files;
}

std::string sha256(const std::string& text) {
    thuocdo::numeric::Sha256 hash;
    hash.update(text);
    return hash.hex();
}

/// The same document with the members of every object in reverse order.
nlohmann::ordered_json reversed(const nlohmann::ordered_json& value) {
    if (value.is_array()) {
        auto out = nlohmann::ordered_json::array();
        for (const auto& each : value) out.push_back(reversed(each));
        return out;
    }
    if (!value.is_object()) return value;
    std::vector<std::pair<std::string, nlohmann::ordered_json>> members;
    for (const auto& [name, member] : value.items()) members.emplace_back(name, reversed(member));
    auto out = nlohmann::ordered_json::object();
    for (auto each = members.rbegin(); each != members.rend(); ++each)
        out[each->first] = each->second;
    return out;
}

}  // namespace

TEST_CASE("every shipped model loads, and its digest is the SHA-256 of its canonical form") {
    for (const auto& path : shipped_files()) {
        CAPTURE(path.string());
        CHECK(io::check_model_file(path).empty());
        const IndexModel model = io::load_model(path);
        CHECK(model.digest() == sha256(model.canonical()));
    }
}

TEST_CASE("every shipped model is the same after writing and reading") {
    for (const auto& path : shipped_files()) {
        const IndexModel model = io::load_model(path);
        for (const int indent : {-1, 0, 2, 8}) {
            CAPTURE(path.string());
            CAPTURE(indent);
            const std::string written = io::to_json(model, indent);
            const IndexModel again = io::parse_model(written);
            CHECK(again == model);
            CHECK(again.digest() == model.digest());
            CHECK(again.canonical() == model.canonical());
            CHECK(io::to_json(again, indent) == written);
        }
    }
}

TEST_CASE("the digest of the 2022 index is the one computed apart from the library") {
    // Python: hashlib.sha256 of json.dumps(document, sort_keys=True, separators=(",", ":"),
    // ensure_ascii=False) after deleting by hand the ranking members, the aggregation and the
    // missing rules that repeat the defaults.
    CHECK(io::load_model(shipped("dti-2022.json")).digest() ==
          "7c38bbb484d399b8e11f4289b4670f0fbeb4dafc9b40e369f7dd3fbecafac865");
}

TEST_CASE("the table form and the document of the 2022 index are one model") {
    const IndexModel document = io::load_model(shipped("dti-2022.json"));
    const IndexModel table = io::load_model_table(shipped("dti-2022.csv"));
    CHECK(table.canonical() == document.canonical());
    CHECK(table.digest() == document.digest());
    CHECK(io::load_model(shipped("dti-2022.csv")).digest() == document.digest());
}

TEST_CASE("member order and white space do not change the digest") {
    for (const auto& path : shipped_files()) {
        if (path.extension() != ".json") continue;
        CAPTURE(path.string());
        const IndexModel model = io::load_model(path);
        const auto other = reversed(nlohmann::ordered_json::parse(text_of(path.string())));
        CHECK(other.begin().key() == "root");
        CHECK(io::parse_model(other.dump()).digest() == model.digest());
        CHECK(io::parse_model("\n\t " + other.dump(7, '\t') + "\r\n").digest() == model.digest());
    }
}

TEST_CASE("defaults that are spelled out do not change the digest") {
    const std::string plain =
        document(R"(, "bands": {"scale": [{"code": "x", "from": 5}, {"code": "y"}]})");
    const std::string spelled = R"({"thuocdo": 1.0, "id": "t", "version": "1",
      "name": {"en": "T", "vi": "T"}, "status": "draft", "cohort": {},
      "defaults": {"missing": {"default": "refuse"}, "zero_denominator": "refuse",
                   "visibility": "public", "aggregate": {"method": "arithmetic"}},
      "ranking": {"on": "rounded", "mode": "half_up", "order": "descending", "ties": "competition",
                  "tie_breakers": [], "within": []},
      "bands": {"of": "rounded", "scale": [{"code": "x", "from": 5, "gates": []},
                                           {"code": "y", "to": 5.0}]},
      "roll_up": [],
      "root": {"code": "total", "name": "total", "weight": 1, "scale": 1, "role": "scored",
               "missing": "renormalise", "visibility": "public", "aggregate": "arithmetic",
               "kind": "output", "owner": "o",
               "children": [
        {"code": "a", "name": {"en": "a", "vi": "a"}, "indicator": "a", "weight": 1.0,
         "direction": "higher_is_better", "target_path": "linear", "targets": [],
         "missing": {"not_reported": "refuse"}, "zero_denominator": "refuse", "kind": "output",
         "owner": "o", "visibility": "public", "score": {"rule": "as_is"}},
        {"code": "b", "score": {"rule": "as_is"}}]}})";
    const std::string inherited =
        document(R"(, "bands": {"scale": [{"code": "x", "from": 5}, {"code": "y"}]})",
                 R"(, "kind": "output", "owner": "o")");
    CHECK(io::parse_model(spelled).canonical() == io::parse_model(inherited).canonical());
    CHECK(io::parse_model(spelled).digest() == io::parse_model(inherited).digest());
    CHECK(io::parse_model(plain).digest() != io::parse_model(inherited).digest());
}

TEST_CASE("a statement that differs from what would be inherited changes the digest") {
    const std::string base = document("", R"(, "visibility": "internal")");
    const auto leaf = [](const std::string& members) {
        return io::parse_model(document("", R"(, "visibility": "internal")",
                                        members + R"(, "score": {"rule": "as_is"})"))
            .digest();
    };
    CHECK(leaf(R"(, "visibility": "internal")") == io::parse_model(base).digest());
    CHECK(leaf(R"(, "visibility": "public")") != io::parse_model(base).digest());
    CHECK(leaf(R"(, "missing": "zero")") != io::parse_model(base).digest());
    const std::string defaults = R"(, "defaults": {"missing": "zero"})";
    const auto with_defaults = [&](const std::string& members) {
        return io::parse_model(document(defaults, "", members + R"(, "score": {"rule": "as_is"})"))
            .digest();
    };
    CHECK(with_defaults(R"(, "missing": "zero")") == with_defaults(""));
    CHECK(with_defaults(R"(, "missing": "refuse")") != with_defaults(""));
}

TEST_CASE("what a shortened canonical form leaves out is resolved as it was stated") {
    const std::string text =
        document(R"(, "defaults": {"missing": "zero", "aggregate": "geometric"})",
                 R"(, "aggregate": "arithmetic", "owner": "o")",
                 R"(, "missing": "refuse", "owner": "o", "score": {"rule": "as_is"})");
    const IndexModel model = io::parse_model(text);
    const IndexModel again = io::parse_model(io::to_json(model));
    for (const IndexModel& each : {model, again}) {
        CHECK(std::string(thuocdo::aggregation_name(each.root().aggregate)) == "arithmetic");
        CHECK(each.node(1).missing == thuocdo::MissingRule::all(thuocdo::MissingPolicy::refuse));
        CHECK(each.node(2).missing == thuocdo::MissingRule::all(thuocdo::MissingPolicy::zero));
        CHECK(each.node(1).owner == "o");
        CHECK(each.node(2).owner == "o");
    }
}

TEST_CASE("numbers are written as the shortest decimals that read back") {
    const std::map<std::string, std::string> forms{
        {"0.1", "0.1"},
        {"1", "1"},
        {"1.0", "1"},
        {"1e2", "100"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"1e-7", "1e-7"},
        {"1e21", "1e+21"},
        {"123456789012345680000", "123456789012345680000"}};
    for (const auto& each : forms) {
        const auto& given = each.first;
        const auto& written = each.second;
        CAPTURE(given);
        const IndexModel model = io::parse_model(
            document("", "", ", \"score\": {\"rule\": \"as_is\"}, \"cap\": " + given));
        CHECK(io::to_json(model).find("\"cap\": " + written + "\n") != std::string::npos);
        CHECK(io::parse_model(io::to_json(model)).definition().root.children[0].cap ==
              model.definition().root.children[0].cap);
    }
}

TEST_CASE("a document is written with its members in the documented order") {
    CHECK(io::to_json(io::parse_model(document(
              "", "",
              R"(, "weight": 0.25, "score": {"upper": 2, "lower": 1, "rule": "goalposts"})"))) ==
          R"({
  "thuocdo": 1,
  "id": "t",
  "version": "1",
  "name": "T",
  "root": {
    "code": "total",
    "children": [
      {
        "code": "a",
        "weight": 0.25,
        "score": {"rule": "goalposts", "lower": 1, "upper": 2}
      },
      {
        "code": "b",
        "score": {"rule": "as_is"}
      }
    ]
  }
}
)");
}

TEST_CASE("texts with brackets, quotes and control characters survive the layout") {
    const std::string name = R"("a \"quoted\" {name}, [with]: \\ \n and \u0001")";
    const std::string text = document(", \"source\": " + name);
    const IndexModel model = io::parse_model(text);
    CHECK(model.definition().source == "a \"quoted\" {name}, [with]: \\ \n and \x01");
    CHECK(io::parse_model(io::to_json(model)).digest() == model.digest());
}
