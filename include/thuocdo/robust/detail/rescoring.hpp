#pragma once
/// @file
/// Scores the data of a board again, under another model.

#include <thuocdo/data/detail/derivation.hpp>
#include <thuocdo/score.hpp>

namespace thuocdo::robust::detail {

/// The panel as it was given and every option of the scoring that changes results.
class Rescoring {
  public:
    explicit Rescoring(const Scoreboard& board)
        : panel_(board.panel().derived().empty()
                     ? board.panel()
                     : Panel(thuocdo::detail::without_derived(board.panel()))),
          options_(thuocdo::detail::score_options_of(board)) {}

    /// @throws as `score` does.
    [[nodiscard]] Scoreboard operator()(const IndexModel& model) const {
        return score(model, panel_, options_);
    }

  private:
    Panel panel_;
    ScoreOptions options_;
};

}  // namespace thuocdo::robust::detail
