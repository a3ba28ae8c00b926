using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>What a card can do: 5.0 for the first Maxwell, 9.0 for an H100.</summary>
internal readonly partial record struct ComputeCapability(int Major, int Minor)
{
    /// <summary>What the kernels need: the <c>.target</c> of their PTX.</summary>
    public static readonly ComputeCapability Needed = new(5, 0);

    /// <summary>Whether a card with this can run what was made for <paramref name="needed"/>.</summary>
    public bool Covers(ComputeCapability needed) => (Major, Minor).CompareTo((needed.Major, needed.Minor)) >= 0;

    /// <summary>The capability that PTX is made for, from <c>.target sm_50</c>: the last digit is the minor number.</summary>
    /// <exception cref="ArgumentException">There is no such line.</exception>
    public static ComputeCapability OfPtx(ReadOnlySpan<byte> ptx)
    {
        // The line is among the first; what stands before it is comments and .version.
        string head = Encoding.ASCII.GetString(ptx[..Math.Min(ptx.Length, 4096)]);
        Match target = Target().Match(head);
        if (!target.Success)
        {
            throw new ArgumentException("the PTX has no line .target sm_...", nameof(ptx));
        }
        int number = int.Parse(target.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return new ComputeCapability(number / 10, number % 10);
    }

    /// <summary>"5.0".</summary>
    public override string ToString() => $"{Major}.{Minor}";

    [GeneratedRegex(@"^\s*\.target\s+sm_(\d{2,3})", RegexOptions.Multiline)]
    private static partial Regex Target();
}
