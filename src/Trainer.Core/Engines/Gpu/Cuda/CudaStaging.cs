namespace Trainer.Engines.Gpu.Cuda;

/// <summary>
/// Where bytes wait on their way to the card, so that a write neither waits for the work before it nor keeps its source.
/// </summary>
/// <remarks>
/// cuMemcpyHtoDAsync takes ordinary (pageable) memory. On most machines the driver copies it aside before it returns, but the
/// manual only says that it may; where the card reads the host's pages itself it does not. So the copy is ours: a ring of
/// blocks, which writes fill one behind the other. An event stands behind the last write out of a full block, and whoever
/// comes round to the block again waits for that. The ring holds the plans of many slices; a large write goes round and round.
/// </remarks>
internal sealed unsafe class CudaStaging : IDisposable
{
    private const int BlockLength = 256 * 1024;
    private const int BlockCount = 8;

    private readonly CudaStream _stream;
    private readonly byte[] _ring = GC.AllocateUninitializedArray<byte>(BlockCount * BlockLength, pinned: true);
    private readonly CudaEvent?[] _emptied = new CudaEvent?[BlockCount];
    private int _block;
    private int _filled;

    /// <summary>An empty ring in front of <paramref name="stream"/>, which keeps the memory as long as it works.</summary>
    public CudaStaging(CudaStream stream)
    {
        _stream = stream;
        stream.Kept = this;
    }

    /// <summary>Copies to <paramref name="destination"/> on the card, behind the work so far; its context is entered.</summary>
    public void Write(nint destination, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            if (_filled == BlockLength)
            {
                NextBlock();
            }
            int length = Math.Min(source.Length, BlockLength - _filled);
            Span<byte> part = _ring.AsSpan(_block * BlockLength + _filled, length);
            source[..length].CopyTo(part);
            fixed (byte* start = part)
            {
                CudaResult result = CudaApi.cuMemcpyHtoDAsync_v2(destination, start, (nuint)length, _stream);
                _stream.Context.Check(result, nameof(CudaApi.cuMemcpyHtoDAsync_v2), ByteText.Of(length));
            }
            _filled += length;
            destination += length;
            source = source[length..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CudaEvent? emptied in _emptied)
        {
            emptied?.Dispose();
        }
    }

    private void NextBlock()
    {
        (_emptied[_block] ??= CudaEvent.Create(_stream)).Record();
        _block = (_block + 1) % BlockCount;
        _emptied[_block]?.Synchronize();
        _filled = 0;
    }
}
