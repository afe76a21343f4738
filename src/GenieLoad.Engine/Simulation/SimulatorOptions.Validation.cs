namespace GenieLoad.Engine.Simulation;

public sealed partial record SimulatorOptions
{
    private const double Day = 86_400;
    private const int LongestText = 1000;

    // A header holds it, and a head of 32 KiB is all that the server takes.
    private const int LongestWord = 8000;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="Model.GenieLoadException">A setting cannot be used; names it, its value and what is possible.</exception>
    public void Validate()
    {
        CheckTimes();
        CheckShares();
        Check(nameof(ResultRowCount), ResultRowCount, 0, 1_000_000);
        Check(nameof(ResultChunkCount), ResultChunkCount, 1, 1000);
        Check(nameof(ServerErrorStatus), ServerErrorStatus, 500, 599);
        Check(nameof(SpaceCount), SpaceCount, 1, 1000);
        Check(nameof(CallLogLimit), CallLogLimit, 0, 10_000_000);
        CheckText(nameof(FailedErrorType), FailedErrorType);
        CheckText(nameof(UnknownStatus), UnknownStatus);
        CheckText(nameof(SpaceTitle), SpaceTitle);
        CheckWord(nameof(SpaceId), SpaceId);
        CheckWord(nameof(Token), Token);
        CheckWord(nameof(ForbiddenToken), ForbiddenToken);
        CheckWord(nameof(ClientId), ClientId);
        CheckWord(nameof(ClientSecret), ClientSecret);
        if (Token is not null && Token == ForbiddenToken)
            throw SimulationErrors.SimulatorTokensEqual();
    }

    private void CheckTimes()
    {
        Check(nameof(TimeScale), TimeScale, 0.01, 10_000);
        Check(nameof(SubmittedSeconds), SubmittedSeconds, 0, 3600);
        Check(nameof(FetchingMetadataSeconds), FetchingMetadataSeconds, 0, 3600);
        Check(nameof(FilteringContextSeconds), FilteringContextSeconds, 0, 3600);
        Check(nameof(AskingAiSeconds), AskingAiSeconds, 0, 3600);
        Check(nameof(PendingWarehouseSeconds), PendingWarehouseSeconds, 0, 3600);
        Check(nameof(ExecutingQuerySeconds), ExecutingQuerySeconds, 0, 3600);
        Check(nameof(LatencySpread), LatencySpread, 0, 3);
        Check(nameof(CallSeconds), CallSeconds, 0, 3600);
        Check(nameof(ColdWarehouseSeconds), ColdWarehouseSeconds ?? 0, 0, 3600);
        Check(nameof(RateLimitPerMinute), RateLimitPerMinute ?? 1, 0.001, 1_000_000);
        Check(nameof(RateLimitBurst), RateLimitBurst ?? 1, 1, 1_000_000);
        Check(nameof(RetryAfterSeconds), RetryAfterSeconds ?? 0, 0, Day);
        Check(nameof(ServerErrorRetryAfterSeconds), ServerErrorRetryAfterSeconds ?? 0, 0, Day);
        Check(nameof(SlowBodySeconds), SlowBodySeconds, 0, 3600);
        Check(nameof(FreezeAtSeconds), FreezeAtSeconds ?? 0, 0, 365 * Day);
        Check(nameof(FreezeForSeconds), FreezeForSeconds, 0, Day);
        Check(nameof(TokenLifetimeSeconds), TokenLifetimeSeconds, 1, Day);
    }

    private void CheckShares()
    {
        Check(nameof(RegenerateShare), RegenerateShare, 0, 1);
        Check(nameof(UnknownStatusShare), UnknownStatusShare, 0, 1);
        CheckTogether(
            (nameof(FailedShare), FailedShare),
            (nameof(RateLimitedMessageShare), RateLimitedMessageShare),
            (nameof(CancelledShare), CancelledShare),
            (nameof(ExpiredShare), ExpiredShare),
            (nameof(TextOnlyShare), TextOnlyShare),
            (nameof(ClarificationShare), ClarificationShare));
        CheckTogether(
            (nameof(ServerErrorShare), ServerErrorShare),
            (nameof(HtmlErrorShare), HtmlErrorShare),
            (nameof(ResetShare), ResetShare),
            (nameof(BodyResetShare), BodyResetShare),
            (nameof(SlowBodyShare), SlowBodyShare),
            (nameof(MalformedJsonShare), MalformedJsonShare));
    }

    private static void CheckTogether(params (string Name, double Value)[] shares)
    {
        foreach ((string name, double value) in shares)
            Check(name, value, 0, 1);
        double sum = shares.Sum(share => share.Value);
        // Room for sums such as 0.1 + 0.2 + 0.7.
        if (sum > 1 + 1e-9)
            throw SimulationErrors.SimulatorSharesTooLarge(string.Join(", ", shares.Where(s => s.Value > 0).Select(s => s.Name)), sum);
    }

    private static void Check(string name, double value, double least, double most)
    {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most))
            throw SimulationErrors.SimulatorNumberOutOfRange(name, value, least, most);
    }

    private static void CheckText(string name, string? value, int most = LongestText)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw SimulationErrors.SimulatorTextEmpty(name);
        if (value.Length > most)
            throw SimulationErrors.SimulatorTextTooLong(name, value.Length, most);
    }

    private static void CheckWord(string name, string? value)
    {
        if (value is null)
            return;
        CheckText(name, value, LongestWord);
        if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw SimulationErrors.SimulatorTextUnusable(name);
    }
}
