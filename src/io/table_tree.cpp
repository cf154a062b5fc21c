#include "io/table_tree.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

class TreeBuilder {
  public:
    explicit TreeBuilder(const std::vector<TreeRow>& rows) : rows_(rows), parents_(rows.size()) {}

    [[nodiscard]] TableTree build() {
        find_codes();
        find_parents();
        break_cycles();
        choose_root();
        tree_.children.resize(rows_.size());
        for (std::size_t row = 0; row < rows_.size(); ++row)
            if (row != tree_.root)
                tree_.children[parents_[row].value_or(tree_.root)].push_back(row);
        return std::move(tree_);
    }

  private:
    void find_codes() {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const std::string_view code = rows_[row].code;
            if (code.empty()) {
                tree_.problems.push_back({row, false, "empty_code", "no code",
                                          "a code in every row",
                                          "give the node a code, or delete the row"});
                continue;
            }
            const auto [first, inserted] = by_code_.emplace(code, row);
            if (!inserted)
                tree_.problems.push_back(
                    {row, false, "duplicate_code", in_quotes(code) + " again",
                     "a code that no other row has",
                     "it is also in line " + std::to_string(rows_[first->second].line)});
        }
    }

    void find_parents() {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const std::string_view parent = rows_[row].parent;
            if (parent.empty()) {
                roots_.push_back(row);
                continue;
            }
            const auto found = by_code_.find(parent);
            if (found != by_code_.end()) {
                parents_[row] = found->second;
                continue;
            }
            astray_.push_back(row);
            tree_.problems.push_back(
                {row, true, "unknown_parent", in_quotes(parent), "the code of another row",
                 suggestion(parent, all_codes(), "add a row with this code, or correct it")});
        }
    }

    [[nodiscard]] const std::vector<std::string>& all_codes() {
        if (codes_.empty())
            for (const TreeRow& each : rows_) codes_.emplace_back(each.code);
        return codes_;
    }

    /// Follows the parents from each row. A row met again on the same way closes
    /// a cycle, which is cut at its first row.
    void break_cycles() {
        constexpr std::size_t never = 0;
        std::vector<std::size_t> met_on(rows_.size(), never);
        for (std::size_t start = 0; start < rows_.size(); ++start) {
            std::optional<std::size_t> row = start;
            while (row && met_on[*row] == never) {
                met_on[*row] = start + 1;
                row = parents_[*row];
            }
            if (row && met_on[*row] == start + 1) report_cycle(*row);
        }
    }

    void report_cycle(std::size_t member) {
        std::vector<std::size_t> cycle{member};
        for (std::size_t row = *parents_[member]; row != member; row = *parents_[row])
            cycle.push_back(row);
        std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
        std::string way;
        for (const std::size_t row : cycle) way += in_quotes(rows_[row].code) + " under ";
        way += in_quotes(rows_[cycle.front()].code);
        tree_.problems.push_back({cycle.front(), true, "cycle", "the cycle " + way,
                                  "parents that lead to the root",
                                  "give one of these rows a parent outside the cycle"});
        parents_[cycle.front()].reset();
        astray_.push_back(cycle.front());
    }

    void choose_root() {
        if (roots_.empty()) {
            // Every way up ends at a row whose parent was reported above.
            tree_.root = *std::min_element(astray_.begin(), astray_.end());
            tree_.problems.push_back({tree_.root, true, "no_root", "no row without a parent",
                                      "one root, the row whose parent is empty",
                                      "leave the parent of the root empty"});
            return;
        }
        tree_.root = roots_.front();
        for (std::size_t k = 1; k < roots_.size(); ++k)
            tree_.problems.push_back(
                {roots_[k], true, "two_roots", "another row without a parent", "one root",
                 "give it a parent; " + in_quotes(rows_[tree_.root].code) + " in line " +
                     std::to_string(rows_[tree_.root].line) + " is the root"});
    }

    const std::vector<TreeRow>& rows_;
    std::vector<std::optional<std::size_t>> parents_;
    std::unordered_map<std::string_view, std::size_t> by_code_;
    std::vector<std::string> codes_;
    std::vector<std::size_t> roots_;
    std::vector<std::size_t> astray_;
    TableTree tree_;
};

}  // namespace

TableTree build_tree(const std::vector<TreeRow>& rows) { return TreeBuilder(rows).build(); }

}  // namespace thuocdo::io::detail
