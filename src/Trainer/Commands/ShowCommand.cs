using System.CommandLine;
using System.CommandLine.Parsing;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary><c>trainer show</c>: random images with their class names.</summary>
internal static class ShowCommand
{
    private const int MostPerSide = 20;
    private const string DefaultFile = "show.svg";

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<int?> rows = Count("--rows", "rows of images", RandomImages.PerSide, DistortedImages.Rows);
        Option<int?> columns = Count("--columns", "images in a row", RandomImages.PerSide, DistortedImages.Columns);
        var split = new Option<string>("--split") { HelpName = "SPLIT", Description = "train or test", DefaultValueFactory = _ => "train" };
        split.AcceptOnlyFromAmong("train", "test");
        var only = new Option<string?>("--class") { HelpName = "CLASS", Description = "only this class: its name or its number 0 to 9" };
        only.CompletionSources.Add([.. FashionMnist.ClassNames]);
        var seed = new Option<ulong?>("--seed")
        {
            HelpName = "N",
            Description = "show the same images again (else others at each call); with --augment instead of the configuration's seed",
        };
        var source = new Option<string>("--source")
        {
            HelpName = "SOURCE",
            Description = "auto, fashion-mnist or embedded",
            DefaultValueFactory = _ => "auto",
        };
        source.AcceptOnlyFromAmong([.. Enum.GetNames<DataSource>().Select(KeyName.Kebab)]);
        var augment = new Option<string?>("--augment")
        {
            HelpName = "CONFIG",
            Description = "show what this configuration's augmentation and input_noise make of training images: the original, then epochs 1, 2, ...",
        };
        Option<string[]> set = ProgramOptions.Set();
        Option<string?> data = ProgramOptions.Data();
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = $"image file to write, .svg, .png or .pdf (default {Path.Combine(ProgramOptions.DefaultResults, DefaultFile)})",
        };
        var command = new Command("show", "Shows random images with their class names, in the terminal and as an image file.")
        {
            rows, columns, split, only, seed, source, augment, set, data, output,
        }.WithExamples(
            "trainer show",
            "trainer show --rows 3 --columns 5 --split test --seed 7",
            "trainer show --class \"Ankle boot\" --output boots.png",
            "trainer show --augment configs/relu.yaml --set augmentation.rotation.degrees=15");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            var options = new ShowOptions
            {
                Rows = parsed.GetValue(rows),
                Columns = parsed.GetValue(columns),
                Test = IsGiven(parsed, split) ? parsed.GetRequiredValue(split) == "test" : null,
                Class = parsed.GetValue(only),
                Seed = parsed.GetValue(seed),
                Source = IsGiven(parsed, source) ? SourceOf(parsed.GetRequiredValue(source)) : null,
                Augment = parsed.GetValue(augment),
                Set = parsed.GetValue(set) ?? [],
                Data = parsed.GetValue(data),
            };
            ImageGrid grid = options.Augment is { } config
                ? await DistortedImages.GridAsync(shell, config, options, cancellation)
                : await RandomImages.GridAsync(shell, options, cancellation);
            shell.Output.WriteLine(grid.Title);
            shell.Console.Write(TerminalGrid.For(shell.Console, grid));
            string file = parsed.GetValue(output) ?? Path.Combine(ProgramOptions.DefaultResults, DefaultFile);
            PictureFile.Write(file, stream => ImageGridSvg.Write(grid, stream));
            shell.Output.WriteLine($"image file: {file}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Option<int?> Count(string name, string description, int usual, int usualDistorted)
    {
        var option = new Option<int?>(name)
        {
            HelpName = "N",
            Description = $"{description} (default {usual}; with --augment {usualDistorted})",
        };
        option.CheckRange(1, MostPerSide);
        return option;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    private static DataSource SourceOf(string name) =>
        Enum.GetValues<DataSource>().Single(value => KeyName.Kebab(value.ToString()) == name);
}
