using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The committed PTX keeps the numerics contract, and is made of the sources beside it.</summary>
public partial class PtxTests
{
    private const string Kernels = "src/Trainer.Core/Engines/Gpu/Kernels";

    // Elements of a thread: each has the formula once.
    private const int ElementsOfUpdate = 16;
    private const int ElementsOfSmallTile = 2;
    private const int ElementsOfLargeTile = 16;
    private const int ElementsOfActivation = 4;

    private static readonly (string Source, string[] Opcodes)[] Operations =
    [
        (@"FMA\(", ["fma.rn.f32"]), (@" \* ", ["mul.rn.f32"]), (@" / ", ["div.rn.f32"]), (@"SQRT\(", ["sqrt.rn.f32"]),
        // A compiler may subtract by adding the negative: the same bits.
        (@" [+-] ", ["add.rn.f32", "sub.rn.f32"]),
    ];

    public static TheoryData<string> Rules() => [.. FormulaCatalog.Rules.Select(row => row.Name)];

    public static TheoryData<string> Activations() => [.. FormulaCatalog.Activations.Select(row => row.Name)];

    [Fact]
    public void ItIsMadeOfTheSourcesAsTheyAre()
    {
        IEnumerable<string> files = Directory.GetFiles(RepositoryRoot.In(Kernels), "*.c").Order(StringComparer.Ordinal);
        byte[] source = [.. files.SelectMany(File.ReadAllBytes)];
        string expected = $"// source SHA-256: {Convert.ToHexStringLower(SHA256.HashData(source))}";
        Assert.True(
            PtxText.All.StartsWith(expected + "\n", StringComparison.Ordinal),
            $"kernels.ptx.gz is not made of {Kernels}/*.c as they are; run scripts/build-kernels.sh");
    }

    [Fact]
    public void ItIsAscii_AndFreeOfPaths()
    {
        Assert.True(Ascii.IsValid(PtxText.All));
        Assert.DoesNotContain("/tmp", PtxText.All, StringComparison.Ordinal);
        Assert.DoesNotContain(".loc", PtxText.All, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOperation_RoundsToNearest_AndKeepsSubnormals()
    {
        string[] opcodes = [.. PtxText.OpcodesByKernel.Values.SelectMany(kernel => kernel).Distinct()];
        Assert.All(opcodes, opcode => Assert.DoesNotMatch(@"\.(approx|full|ftz|sat|rz|rm|rp|rna)(\.|$)", opcode));
        string[] arithmetic = [.. opcodes.Where(opcode => Arithmetic().IsMatch(opcode))];
        Assert.Contains("fma.rn.f32", arithmetic);
        Assert.Contains("div.rn.f32", arithmetic);
        Assert.All(arithmetic, opcode => Assert.Matches(@"^((fma|mul|add|sub|div|rcp|sqrt)\.rn|neg|abs)\.f32$", opcode));
    }

    [Fact]
    public void NoKernel_KeepsItsSumsInMemory() =>
        Assert.All(PtxText.OpcodesByKernel, kernel => Assert.DoesNotContain(kernel.Value, opcode => opcode.Contains(".local", StringComparison.Ordinal)));

    /// <summary>No fused multiply-add more than the formula has, and none less: nothing was contracted or taken apart.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void AnUpdate_HasJustTheOperationsOfItsRule(string name)
    {
        string formula = FormulaCatalog.Rules.Single(row => row.Name == name).Source.Update;
        AssertAdds(formula, ElementsOfUpdate, $"update_{name}", "update_gradient");
        AssertAdds(formula, 1, $"apply_{name}", "apply_sgd", FormulaCatalog.Rules.Single(row => row.Name == "sgd").Source.Update);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void AForwardPass_HasJustTheOperationsOfItsActivation(string name)
    {
        string formula = FormulaCatalog.Activations.Single(row => row.Name == name).Source.Value;
        AssertAdds(formula, ElementsOfSmallTile, $"forward_small_{name}", "forward_small_linear");
        AssertAdds(formula, ElementsOfLargeTile, $"forward_large_{name}", "forward_large_linear");
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void AnActivationOfItsOwn_HasJustItsOperations(string name)
    {
        ActivationSource source = FormulaCatalog.Activations.Single(row => row.Name == name).Source;
        AssertAdds(source.Value, ElementsOfActivation, $"activate_{name}", "activate_identity");
        // A compiler may make a product once that a formula has twice; what it must not do is join it with a sum.
        int fused = PtxText.Count($"differentiate_{name}", "fma.rn.f32") - PtxText.Count("differentiate_identity", "fma.rn.f32");
        Assert.Equal(ElementsOfActivation * Regex.Count(Expand(source.Derivative), Operations[0].Source), fused);
    }

    /// <summary>What these kernels have beside their formulas is a few products: of the mask; of the mask and the derivative, for
    /// each element; of the factor of the norm.</summary>
    [Theory]
    [InlineData("activate_identity", ElementsOfActivation)]
    [InlineData("differentiate_identity", 2 * ElementsOfActivation)]
    [InlineData("apply_sgd", 1, "add_l2", "add_l1", "clip_element", "shrink")]
    [InlineData("average", 0, "moving_average")]
    public void AKernel_HasNoOtherOperations(string kernel, int products, params string[] terms)
    {
        string rule = kernel == "apply_sgd" ? FormulaCatalog.Rules.Single(row => row.Name == "sgd").Source.Update : "";
        string formulas = rule + string.Concat(terms.Select(TermSource.Statements));
        foreach ((string source, string[] opcodes) in Operations)
        {
            int more = opcodes[0] == "mul.rn.f32" ? products : 0;
            Assert.Equal(more + Regex.Count(formulas, source), PtxText.Count(kernel, opcodes));
        }
    }

    [Fact]
    public void EveryFormulaHasItsKernels()
    {
        Assert.Equal(KernelList.Lines.Keys.Order(), PtxText.OpcodesByKernel.Keys.Order());
        Assert.All(FormulaCatalog.Activations, row => Assert.Contains($"pass_rows_{row.Name}", KernelList.Lines.Keys));
        Assert.All(FormulaCatalog.Activations, row => Assert.Contains($"activate_{row.Name}", KernelList.Lines.Keys));
        Assert.All(FormulaCatalog.Rules, row => Assert.Contains($"update_{row.Name}", KernelList.Lines.Keys));
        Assert.All(FormulaCatalog.Rules, row => Assert.Contains($"apply_{row.Name}", KernelList.Lines.Keys));
    }

    /// <summary>So the trainings that hold engines to each other's bits reach every one.</summary>
    [Fact]
    public void EveryRuleWithAKernel_IsThatOfAListedOptimizer() => Assert.Equal(
        FormulaCatalog.Rules.Select(row => row.Name).Order(),
        OptimizerList.All.Select(entry => FormulaCatalog.NameOf(RuleSource.Of(entry.Optimizer))).Distinct().Order());

    private static void AssertAdds(string formula, int times, string kernel, string plain, string plainFormula = "")
    {
        string expanded = Expand(formula);
        foreach ((string source, string[] opcodes) in Operations)
        {
            int expected = times * (Regex.Count(expanded, source) - Regex.Count(plainFormula, source));
            int found = PtxText.Count(kernel, opcodes) - PtxText.Count(plain, opcodes);
            Assert.True(expected == found, $"{kernel} has {found} of {string.Join('/', opcodes)} more than {plain}, not {expected}");
        }
    }

    /// <summary>The formula with the elementary functions that it calls.</summary>
    private static string Expand(string formula)
    {
        // One that calls another comes before it.
        foreach (string function in (string[])["elementary_normal_cdf", "elementary_expm1", "elementary_exp", "elementary_log"])
        {
            string source = FormulaSource.OfAll();
            int start = source.IndexOf('{', source.IndexOf($"float {function}(", StringComparison.Ordinal));
            string body = source[start..source.IndexOf("\n}", start, StringComparison.Ordinal)];
            formula += string.Concat(Enumerable.Repeat(body, Regex.Count(formula, function + @"\(")));
        }
        return IntegerArithmetic().Replace(formula, "");
    }

    [GeneratedRegex(@"^(fma|mul|add|sub|div|sqrt|neg|abs|rcp|rsqrt|sin|cos|ex2|lg2|tanh|min|max)\.(.*\.)?f(16|32|64)$")]
    private static partial Regex Arithmetic();

    // "(float)((AS_INT(t1) >> 23) - 127)"
    [GeneratedRegex(@"\(\(AS_INT[^;]*;")]
    private static partial Regex IntegerArithmetic();
}
