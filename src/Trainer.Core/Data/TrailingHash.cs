using System.Security.Cryptography;

namespace Trainer.Data;

/// <summary>
/// SHA-256 of a header and a buffer behind it, computed on another thread while the buffer is still being filled: when
/// its last byte is in place, the hash is all but done.
/// </summary>
/// <remarks>Hashing Fashion-MNIST's training images takes about 50 ms (2-core Zen 4 server); behind their decompression it costs
/// next to nothing. Whoever asks for the result does what is left of the work, so nobody ever waits for a free thread.</remarks>
internal sealed class TrailingHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Lock _hashing = new();
    private readonly byte[] _buffer;
    private int _filled;
    private int _hashed;

    /// <summary>Begins with <paramref name="header"/>; <paramref name="buffer"/> follows as it fills.</summary>
    public TrailingHash(ReadOnlySpan<byte> header, byte[] buffer)
    {
        _buffer = buffer;
        _hash.AppendData(header);
    }

    /// <summary>Says that the first <paramref name="count"/> bytes of the buffer no longer change.</summary>
    public void Filled(int count)
    {
        Volatile.Write(ref _filled, count);
        ThreadPool.QueueUserWorkItem(hash => hash.FollowUnlessBusy(), this, preferLocal: false);
    }

    /// <summary>The hash of the header and all that was filled, lower-case hexadecimal.</summary>
    public string Finish()
    {
        lock (_hashing)
        {
            Follow();
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_hashing)
        {
            // Work that is still queued then finds nothing to do.
            _hashed = int.MaxValue;
            _hash.Dispose();
        }
    }

    private void FollowUnlessBusy()
    {
        if (_hashing.TryEnter())
        {
            try
            {
                Follow();
            }
            finally
            {
                _hashing.Exit();
            }
        }
    }

    private void Follow()
    {
        for (int filled; (filled = Volatile.Read(ref _filled)) > _hashed; _hashed = filled)
        {
            _hash.AppendData(_buffer, _hashed, filled - _hashed);
        }
    }
}
