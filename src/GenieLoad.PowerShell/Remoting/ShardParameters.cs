using System.Management.Automation;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>The parameters of a load test that each shard is carried out with, flat: as they can be typed.</summary>
internal static class ShardParameters
{
    /// <summary>Their names. What makes the plan is in the plan, and what shows or judges the test stays here.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "PollPolicy", "PollInterval", "MaximumPollInterval", "QuestionTimeout", "StreamIdleTimeout", "SkipResult", "RefreshExpiredResult",
        "MaximumRetry", "RetryBaseDelay", "RetryMaximumDelay", "RetryJitter", "RetryAfterLimit", "ResendAmbiguous",
        "MaximumQuestion", "MaximumCostDbu", "MaximumDuration", "MaximumFailure", "MaximumThrottleSeconds", "StopGrace", "SkipStopRule",
        "RemoveConversation", "IncludeStatement", "ExcludeText", "OtlpEndpoint",
    ];

    /// <summary>Those that were given, with their values.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="isGiven">Whether one was given, by itself or with <c>-Option</c>.</param>
    public static IReadOnlyDictionary<string, object> Of(object cmdlet, Func<string, bool> isGiven)
    {
        Type type = cmdlet.GetType();
        return Names.Where(isGiven).ToDictionary(name => name, name => Flat(type.GetProperty(name)!.GetValue(cmdlet)!));
    }

    private static object Flat(object value) => value switch
    {
        TimeSpan time => time.TotalSeconds,
        SwitchParameter set => set.IsPresent,
        FailureLimit limit => limit.ToString(),
        _ => value,
    };
}
