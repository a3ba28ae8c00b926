using System.CommandLine;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Randomness;
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
        Option<int> rows = Count("--rows", "rows of images");
        Option<int> columns = Count("--columns", "images in a row");
        var split = new Option<string>("--split") { HelpName = "SPLIT", Description = "train or test", DefaultValueFactory = _ => "train" };
        split.AcceptOnlyFromAmong("train", "test");
        var only = new Option<string?>("--class") { HelpName = "CLASS", Description = "only this class: its name or its number 0 to 9" };
        only.CompletionSources.Add([.. FashionMnist.ClassNames]);
        var seed = new Option<ulong?>("--seed") { HelpName = "N", Description = "show the same images again (else others at each call)" };
        var source = new Option<string>("--source")
        {
            HelpName = "SOURCE",
            Description = "auto, fashion-mnist or embedded",
            DefaultValueFactory = _ => "auto",
        };
        source.AcceptOnlyFromAmong([.. Enum.GetNames<DataSource>().Select(KeyName.Kebab)]);
        Option<string?> data = ProgramOptions.Data();
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = $"image file to write, .svg, .png or .pdf (default {Path.Combine(ProgramOptions.DefaultResults, DefaultFile)})",
        };
        var command = new Command("show", "Shows random images with their class names, in the terminal and as an image file.")
        {
            rows, columns, split, only, seed, source, data, output,
        }.WithExamples(
            "trainer show",
            "trainer show --rows 3 --columns 5 --split test --seed 7",
            "trainer show --class \"Ankle boot\" --output boots.png");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            DataSource wanted = Enum.GetValues<DataSource>()
                .Single(value => KeyName.Kebab(value.ToString()) == parsed.GetRequiredValue(source));
            DataSet set = await shell.Data.Provider(shell).LoadAsync(wanted, parsed.GetValue(data), cancellation);
            bool test = parsed.GetRequiredValue(split) == "test";
            ulong key = parsed.GetValue(seed) ?? (ulong)Random.Shared.Next();
            ImageSet images = test ? set.Test : set.Train;
            int count = parsed.GetValue(rows) * parsed.GetValue(columns);
            int[] chosen = Choose(images, ClassOf(parsed.GetValue(only), set.ClassNames), count, key);
            ImageGrid grid = ImageGrid.Of(
                $"{set.Name}, {(test ? "test" : "training")} images, seed {key}", images, chosen, set.ClassNames, parsed.GetValue(columns));
            shell.Output.WriteLine(grid.Title);
            shell.Console.Write(TerminalGrid.For(shell.Console, grid));
            string file = parsed.GetValue(output) ?? Path.Combine(ProgramOptions.DefaultResults, DefaultFile);
            PictureFile.Write(file, stream => ImageGridSvg.Write(grid, stream));
            shell.Output.WriteLine($"image file: {file}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Option<int> Count(string name, string description)
    {
        var option = new Option<int>(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => 2 };
        option.CheckRange(1, MostPerSide);
        return option;
    }

    /// <summary>The label that a user means by a name or a number; null for all.</summary>
    private static int? ClassOf(string? text, IReadOnlyList<string> names)
    {
        if (text is null)
        {
            return null;
        }
        int label = names.ToList().FindIndex(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (label < 0 && (!int.TryParse(text, out label) || label < 0 || label >= names.Count))
        {
            throw new ConfigException($"--class: '{text}' is no class{Suggestion.Ending(text, names)}");
        }
        return label;
    }

    /// <summary>The first <paramref name="count"/> images of a random order, of one class or of all.</summary>
    private static int[] Choose(ImageSet images, int? label, int count, ulong seed)
    {
        int[] order = new int[images.Count];
        new Philox(seed, RandomStream.Show, 0).Permutation(order);
        return [.. order.Where(image => label is null || images.Labels[image] == label).Take(count)];
    }
}
