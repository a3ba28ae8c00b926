namespace Trainer.Engines.Gpu.Drivers;

/// <summary>The kernels of one training, for drivers that compile source and for those that take PTX.</summary>
/// <param name="OpenClSource">OpenCL C 1.2 with the kernels of this training's formulas; made when asked for.</param>
/// <param name="Ptx">PTX with the kernels of all formulas, as ASCII, ended by a zero byte; read when asked for.</param>
internal sealed record KernelProgram(Func<string> OpenClSource, Func<byte[]> Ptx);
