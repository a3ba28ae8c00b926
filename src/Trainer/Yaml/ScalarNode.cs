namespace Trainer.Yaml;

/// <summary>A single word, number or text as it is written.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">Its content, without quotes and with escapes resolved.</param>
/// <param name="IsPlain">Whether it stands without quotes, so that it may be a number or true or false; in quotes it is text.</param>
internal sealed record ScalarNode(Place Place, string Text, bool IsPlain) : ConfigNode(Place)
{
    /// <inheritdoc/>
    public override string Described => IsPlain ? $"'{Excerpt.Of(Text)}'" : $"\"{Excerpt.Of(Text)}\" in quotes";

    /// <inheritdoc/>
    public override bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
}
