namespace Trainer.Engines.Gpu;

/// <summary>How the kernels are arranged; changes the speed and no bit.</summary>
/// <param name="Tiling">How matrices are cut; null for whichever is faster.</param>
/// <param name="RowsPass">Whether rows pass through all layers behind the first in one launch, if the network fits; null for
/// whichever is faster.</param>
/// <param name="PreparedNumbers">Numbers of prepared inputs that are on the device at a time, over all networks; those of one step at
/// the least. Null for 128 MiB.</param>
internal readonly record struct GpuArrangement(GpuTiling? Tiling = null, bool? RowsPass = null, long? PreparedNumbers = null);
