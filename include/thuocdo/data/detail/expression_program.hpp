#pragma once
/// @file
/// An expression as a list of steps over a stack of column buffers.

#include <thuocdo/model/expression.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::expression::detail {

/// What one step does to the stack.
enum class StepKind : std::uint8_t {
    push_number,
    push_column,    ///< values of a column of this period
    push_previous,  ///< values of a column of the period before
    apply,          ///< replaces the arguments of a term by its result
    merge_missing,  ///< fills what is missing below the top from the top
    begin_then,     ///< what follows counts where the top is true
    begin_else,     ///< what follows counts where the one below the top is false
    begin_or,       ///< what follows counts where the top is false
    begin_missing,  ///< what follows counts where the top is missing
    end_branch
};

struct Step {
    StepKind kind = StepKind::apply;
    std::size_t term = 0;
};

/// Steps of an expression and the depth of stack that they need.
struct Program {
    std::vector<Step> steps{};
    std::size_t stack_depth = 0;
    std::size_t branch_depth = 0;
};

/// Lists the steps of an expression. O(terms), without recursion.
class ProgramWriter {
  public:
    explicit ProgramWriter(const Expression& expression)
        : terms_(expression.terms),
          before_(terms_.size()),
          after_(terms_.size()),
          of_before_(terms_.size(), false) {}

    [[nodiscard]] Program run() {
        // Of the branches that begin at one term the outer one is opened first,
        // and the outer term comes later in the list.
        for (std::size_t k = terms_.size(); k-- > 0;) mark_branches(k);
        for (std::size_t k = 0; k < terms_.size(); ++k) {
            for (const Step& step : before_[k]) emit(step);
            write(k);
            for (const Step& step : after_[k]) emit(step);
        }
        return std::move(program_);
    }

  private:
    void branch(StepKind begin, std::size_t term, std::size_t argument) {
        before_[terms_[argument].first].push_back({begin, term});
        after_[argument].push_back({StepKind::end_branch, term});
    }

    void mark_branches(std::size_t k) {
        const Term& term = terms_[k];
        if (term.operation == Operation::logical_and) {
            branch(StepKind::begin_then, k, term.arguments[1]);
        } else if (term.operation == Operation::logical_or) {
            branch(StepKind::begin_or, k, term.arguments[1]);
        } else if (term.operation == Operation::call && term.function == Function::choose) {
            branch(StepKind::begin_then, k, term.arguments[1]);
            branch(StepKind::begin_else, k, term.arguments[2]);
        } else if (term.operation == Operation::call && term.function == Function::coalesce) {
            for (std::size_t a = 1; a < term.arguments.size(); ++a) {
                branch(StepKind::begin_missing, k, term.arguments[a]);
                after_[term.arguments[a]].push_back({StepKind::merge_missing, k});
            }
        } else if (term.operation == Operation::call && term.function == Function::previous) {
            of_before_[term.arguments.front()] = true;
        }
    }

    void write(std::size_t k) {
        const Term& term = terms_[k];
        if (term.operation == Operation::number) return emit({StepKind::push_number, k});
        if (term.operation == Operation::indicator) {
            if (of_before_[k]) return;
            return emit({StepKind::push_column, k});
        }
        if (term.operation == Operation::call) {
            if (term.function == Function::in_unit || term.function == Function::coalesce) return;
            if (term.function == Function::previous)
                return emit({StepKind::push_previous, term.arguments.front()});
            if (term.function == Function::growth)
                emit({StepKind::push_previous, term.arguments.front()});
        }
        emit({StepKind::apply, k});
    }

    void emit(const Step& step) {
        program_.steps.push_back(step);
        switch (step.kind) {
            case StepKind::push_number:
            case StepKind::push_column:
            case StepKind::push_previous:
                ++stack_;
                break;
            case StepKind::apply:
                stack_ -= operands(terms_[step.term]) - 1;
                break;
            case StepKind::merge_missing:
                --stack_;
                break;
            case StepKind::end_branch:
                --branches_;
                break;
            default:
                ++branches_;
                break;
        }
        program_.stack_depth = std::max(program_.stack_depth, stack_);
        program_.branch_depth = std::max(program_.branch_depth, branches_);
    }

  public:
    /// How many buffers a term takes from the stack.
    [[nodiscard]] static std::size_t operands(const Term& term) noexcept {
        const bool growth = term.operation == Operation::call && term.function == Function::growth;
        return growth ? 2 : term.arguments.size();
    }

  private:
    const std::vector<Term>& terms_;
    std::vector<std::vector<Step>> before_;
    std::vector<std::vector<Step>> after_;
    std::vector<bool> of_before_;
    Program program_;
    std::size_t stack_ = 0;
    std::size_t branches_ = 0;
};

}  // namespace thuocdo::expression::detail
