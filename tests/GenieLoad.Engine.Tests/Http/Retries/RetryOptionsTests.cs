using GenieLoad.Engine.Http.Retries;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Http.Retries;

public sealed class RetryOptionsTests
{
    private static readonly RetryOptions Defaults = new();

    public static TheoryData<RetryOptions, bool> Options => new()
    {
        { Defaults, true },
        { Defaults with { MaximumRetries = 0 }, true },
        { Defaults with { MaximumRetries = -1 }, false },
        { Defaults with { MaximumRetries = 101 }, false },
        { Defaults with { BaseSeconds = 0 }, false },
        { Defaults with { BaseSeconds = 3601, CapSeconds = 3601 }, false },
        { Defaults with { BaseSeconds = 60, CapSeconds = 60 }, true },
        { Defaults with { BaseSeconds = 61, CapSeconds = 60 }, false },
        { Defaults with { CapSeconds = 3601 }, false },
        { Defaults with { JitterSeconds = -1 }, false },
        { Defaults with { JitterSeconds = 601 }, false },
        { Defaults with { JitterShare = 1 }, true },
        { Defaults with { JitterShare = 1.01 }, false },
        { Defaults with { RetryAfterLimitSeconds = 86_401 }, false },
        { Defaults with { RetryAfterLimitSeconds = -1 }, false },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Each_option_has_its_range(RetryOptions options, bool isValid)
    {
        Exception? error = Record.Exception(options.Validate);

        Assert.Equal(isValid, error is null);
        if (!isValid)
            Assert.IsType<GenieLoadException>(error);
    }

    [Fact]
    public void Options_are_told_in_words()
    {
        Assert.Equal("no retries", (Defaults with { MaximumRetries = 0 }).ToString());
        Assert.Equal(
            "1 retry, 1 s doubled up to 60 s, jitter 2 s; Retry-After up to 120 s; ambiguous questions sent again",
            (Defaults with { MaximumRetries = 1, ResendAmbiguous = true }).ToString());
        Assert.StartsWith("5 retries, ", Defaults.ToString(), StringComparison.Ordinal);
    }
}
