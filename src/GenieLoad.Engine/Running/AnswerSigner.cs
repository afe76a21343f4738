using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Genie.Wire;

namespace GenieLoad.Engine.Running;

/// <summary>Signs the answers of a run, so that they can be compared with each other and with the expected ones.</summary>
/// <param name="expected">What is expected; <see langword="null"/> where nothing is checked.</param>
internal sealed class AnswerSigner(ExpectedResults? expected)
{
    // To read a table of that size and compare it with others takes milliseconds, which the thread of all waits does not have.
    private const int LargeBytes = 8 * 1024;

    private readonly KnownResults _results = new();
    private readonly KnownStatements _statements = new();

    /// <summary>Signs the answer of a question that was answered in full.</summary>
    /// <param name="trace">Of the question.</param>
    /// <param name="time">Clock of the run.</param>
    public async ValueTask SignAsync(QuestionTrace trace, TimeProvider time)
    {
        bool isLarge = trace.ResultBodies.Sum(body => (long)body.Length) > LargeBytes;
        trace.Signed = isLarge && time is PacingClock
            ? await Task.Run(() => TrySign(trace)).ConfigureAwait(false)
            : TrySign(trace);
    }

    /// <summary>
    /// A fault of ours must not make a failure of a question that was answered: then it is not known what the answer says, and counted so.
    /// </summary>
    private SignedAnswer? TrySign(QuestionTrace trace)
    {
        try
        {
            return Sign(trace);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>
    /// The text that answers: beside a query only that of an agent, who may put the result of several statements in words alone.
    /// </summary>
    private static string? TextOf(QuestionTrace trace, GenieQueryAttachment? query, ResultTable? result) =>
        query is null || (trace.Agent is not null && result is null) ? Answer.Text(trace.Message) : null;

    private SignedAnswer Sign(QuestionTrace trace)
    {
        GenieQueryAttachment? query = Answer.Query(trace.Message)?.Query;
        ResultTable? result = query is null || !trace.IsWhole ? null
            : trace.Agent is null ? ResultTable.Read(trace.ResultBodies)
            : trace.Agent.Table;
        return new SignedAnswer
        {
            // Of what was not kept for lack of memory only a beginning is there.
            Sql = query?.Query is string sql && trace.IsWhole ? _statements.SignaturesOf(sql) : null,
            Result = result,
            ResultSignature = result is null
                ? null
                : _results.FirstOf($"{trace.Connection}\n{trace.Question.QuestionId}", result).Signature,
            TextSignature = TextOf(trace, query, result) is string text ? TextNumbers.Signature(text) : null,
            Expected = expected?.Judge(trace.Connection, trace.Question.QuestionId, Answer.Kind(trace.Message), result),
        };
    }
}
