#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/io/model_table.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/model_factors.hpp"
#include "io/model_reading.hpp"
#include "io/number_text.hpp"
#include "io/read_definition.hpp"
#include "io/table_tree.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

enum class CellType { text, number, flag };

/// A column and the member of a node that it fills. A table becomes the tree of
/// a JSON document, so that both forms are read and checked by the same code.
struct Column {
    const char* name;
    const char* member;
    CellType type;
};

constexpr std::array<Column, 38> columns{{
    {"code", "code", CellType::text},
    {"parent", "", CellType::text},
    {"name", "name/en", CellType::text},
    {"name_vi", "name/vi", CellType::text},
    {"weight", "weight", CellType::number},
    {"weights_sum_to", "weights_sum_to", CellType::number},
    {"points", "points", CellType::number},
    {"role", "role", CellType::text},
    {"aggregate", "aggregate", CellType::text},
    {"indicator", "indicator", CellType::text},
    {"unit", "unit", CellType::text},
    {"direction", "direction", CellType::text},
    {"rule", "score/rule", CellType::text},
    {"target", "score/target", CellType::number},
    {"lower", "score/lower", CellType::number},
    {"upper", "score/upper", CellType::number},
    {"items", "score/items", CellType::number},
    {"penalty", "score/penalty", CellType::number},
    {"start", "score/start", CellType::number},
    {"lowest", "score/lowest", CellType::number},
    {"worst", "score/worst", CellType::number},
    {"midpoint", "score/midpoint", CellType::number},
    {"steepness", "score/steepness", CellType::number},
    {"band", "score/band", CellType::number},
    {"lower_limit", "score/lower_limit", CellType::number},
    {"upper_limit", "score/upper_limit", CellType::number},
    {"mean", "score/mean", CellType::number},
    {"deviation", "score/deviation", CellType::number},
    {"zero_range", "score/zero_range", CellType::number},
    {"capped", "score/capped", CellType::flag},
    {"clip", "score/clip", CellType::flag},
    {"digits", "rounding/digits", CellType::number},
    {"missing", "missing", CellType::text},
    {"zero_denominator", "zero_denominator", CellType::text},
    {"kind", "kind", CellType::text},
    {"owner", "owner", CellType::text},
    {"source", "source", CellType::text},
    {"visibility", "visibility", CellType::text},
}};

/// Members of rules that are lists and have no column.
constexpr std::array<std::string_view, 4> list_members{"steps", "levels", "percentiles", "scores"};
constexpr std::array<std::string_view, 3> list_rules{"step_table", "level_table",
                                                     "categorical_scale"};
constexpr std::array<std::string_view, 2> list_aggregations{"power_mean",
                                                            "ordered_weighted_average"};
constexpr const char* write_document = "write this model as a JSON document";

/// A node is an object in a list, so each level of the tree nests two deep.
constexpr std::size_t deepest_tree = deepest_nesting / 2;

template <std::size_t Count>
[[nodiscard]] bool is_in(std::string_view word, const std::array<std::string_view, Count>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class TableReader {
  public:
    explicit TableReader(const CsvTable& table) : table_(table) {}

    [[nodiscard]] ModelReading read() {
        ModelReading reading;
        read_leading_lines();
        if (read_header()) {
            read_rows();
            reading.definition = read_document();
        }
        std::stable_sort(problems_.begin(), problems_.end(), [](const Placed& a, const Placed& b) {
            return a.line != b.line ? a.line < b.line : a.column < b.column;
        });
        for (Placed& each : problems_) reading.problems.push_back(std::move(each.problem));
        return reading;
    }

  private:
    struct Placed {
        std::size_t line;
        std::size_t column;
        Problem problem;
    };

    /// A cell that a JSON pointer stands for.
    struct Cell {
        std::size_t line;
        std::size_t column;
        std::string header;
    };

    void report(const Cell& cell, Problem problem) {
        problem.place = table_.place(cell.line, cell.column) + " (" + cell.header + ')';
        problems_.push_back({cell.line, cell.column, std::move(problem)});
    }

    // --- lines before the header ---------------------------------------------

    void read_leading_lines() {
        constexpr std::string_view mark = "#!";
        for (std::size_t k = 0; k < table_.leading_lines.size(); ++k) {
            const std::string_view line = table_.leading_lines[k];
            if (line.starts_with(mark)) merge(line.substr(mark.size()), k + 1, mark.size() + 1);
        }
    }

    void merge(std::string_view json, std::size_t line, std::size_t column) {
        const JsonText text = parse_json_text(json, {table_.file, line, column});
        for (const Problem& each : text.problems) {
            if (text.readable || each.place.starts_with('/'))
                report({line, 1, "#! " + each.place}, each);
            else
                problems_.push_back({line, 1, each});
        }
        if (!text.readable) {
            leading_lines_lost_ = true;
            return;
        }
        if (!text.value.is_object()) {
            leading_lines_lost_ = true;
            report({line, 1, "#!"},
                   {"wrong_type", "", described(text.value), "a JSON object, { ... }",
                    "write members of the document, e.g. {\"id\": \"my-index\"}"});
            return;
        }
        for (const auto& [name, value] : text.value.items()) {
            const std::string place = '/' + pointer_step(name);
            if (name == "root") {
                report({line, 1, "#! " + place},
                       {"root_in_table", "", "member \"root\"", "the nodes in rows of the table",
                        "remove the member"});
            } else if (document_.contains(name)) {
                report({line, 1, "#! " + place},
                       {"duplicate_member", "", "member " + in_quotes(name) + " again",
                        "each member once",
                        "it is also in line " + std::to_string(leading_line_.at(place))});
            } else {
                document_[name] = value;
                leading_line_.emplace(place, line);
            }
        }
    }

    // --- header ---------------------------------------------------------------

    [[nodiscard]] bool read_header() {
        std::vector<std::string> known;
        for (const Column& each : columns) known.emplace_back(each.name);
        std::map<std::string, std::size_t> first;
        for (const CsvField& field : table_.header) {
            const std::string name(field.text);
            const auto column = std::find_if(columns.begin(), columns.end(),
                                             [&](const Column& each) { return name == each.name; });
            const Cell cell{field.line, field.column, name.empty() ? "no name" : name};
            const auto [before, inserted] = first.emplace(name, field.column);
            if (column == columns.end()) {
                report(cell, {"unknown_column", "", "column " + in_quotes(name),
                              "one of " + listed(known),
                              is_in(name, list_members)
                                  ? std::string("lists have no table form; ") + write_document
                                  : suggestion(name, known, "remove the column")});
            } else if (!inserted) {
                report(cell,
                       {"duplicate_column", "", "column " + in_quotes(name) + " again",
                        "each column once", "it is also column " + std::to_string(before->second)});
            }
            used_.push_back(column == columns.end() || !inserted ? nullptr : &*column);
        }
        code_ = required_column("code");
        parent_ = required_column("parent");
        if (!code_ || !parent_) return false;
        if (!table_.rows.empty()) return true;
        report({table_.header.front().line, 1, "code"},
               {"no_root", "", "a header without rows", "one row a node", "add the root"});
        return false;
    }

    [[nodiscard]] std::optional<std::size_t> required_column(const char* name) {
        const std::size_t at = table_.find(name);
        if (at != table_.header.size()) return at;
        report({table_.header.front().line, 1, std::string(table_.header.front().text)},
               {"missing_column", "", std::string("no column \"") + name + '"',
                "the columns code and parent", "add it"});
        return std::nullopt;
    }

    // --- rows -----------------------------------------------------------------

    void read_rows() {
        std::vector<TreeRow> rows;
        for (const CsvRow& row : table_.rows)
            rows.push_back({row.fields[*code_].text, row.fields[*parent_].text, row.line});
        const TableTree tree = build_tree(rows);
        for (const TreeProblem& each : tree.problems) {
            const std::size_t at = each.at_parent ? *parent_ : *code_;
            report(cell_of(each.row, at), {each.code, "", each.found, each.expected, each.remedy});
        }
        tree_is_broken_ = !tree.problems.empty();
        document_["root"] = node(tree, tree.root, "/root", 1);
    }

    [[nodiscard]] Cell cell_of(std::size_t row, std::size_t at) const {
        const CsvField& field = table_.rows[row].fields[at];
        return {field.line, field.column, std::string(table_.header[at].text)};
    }

    [[nodiscard]] Json node(const TableTree& tree, std::size_t row, const std::string& place,
                            std::size_t depth) {
        Json out = Json::object();
        cells_.emplace(place, cell_of(row, *code_));
        for (std::size_t at = 0; at < used_.size(); ++at) {
            const Column* column = used_[at];
            if (!column || *column->member == '\0') continue;
            const Cell cell = cell_of(row, at);
            const std::string_view member = column->member;
            const std::size_t slash = member.find('/');
            const std::string outer(member.substr(0, slash));
            cells_.emplace(place + '/' + std::string(member), cell);
            const std::string_view text = table_.rows[row].fields[at].text;
            if (text.empty()) continue;
            cells_.emplace(place + '/' + outer, cell);
            Json& target = slash == std::string_view::npos
                               ? out[outer]
                               : out[outer][std::string(member.substr(slash + 1))];
            target = value_of(*column, text, cell);
        }
        // An empty code was reported with the tree.
        if (!out.contains("code")) out["code"] = Json(Json::value_t::discarded);
        collapse_name(out);
        if (depth > deepest_tree) {
            report(cell_of(row, *code_),
                   {"nesting_too_deep", "", "level " + std::to_string(depth) + " of the tree",
                    "at most " + std::to_string(deepest_tree) + " levels",
                    "an index has a handful of levels; correct the parents"});
            tree_is_broken_ = true;
            return out;
        }
        const auto& children = tree.children[row];
        for (std::size_t k = 0; k < children.size(); ++k)
            out["children"].push_back(
                node(tree, children[k], place + "/children/" + std::to_string(k), depth + 1));
        return out;
    }

    /// A single name stands for both languages.
    static void collapse_name(Json& node) {
        const auto name = node.find("name");
        if (name == node.end() || name->contains("vi")) return;
        Json text = std::move((*name)["en"]);
        *name = std::move(text);
    }

    [[nodiscard]] Json value_of(const Column& column, std::string_view text, const Cell& cell) {
        const std::string_view name = column.name;
        if ((name == "rule" && is_in(text, list_rules)) ||
            (name == "aggregate" && is_in(text, list_aggregations))) {
            report(cell, {"rule_not_in_table", "", std::string(text),
                          "a method whose parameters fit into columns", write_document});
            return Json(Json::value_t::discarded);
        }
        if (column.type == CellType::flag) {
            if (text == "true" || text == "false") return text == "true";
            report(cell, {"unknown_word", "", "text " + in_quotes(text), "true or false",
                          "write true or false, or leave the cell empty"});
            return Json(Json::value_t::discarded);
        }
        if (column.type == CellType::text || (name == "zero_range" && text == "missing"))
            return std::string(text);
        if (const auto number = strict_number(text)) return *number;
        NumberDefect defect = number_defect(text);
        if (defect.code == "not_finite") defect.remedy = "leave the cell empty";
        report(cell, {defect.code, "", "text " + in_quotes(text), "a number", defect.remedy});
        return Json(Json::value_t::discarded);
    }

    // --- document -------------------------------------------------------------

    [[nodiscard]] ModelDefinition read_document() {
        ReadLog log;
        if (leading_lines_lost_)
            for (const char* lost : {"/defaults", "/defaults/aggregate"}) log.failed.insert(lost);
        ModelDefinition definition = read_definition(document_, log);
        std::vector<Problem> problems = std::move(log.problems);
        for (Problem& each : check_read_definition(definition, log.failed))
            if (!tree_is_broken_ ||
                (!depends_on_tree(each.code) && !each.place.starts_with("/factors/")))
                problems.push_back(std::move(each));
        if (problems.empty() && problems_.empty()) problems = check_one_of(definition);
        for (Problem& each : problems) {
            const bool in_tree = each.place.starts_with("/root");
            if (leading_lines_lost_ && !in_tree) continue;
            const Cell cell = in_tree ? cell_at(each.place) : leading_cell(each.place);
            report(cell, std::move(each));
        }
        return definition;
    }

    /// The problems that may only follow from a row in the wrong place.
    [[nodiscard]] static bool depends_on_tree(std::string_view code) {
        constexpr std::array<std::string_view, 16> codes{"score_missing",
                                                         "inner_member_on_leaf",
                                                         "leaf_member_on_inner_node",
                                                         "points_missing",
                                                         "points_not_summed",
                                                         "weight_under_sum",
                                                         "weights_do_not_add_up",
                                                         "weights_all_zero",
                                                         "points_do_not_add_up",
                                                         "no_scored_child",
                                                         "table_sizes",
                                                         "unknown_node",
                                                         "duplicate_code",
                                                         "invalid_code",
                                                         "role_of_root",
                                                         "missing_policy_of_inner_node"};
        return is_in(code, codes);
    }

    /// The cell of a pointer, or of what would hold it.
    [[nodiscard]] Cell cell_at(std::string place) const {
        while (true) {
            const auto found = cells_.find(place);
            if (found != cells_.end()) return found->second;
            place.resize(place.rfind('/'));
        }
    }

    [[nodiscard]] Cell leading_cell(const std::string& place) const {
        const std::size_t second = place.find('/', 1);
        const auto found = leading_line_.find(place.substr(0, second));
        return {found == leading_line_.end() ? 1 : found->second, 1, "#! " + place};
    }

    const CsvTable& table_;
    std::vector<Placed> problems_;
    Json document_ = Json::object();
    std::map<std::string, std::size_t> leading_line_;
    bool leading_lines_lost_ = false;
    std::vector<const Column*> used_;
    std::optional<std::size_t> code_;
    std::optional<std::size_t> parent_;
    std::unordered_map<std::string, Cell> cells_;
    bool tree_is_broken_ = false;
};

}  // namespace

ModelReading read_model_table(std::string_view csv, const std::string& file) {
    try {
        const CsvTable table = read_csv(csv, file);
        return TableReader(table).read();
    } catch (const DataError& error) {
        std::vector<Problem> problems = error.problems();
        for (Problem& each : problems)
            if (each.code == "not_nfc") each.remedy = "save the file in NFC";
        return {{}, std::move(problems)};
    }
}

}  // namespace detail

IndexModel parse_model_table(std::string_view csv, const std::string& file) {
    return detail::accepted(detail::read_model_table(csv, file),
                            "the index model in \"" + file + '"');
}

IndexModel load_model_table(const std::filesystem::path& path) {
    const std::string subject = "the index model in \"" + path.string() + '"';
    std::string text;
    try {
        text = detail::read_text_file(path);
    } catch (const DataError& error) {
        return detail::accepted({{}, error.problems()}, subject);
    }
    return detail::accepted(detail::read_model_table(text, path.filename().string()), subject);
}

}  // namespace thuocdo::io
