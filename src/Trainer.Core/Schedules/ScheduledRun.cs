namespace Trainer.Schedules;

/// <summary>What of an experiment a schedule has to fit.</summary>
/// <param name="Lr">The optimizer's rate.</param>
/// <param name="Epochs">Epochs of the run.</param>
/// <param name="HasValidation">Whether there is a validation split.</param>
/// <param name="EvaluatesTrain">Whether the training rows are measured after every epoch.</param>
public readonly record struct ScheduledRun(double Lr, int Epochs, bool HasValidation, bool EvaluatesTrain);
