#pragma once
/// @file
/// The method of an index in words, made from its model.

#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/detail/method_words.hpp>
#include <thuocdo/publish/publication.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::publish::detail {

/// A number in each language: the decimal mark differs.
[[nodiscard]] inline Label number_text(double value) {
    Label text{numeric::shortest(value), {}};
    text.vi = text.en;
    std::replace(text.vi.begin(), text.vi.end(), '.', ',');
    return text;
}

/// Replaces `{}` in both texts by the arguments, in their order.
template <class... Arguments>
[[nodiscard]] Label filled(const TwoTexts& pattern, const Arguments&... arguments) {
    const auto fill = [](std::string text, const std::vector<std::string>& values) {
        std::size_t from = 0;
        for (const std::string& value : values) {
            const std::size_t at = text.find("{}", from);
            if (at == std::string::npos) break;
            text.replace(at, 2, value);
            from = at + value.size();
        }
        return text;
    };
    return {fill(pattern.en, {Label(arguments).en...}), fill(pattern.vi, {Label(arguments).vi...})};
}

[[nodiscard]] inline Label same(const std::string& text) { return {text, text}; }
[[nodiscard]] inline Label counted(std::size_t count) { return same(std::to_string(count)); }

/// Texts with something between them.
[[nodiscard]] inline Label joined(const std::vector<Label>& texts, const char* between = "; ") {
    Label out;
    for (std::size_t k = 0; k < texts.size(); ++k) {
        out.en += (k == 0 ? "" : between) + texts[k].in(false);
        out.vi += (k == 0 ? "" : between) + texts[k].in(true);
    }
    return out;
}

/// The name of a node with its code.
[[nodiscard]] inline Label node_label(const Node& node) {
    if (node.name.empty()) return same(node.code);
    return {node.name.in(false) + " (" + node.code + ')',
            node.name.in(true) + " (" + node.code + ')'};
}

/// The interval of a band.
[[nodiscard]] inline std::string band_interval(const BandScale& scale, std::size_t band) {
    const Band& each = scale.bands[band];
    const auto upper = each.to || band == 0 ? each.to : scale.bands[band - 1].from;
    std::string text = each.from ? numeric::shortest(*each.from) + " <= x" : std::string("x");
    // The upper end of the best band is part of it.
    if (upper) text += (band == 0 ? " <= " : " < ") + numeric::shortest(*upper);
    return text == "x" ? "all x" : text;
}

/// Writes the sections of a method note.
class MethodWriter {
  public:
    explicit MethodWriter(const AudienceView& view) : view_(view), model_(view.board().model()) {}

    [[nodiscard]] std::vector<MethodNote> write(const Publication& publication) {
        subject(publication);
        levels();
        normalisation();
        preparation();
        weights();
        aggregation();
        missing();
        rounding();
        ranking();
        bands();
        robustness(publication);
        withheld(publication);
        verification(publication);
        return std::move(notes_);
    }

  private:
    void begin(const TwoTexts& heading) { notes_.push_back({heading.label(), {}}); }
    template <class... Arguments>
    void add(const TwoTexts& pattern, const Arguments&... arguments) {
        notes_.back().paragraphs.push_back(filled(pattern, arguments...));
    }

    void subject(const Publication& publication) {
        begin({"What is measured", "Nội dung đo lường"});
        const ModelDefinition& definition = model_.definition();
        const Label title = publication.title.empty() ? same(model_.id()) : publication.title;
        add({"{}, version {} of the model, period {}.", "{}, phiên bản {} của mô hình, kỳ {}."},
            Label{title.in(false), title.in(true)}, same(model_.version()),
            same(publication.period.empty() ? "-" : publication.period));
        if (!definition.description.empty())
            add({"{}", "{}"},
                Label{definition.description.in(false), definition.description.in(true)});
        constexpr std::array<TwoTexts, 3> status_words{
            {{"The model is the official one.", "Mô hình chính thức."},
             {"The model follows a published index and is a reference.",
              "Mô hình dựng theo một chỉ số đã công bố, dùng để tham khảo."},
             {"The model is a draft.", "Mô hình dự thảo."}}};
        add(status_words[static_cast<std::size_t>(definition.status)]);
        if (!definition.source.empty())
            add({"Source of the definition: {}.", "Nguồn định nghĩa: {}."},
                same(definition.source));
        if (publication.as_of)
            add({"Targets are read on {}.", "Mục tiêu lấy tại ngày {}."},
                same(to_iso(*publication.as_of)));
        if (!definition.cohort.level.empty())
            add({"Units of the level \"{}\" are compared.", "So sánh các đơn vị cấp \"{}\"."},
                same(definition.cohort.level));
    }

    void levels() {
        begin({"Levels", "Cấu trúc"});
        std::map<int, std::size_t> by_depth;
        for (const Node& node : model_.nodes()) ++by_depth[node.depth];
        std::vector<Label> counts;
        for (const auto& [depth, count] : by_depth)
            if (depth > 0) counts.push_back(counted(count));
        add({"{} indicators in a tree; nodes by level below the total: {}.",
             "{} chỉ tiêu trong một cây; số nút theo từng cấp dưới tổng: {}."},
            counted(model_.leaves().size()), joined(counts, ", "));
        std::vector<Label> parts;
        for (Index child = 1; child <= model_.root().child_count; ++child) {
            const double share = view_.board().effective_weight(child);
            const Label share_text = number_text(numeric::round_decimal(share * 100.0, 2));
            const Label name = node_label(model_.node(child));
            parts.push_back(
                {name.en + ' ' + share_text.en + '%', name.vi + ' ' + share_text.vi + '%'});
        }
        if (!parts.empty())
            add({"Components and their share of the total: {}.",
                 "Các thành phần và tỷ trọng trong tổng: {}."},
                joined(parts));
    }

    void normalisation() {
        begin({"From values to scores", "Quy đổi giá trị thành điểm"});
        std::map<std::size_t, std::size_t> used;
        for (const Index leaf : model_.leaves()) ++used[model_.node(leaf).score.index()];
        for (const auto& [rule, count] : used) {
            const TwoTexts& words = rule_words[rule];
            add({"{} indicators: {}.", "{} chỉ tiêu: {}."}, counted(count), words.label());
        }
        add(
            {"The formula of each indicator with its numbers stands in the list of definitions; x "
             "is the value.",
             "Công thức từng chỉ tiêu với các tham số nằm trong bảng định nghĩa; x là giá trị."});
        if (model_.is_peer_relative())
            add({"Some results depend on the other units: a change of one unit can move others.",
                 "Một số kết quả phụ thuộc các đơn vị khác: thay đổi của một đơn vị có thể làm "
                 "thay đổi đơn vị khác."});
    }

    void preparation() {
        const auto& steps = model_.definition().preparation;
        if (steps.empty()) return;
        begin({"Preparation of the data", "Xử lý dữ liệu"});
        constexpr std::array<TwoTexts, std::variant_size_v<PreparationStep>> words{
            {{"Values are divided by a size of the unit.", "Giá trị được chia cho quy mô đơn vị."},
             {"Units with too few values are looked for.", "Rà soát các đơn vị có quá ít số liệu."},
             {"Values that were not reported are filled and marked.",
              "Giá trị không được báo cáo được ước lượng và đánh dấu."},
             {"Extreme values are moved to the nearest ordinary ones.",
              "Giá trị quá lớn hoặc quá nhỏ được đưa về giá trị thông thường gần nhất."}}};
        for (const PreparationStep& step : steps) add(words[step.index()]);
    }

    void weights() {
        begin({"Weights", "Trọng số"});
        std::vector<Label> schemes;
        for (const Node& node : model_.nodes())
            if (node.weights) {
                const Label name = node_label(node);
                const std::string scheme = thuocdo::detail::weighting_name(*node.weights);
                schemes.push_back({name.en + ": " + scheme, name.vi + ": " + scheme});
            }
        add(
            {"Weights are written in the model; the effective weight of a node is the product of "
             "the shares up to the total.",
             "Trọng số ghi trong mô hình; trọng số hiệu dụng của một nút là tích các tỷ trọng lên "
             "đến tổng."});
        if (!schemes.empty())
            add({"Weights that a method gives: {}.", "Trọng số tính theo phương pháp: {}."},
                joined(schemes));
    }

    void aggregation() {
        begin({"Aggregation", "Tổng hợp"});
        std::map<std::size_t, std::vector<Label>> used;
        for (const Node& node : model_.nodes())
            if (!node.is_leaf()) used[node.aggregate.index()].push_back(node_label(node));
        for (const auto& [method, nodes] : used)
            add({"By {}: {}.", "Theo {}: {}."}, aggregation_words[method].label(), joined(nodes));
        std::map<Role, std::vector<Label>> roles;
        for (const Node& node : model_.nodes())
            if (node.role != Role::scored) roles[node.role].push_back(node_label(node));
        const auto list = [&](Role role, const TwoTexts& words) {
            const auto found = roles.find(role);
            if (found != roles.end()) add(words, joined(found->second));
        };
        list(Role::bonus, {"Added after aggregation: {}.", "Cộng thêm sau tổng hợp: {}."});
        list(Role::penalty, {"Taken off after aggregation: {}.", "Trừ đi sau tổng hợp: {}."});
        list(Role::monitored, {"Shown and not counted: {}.", "Theo dõi, không tính vào tổng: {}."});
    }

    void missing() {
        begin({"Missing values", "Thiếu số liệu"});
        add({"A missing value is never taken as zero unless the model says so.",
             "Thiếu số liệu không bao giờ được coi là 0, trừ khi mô hình quy định."});
        for (std::size_t kind = 0; kind < missing_kinds; ++kind) {
            std::map<MissingPolicy, std::size_t> used;
            for (const Index leaf : model_.leaves())
                ++used[model_.node(leaf).missing.policies[kind]];
            for (const auto& [policy, count] : used)
                add({"A value {} ({} indicators) {}.", "Giá trị {} ({} chỉ tiêu) {}."},
                    missing_kind_words[kind].label(), counted(count),
                    missing_words[static_cast<std::size_t>(policy)].label());
        }
        for (const Node& node : model_.nodes())
            if (node.minimum_coverage)
                add({"{} needs {} of what is below it.",
                     "{} cần có {} của các thành phần bên dưới."},
                    node_label(node), number_text(node.minimum_coverage->share));
    }

    void rounding() {
        begin({"Rounding", "Làm tròn"});
        std::map<std::pair<int, RoundingPlace>, std::size_t> used;
        for (const Node& node : model_.nodes())
            if (node.rounding) ++used[{node.rounding->digits, node.rounding->at}];
        constexpr std::array<TwoTexts, 3> places{
            {{"{} nodes round their result to {} decimals before it is used further.",
              "{} nút làm tròn kết quả đến {} chữ số thập phân trước khi tính tiếp."},
             {"{} indicators round the value to {} decimals before it is scored.",
              "{} chỉ tiêu làm tròn giá trị đến {} chữ số thập phân trước khi quy đổi."},
             {"{} nodes are printed with {} decimals.",
              "{} nút được in với {} chữ số thập phân."}}};
        for (const auto& [what, count] : used)
            add(places[static_cast<std::size_t>(what.second)], counted(count),
                same(std::to_string(what.first)));
        if (used.empty()) add({"The model rounds nothing.", "Mô hình không làm tròn."});
    }

    void ranking() {
        begin({"Ranks and ties", "Xếp hạng và đồng hạng"});
        const RankingRule& rule = model_.definition().ranking;
        if (rule.on == Basis::rounded)
            add({"Units are ranked on the rounded total; {}.",
                 "Xếp hạng theo tổng điểm đã làm tròn; {}."},
                tie_words[static_cast<std::size_t>(rule.ties)].label());
        else
            add({"Units are ranked on the total before rounding; {}.",
                 "Xếp hạng theo tổng điểm trước làm tròn; {}."},
                tie_words[static_cast<std::size_t>(rule.ties)].label());
        std::vector<Label> breakers;
        for (const TieBreakerRule& each : rule.tie_breakers)
            breakers.push_back(node_label(model_.node(model_.index_of(each.node))));
        if (!breakers.empty())
            add({"Between equal totals decide, in this order: {}.",
                 "Khi bằng điểm, xét lần lượt: {}."},
                joined(breakers));
        std::vector<Label> groups;
        for (const std::string& each : rule.within) groups.push_back(same(each));
        if (!groups.empty())
            add({"Ranks are also given inside: {}.", "Xếp hạng riêng trong từng: {}."},
                joined(groups, ", "));
    }

    void bands() {
        const auto& scale = model_.definition().bands;
        if (!scale) return;
        begin({"Bands", "Xếp loại"});
        for (std::size_t k = 0; k < scale->bands.size(); ++k) {
            const Band& band = scale->bands[k];
            std::vector<Label> gates;
            for (const Gate& gate : band.gates) gates.push_back(same(gate.describe()));
            const Label name = band.name.empty() ? same(band.code)
                                                 : Label{band.name.in(false), band.name.in(true)};
            if (gates.empty())
                add({"{}: {}.", "{}: {}."}, name, same(band_interval(*scale, k)));
            else
                add({"{}: {}, and {}.", "{}: {}, và {}."}, name, same(band_interval(*scale, k)),
                    joined(gates));
        }
        if (scale->quota) {
            const Quota& quota = *scale->quota;
            add({"At most {}% of the units in {} may have the band {}.",
                 "Không quá {}% số đơn vị thuộc {} được xếp loại {}."},
                number_text(numeric::round_decimal(quota.at_most * 100.0, 4)),
                same(listed(quota.of)), same(quota.band));
        }
    }

    void robustness(const Publication& publication) {
        if (publication.interval_level != publication.interval_level) return;
        begin({"How sure the ranks are", "Độ chắc chắn của thứ hạng"});
        add({"A rank interval holds the middle {}% of the ranks over the draws of the factors that "
             "the model declares uncertain.",
             "Khoảng thứ hạng chứa {}% ở giữa của các thứ hạng qua các lần mô phỏng theo những "
             "yếu tố bất định mà mô hình khai báo."},
            number_text(numeric::round_decimal(publication.interval_level * 100.0, 2)));
        if (!publication.interval_note.empty())
            add({"{}", "{}"},
                Label{publication.interval_note.in(false), publication.interval_note.in(true)});
    }

    void withheld(const Publication& publication) {
        begin({"What is withheld, and how exact figures are",
               "Nội dung không công bố và độ chính xác"});
        add({"This publication is for {}.", "Bản công bố này dành cho {}."},
            audience_words[static_cast<std::size_t>(view_.audience())].label());
        std::vector<Label> nodes;
        for (const Index node : model_.document_order())
            if (!view_.shows_node(node)) nodes.push_back(node_label(model_.node(node)));
        if (!nodes.empty())
            add({"Withheld for every unit: {}.", "Không công bố với mọi đơn vị: {}."},
                joined(nodes));
        if (publication.disclosure.withheld_units + publication.disclosure.withheld_figures == 0)
            add({"Nothing is withheld.", "Không có số liệu nào bị giữ lại."});
        else
            add({"{} units and {} single figures are withheld; they are not in these files. "
                 "Coverage and flags are about the figures that are shown.",
                 "{} đơn vị và {} số liệu không công bố; chúng không có trong các tệp này. Độ phủ "
                 "và ghi chú tính theo số liệu được công bố."},
                counted(publication.disclosure.withheld_units),
                counted(publication.disclosure.withheld_figures));
        std::map<int, std::size_t> digits;
        for (Index node = 0; node < model_.node_count(); ++node)
            if (const auto places = view_.digits(node)) ++digits[*places];
        for (const auto& [places, count] : digits)
            add({"{} nodes are printed with {} decimals in this publication.",
                 "{} nút được in với {} chữ số thập phân trong bản công bố này."},
                counted(count), same(std::to_string(places)));
        if (!digits.empty() && !view_.shows_all())
            add(
                {"Values whose result is printed with fewer decimals than it has are left out, "
                 "since they would undo the rounding.",
                 "Không nêu giá trị của các chỉ tiêu có kết quả đã làm tròn khi công bố, vì qua đó "
                 "suy ra được kết quả trước làm tròn."});
        if (publication.disclosure.audited)
            add({"What can be inferred about withheld figures was audited; {} of them can be "
                 "narrowed further than is safe.",
                 "Đã kiểm tra khả năng suy ra số liệu không công bố; {} số liệu có thể bị thu hẹp "
                 "quá mức an toàn."},
                counted(publication.disclosure.unsafe_figures));
        if (!publication.disclosure.forced_reason.empty())
            add({"Published all the same, because: {}.", "Vẫn công bố, với lý do: {}."},
                same(publication.disclosure.forced_reason));
    }

    void verification(const Publication& publication) {
        begin({"Verification", "Kiểm chứng"});
        add({"Computed by thuocdo {}; the model has the digest {}.",
             "Tính bằng thuocdo {}; mã băm của mô hình là {}."},
            same(publication.library_version), same(publication.model_digest));
        if (publication.data_digest.empty())
            add(
                {"The digests of data and results are left out: with them, withheld figures could "
                 "be found by trial.",
                 "Không nêu mã băm của dữ liệu và kết quả: qua đó có thể dò ra số liệu không công "
                 "bố."});
        else
            add({"Data: {}; results: {}.", "Dữ liệu: {}; kết quả: {}."},
                same(publication.data_digest), same(publication.results_digest));
    }

    [[nodiscard]] static std::string listed(const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
        return text;
    }

    const AudienceView& view_;
    const IndexModel& model_;
    std::vector<MethodNote> notes_;
};

}  // namespace thuocdo::publish::detail
