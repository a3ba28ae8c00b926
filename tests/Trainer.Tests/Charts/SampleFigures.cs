using Trainer.Charts;

namespace Trainer.Tests.Charts;

/// <summary>Figures that a renderer must get right, the pleasant and the nasty.</summary>
internal static class SampleFigures
{
    public const string Hostile = "<script>&\"' ]]> \u0001\u001b\ud800\uffff line\nbreak 👗 損失";

    private static readonly Dictionary<string, Func<Figure>> ByName = new()
    {
        ["twenty epochs"] = () => CurvesFigure.Of(Run(20)),
        ["validation"] = () => CurvesFigure.Of(Run(20) with
        {
            ValidationLoss = Values(21, i => 2.3 / (i + 1.1)),
            ValidationAccuracy = Values(21, i => 0.89 - 0.8 / (i + 1)),
            BestValidationEpoch = 17,
        }),
        ["epoch 0 only"] = () => CurvesFigure.Of(Run(0)),
        ["one epoch"] = () => CurvesFigure.Of(Run(1) with { BestValidationEpoch = 1 }),
        ["no epochs"] = () => CurvesFigure.Of(Run(0) with
        {
            Epochs = [],
            TrainLoss = [],
            TestLoss = [],
            TrainAccuracy = [],
            TestAccuracy = [],
        }),
        ["nothing measured"] = () => CurvesFigure.Of(new RunCurves
        {
            ConfigName = "relu",
            DataSetName = "fashion-mnist",
            Seed = 1,
            Epochs = [0, 1, 2],
        }),
        ["diverged"] = () => CurvesFigure.Of(Run(20) with
        {
            TrainLoss = Values(21, i => i > 7 ? double.NaN : Math.Pow(50, i)),
            TestLoss = Values(21, i => i > 6 ? double.PositiveInfinity : Math.Pow(49, i)),
        }),
        ["three hundred epochs"] = () => CurvesFigure.Of(Run(300)),
        ["hostile text"] = () => CurvesFigure.Of(Run(20) with
        {
            ConfigName = Hostile,
            DataSetName = Hostile,
            Seed = ulong.MaxValue,
        }),
        ["very long names"] = () => CurvesFigure.Of(Run(20) with
        {
            ConfigName = new string('W', 300),
            DataSetName = string.Join(' ', Enumerable.Repeat("embedded garments", 20)),
        }),
        ["hostile labels"] = () => One(
            Line([1, 2], [3, 4]) with { Name = Hostile, Colour = -1, EndLabel = Hostile },
            markers: [new Marker(Hostile, 1.5), new Marker(Hostile, 1, 3)]),
        ["gaps"] = () => One(Line(
            [0, 1, 2, 3, 4, 5, 6, 7, 8],
            [1, 2, double.NaN, 3, double.NaN, 4, 5, double.PositiveInfinity, double.NaN])),
        ["huge and tiny"] = () => One(Line([-1e300, 0, 1e300], [-1e300, 1e-300, 1e300])),
        ["equal values"] = () => One(Line([1, 2, 3], [0.7, 0.7, 0.7])),
        ["far outside"] = () => One(
            Line([1, 2, 3, 4], [1e30, 0.5, -1e30, 0.6]) with
            {
                Low = [0.4, 0.4, -1e30, double.NaN],
                High = [1e30, 1e30, 0.6, 0.7],
            },
            new Axis { Minimum = 0, Maximum = 1 }),
        ["logarithmic"] = () => One(
            Line([1, 2, 3, 4], [10, 0, 0.001, -1]),
            new Axis { Scale = AxisScale.Logarithmic, Label = new string('y', 200) }),
        ["seven ends at one place"] = () => Many(7, "run"),
        ["thirty series"] = () => Many(30, "optimizer"),
        ["long series names"] = () => Many(3, "stochastic gradient descent with Nesterov momentum and weight decay, learning rate halved"),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static Figure Get(string name) => ByName[name]();

    public static RunCurves Run(int epochs) => new()
    {
        ConfigName = "relu",
        DataSetName = "fashion-mnist",
        Seed = 1,
        Epochs = [.. Enumerable.Range(0, epochs + 1)],
        TrainLoss = Values(epochs + 1, i => i == 0 ? 2.31 : 0.2 + 0.3 / i),
        TestLoss = Values(epochs + 1, i => i == 0 ? 2.32 : 0.3 + 0.2 / i),
        TrainAccuracy = Values(epochs + 1, i => i == 0 ? 0.1 : 0.95 - 0.1 / i),
        TestAccuracy = Values(epochs + 1, i => i == 0 ? 0.0987 : 0.884 - 0.1 / i),
    };

    public static Series Line(IReadOnlyList<double> x, IReadOnlyList<double> y) =>
        new() { Name = "line", Colour = 0, X = x, Y = y };

    public static Figure One(Series series, Axis? y = null, IReadOnlyList<Marker>? markers = null) => new()
    {
        Title = "one",
        AltText = "one line",
        Panels =
        [
            new Panel
            {
                Title = "panel",
                X = new Axis { Label = "x" },
                Y = y ?? new Axis(),
                Series = [series],
                Markers = markers ?? [],
            },
        ],
    };

    public static double[] Values(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static Figure Many(int count, string name) => new()
    {
        Title = "many",
        AltText = "many lines",
        Panels =
        [
            new Panel
            {
                Title = "panel",
                X = new Axis(),
                Y = new Axis(),
                Series = [.. Enumerable.Range(0, count).Select(k =>
                    Line([0, 1, 2], [k, 1, 0.5 + 0.001 * k]) with { Name = $"{name} {k}", Colour = k, EndLabel = "0.500" })],
            },
        ],
    };
}
