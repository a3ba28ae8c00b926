using System.Text;

namespace Trainer.Clusters.Slurm;

/// <summary>The beginning of what a program writes; the rest is read, so that the program is not held up, and forgotten.</summary>
/// <param name="most">How many characters are kept.</param>
internal sealed class BoundedText(int most)
{
    private const int Chunk = 16 << 10;

    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();
    private bool _isCut;

    /// <summary>Whether more came than is kept.</summary>
    public bool IsCut
    {
        get
        {
            lock (_gate)
            {
                return _isCut;
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    public void ReadAll(TextReader reader)
    {
        char[] buffer = new char[Chunk];
        try
        {
            for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
            {
                lock (_gate)
                {
                    int kept = Math.Min(read, most - _text.Length);
                    _text.Append(buffer, 0, kept);
                    _isCut |= kept < read;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The wait was given up, and the stream closed; what has come is there.
        }
    }

    /// <summary>What has come so far.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }
}
