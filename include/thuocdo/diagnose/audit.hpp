#pragma once
/// @file
/// What an auditor of indices looks for in a scoreboard, in one report.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/denominate_step.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/diagnose/correlation_findings.hpp>
#include <thuocdo/diagnose/cronbach_alpha.hpp>
#include <thuocdo/diagnose/importance.hpp>
#include <thuocdo/diagnose/indicator_statistics.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// What a finding is about.
enum class AuditKind {
    little_data,             ///< an indicator with few measured values
    unit_with_little_data,   ///< a unit with few measured values
    many_zeros,              ///< an indicator with few values other than zero
    heavy_tails,             ///< an indicator whose outliers were not treated
    constant,                ///< a leaf with one result for all units
    does_nothing,            ///< a leaf that the total does not follow at all
    redundant_pair,          ///< two children that say the same
    negative_pair,           ///< two children that cancel out
    negative_with_parent,    ///< a child against its parent
    weak_with_parent,        ///< a child that hardly moves its parent
    low_reliability,         ///< a node whose children do not hang together
    more_than_weight,        ///< a child that matters more than its weight says
    less_than_weight,        ///< a child that matters less than its weight says
    follows_denominator,     ///< an indicator that measures size
    inconsistent_judgements  ///< weights from judgements that contradict each other
};

/// Number of kinds of findings.
inline constexpr std::size_t audit_kinds = 15;

namespace detail {
inline constexpr std::array<const char*, audit_kinds> audit_names{"little_data",
                                                                  "unit_with_little_data",
                                                                  "many_zeros",
                                                                  "heavy_tails",
                                                                  "constant",
                                                                  "does_nothing",
                                                                  "redundant_pair",
                                                                  "negative_pair",
                                                                  "negative_with_parent",
                                                                  "weak_with_parent",
                                                                  "low_reliability",
                                                                  "more_than_weight",
                                                                  "less_than_weight",
                                                                  "follows_denominator",
                                                                  "inconsistent_judgements"};
}  // namespace detail

/// Stable name of a kind, e.g. `redundant_pair`.
[[nodiscard]] constexpr const char* audit_name(AuditKind kind) noexcept {
    return detail::audit_names[static_cast<std::size_t>(kind)];
}

/// When something becomes a finding; comparisons are strict.
struct AuditThresholds {
    /// Least share of units measured for an indicator, and of indicators for a unit.
    double availability = 0.65;
    IndicatorThresholds indicator{};
    CorrelationThresholds correlation{};
    /// Least Cronbach's alpha of the children of a node.
    double alpha = 0.7;
    /// A child matters this many times more, or less, than its weight says.
    double weight_ratio = 2.0;
    /// Least absolute correlation of a leaf with the total.
    double silent = 0.1;
    /// Correlations over fewer units than this are no findings.
    Index fewest_units = 10;
};

/// Something that deserves a look.
struct AuditFinding {
    AuditKind kind = AuditKind::little_data;
    /// Code of the node, or of the unit.
    std::string code{};
    /// Code of the other node or the denominator; empty for none.
    std::string other{};
    /// The figure, and the limit that it passes.
    double figure = missing_value;
    double limit = missing_value;
    Label text{};

    friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};

/// One leaf under audit. Statistics are over the units that are evaluated.
struct AuditedLeaf {
    std::string code{};
    std::string indicator{};
    /// Of the values as measured, before the preparation.
    IndicatorStatistics measured{};
    /// Of the values that the leaf read.
    IndicatorStatistics prepared{};
    /// Share of the total when nothing is missing.
    double effective_weight = missing_value;
    double correlation_with_parent = missing_value;
    double correlation_with_total = missing_value;
};

/// One child of a node: weight against importance. Shares are inside the node.
struct AuditedChild {
    std::string node{};
    std::string child{};
    double weight = missing_value;
    double variance_share = missing_value;
    double relative_importance = missing_value;
    double correlation = missing_value;
};

/// One inner node.
struct AuditedNode {
    std::string code{};
    Index children = 0;
    /// Cronbach's alpha of its scored children.
    double alpha = missing_value;
};

/// What an audit found, with the tables behind it.
struct AuditReport {
    Index units = 0;
    std::vector<AuditFinding> findings{};
    /// As the model lists them.
    std::vector<AuditedLeaf> leaves{};
    std::vector<AuditedNode> nodes{};
    std::vector<AuditedChild> children{};

    /// Findings, leaves and weights against importance, as tables.
    friend std::ostream& operator<<(std::ostream& out, const AuditReport& report);
};

namespace detail {

/// Texts of the kinds: `{code}`, `{other}`, `{figure}` and `{limit}` are filled in.
inline constexpr std::array<std::pair<const char*, const char*>, audit_kinds> audit_texts{{
    {"{code}: {figure} of the units have a measured value, below {limit}",
     "{code}: chỉ {figure} số đơn vị có số liệu đo được, dưới mức {limit}"},
    {"unit {code}: {figure} of its indicators were measured, below {limit}",
     "đơn vị {code}: chỉ {figure} số chỉ tiêu có số liệu đo được, dưới mức {limit}"},
    {"{code}: {figure} of the measured values differ from zero, below {limit}",
     "{code}: chỉ {figure} số giá trị đo được khác 0, dưới mức {limit}"},
    {"{code}: skewness {figure} beyond {limit} together with heavy tails; treat outliers",
     "{code}: độ lệch {figure} vượt {limit} kèm đuôi nặng; cần xử lý giá trị ngoại lai"},
    {"{code} has one result for all units: it cannot tell them apart",
     "{code} cho mọi đơn vị cùng một kết quả: không phân biệt được đơn vị nào"},
    {"{code} does nothing: its correlation with the total is {figure}, within {limit} of zero",
     "{code} không có tác dụng: tương quan với tổng điểm là {figure}, chưa vượt {limit}"},
    {"{code} and {other} say the same: correlation {figure} above {limit}",
     "{code} và {other} trùng lặp: tương quan {figure} vượt {limit}"},
    {"{code} and {other} cancel out: correlation {figure}",
     "{code} và {other} triệt tiêu nhau: tương quan {figure}"},
    {"{other} falls where {code} improves: correlation {figure}",
     "{other} giảm khi {code} tốt lên: tương quan {figure}"},
    {"{code} hardly moves {other}: correlation {figure} below {limit}",
     "{code} hầu như không tác động đến {other}: tương quan {figure} dưới {limit}"},
    {"the parts of {code} do not hang together: Cronbach's alpha {figure} below {limit}",
     "các thành phần của {code} thiếu nhất quán: hệ số Cronbach alpha {figure} dưới {limit}"},
    {"{code} matters {figure} times as much in {other} as its weight says",
     "{code} có tầm quan trọng trong {other} gấp {figure} lần trọng số"},
    {"{code} matters only {figure} times as much in {other} as its weight says",
     "{code} chỉ có tầm quan trọng trong {other} bằng {figure} lần trọng số"},
    {"{code} follows its denominator {other}: correlation {figure} beyond {limit}; it may measure "
     "size",
     "{code} đi theo mẫu số {other}: tương quan {figure} vượt {limit}; có thể đang đo quy mô"},
    {"the judgements behind the weights of {code} contradict each other: consistency ratio "
     "{figure} above {limit}",
     "các so sánh làm trọng số của {code} mâu thuẫn nhau: tỷ số nhất quán {figure} vượt {limit}"},
}};

[[nodiscard]] inline std::string filled(std::string text, const AuditFinding& finding) {
    constexpr int digits = 2;
    const auto put = [&](const char* name, const std::string& value) {
        const std::size_t at = text.find(name);
        if (at != std::string::npos) text.replace(at, std::string(name).size(), value);
    };
    put("{code}", finding.code);
    put("{other}", finding.other);
    put("{figure}", std::isnan(finding.figure) ? "-" : numeric::fixed(finding.figure, digits));
    put("{limit}", std::isnan(finding.limit) ? "-" : numeric::fixed(finding.limit, digits));
    return text;
}

/// Walks through a scoreboard and collects findings.
class Auditor {
  public:
    Auditor(const Scoreboard& board, const AuditThresholds& thresholds)
        : board_(board),
          thresholds_(thresholds),
          rows_(thuocdo::detail::evaluated_by_code(board.data())) {}

    [[nodiscard]] AuditReport run() {
        report_.units = static_cast<Index>(rows_.size());
        total_ = results_of(0);
        look_at_leaves();
        look_at_units();
        for (const Index node : board_.model().document_order())
            if (!board_.model().node(node).is_leaf()) look_at_node(node);
        look_at_denominators();
        return std::move(report_);
    }

  private:
    void add(AuditKind kind, std::string code, std::string other, double figure, double limit) {
        AuditFinding finding{kind, std::move(code), std::move(other), figure, limit, {}};
        const auto& [english, vietnamese] = audit_texts[static_cast<std::size_t>(kind)];
        finding.text = {filled(english, finding), filled(vietnamese, finding)};
        report_.findings.push_back(std::move(finding));
    }

    [[nodiscard]] const std::string& code(Index node) const {
        return board_.model().node(node).code;
    }

    /// In the order of codes, so that nothing depends on the order of units.
    [[nodiscard]] Eigen::VectorXd results_of(Index node) const {
        Eigen::VectorXd out(static_cast<Index>(rows_.size()));
        for (std::size_t k = 0; k < rows_.size(); ++k)
            out[static_cast<Index>(k)] = board_.result(rows_[k], node);
        return out;
    }

    [[nodiscard]] Eigen::VectorXd values_of(const Panel& panel, Index column) const {
        Eigen::VectorXd out(static_cast<Index>(rows_.size()));
        for (std::size_t k = 0; k < rows_.size(); ++k)
            out[static_cast<Index>(k)] = panel.value(rows_[k], column);
        return out;
    }

    void look_at_leaves() {
        const AuditThresholds& limits = thresholds_;
        for (const Index node : board_.model().leaves()) {
            const thuocdo::detail::LeafProgram& program =
                *thuocdo::detail::leaf_program(board_.data(), node);
            const Panel& prepared = board_.prepared_panel();
            Eigen::VectorXd measured = values_of(prepared, program.column);
            if (const auto given = board_.panel().find(board_.model().node(node).indicator))
                measured = values_of(board_.panel(), *given);
            const Eigen::VectorXd read = values_of(prepared, program.column);
            AuditedLeaf leaf;
            leaf.code = code(node);
            leaf.indicator = board_.model().node(node).indicator;
            leaf.measured = statistics_of(measured, limits.indicator);
            leaf.prepared = statistics_of(read, limits.indicator);
            leaf.effective_weight = board_.effective_weight(node);
            const Eigen::VectorXd results = results_of(node);
            leaf.correlation_with_total = numeric::pearson(results, total_);
            if (const Index parent = board_.model().node(node).parent; parent >= 0)
                leaf.correlation_with_parent = numeric::pearson(results, results_of(parent));
            judge(node, leaf, results);
            report_.leaves.push_back(std::move(leaf));
        }
    }

    void judge(Index node, const AuditedLeaf& leaf, const Eigen::VectorXd& results) {
        const auto units = static_cast<double>(report_.units);
        if (report_.units == 0) return;
        const double available = static_cast<double>(leaf.measured.observed) / units;
        if (available < thresholds_.availability)
            add(AuditKind::little_data, leaf.code, "", available, thresholds_.availability);
        if (leaf.measured.many_zeros)
            add(AuditKind::many_zeros, leaf.code, "",
                1.0 - static_cast<double>(leaf.measured.zeros) /
                          static_cast<double>(leaf.measured.observed),
                thresholds_.indicator.nonzero_share);
        if (leaf.prepared.heavy_tails)
            add(AuditKind::heavy_tails, leaf.code, "", leaf.prepared.skewness,
                thresholds_.indicator.absolute_skewness);
        const numeric::ColumnStatistics spread = numeric::column_statistics(results);
        if (spread.observed > 1 && spread.minimum == spread.maximum) {
            add(AuditKind::constant, leaf.code, "", spread.minimum, missing_value);
            return;
        }
        if (!board_.model().node(node).counts || spread.observed < thresholds_.fewest_units) return;
        if (std::abs(leaf.correlation_with_total) < thresholds_.silent)
            add(AuditKind::does_nothing, leaf.code, "", leaf.correlation_with_total,
                thresholds_.silent);
    }

    void look_at_units() {
        for (const Index unit : rows_)
            if (board_.coverage()[unit] < thresholds_.availability)
                add(AuditKind::unit_with_little_data, board_.units().code(unit), "",
                    board_.coverage()[unit], thresholds_.availability);
    }

    void look_at_node(Index index) {
        const Node& node = board_.model().node(index);
        if (const WeightingReport* report = board_.weighting_report(node.code)) {
            constexpr double acceptable = 0.1;
            for (const auto& [name, value] : report->figures)
                if (name == "consistency_ratio" && value > acceptable)
                    add(AuditKind::inconsistent_judgements, node.code, "", value, acceptable);
        }
        std::vector<Index> children;
        std::vector<double> weights;
        for (Index c = 0; c < node.child_count; ++c) {
            if (board_.model().node(node.first_child + c).role != Role::scored) continue;
            children.push_back(node.first_child + c);
            weights.push_back(board_.weights(index)[static_cast<std::size_t>(c)]);
        }
        const auto count = static_cast<Index>(children.size());
        Eigen::MatrixXd x(static_cast<Index>(rows_.size()), count);
        for (Index j = 0; j < count; ++j)
            x.col(j) = results_of(children[static_cast<std::size_t>(j)]);
        const Eigen::VectorXd parent = results_of(index);
        AuditedNode audited{node.code, count, cronbach_alpha(x).alpha};
        if (audited.alpha < thresholds_.alpha && report_.units >= thresholds_.fewest_units)
            add(AuditKind::low_reliability, node.code, "", audited.alpha, thresholds_.alpha);
        report_.nodes.push_back(std::move(audited));
        if (count > 1) look_at_correlations(index, children, x, parent);
        look_at_importance(index, children, weights, x, parent);
    }

    void look_at_correlations(Index index, const std::vector<Index>& children,
                              const Eigen::MatrixXd& x, const Eigen::VectorXd& parent) {
        for (const CorrelationFinding& each :
             correlation_findings(x, parent, thresholds_.correlation)) {
            if (each.pairs < thresholds_.fewest_units) continue;
            const std::string& first = code(children[static_cast<std::size_t>(each.first)]);
            const std::string& second = each.second < 0
                                            ? code(index)
                                            : code(children[static_cast<std::size_t>(each.second)]);
            const AuditKind kind =
                each.kind == CorrelationKind::redundant_pair  ? AuditKind::redundant_pair
                : each.kind == CorrelationKind::negative_pair ? AuditKind::negative_pair
                : each.kind == CorrelationKind::negative_with_parent
                    ? AuditKind::negative_with_parent
                    : AuditKind::weak_with_parent;
            const double limit =
                kind == AuditKind::redundant_pair     ? thresholds_.correlation.redundant
                : kind == AuditKind::weak_with_parent ? thresholds_.correlation.weak
                                                      : 0.0;
            add(kind, first, second, each.coefficient, limit);
        }
    }

    void look_at_importance(Index index, const std::vector<Index>& children,
                            const std::vector<double>& weights, const Eigen::MatrixXd& x,
                            const Eigen::VectorXd& parent) {
        double total = 0.0;
        for (const double weight : weights) total += weight;
        if (!(total > 0.0)) return;
        const Importance found = importance(x, weights, parent);
        for (std::size_t j = 0; j < children.size(); ++j) {
            const auto at = static_cast<Index>(j);
            AuditedChild child{code(index),
                               code(children[j]),
                               found.intended_weight[at],
                               found.variance_share[at],
                               found.relative_importance[at],
                               numeric::pearson(x.col(at), parent)};
            const double ratio = child.relative_importance / child.weight;
            if (children.size() > 1 && found.rows >= thresholds_.fewest_units &&
                child.weight > 0.0) {
                if (ratio > thresholds_.weight_ratio)
                    add(AuditKind::more_than_weight, child.child, child.node, ratio,
                        thresholds_.weight_ratio);
                if (ratio < 1.0 / thresholds_.weight_ratio)
                    add(AuditKind::less_than_weight, child.child, child.node, ratio,
                        1.0 / thresholds_.weight_ratio);
            }
            report_.children.push_back(std::move(child));
        }
    }

    void look_at_denominators() {
        const Panel& prepared = board_.prepared_panel();
        for (const PreparationStep& each : board_.model().definition().preparation) {
            const auto* denominate = std::get_if<step::Denominate>(&each);
            if (!denominate) continue;
            // It copies the panel, so once for all denominators of the step.
            const thuocdo::detail::StepWork work(board_.model(), board_.panel(), {}, {});
            for (const step::Denominator& one : denominate->denominators) {
                const auto sizes = thuocdo::detail::denominators_of(work, one.by);
                if (!sizes) continue;
                Eigen::VectorXd size(static_cast<Index>(rows_.size()));
                for (std::size_t k = 0; k < rows_.size(); ++k)
                    size[static_cast<Index>(k)] = (*sizes)[rows_[k]];
                for (const std::string& indicator : one.indicators) {
                    const auto column = prepared.find(indicator);
                    if (!column) continue;
                    const Eigen::VectorXd values = values_of(prepared, *column);
                    const auto found =
                        correlation_with_denominators(values, size, thresholds_.correlation);
                    for (const CorrelationFinding& finding : found.findings)
                        if (finding.pairs >= thresholds_.fewest_units)
                            add(AuditKind::follows_denominator, indicator, one.by,
                                finding.coefficient, thresholds_.correlation.denominator);
                }
            }
        }
    }

    const Scoreboard& board_;
    const AuditThresholds& thresholds_;
    std::vector<Index> rows_;
    Eigen::VectorXd total_;
    AuditReport report_;
};

}  // namespace detail

/// Looks through a scoreboard as an auditor of indices does: missing data, zeros and tails of
/// every indicator, redundant, negative and weak correlations inside every node, reliability
/// (Cronbach's alpha), weights against what really moves the node, leaves that do nothing,
/// indicators that still follow their denominator, judgements that contradict each other.
/// Statistics are over the units that are evaluated, in the order of their codes.
/// Complexity: for each node that of the correlation matrix of its children.
/// Source: OECD/JRC handbook (2008), steps 3 to 8; M. Saisana, B. D'Hombres, A. Saltelli (2011),
/// Research Policy 40, 165-177, for what an audit looks at.
[[nodiscard]] inline AuditReport audit(const Scoreboard& board,
                                       const AuditThresholds& thresholds = {}) {
    return detail::Auditor(board, thresholds).run();
}

inline std::ostream& operator<<(std::ostream& out, const AuditReport& report) {
    using Align = thuocdo::detail::TextTable::Align;
    constexpr int digits = 3;
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-") : numeric::fixed(value, digits);
    };
    out << report.findings.size() << (report.findings.size() == 1 ? " finding" : " findings")
        << " over " << report.units << " units\n";
    for (const AuditFinding& each : report.findings) out << "  " << each.text.in(false) << '\n';
    thuocdo::detail::TextTable leaves({{"leaf", Align::left},
                                       {"measured", Align::right},
                                       {"missing", Align::right},
                                       {"zeros", Align::right},
                                       {"skewness", Align::right},
                                       {"kurtosis", Align::right},
                                       {"share", Align::right},
                                       {"r parent", Align::right},
                                       {"r total", Align::right}});
    for (const AuditedLeaf& each : report.leaves)
        leaves.add({each.code, std::to_string(each.measured.observed),
                    std::to_string(each.measured.missing), std::to_string(each.measured.zeros),
                    number(each.prepared.skewness), number(each.prepared.excess_kurtosis),
                    number(each.effective_weight), number(each.correlation_with_parent),
                    number(each.correlation_with_total)});
    out << leaves;
    thuocdo::detail::TextTable children({{"node", Align::left},
                                         {"child", Align::left},
                                         {"weight", Align::right},
                                         {"importance", Align::right},
                                         {"variance share", Align::right},
                                         {"r", Align::right}});
    for (const AuditedChild& each : report.children)
        children.add({each.node, each.child, number(each.weight), number(each.relative_importance),
                      number(each.variance_share), number(each.correlation)});
    return out << children;
}

}  // namespace thuocdo::diagnose
