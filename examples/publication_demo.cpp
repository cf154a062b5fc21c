// A publication of index 766 of the provinces for the public: what an outsider could infer of a
// withheld figure, rank intervals, a bundle that anybody can verify, and the report to look at.
// Usage: publication_demo [data folder] [folder for the publication]
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/disclosure_audit.hpp>
#include <thuocdo/publish/publish.hpp>
#include <thuocdo/publish/report.hpp>
#include <thuocdo/publish/verification.hpp>
#include <thuocdo/robust/uncertainty.hpp>
#include <thuocdo/score.hpp>

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

namespace publish = thuocdo::publish;

constexpr int line_width = 98;

void heading(const std::string& vietnamese, const std::string& english) {
    std::cout << '\n'
              << std::string(line_width, '=') << '\n'
              << vietnamese << '\n'
              << english << '\n'
              << std::string(line_width, '-') << '\n';
}

/// One of six figures is withheld, while the total and the other five are printed.
bool show_leak(const thuocdo::Scoreboard& board) {
    heading("1. CÔNG KHAI MỘT PHẦN: SỐ KHÔNG CÔNG BỐ CÓ BỊ SUY RA KHÔNG?",
            "   Open in part: can a withheld figure be worked out from the others?");
    publish::VisibilityRules rules;
    rules.cells = {{"66", "TTTT", thuocdo::Visibility::restricted}};
    const publish::AudienceView view(board, publish::Audience::open, rules);
    const publish::DisclosureAudit audit = publish::audit(view);
    for (const publish::WithheldFigure& each : audit.figures) {
        std::cout << "  " << board.units().display_name(each.unit) << ", "
                  << board.model().node(each.node).code << ": "
                  << publish::disclosure_status_name(each.status) << ", " << each.lower << " to "
                  << each.upper << ", because of\n";
        for (const std::string& line : each.why()) std::cout << "    " << line << '\n';
    }
    return audit.unsafe() == 1;
}

publish::Publication make(const thuocdo::Scoreboard& board) {
    thuocdo::robust::Factor noise;
    noise.name = "points of the groups, a quarter up or down";
    noise.rule = thuocdo::robust::WeightNoise{{board.model().root().code}};
    thuocdo::robust::UncertaintyOptions draws;
    draws.seed = 766;
    publish::PublishOptions options;
    options.period = "2026-10-10";
    options.intervals =
        publish::IntervalSource{thuocdo::robust::uncertainty(board, {noise}, draws),
                                0.9,
                                {"points of the groups varied by a quarter up or down",
                                 "điểm tối đa của các nhóm thay đổi tăng hoặc giảm một phần tư"}};
    return publish::publish(publish::AudienceView(board, publish::Audience::open), options);
}

/// @return whether the written bundle verifies, with every number computed again
bool publish_all(const thuocdo::Scoreboard& board, const std::filesystem::path& folder) {
    heading("2. BẢN CÔNG BỐ ĐÓNG BĂNG, AI CŨNG KIỂM TRA LẠI ĐƯỢC",
            "   A frozen publication that anybody can verify");
    publish::BundleOptions options;
    options.html = [](const publish::Publication& each) { return publish::html_report(each); };
    options.inputs = publish::BundleInputs{thuocdo::io::to_json(board.model()),
                                           thuocdo::io::panel_to_csv(board.panel())};
    const publish::Bundle bundle = publish::make_bundle(make(board), options);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder.parent_path());
    publish::write_folder(bundle, folder);
    publish::VerifyOptions checks;
    checks.html = options.html;
    const publish::Verification verification = publish::verify(folder, checks);
    std::cout << verification;
    std::cout << "\nBáo cáo để xem / the report to look at:\n  "
              << std::filesystem::absolute(folder / publish::report_file).string() << '\n';
    return verification.ok() && verification.recomputed.outcome == publish::Checked::yes;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const std::filesystem::path folder = argc > 2 ? argv[2] : "publication/index766";
    try {
        const auto model = thuocdo::io::load_model(data / "models/index766-province.json");
        const auto panel = thuocdo::io::load_panel(data / "panels/index766_provinces.csv", model);
        const auto board = thuocdo::score(model, panel);
        if (show_leak(board) && publish_all(board, folder)) return 0;
        std::cerr << "\nThe publication is not what it should be\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
    return 1;
}
