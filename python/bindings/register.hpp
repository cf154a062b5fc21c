#pragma once
// What each room of the library adds to the extension module.

#include <pybind11/pybind11.h>

namespace thuocdo::python {

void register_errors(pybind11::module_& module);
void register_normalise(pybind11::module_& module);
void register_aggregate(pybind11::module_& module);
void register_rank(pybind11::module_& module);
void register_rank_classic(pybind11::module_& module);
void register_rank_comparison(pybind11::module_& module);
void register_rank_distance(pybind11::module_& module);
void register_rank_orderings(pybind11::module_& module);
void register_rank_outranking(pybind11::module_& module);
void register_rank_reference(pybind11::module_& module);
void register_rank_weighted(pybind11::module_& module);
void register_numeric(pybind11::module_& module);
void register_prepare(pybind11::module_& module);
void register_model(pybind11::module_& module);
void register_panel(pybind11::module_& module);
void register_score(pybind11::module_& module);
void register_io(pybind11::module_& module);
void register_synthetic(pybind11::module_& module);
void register_tasks(pybind11::module_& module);
void register_concentration(pybind11::module_& module);
void register_check(pybind11::module_& module);
void register_calendar(pybind11::module_& module);
void register_time(pybind11::module_& module);
void register_track(pybind11::module_& module);
void register_results(pybind11::module_& module);
void register_preparation(pybind11::module_& module);
void register_compare(pybind11::module_& module);
void register_audit(pybind11::module_& module);
void register_weigh(pybind11::module_& module);
void register_diff(pybind11::module_& module);
void register_people(pybind11::module_& module);
void register_diagnose(pybind11::module_& module);
void register_robust_kernels(pybind11::module_& module);
void register_factors(pybind11::module_& module);
void register_robust_studies(pybind11::module_& module);
void register_uncertainty(pybind11::module_& module);
void register_sensitivity(pybind11::module_& module);
void register_live(pybind11::module_& module);
void register_live_board(pybind11::module_& module);
void register_journal(pybind11::module_& module);
void register_publish(pybind11::module_& module);
void register_report(pybind11::module_& module);
void register_disclosure(pybind11::module_& module);

}  // namespace thuocdo::python
