"""Estimators learn from one frame and apply it to another; frames keep their kind and labels."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy
import pytest
from models import MEAN_OF_TWO

import thuocdo as td
from thuocdo import estimators
from thuocdo.estimators import (
    Aggregator,
    CompositeIndex,
    Denominator,
    Imputer,
    Normaliser,
    OutlierTreatment,
    Screener,
    Weigher,
)

COLUMNS: Dict[str, List[Any]] = {
    "unit": ["A", "B", "C", "D"],
    "x": [1.0, 2.0, None, 5.0],
    "y": [30.0, 10.0, 20.0, 60.0],
}

KINDS = ("pandas", "pandas index", "polars", "arrow", "dict", "numpy")


def made(columns: Dict[str, List[Any]], kind: str) -> Any:
    if kind.startswith("pandas"):
        frame = pytest.importorskip("pandas").DataFrame(columns)
        return frame.set_index("unit") if kind == "pandas index" else frame
    if kind == "polars":
        return pytest.importorskip("polars").DataFrame(columns)
    if kind == "arrow":
        return pytest.importorskip("pyarrow").table(columns)
    if kind == "numpy":
        return numpy.array([values for name, values in columns.items() if name != "unit"], dtype=float).T
    return columns


def column(frame: Any, name: str, place: int) -> List[float]:
    if isinstance(frame, numpy.ndarray):
        return frame[:, place].tolist()
    found = (
        frame.column(name).to_numpy() if type(frame).__module__.startswith("pyarrow") else numpy.asarray(frame[name])
    )
    return numpy.asarray(found, dtype=float).tolist()


def all_of_them() -> List[estimators.Estimator]:
    return [
        Screener(), Denominator({"x": "y"}), Imputer(), OutlierTreatment(), Normaliser(), Weigher(), Aggregator(weights=Weigher("critic")),
        CompositeIndex(MEAN_OF_TWO),
    ]  # fmt: skip


@pytest.mark.parametrize("estimator", all_of_them(), ids=lambda each: type(each).__name__)
def test_parameters_go_through_get_and_set_and_make_a_copy(estimator: estimators.Estimator) -> None:
    parameters = estimator.get_params(deep=False)
    copy = type(estimator)(**parameters)
    assert all(copy.get_params(deep=False)[name] is value for name, value in parameters.items())
    assert repr(copy) == repr(estimator) and repr(estimator).startswith(type(estimator).__name__ + "(")
    name, value = next(iter(parameters.items()))
    assert copy.set_params(**{name: value}) is copy
    with pytest.raises(ValueError, match="no parameter 'nothing'"):
        copy.set_params(nothing=1)
    with pytest.raises(ValueError, match="not fitted"):
        copy.transform(COLUMNS)


def test_the_text_shows_what_differs_from_the_defaults_and_nested_parameters_are_set() -> None:
    assert repr(Imputer("median")) == "Imputer(method='median')" and repr(Weigher()) == "Weigher()"
    aggregator = Aggregator(weights=Weigher("critic"))
    assert aggregator.get_params()["weights__scheme"] == "critic"
    assert aggregator.set_params(weights__scheme="equal").weights.scheme == "equal"


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_in_comes_out_in_its_kind_with_its_labels(kind: str) -> None:
    frame = made(COLUMNS, kind)
    filled = Imputer("median").fit_transform(frame)
    assert type(filled) is type(frame)
    assert column(filled, "x", 0) == [1.0, 2.0, 2.0, 5.0] and column(filled, "y", 1) == COLUMNS["y"]
    if kind == "pandas index":
        assert filled.index.equals(frame.index)
    elif kind != "numpy":
        assert list(filled["unit"].to_pylist() if kind == "arrow" else filled["unit"]) == COLUMNS["unit"]
    few = Screener(minimum_availability=0.9).fit_transform(frame)
    assert column(few, "x", 0) == [1.0, 2.0, 5.0]
    one = Aggregator("maximum").fit_transform(filled)
    assert column(one, "score", 0) == [30.0, 10.0, 20.0, 60.0]
    # What went in is as it was.
    assert numpy.isnan(column(frame, "x", 0)[2])


@pytest.mark.parametrize("kind", ["pandas", "dict"])
def test_other_columns_than_those_fitted_are_refused(kind: str) -> None:
    imputer = Imputer().fit(made(COLUMNS, kind))
    assert imputer.feature_names_in_.tolist() == ["x", "y"] and imputer.n_features_in_ == 2
    with pytest.raises(td.DataError) as caught:
        imputer.transform(made({"unit": ["A"], "x": [1.0], "z": [1.0]}, kind))
    assert [problem.code for problem in caught.value.problems] == ["missing_column", "unknown_column"]
    turned = imputer.transform(made({"y": [None], "unit": ["A"], "x": [1.0]}, kind))
    assert list(turned) == ["y", "unit", "x"] and column(turned, "y", 0) == [30.0]


def test_text_among_numbers_is_named() -> None:
    with pytest.raises(td.DataError) as caught:
        Imputer().fit({**COLUMNS, "x": [1.0, "2", None, "3,5"]})
    assert [(each.code, each.place) for each in caught.value.problems] == [
        ("not_a_number", 'unit "B", column "x"'),
        ("decimal_comma", 'unit "D", column "x"'),
    ]
    with pytest.raises(td.DataError, match="2 dimensions"):
        Imputer().fit(numpy.zeros(3))


def test_screening_looks_at_the_units_that_it_is_given() -> None:
    columns = {"unit": ["A", "B", "C"], "x": [0.0, 1.0, None], "y": [0.0, 2.0, None], "z": [1.0, 3.0, 4.0]}
    screener = Screener(minimum_availability=0.6, minimum_nonzero=0.5).fit(columns)
    assert screener.availability_.tolist() == pytest.approx([1.0, 1.0, 1 / 3])
    assert screener.flagged_ == ['unit "A"', 'unit "C"']
    assert screener.transform(columns)["unit"] == ["B"]
    assert Screener(minimum_availability=0.6, action="report").fit_transform(columns)["unit"] == ["A", "B", "C"]
    with pytest.raises(ValueError, match="action"):
        Screener(action="drop").fit(columns)


def test_division_by_columns() -> None:
    columns = {"unit": ["A", "B"], "roads": [10.0, 9.0], "area": [5.0, 3.0], "people": [100.0, 200.0]}
    divided = Denominator({"roads": "area"}, scale={"area": 10}).fit_transform(columns)
    assert list(divided) == ["unit", "roads", "people"] and divided["roads"].tolist() == [20.0, 30.0]
    assert list(Denominator({"roads": "area"}, keep=True).fit_transform(columns)) == list(columns)
    zero = {**columns, "area": [0.0, 3.0]}
    with pytest.raises(td.DataError, match='unit "A", column "roads"'):
        Denominator({"roads": "area"}).fit(zero)
    missing = Denominator({"roads": "area"}, zero_denominator="missing").fit(zero)
    assert missing.zero_denominators_ == ['unit "A", column "roads"']
    assert numpy.isnan(missing.transform(zero)["roads"][0])
    with pytest.raises(td.DataError, match='no column "rails"'):
        Denominator({"rails": "area"}).fit(columns)


def test_imputation_learns_and_applies_to_others() -> None:
    mean = Imputer().fit(COLUMNS)
    assert mean.statistics_ == {"x": pytest.approx(8 / 3), "y": 30.0}
    values = numpy.array([1.0, 2.0, numpy.nan, 5.0])
    assert mean.transform(COLUMNS)["x"].tolist() == td.kernels.prepare.impute_mean(values)[0].tolist()
    assert mean.transform({"unit": ["E"], "x": [None], "y": [None]})["y"].tolist() == [30.0]
    columns = {**COLUMNS, "region": ["north", "north", "south", None]}
    grouped = Imputer("group_median", group="region").fit(columns)
    assert grouped.statistics_["x"]["north"] == 1.5 and numpy.isnan(grouped.statistics_["x"]["south"])
    filled = grouped.transform(
        {"unit": ["E", "F", "G"], "x": [None, None, None], "y": [None, None, 1.0], "region": ["north", "west", None]}
    )
    assert numpy.array_equal(filled["x"], [1.5, numpy.nan, numpy.nan], equal_nan=True)
    assert numpy.array_equal(filled["y"], [20.0, numpy.nan, 1.0], equal_nan=True) and filled["region"][0] == "north"
    for wrong in (Imputer("mode"), Imputer("group_mean"), Imputer("mean", group="region")):
        with pytest.raises(ValueError, match="expected"):
            wrong.fit(columns)
    with pytest.raises(td.DataError, match='no column "region"'):
        Imputer("group_mean", group="region").fit(COLUMNS)


def test_outliers_are_treated_as_the_kernel_does_and_others_by_what_was_learnt() -> None:
    many = {
        "x": [*map(float, range(1, 20)), 400.0],
        "y": [float(each) for each in range(20)],
        "unit": [str(each) for each in range(20)],
    }
    treatment = OutlierTreatment().fit(many)
    expected = td.kernels.prepare.treat_outliers(numpy.array(many["x"]))
    assert treatment.treatments_["x"].outcome == "winsorised" and treatment.limits_ == {"x": (1.0, 19.0)}
    treated = treatment.transform(many)
    assert treated["x"].tolist() == expected.values.tolist() and treated["y"].tolist() == many["y"]
    assert treatment.transform({"x": [1000.0, -5.0, None], "y": [99.0, 0.0, 1.0], "unit": ["a", "b", "c"]})[
        "x"
    ].tolist()[:2] == [19.0, 1.0]
    logarithm = OutlierTreatment(maximum_winsorised=0).fit(many)
    found = logarithm.treatments_["x"]
    again = logarithm.transform(many)["x"]
    assert found.transform == "logarithm" and again.tolist() == found.values.tolist()
    assert again == pytest.approx(numpy.log(numpy.array(many["x"]) - 1 + 0.01 * 399), rel=1e-12)
    with pytest.raises(td.NumericError, match="row 0"):
        logarithm.transform({"x": [-50.0], "y": [1.0], "unit": ["a"]})


def test_normalisation_keeps_the_statistics_of_the_units_that_were_fitted() -> None:
    fitted = {"unit": ["A", "B", "C"], "x": [1.0, 3.0, 5.0], "y": [10.0, 20.0, 40.0]}
    others = {"unit": ["D"], "x": [4.0], "y": [25.0]}
    low = ["y"]
    min_max = Normaliser(lower_is_better=low).fit(fitted)
    assert min_max.statistics_["x"] == {"minimum": 1.0, "maximum": 5.0}
    assert min_max.transform(others)["x"].tolist() == [0.75] and min_max.transform(others)["y"].tolist() == [0.5]
    z_score = Normaliser("z_score", parameters={"mean": 50, "deviation": 10}, lower_is_better=low).fit(fitted)
    assert z_score.transform(others)["x"].tolist() == pytest.approx([50 + 10 * (4 - 3) / numpy.std([1, 3, 5], ddof=1)])
    spread = numpy.std([10, 20, 40], ddof=1)
    assert z_score.transform(others)["y"].tolist() == pytest.approx([50 - 10 * (25 - 70 / 3) / spread])
    assert Normaliser("distance_to_best").fit(fitted).transform(others)["x"].tolist() == [1 - (5 - 4) / 4]
    target = Normaliser(
        "distance_to_target", parameters={"x": {"target": 9}, "y": {"target": 50, "capped": False}}
    ).fit(fitted)
    assert target.transform(others)["x"].tolist() == [3 / 8] and target.transform(others)["y"].tolist() == [15 / 40]
    assert Normaliser("fraction_of_best", lower_is_better=low).fit(fitted).transform(others)["y"].tolist() == [10 / 25]
    posts = Normaliser("goalposts", parameters={"lower": 0, "upper": 50}).fit(fitted)
    assert posts.statistics_ == {} and posts.transform(others)["y"].tolist() == [0.5]
    assert Normaliser("rank_score", lower_is_better=low).fit_transform(fitted)["y"].tolist() == [3.0, 2.0, 1.0]


@pytest.mark.parametrize(
    "method", ["min_max", "z_score", "distance_to_best", "fraction_of_best", "percentile_rank", "borda"]
)
def test_fitted_units_get_what_the_kernel_gives_bit_for_bit(method: str) -> None:
    values = numpy.random.default_rng(7).lognormal(size=(40, 3))
    scores = Normaliser(method, lower_is_better=["x1"]).fit_transform(values)
    for k in range(3):
        assert scores[:, k].tolist() == getattr(td.kernels, method)(values[:, k], lower_is_better=k == 1).tolist()


def test_normalisation_refuses_what_makes_no_sense() -> None:
    for wrong, error in (
        (Normaliser("best"), ValueError),
        (Normaliser(lower_is_better=["z"]), td.DataError),
        (Normaliser("yes_no", lower_is_better=["x"]), td.DataError),
        (Normaliser("goalposts", parameters={"z": {"lower": 0, "upper": 1}}), td.DataError),
    ):
        with pytest.raises(error):
            wrong.fit(COLUMNS)
    constant = {"unit": ["A", "B"], "x": [1.0, 1.0]}
    with pytest.raises(td.NumericError):
        Normaliser().fit_transform(constant)
    assert numpy.isnan(Normaliser(refused="nan").fit_transform(constant)["x"]).all()


def test_weights_come_from_the_values_or_from_judgements() -> None:
    values = numpy.random.default_rng(3).uniform(1, 2, size=(30, 3))
    assert Weigher().fit(values).weights_ == {"x0": 1 / 3, "x1": 1 / 3, "x2": 1 / 3}
    critic = Weigher("critic", lower_is_better=["x2"]).fit(values)
    expected = td.kernels.weigh.critic(values, lower_is_better=[False, False, True])
    assert list(critic.weights_.values()) == expected.weights.tolist() and critic.report_.rows_used == 30
    assert critic.transform(values).tolist() == values.tolist()
    judged = Weigher(
        "analytic_hierarchy_process", parameters={"judgement": [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]}
    ).fit(values)
    assert list(judged.weights_.values()) == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    for wrong, error in (
        (Weigher("best"), ValueError),
        (Weigher("entropy", lower_is_better=["x0"]), td.DataError),
        (Weigher("rank_sum", parameters={"ranks": [1, 2]}), td.DataError),
    ):
        with pytest.raises(error):
            wrong.fit(values)


@pytest.mark.parametrize("scheme", sorted(estimators._scores.SCHEMES_OF_DATA))
def test_every_scheme_of_the_values_works(scheme: str) -> None:
    values = numpy.random.default_rng(5).uniform(1, 2, size=(40, 4))
    parameters = {"targets": [1, 1, 1, 1]} if scheme == "correlation_optimised" else None
    weights = Weigher(scheme, parameters=parameters).fit(values).weights_
    assert sum(weights.values()) == pytest.approx(1.0)


def test_aggregation_by_weights_and_groups() -> None:
    columns = {"unit": ["A", "B"], "x": [1.0, 4.0], "y": [3.0, 4.0], "z": [9.0, None]}
    weighted = Aggregator(weights={"x": 1, "y": 3, "z": 0}).fit(columns)
    assert weighted.transform(columns)["score"].tolist() == [2.5, 4.0]
    groups = {"first": ["x", "y"], "second": ["z"]}
    out = Aggregator("power_mean", groups=groups, parameters={"exponent": 2}).fit_transform(columns)
    assert list(out) == ["unit", "first", "second"]
    assert out["first"].tolist() == pytest.approx([5**0.5, 4.0]) and numpy.isnan(out["second"][1])
    assert weighted.weights_ == {"x": 1.0, "y": 3.0, "z": 0.0}
    for wrong, codes in (
        (Aggregator(weights={"x": 1, "w": 1}), ["unknown_column", "missing_weight", "missing_weight"]),
        (
            Aggregator(groups={"a": ["x", "w"], "b": ["x", "y"]}),
            ["unknown_column", "column_without_group", "column_in_two_groups"],
        ),
    ):
        with pytest.raises(td.DataError) as caught:
            wrong.fit(columns)
        assert [problem.code for problem in caught.value.problems] == codes
    with pytest.raises(ValueError, match="method"):
        Aggregator("sum").fit(columns)


@pytest.mark.parametrize("kind", ["pandas index", "polars", "dict"])
def test_a_model_is_an_estimator(kind: str) -> None:
    columns = {"unit": ["01", "02"], "a": [1.0, 5.0], "b": [2.0, None]}
    index = CompositeIndex(MEAN_OF_TWO).fit(made(columns, kind))
    assert numpy.asarray(index.board_.scores()).tolist() == [1.5, 5.0]
    others = made({"unit": ["03"], "a": [7.0], "b": [9.0]}, kind)
    assert numpy.asarray(index.score(others)).tolist() == [8.0]
    results = index.transform(others)
    assert type(results) is type(others) if kind != "dict" else isinstance(results, dict)
    assert numpy.asarray(results["total"]).tolist() == [8.0]
    assert numpy.asarray(CompositeIndex(MEAN_OF_TWO).fit_transform(made(columns, kind))["total"]).tolist() == [1.5, 5.0]
    with pytest.raises(td.DataError):
        index.transform(made({"unit": ["03"], "a": [7.0]}, kind))
    with pytest.raises(ValueError, match="not fitted"):
        CompositeIndex(MEAN_OF_TWO).score(others)


def test_inside_a_pipeline_of_scikit_learn() -> None:
    base = pytest.importorskip("sklearn.base")
    pipeline = pytest.importorskip("sklearn.pipeline")
    steps = [
        ("fill", Imputer("median")),
        ("normalise", Normaliser(lower_is_better=["y"])),
        ("aggregate", Aggregator(weights=Weigher("critic"))),
    ]
    line = base.clone(pipeline.Pipeline(steps))
    scores = line.fit_transform(COLUMNS)["score"]
    assert line.named_steps["fill"].statistics_["x"] == 2.0
    assert line.transform(COLUMNS)["score"].tolist() == scores.tolist()
    line.set_params(fill__method="mean", aggregate__weights__scheme="equal")
    by_hand = numpy.column_stack(
        [numpy.array([0.0, 0.25, (8 / 3 - 1) / 4, 1.0]), (60 - numpy.array(COLUMNS["y"])) / 50]
    )
    assert line.fit_transform(COLUMNS)["score"] == pytest.approx(by_hand.mean(axis=1))
    assert "Imputer" in repr(line)


def test_the_example_of_the_module_holds() -> None:
    import doctest

    assert doctest.testmod(estimators).failed == 0


@pytest.mark.parametrize("method", estimators._scores.METHODS)
def test_every_aggregation_gives_what_the_kernel_gives(method: str) -> None:
    values = numpy.random.default_rng(9).uniform(1, 2, size=(12, 3))
    parameters = {"power_mean": {"exponent": 2}, "ordered_weighted_average": {"order_weights": [3, 2, 1]}}.get(method, {})
    weights = {"x0": 1.0, "x1": 2.0, "x2": 3.0}
    scores = Aggregator(method, weights=weights, parameters=parameters).fit_transform(values)
    expected = getattr(td.kernels, method)(values, weights=[1, 2, 3], **parameters)
    assert scores[:, 0].tolist() == expected.tolist()


def test_the_scale_of_the_adjusted_mazziotta_pareto_index_has_its_parameters() -> None:
    pandas = pytest.importorskip("pandas")
    data = pandas.DataFrame({"a": [10.0, 20.0, 30.0], "b": [3.0, 2.0, 1.0]}, index=["u", "v", "w"])
    parameters = {"a": {"reference": 20.0, "half_range": 10.0}, "b": {"reference": 2.0, "half_range": 1.0}}
    scaled = td.estimators.Normaliser(method="adjusted_mazziotta_pareto", parameters=parameters, lower_is_better=["b"]).fit_transform(data)
    assert scaled.to_numpy().tolist() == [[70.0, 70.0], [100.0, 100.0], [130.0, 130.0]]
