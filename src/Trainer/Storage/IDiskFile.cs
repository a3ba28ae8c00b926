namespace Trainer.Storage;

/// <summary>A file that is being written; see <see cref="IDisk"/>.</summary>
internal interface IDiskFile : IDisposable
{
    /// <summary>Bytes that it has.</summary>
    long Length { get; }

    /// <summary>Writes at the end. Unbuffered: when this returns the system has the bytes, whatever happens to this process.
    /// Where it fails, a part of them may be there.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts what is behind <paramref name="length"/> bytes off.</summary>
    void SetLength(long length);

    /// <summary>Makes the bytes outlast a power cut; the file's name is its folder's (<see cref="IDisk.FlushFolder"/>).</summary>
    void Flush();
}
