namespace Trainer.TensorBoard;

/// <summary>One point of one of TensorBoard's curves.</summary>
/// <param name="Tag">Which curve; what stands before a slash is the group it is shown in.</param>
/// <param name="Value">How high; the file keeps binary32.</param>
internal readonly record struct ScalarValue(string Tag, double Value);
