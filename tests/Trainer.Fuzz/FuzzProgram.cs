namespace Trainer.Fuzz;

/// <summary>Feeds one of the program's parsers with what nobody would write; ends with 1 where the parser does anything but read or refuse.</summary>
internal static class FuzzProgram
{
    private static int Main(string[] arguments)
    {
        if (FuzzOptions.Of(arguments) is not { } options)
        {
            Console.Error.WriteLine(FuzzOptions.Usage);
            return 2;
        }
        return options.Input is { } file ? TryOnce(options, file) : new Fuzzer(options).Run() ? 0 : 1;
    }

    private static int TryOnce(FuzzOptions options, string file)
    {
        using var trial = new Trial(options.Parser);
        string? problem = trial.Try(File.ReadAllBytes(file), out TimeSpan time);
        Console.WriteLine($"{options.Parser.Name}: {file}: {problem ?? "as it should be"} ({time.TotalMilliseconds:0} ms of processor time)");
        return problem is null ? 0 : 1;
    }
}
