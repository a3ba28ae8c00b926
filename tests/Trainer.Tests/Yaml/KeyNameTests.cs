using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class KeyNameTests
{
    [Theory]
    [InlineData("Lr", "lr")]
    [InlineData("BatchSize", "batch_size")]
    [InlineData("EvaluateTrain", "evaluate_train")]
    [InlineData("L2Penalty", "l2_penalty")]
    [InlineData("Beta1", "beta1")]
    [InlineData("MLPShape", "mlp_shape")]
    [InlineData("UseGPU", "use_gpu")]
    [InlineData("X", "x")]
    public void Snake_SpellsAPropertyAsAKey(string property, string key) => Assert.Equal(key, KeyName.Snake(property));

    [Theory]
    [InlineData("Auto", "auto")]
    [InlineData("FashionMnist", "fashion-mnist")]
    [InlineData("OpenCL", "open-cl")]
    public void Kebab_SpellsAMemberAsAValue(string member, string value) => Assert.Equal(value, KeyName.Kebab(member));
}
