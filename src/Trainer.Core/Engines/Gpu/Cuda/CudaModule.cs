using Trainer.Failures;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>Kernels, translated by the driver for the card; it keeps the translation in its own cache on the disk.</summary>
internal sealed class CudaModule : CudaHandle
{
    private const int LogLength = 8192;

    private CudaModule(nint handle, CudaContext context)
        : base(handle, context)
    {
    }

    /// <summary>Translates <paramref name="ptx"/>.</summary>
    /// <param name="context">Where; entered.</param>
    /// <param name="ptx">Text that ends with a zero byte.</param>
    /// <exception cref="DeviceException">The driver refuses it; the message holds the first line that it says about it.</exception>
    public static unsafe CudaModule Load(CudaContext context, ReadOnlySpan<byte> ptx)
    {
        if (ptx.IsEmpty || ptx[^1] != 0)
        {
            throw new ArgumentException("PTX has to end with a zero byte", nameof(ptx));
        }
        byte[] log = new byte[LogLength];
        fixed (byte* image = ptx, text = log)
        {
            int* options = stackalloc int[] { CudaApi.JitErrorLog, CudaApi.JitErrorLogLength };
            void** values = stackalloc void*[] { text, (void*)LogLength };
            CudaResult result = CudaApi.cuModuleLoadDataEx(out nint handle, image, 2, options, values);
            return result == CudaResult.Success
                ? new CudaModule(handle, context)
                : throw context.Failure(result, nameof(CudaApi.cuModuleLoadDataEx), detail: FirstLine(CudaText.Of(log)));
        }
    }

    /// <summary>A kernel; lives as long as the module.</summary>
    /// <exception cref="DeviceException">There is none of this name.</exception>
    public nint Function(string name)
    {
        CudaResult result = CudaApi.cuModuleGetFunction(out nint function, this, name);
        Context.Check(result, nameof(CudaApi.cuModuleGetFunction), name);
        return function;
    }

    /// <inheritdoc/>
    protected override void Release() => CudaApi.cuModuleUnload(handle);

    private static string? FirstLine(string log) =>
        log.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
}
