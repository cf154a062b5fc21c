// What an application does with thuocdo::publication: a publication as a bundle that verifies.

#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publish.hpp>
#include <thuocdo/publish/report.hpp>
#include <thuocdo/publish/verification.hpp>

#include <cstdlib>
#include <iostream>

int main() {
    thuocdo::ModelDefinition definition;
    definition.id = "consumer";
    definition.version = "1";
    definition.name = {"Consumer", "Người dùng"};
    definition.root.code = "total";
    thuocdo::NodeDefinition leaf;
    leaf.code = "a";
    leaf.score = thuocdo::rule::Goalposts{0.0, 10.0};
    definition.root.children.push_back(leaf);
    Eigen::MatrixXd values(2, 1);
    values << 1.0, 2.0;
    const thuocdo::Panel panel(thuocdo::UnitRegistry::from_codes({"01", "02"}), {"a"}, values);
    const auto board = thuocdo::score(thuocdo::IndexModel(definition), panel);
    namespace publish = thuocdo::publish;
    publish::PublishOptions options;
    options.period = "2026";
    publish::BundleOptions files;
    files.html = [](const publish::Publication& each) { return publish::html_report(each); };
    const publish::Bundle bundle = publish::make_bundle(
        publish::publish(publish::AudienceView(board, publish::Audience::open), options), files);
    const publish::Verification found = publish::verify(publish::parse_zip(to_zip(bundle)));
    std::cout << found;
    return found.ok() ? EXIT_SUCCESS : EXIT_FAILURE;
}
