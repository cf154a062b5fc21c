#pragma once
// What the tests of the model reader share.

#include <thuocdo/io/json.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace model_tests {

inline std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string shipped(const std::string& name) {
    return std::string(THUOCDO_DATA_DIR "/models/") + name;
}

inline std::string bad(const std::string& name) {
    return std::string(THUOCDO_TEST_DATA_DIR "/models-bad/") + name;
}

/// A document with two leaves, after whose other members `more` is put.
inline std::string document(const std::string& more, const std::string& node_members = "",
                            const std::string& leaf_members = R"(, "score": {"rule": "as_is"})") {
    return R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T")" + more +
           R"(, "root": {"code": "total")" + node_members + R"(, "children": [{"code": "a")" +
           leaf_members + R"(}, {"code": "b", "score": {"rule": "as_is"}}]}})";
}

/// `code at place` of each problem.
inline std::vector<std::string> codes(const std::vector<thuocdo::Problem>& problems) {
    std::vector<std::string> out;
    for (const thuocdo::Problem& each : problems) out.push_back(each.code + " at " + each.place);
    return out;
}

/// The one message, or all of them when there is not exactly one.
inline std::string only_message(const std::vector<thuocdo::Problem>& problems) {
    std::string all = problems.size() == 1 ? "" : std::to_string(problems.size()) + " problems:";
    for (const thuocdo::Problem& each : problems)
        all += (problems.size() == 1 ? "" : "\n") + each.message();
    return all;
}

}  // namespace model_tests
