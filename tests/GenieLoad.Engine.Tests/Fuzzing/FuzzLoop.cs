using System.Globalization;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Feeds a reader with inputs, one after the other, and stops at the first that it does not survive.</summary>
internal sealed class FuzzLoop(FuzzTarget target, int seed)
{
    private const int ShownBytes = 700;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly Mutator _mutator = new(target.Samples);
    private volatile string? _complaint;
    private long _number;

    /// <summary>Inputs of which something was made.</summary>
    public int Values { get; private set; }

    /// <summary>Inputs that were refused.</summary>
    public int Refusals { get; private set; }

    /// <summary>Most bytes allocated for one input.</summary>
    public long MostBytes { get; private set; }

    /// <summary>Reads some inputs.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    public void Run(long first, long count)
    {
        _number = first;
        // On a thread of its own, so that an input that is read for ever can be named.
        var reading = new Thread(() => Read(first, count)) { IsBackground = true, Name = target.Name };
        reading.Start();
        for (long before = -1; !reading.Join(Hang);)
        {
            long now = Interlocked.Read(ref _number);
            if (now == before)
                Assert.Fail(Describe(now, $"has been read for {Hang.TotalSeconds} s without an end."));
            before = now;
        }
        if (_complaint is string complaint)
            Assert.Fail(complaint);
    }

    private void Read(long first, long count)
    {
        for (long number = first; number < first + count && _complaint is null; number++)
        {
            Interlocked.Exchange(ref _number, number);
            byte[] input = InputOf(number);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (target.Read(input))
                    Values++;
                else
                    Refusals++;
            }
            catch (Exception e) when (target.IsRefusal(e))
            {
                Refusals++;
            }
            catch (Exception e)
            {
                _complaint = Describe(number, $"was answered with {e}");
            }
            CheckMemory(number, input, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private void CheckMemory(long number, byte[] input, long bytes)
    {
        if (target.Bytes is not long most)
            return;
        MostBytes = Math.Max(MostBytes, bytes);
        long limit = most + ((long)target.BytesPerByte * input.Length);
        if (bytes > limit)
            _complaint ??= Describe(
                number, FormattableString.Invariant($"of {input.Length} bytes took {bytes:N0} bytes of memory, over {limit:N0}."));
    }

    private byte[] InputOf(long number) => _mutator.Next(SeededRandom.For(seed, target.Name, number));

    private string Describe(long number, string what)
    {
        byte[] input = InputOf(number);
        // On one line, and nothing in it that a terminal would act on.
        string text = JsonSerializer.Serialize(Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, ShownBytes))));
        return string.Create(CultureInfo.InvariantCulture, $"""
            Input {number} of seed {seed} for {target.Name} {what}
            Again: GENIELOAD_FUZZ_SEED={seed} GENIELOAD_FUZZ_FIRST={number} GENIELOAD_FUZZ_READER={target.Name} tests/fuzz 1
            The input ({input.Length} bytes) begins: {text}
            """);
    }
}
