using System.ComponentModel;

namespace Trainer.Losses;

/// <summary>What training makes small, as a configuration names it: the mean over the rows of a batch.</summary>
[Description("what training makes small, a mean over the rows of a batch")]
public abstract record Loss;
