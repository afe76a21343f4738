using System.Globalization;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>
/// Whatever comes off the wire, out of a folder or from a user's hand: an error that says so or a value, never a crash, a hang or unbounded
/// memory. <c>tests/fuzz 1000000</c> reads a million inputs.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int InputsPerReader = 2000;

    public static TheoryData<string> Readers() => new(FuzzTargets.All.Keys);

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_reader_answers_any_input_with_a_value_or_an_error(string reader)
    {
        if (Setting("READER") is string only && only != reader)
            return;
        int seed = int.Parse(Setting("SEED") ?? "1", CultureInfo.InvariantCulture);
        long first = long.Parse(Setting("FIRST") ?? "0", CultureInfo.InvariantCulture);
        FuzzTarget target = FuzzTargets.All[reader];
        long count = Setting("INPUTS") is string inputs
            ? Share(target, long.Parse(inputs, CultureInfo.InvariantCulture))
            : InputsPerReader / target.Cost;
        var loop = new FuzzLoop(target, seed);

        loop.Run(first, count);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reader}: {loop.Values} values, {loop.Refusals} refusals, at most {loop.MostBytes:N0} bytes for one input"));
        // Inputs that are all refused at once, or all taken, would check nothing.
        if (count < InputsPerReader / target.Cost)
            return;
        Assert.InRange(loop.Values, count / 200, count);
        Assert.InRange(loop.Refusals, target.Refuses ? count / 200 : 0, count);
    }

    /// <summary>The inputs of one reader, of so many in all.</summary>
    private static long Share(FuzzTarget target, long inputs) => Setting("READER") is not null
        ? inputs
        : (long)Math.Ceiling(inputs / target.Cost / FuzzTargets.All.Values.Sum(each => 1.0 / each.Cost));

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable("GENIELOAD_FUZZ_" + name) is { Length: > 0 } value ? value : null;
}
