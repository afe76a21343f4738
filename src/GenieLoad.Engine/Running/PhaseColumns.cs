using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The phases of a question as the columns of its row. Whatever was seen of phases is kept by status until here: a row is flat, so that it
/// survives CSV, and this is the one place that knows which status has columns.
/// </summary>
internal static class PhaseColumns
{
    /// <summary>Adds what is known of the phases to a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="phases">Their estimates.</param>
    /// <param name="bounds">The least and the most that they can have taken.</param>
    public static QuestionResult Add(QuestionResult row, PhaseTimes phases, PhaseBounds bounds) => row with
    {
        SubmittedSeconds = phases[MessageStatus.Submitted],
        FetchingMetadataSeconds = phases[MessageStatus.FetchingMetadata],
        FilteringContextSeconds = phases[MessageStatus.FilteringContext],
        AskingAiSeconds = phases[MessageStatus.AskingAi],
        PendingWarehouseSeconds = phases[MessageStatus.PendingWarehouse],
        ExecutingQuerySeconds = phases[MessageStatus.ExecutingQuery],
        ThinkingSeconds = phases[AgentStatus.Thinking],
        SqlSeconds = phases[AgentStatus.RunningSql],
        WritingSeconds = phases[AgentStatus.Writing],
        OtherPhaseSeconds = phases.OtherSeconds,
        DetectionSeconds = phases.DetectionSeconds,
        FetchingMetadataLowerSeconds = bounds.Lower(MessageStatus.FetchingMetadata),
        FetchingMetadataUpperSeconds = bounds.Upper(MessageStatus.FetchingMetadata),
        FilteringContextLowerSeconds = bounds.Lower(MessageStatus.FilteringContext),
        FilteringContextUpperSeconds = bounds.Upper(MessageStatus.FilteringContext),
        AskingAiLowerSeconds = bounds.Lower(MessageStatus.AskingAi),
        AskingAiUpperSeconds = bounds.Upper(MessageStatus.AskingAi),
        PendingWarehouseLowerSeconds = bounds.Lower(MessageStatus.PendingWarehouse),
        PendingWarehouseUpperSeconds = bounds.Upper(MessageStatus.PendingWarehouse),
        ExecutingQueryLowerSeconds = bounds.Lower(MessageStatus.ExecutingQuery),
        ExecutingQueryUpperSeconds = bounds.Upper(MessageStatus.ExecutingQuery),
        DetectionUpperSeconds = bounds.DetectionUpperSeconds,
    };
}
