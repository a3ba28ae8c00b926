namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Amounts of memory, for people.</summary>
internal static class ByteText
{
    private const double Kibi = 1024;

    /// <summary>"12 bytes", "1.5 KiB", "512 MiB", "80 GiB".</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1L << 10 => $"{bytes} bytes",
        < 1L << 20 => FormattableString.Invariant($"{bytes / Kibi:0.#} KiB"),
        < 10L << 30 => FormattableString.Invariant($"{bytes / Kibi / Kibi:0.#} MiB"),
        _ => FormattableString.Invariant($"{bytes / Kibi / Kibi / Kibi:0.#} GiB"),
    };
}
