using System.Runtime.InteropServices;
using System.Text;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Texts that the driver hands out.</summary>
internal static unsafe class CudaText
{
    /// <summary>A text that ends with a zero byte; null for a null pointer.</summary>
    public static string? Of(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>A text in a buffer, up to its zero byte or its end.</summary>
    public static string Of(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? buffer : buffer[..end]);
    }
}
