namespace Trainer.Engines.Gpu.Cuda;

/// <summary>CUdevice_attribute: what is asked of a device.</summary>
internal enum CudaAttribute
{
    MaxSharedMemoryPerBlock = 8,
    MultiprocessorCount = 16,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
}
