using System.Collections;
using System.Globalization;

namespace Trainer.Clusters;

/// <summary>
/// Positive numbers in ascending order, each once, written as <c>1-24,30</c>: what is kept grows with the ranges, not with the
/// numbers, so that the 10,000 cells of a sweep are a few bytes.
/// </summary>
internal sealed class IndexRanges : IReadOnlyList<int>, IEquatable<IndexRanges>
{
    /// <summary>No number at all; its text is empty.</summary>
    public static readonly IndexRanges None = new([], []);

    private readonly int[] _first;
    private readonly int[] _last;

    // The position of each range's first number.
    private readonly int[] _position;

    private IndexRanges(int[] first, int[] last)
    {
        _first = first;
        _last = last;
        _position = new int[first.Length];
        for (int k = 0; k < first.Length; k++)
        {
            _position[k] = Count;
            Count += last[k] - first[k] + 1;
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The number at a position, counted from 0.</summary>
    /// <param name="index">The position.</param>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int range = RangeOf(_position, index);
            return _first[range] + (index - _position[range]);
        }
    }

    /// <summary>The numbers of <paramref name="indices"/>, which may come in any order and more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not positive.</exception>
    public static IndexRanges Of(IEnumerable<int> indices)
    {
        if (indices is IndexRanges ranges)
        {
            return ranges;
        }
        int[] sorted = [.. indices];
        Array.Sort(sorted);
        var builder = new Builder();
        foreach (int index in sorted)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index, nameof(indices));
            builder.Add(index, index);
        }
        return builder.ToRanges();
    }

    /// <summary>The numbers from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static IndexRanges Between(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new([first], [last]);
    }

    /// <summary>Reads <c>1-24,30</c>; null where the text is anything else, and where numbers do not ascend.</summary>
    public static IndexRanges? TryParse(string text)
    {
        var builder = new Builder();
        foreach (Range part in text.AsSpan().Split(','))
        {
            ReadOnlySpan<char> range = text.AsSpan()[part];
            int dash = range.IndexOf('-');
            int first, last;
            if (dash < 0)
            {
                first = last = TryNumber(range);
            }
            else
            {
                (first, last) = (TryNumber(range[..dash]), TryNumber(range[(dash + 1)..]));
                if (last <= first)
                {
                    return null;
                }
            }
            if (first <= builder.Last)
            {
                return null;
            }
            builder.Add(first, last);
        }
        return builder.ToRanges();
    }

    /// <summary>Whether <paramref name="index"/> is one of the numbers.</summary>
    public bool Contains(int index)
    {
        int range = RangeOf(_first, index);
        return range >= 0 && index <= _last[range];
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int range = 0; range < _first.Length; range++)
        {
            // From the end, so that the largest int of all ends the loop.
            for (int left = _last[range] - _first[range]; left >= 0; left--)
            {
                yield return _last[range] - left;
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(IndexRanges? other) =>
        other is not null && _first.AsSpan().SequenceEqual(other._first) && _last.AsSpan().SequenceEqual(other._last);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IndexRanges);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _first[0], _last[^1]);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Join(',', _first.Zip(_last, static (first, last) => first == last
        ? first.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}")));

    /// <summary>The last range that begins at or before <paramref name="value"/>; -1 where none does.</summary>
    private static int RangeOf(int[] begins, int value)
    {
        int found = Array.BinarySearch(begins, value);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>A positive number in its shortest form; 0 where the text is none.</summary>
    private static int TryNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;

    /// <summary>Joins ranges that come in order where they touch.</summary>
    private sealed class Builder
    {
        private readonly List<int> _firsts = [];
        private readonly List<int> _lasts = [];

        /// <summary>The largest number so far; 0 at the beginning.</summary>
        public int Last => _lasts.Count == 0 ? 0 : _lasts[^1];

        /// <summary>Adds a range that does not begin before the last one.</summary>
        public void Add(int first, int last)
        {
            if (_lasts.Count > 0 && first - 1 <= Last)
            {
                _lasts[^1] = Math.Max(Last, last);
                return;
            }
            _firsts.Add(first);
            _lasts.Add(last);
        }

        public IndexRanges ToRanges() => _firsts.Count == 0 ? None : new([.. _firsts], [.. _lasts]);
    }
}
