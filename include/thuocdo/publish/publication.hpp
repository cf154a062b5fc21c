#pragma once
/// @file
/// A frozen publication: everything that one audience is told about one period.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/publish/visibility_rules.hpp>
#include <thuocdo/time/date.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// A node of the index as it is published: its definition in words and numbers.
struct PublishedNode {
    std::string code{};
    Label name{};
    Label description{};
    /// Position of the parent in the list; -1 for the root.
    Index parent = -1;
    int depth = 0;
    bool leaf = false;
    /// `scored`, `bonus`, `penalty` or `monitored`.
    std::string role{};
    /// `input` to `impact`; empty where it is not stated.
    std::string kind{};
    /// Share of the total when nothing is missing.
    double effective_weight = missing_value;
    /// The score rule with its numbers, or the aggregation.
    std::string rule{};
    bool lower_is_better = false;
    /// Unit of measure of the values of a leaf.
    std::string unit{};
    /// Target on the day of the publication; NaN for rules without one.
    double target = missing_value;
    /// The most that most rules give: points or scale.
    double best = missing_value;
    std::string source{};
    std::string owner{};
    Visibility visibility = Visibility::open;
    /// Withheld for every unit.
    bool withheld = false;
    /// Decimals of printed results; nothing: all digits.
    std::optional<int> digits{};
};

/// A range of ranks, both ends included.
struct RankInterval {
    double low = missing_value;
    double high = missing_value;
};

/// The figures of one unit at one node. Where `withheld`, all numbers are NaN and texts empty.
struct PublishedFigure {
    bool withheld = false;
    /// NaN when missing.
    double result = missing_value;
    /// Part of the total that comes through the node; NaN where it is not published.
    double contribution = missing_value;
    /// Of leaves only, from here on: the value as the rule read it, and its parts.
    double value = missing_value;
    double numerator = missing_value;
    double denominator = missing_value;
    CellState state = CellState::observed;
    bool imputed = false;
    std::string source{};
    std::optional<Date> date{};
};

/// An overdue task with the person who answers for it.
struct PublishedTask {
    std::string code{};
    std::string title{};
    std::string document{};
    std::string person{};
    Label position{};
    Date deadline{};
    std::int64_t days_late = 0;
    bool carried_over = false;
};

/// Total and rank of a unit in an earlier period.
struct TrendPoint {
    std::string period{};
    double score = missing_value;
    double rank = missing_value;
};

/// Sentences about a unit that were made from the numbers.
struct Remarks {
    /// What holds it back, against peers and targets.
    std::vector<Label> held_back{};
    /// What moved its score and rank since the publication before.
    std::vector<Label> moved{};
    /// The points nearest to gain.
    std::vector<Label> nearest{};
};

/// One unit of the ranking.
struct PublishedUnit {
    std::string code{};
    Label name{};
    std::string level{};
    std::string kind{};
    std::string parent{};
    std::map<std::string, std::string> groups{};
    /// NaN when the unit has none, or where it is withheld.
    double rank = missing_value;
    double score = missing_value;
    std::optional<RankInterval> rank_interval{};
    std::map<std::string, double> ranks_within{};
    std::string band{};
    std::string band_reason{};
    double coverage = missing_value;
    std::vector<std::string> flags{};
    bool rank_withheld = false;
    bool band_withheld = false;
    /// One a node, in the order of `Publication::nodes`.
    std::vector<PublishedFigure> figures{};
    /// Codes of the units nearest in score, or of its group.
    std::vector<std::string> peers{};
    std::vector<TrendPoint> trend{};
    std::vector<PublishedTask> overdue{};
    /// Overdue secret tasks: counted, never listed.
    std::size_t secret_overdue = 0;
    Remarks remarks{};
};

/// How a unit stands against the publication before. The parts add up to the change of the
/// score exactly (as numeric::ExactSum adds).
struct PublishedChange {
    std::string code{};
    Label name{};
    /// `stayed`, `entered` or `left`.
    std::string status{};
    double score_before = missing_value;
    double score_after = missing_value;
    double rank_before = missing_value;
    double rank_after = missing_value;
    /// Parts of the change of the score and of the rank by name (`own_data`, `peers`, `units`,
    /// `definition`, `rounding`); empty where only published figures were compared.
    std::map<std::string, double> score_parts{};
    std::map<std::string, double> rank_parts{};
};

/// A band of the scale.
struct PublishedBand {
    std::string code{};
    Label name{};
    /// The interval in words.
    std::string range{};
};

/// A heading and its paragraphs.
struct MethodNote {
    Label heading{};
    std::vector<Label> paragraphs{};
};

/// What was withheld, and what the audit found.
struct DisclosureRecord {
    std::size_t withheld_units = 0;
    std::size_t withheld_figures = 0;
    bool audited = false;
    /// Width that every withheld result keeps, as a share of its scale.
    double safe_width = missing_value;
    /// Withheld figures that an outsider can narrow further than that.
    std::size_t unsafe_figures = 0;
    /// Why it was published all the same.
    std::string forced_reason{};
};

/// The publication. Numbers are as printed; withheld ones are not in it.
struct Publication {
    // Which
    std::string index{};
    std::string model_version{};
    Label title{};
    Label description{};
    std::string period{};
    Audience audience = Audience::open;
    /// 1 for the first of a period; a correction makes the next.
    int version = 1;
    /// Why there is a new version; empty for the first.
    std::string reason{};
    /// Digest of the manifest of the version that it replaces.
    std::string supersedes{};
    /// Given by the publisher: no clock is read.
    std::optional<Date> published_on{};
    /// The date at which targets were read.
    std::optional<Date> as_of{};
    /// Dates of the values, where they are known.
    std::optional<Date> data_from{};
    std::optional<Date> data_to{};
    /// `official`, `reference` or `draft`.
    std::string model_status{};
    std::string model_source{};

    // From what
    std::string library_version{};
    std::string model_digest{};
    std::string data_digest{};
    std::string results_digest{};

    // What
    std::vector<PublishedNode> nodes{};
    /// In the order of rank, equal ranks by code.
    std::vector<PublishedUnit> units{};
    std::vector<PublishedBand> bands{};
    /// Share of the draws that rank intervals hold; NaN without intervals.
    double interval_level = missing_value;
    Label interval_note{};

    // Against the publication before
    std::string previous_period{};
    std::vector<PublishedChange> changes{};
    /// Breaks in series, in words.
    std::vector<Label> breaks{};

    // How
    std::vector<MethodNote> method{};
    std::vector<std::string> notices{};
    DisclosureRecord disclosure{};
};

}  // namespace thuocdo::publish
