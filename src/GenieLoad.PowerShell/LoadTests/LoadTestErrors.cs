using GenieLoad.Model;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>What can go wrong with a question, in words for people. The factory's name is the error's id.</summary>
internal static class LoadTestErrors
{
    public static GenieLoadException QuestionNotAnswered(QuestionResult result) => new(
        nameof(QuestionNotAnswered), KindOf(result.Outcome),
        $"'{result.Question}' ended as {result.Outcome}: {result.ErrorText ?? "no reason given"}"
        + (result.ErrorType is null ? "" : $" ({result.ErrorType})"),
        AdviceFor(result), result);

    public static GenieLoadException InvalidMaximumPollInterval(double first, double most) => new(
        nameof(InvalidMaximumPollInterval), ErrorKind.InvalidInput,
        FormattableString.Invariant($"MaximumPollInterval is {most:0.##} s, shorter than PollInterval ({first:0.##} s)."),
        "Give a longer MaximumPollInterval or a shorter PollInterval.", most);

    public static GenieLoadException InvalidRetryMaximumDelay(double first, double most) => new(
        nameof(InvalidRetryMaximumDelay), ErrorKind.InvalidInput,
        FormattableString.Invariant($"RetryMaximumDelay is {most:0.###} s, shorter than RetryBaseDelay ({first:0.###} s)."),
        "Give a longer RetryMaximumDelay or a shorter RetryBaseDelay.", most);

    public static GenieLoadException FixedPollsHaveNoMaximum() => new(
        nameof(FixedPollsHaveNoMaximum), ErrorKind.InvalidInput,
        "PollPolicy Fixed polls every -PollInterval, so -MaximumPollInterval has no effect.",
        "Omit -MaximumPollInterval, or use Backoff or Adaptive.");

    public static GenieLoadException InvalidAdaptivePollInterval(string parameter, double seconds) => new(
        nameof(InvalidAdaptivePollInterval), ErrorKind.InvalidInput,
        FormattableString.Invariant($"{parameter} is {seconds:0.##} s; PollPolicy Adaptive uses the recommended 1 to 5 seconds."),
        $"Give a {parameter} of 1 to 5 seconds, or use Backoff or Fixed.", seconds);

    public static GenieLoadException LiveTakesTheTerminal(string parameter) => new(
        nameof(LiveTakesTheTerminal), ErrorKind.InvalidInput,
        $"-Live is given with -{parameter}, but a live view covers the whole terminal.",
        $"Omit -Live or -{parameter}.", parameter);

    public static GenieLoadException SeveralSpaces(string first, string second) => new(
        nameof(SeveralSpaces), ErrorKind.InvalidInput,
        $"SpaceId is '{first}' and '{second}', but a test asks one space.",
        "Run one test per space: Get-GenieSpace | ForEach-Object { Invoke-GenieLoadTest -SpaceId $_.SpaceId }. "
            + "To test several at once, use -Connection.", second);

    public static GenieLoadException SpeedWithoutReplay() => new(
        nameof(SpeedWithoutReplay), ErrorKind.InvalidInput,
        "-Speed is given without -Replay.",
        "Give -Replay too, with recorded questions; or use -Rate for a faster test.");

    public static GenieLoadException SeveralScenarios(string first, string second) => new(
        nameof(SeveralScenarios), ErrorKind.InvalidInput,
        $"Two scenarios are given, '{first}' and '{second}'; a test has one.",
        "Run one test per scenario: Get-GenieScenario | ForEach-Object { Invoke-GenieLoadTest -Scenario $_ }.", second);

    public static GenieLoadException InvalidFailureLimit(string text) => new(
        nameof(InvalidFailureLimit), ErrorKind.InvalidInput,
        $"MaximumFailure is '{text}', which is neither a count nor a share.",
        "Give a count from 1, such as 5, or a share above 0% and below 100%, such as '10%'.", text);

    public static GenieLoadException ConsentNeeded(string reason) => new(
        nameof(ConsentNeeded), ErrorKind.NotReady,
        $"{reason} This session cannot prompt for confirmation.",
        "Use -Force or -Confirm:$false to run it anyway, or raise -ConfirmQuestionCount or -ConfirmDuration.");

    public static GenieLoadException TokenProviderInJob() => new(
        nameof(TokenProviderInJob), ErrorKind.InvalidInput,
        "The connection's token comes from the script of -TokenProvider, which runs in this session's pipeline; a job has no pipeline.",
        "Omit -AsJob, or run the test in Start-ThreadJob with a connection made there.");

    private static ErrorKind KindOf(string outcome) => outcome switch
    {
        Outcome.Throttled => ErrorKind.Throttled,
        Outcome.TimedOut => ErrorKind.Timeout,
        Outcome.Unreachable or Outcome.Ambiguous => ErrorKind.Connection,
        Outcome.Rejected => ErrorKind.Permission,
        _ => ErrorKind.ServiceFailure,
    };

    private static string AdviceFor(QuestionResult result) => result.Outcome switch
    {
        Outcome.Throttled => "Wait a minute, or ask fewer questions a minute: the limit applies to the whole workspace.",
        Outcome.TimedOut => "Allow more time with -QuestionTimeout, or check the space's history to see what took so long.",
        Outcome.Ambiguous => "Check the space's history to see whether it was asked. -ResendAmbiguous sends such questions again, "
            + "at the risk of asking twice.",
        Outcome.Unreachable => "Check the network and the workspace's status, then ask again.",
        Outcome.Rejected when result.HttpStatus == 401 => "The token has expired or was revoked: connect again with Connect-Genie.",
        Outcome.Rejected when result.HttpStatus == 403 => "Ask for CAN RUN on the space and CAN USE on its SQL warehouse.",
        Outcome.Rejected when result.ErrorType == "FEATURE_DISABLED" =>
            "Ask a workspace admin to turn on the preview, or omit -Mode Agent.",
        Outcome.Rejected when result.HttpStatus == 404 => "Check -SpaceId and -ConversationId.",
        Outcome.Expired => "Ask again, or use -RefreshExpiredResult to run the query again.",
        _ => "Check the question in the space's history; give the request id to Databricks support.",
    };

    public static GenieLoadException NotALoadTestJob(string name) => new(
        nameof(NotALoadTestJob),
        ErrorKind.InvalidInput,
        $"The job '{name}' is not a load test.",
        "Give the job that Invoke-GenieLoadTest -AsJob returned.",
        name);

    public static GenieLoadException JobHasNoRun(string name, string state) => new(
        nameof(JobHasNoRun),
        ErrorKind.NotReady,
        $"The test of job '{name}' has not begun yet, or could not begin ({state}).",
        "Wait until Get-Job shows progress, then try again. Receive-Job shows why a test could not begin.",
        name);
}
