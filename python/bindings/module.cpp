// The extension module thuocdo._core. Every name in it is private to the
// package; the package gives names, labels and documentation.

#include <thuocdo/version.hpp>

#include "register.hpp"

PYBIND11_MODULE(_core, module) {
    module.doc() = "The compiled part of thuocdo. Use the package, not this module.";
    module.attr("__version__") = thuocdo::version();
    thuocdo::python::register_errors(module);
    thuocdo::python::register_normalise(module);
    thuocdo::python::register_aggregate(module);
    thuocdo::python::register_rank(module);
    thuocdo::python::register_rank_classic(module);
    thuocdo::python::register_rank_comparison(module);
    thuocdo::python::register_rank_distance(module);
    thuocdo::python::register_rank_orderings(module);
    thuocdo::python::register_rank_outranking(module);
    thuocdo::python::register_rank_reference(module);
    thuocdo::python::register_rank_weighted(module);
    thuocdo::python::register_numeric(module);
    thuocdo::python::register_prepare(module);
    thuocdo::python::register_model(module);
    thuocdo::python::register_panel(module);
    thuocdo::python::register_score(module);
    thuocdo::python::register_io(module);
    thuocdo::python::register_synthetic(module);
    thuocdo::python::register_concentration(module);
    thuocdo::python::register_check(module);
    thuocdo::python::register_track(module);
    thuocdo::python::register_results(module);
    thuocdo::python::register_diagnose(module);
    thuocdo::python::register_robust_kernels(module);
    thuocdo::python::register_weigh(module);
    thuocdo::python::register_calendar(module);
    thuocdo::python::register_time(module);
    thuocdo::python::register_tasks(module);
    thuocdo::python::register_preparation(module);
    thuocdo::python::register_compare(module);
    thuocdo::python::register_diff(module);
    thuocdo::python::register_people(module);
    thuocdo::python::register_audit(module);
    thuocdo::python::register_factors(module);
    thuocdo::python::register_robust_studies(module);
    thuocdo::python::register_uncertainty(module);
    thuocdo::python::register_sensitivity(module);
    thuocdo::python::register_live(module);
    thuocdo::python::register_live_board(module);
    thuocdo::python::register_disclosure(module);
    // After the kind of store that a journal is.
    thuocdo::python::register_journal(module);
    thuocdo::python::register_publish(module);
    thuocdo::python::register_report(module);
}
