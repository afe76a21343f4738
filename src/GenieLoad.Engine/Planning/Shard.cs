using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>A part of a plan that one place asks: the second of four.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Count">Number of the parts, at most <see cref="MaximumCount"/>.</param>
public readonly record struct Shard(int Number, int Count)
{
    /// <summary>Most parts of a plan.</summary>
    public const int MaximumCount = 10_000;

    /// <summary>Reads a text such as <c>2/4</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GenieLoadException"><c>InvalidShard</c>.</exception>
    public static Shard Parse(string? text) => TryParse(text) ?? throw PlanningErrors.InvalidShard(text);

    /// <summary>As <see cref="Parse"/>; <see langword="null"/> for a text that says something else.</summary>
    /// <param name="text">The text.</param>
    public static Shard? TryParse(string? text) =>
        text?.Split('/') is [string number, string count] && IsNumber(number, out int first) && IsNumber(count, out int second)
            && second <= MaximumCount && first <= second
            ? new Shard(first, second)
            : null;

    /// <summary>Its share of a whole number: the shares of all parts add up to it, and differ by one at most.</summary>
    /// <param name="whole">The number.</param>
    public int ShareOf(int whole) => (whole / Count) + (Number <= whole % Count ? 1 : 0);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
}
