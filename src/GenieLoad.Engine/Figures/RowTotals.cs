using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Counts and sums of rows, in one go over them.</summary>
internal sealed record RowTotals
{
    private RowTotals()
    {
    }

    /// <summary>Questions that were not asked.</summary>
    public int NotAsked { get; private set; }

    /// <summary>Questions that the end of the run broke off.</summary>
    public int BrokenOff { get; private set; }

    /// <summary>Questions that rates count.</summary>
    public int Ended { get; private set; }

    /// <summary>Calls repeated because of 429.</summary>
    public int ThrottleRetries { get; private set; }

    /// <summary>Calls repeated because of faults.</summary>
    public int FaultRetries { get; private set; }

    /// <summary>Seconds slept because of 429s.</summary>
    public double ThrottleSeconds { get; private set; }

    /// <summary>Seconds slept because of faults.</summary>
    public double FaultSeconds { get; private set; }

    /// <summary>Greatest lateness of the generator.</summary>
    public double? MaximumLag { get; private set; }

    /// <summary>The totals of some rows.</summary>
    public static RowTotals Of(IEnumerable<QuestionResult> rows)
    {
        RowTotals totals = new();
        foreach (QuestionResult row in rows)
        {
            totals.NotAsked += AskedQuestions.IsAsked(row) ? 0 : 1;
            totals.BrokenOff += AskedQuestions.IsBrokenOff(row) ? 1 : 0;
            totals.Ended += AskedQuestions.IsEnded(row) ? 1 : 0;
            checked
            {
                totals.ThrottleRetries += row.ThrottleRetries;
                totals.FaultRetries += row.FaultRetries;
            }
            totals.ThrottleSeconds += row.ThrottleSeconds;
            totals.FaultSeconds += row.FaultSeconds;
            if (row.LagSeconds is double lag && !(lag <= totals.MaximumLag))
                totals.MaximumLag = lag;
        }
        return totals;
    }
}
