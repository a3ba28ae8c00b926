using Trainer.Tests.Commands;
using Trainer.Tests.Documents;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Augmentations;

public class DistortionBitsTests
{
    [Fact]
    public void Bits_AreThoseOfTheMachineThatRecordedThem() =>
        GeneratedText.Check(RepositoryRoot.In("tests", "Trainer.Tests", "Golden", "distortions.txt"), DistortionDigests.Text());

    [Fact]
    public async Task Bits_DoNotDependOnVectors()
    {
        foreach (RuntimeSwitch without in RuntimeSwitch.All.Skip(1))
        {
            ProgramOutcome outcome = await ChildProcess.RunAsync(ChildProcess.Tests, without, [DistortionDigests.Command]);
            Assert.True(outcome.Status == 0, outcome.Error);
            string expected = $"{without.Vectors}\n{DistortionDigests.Text()}";
            Assert.Equal(expected, outcome.Output.ReplaceLineEndings("\n"));
        }
    }
}
