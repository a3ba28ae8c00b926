namespace Trainer.Engines.Gpu.Drivers;

/// <summary>The kernels of one training, for drivers that compile source and for those that take PTX.</summary>
/// <param name="OpenClSource">OpenCL C 1.2 with the kernel of that name, and with others that are worth compiling together.</param>
/// <param name="Ptx">PTX with the kernels, as ASCII, ended by a zero byte; made when asked for.</param>
internal sealed record KernelProgram(Func<string, string> OpenClSource, Func<byte[]> Ptx);
