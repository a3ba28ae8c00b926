namespace Trainer.Engines.Gpu;

/// <summary>What a GPU is reached through.</summary>
public enum GpuApi
{
    /// <summary>NVIDIA's driver.</summary>
    Cuda,

    /// <summary>Any vendor's OpenCL driver.</summary>
    OpenCl,
}
